import TextFormats

/// How far a long piece of work has come, on the last line of stderr where that is a terminal; nothing elsewhere, and
/// nothing under `--quiet`. Redrawn at most ten times a second, and wiped when it ends.
public final class ProgressBar {
  private let console: Console
  private let label: String
  private let total: Int?
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant?
  private var isDrawn = false
  private static let interval: Duration = .milliseconds(100)

  /// - Parameters:
  ///   - console: whose stderr it is drawn on.
  ///   - label: what is being done: `Sending`.
  ///   - total: how many steps there are; nil where nobody knows.
  public init(_ console: Console, label: String, total: Int?) {
    self.console = console
    self.label = console.visible(label)
    self.total = total
    start = clock.now
    isShown = console.error.isTerminal && !console.isQuiet && console.environment["TERM"] != "dumb"
    if isShown { console.progress = self }
  }

  deinit { wipe() }

  /// Says how many steps are done; cheap enough for every step.
  public func update(_ done: Int) {
    guard isShown else { return }
    let now = clock.now
    if let lastDrawn, lastDrawn.duration(to: now) < Self.interval { return }
    lastDrawn = now
    let line = Self.line(
      label: label, done: done, total: total, elapsed: start.duration(to: now), width: console.width - 1,
      isUTF8: console.isUTF8)
    console.writeToError("\r\u{1B}[K" + line)
    isDrawn = true
  }

  /// Wipes the line, until the next update.
  public func wipe() {
    guard isDrawn else { return }
    isDrawn = false
    lastDrawn = nil
    console.writeToError("\r\u{1B}[K")
  }

  /// The line as it is drawn: `Sending ████░░░░ 40% 400/1000 200/s 0:03 left`.
  static func line(
    label: String, done: Int, total: Int?, elapsed: Duration, width: Int, isUTF8: Bool
  ) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let rate = seconds > 0 ? Double(max(0, done)) / seconds : 0
    var facts = rate >= 1 ? " \(Int(min(rate, 1e15)))/s" : ""
    guard let total, total > 0 else {
      return DisplayWidth.cut("\(label) \(done)\(facts)", to: width, ellipsis: "")
    }
    let share = min(1, max(0, Double(done) / Double(total)))
    if rate > 0, done < total {
      let left = Int(min(Double(total - done) / rate, 359_999))
      facts += " \(time(left)) left"
    }
    let numbers = " \(Int(share * 100))% \(done)/\(total)\(facts)"
    let room = min(30, width - DisplayWidth.of(label) - numbers.utf8.count - 1)
    guard room >= 5 else { return DisplayWidth.cut(label + numbers, to: width, ellipsis: "") }
    let filled = Int(share * Double(room))
    let bar =
      String(repeating: isUTF8 ? "█" : "#", count: filled)
      + String(repeating: isUTF8 ? "░" : ".", count: room - filled)
    return "\(label) \(bar)\(numbers)"
  }

  private static func time(_ seconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let minutes = seconds / 60
    if minutes < 60 { return "\(minutes):\(two(seconds % 60))" }
    return "\(minutes / 60):\(two(minutes % 60)):\(two(seconds % 60))"
  }
}
