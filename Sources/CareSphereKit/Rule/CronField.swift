/// One of the five fields of a cron expression: which numbers it has.
struct CronField: Equatable, Sendable {
  /// What a field is about, and how far it goes.
  enum Kind {
    case minute, hour, day, month, weekday

    var name: String {
      switch self {
      case .minute: "minute"
      case .hour: "hour"
      case .day: "day of the month"
      case .month: "month"
      case .weekday: "day of the week"
      }
    }

    /// The numbers that can be written; 7 is Sunday, as 0 is.
    var range: ClosedRange<Int> {
      switch self {
      case .minute: 0...59
      case .hour: 0...23
      case .day: 1...31
      case .month: 1...12
      case .weekday: 0...7
      }
    }

    /// Names of three letters, the first of which stands for the first number.
    var names: [String] {
      switch self {
      case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
      case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
      default: []
      }
    }
  }

  /// Whether it is `*`, or begins with it as `*/2` does: what crontab(5) goes by to join the two kinds of days.
  let beginsWithStar: Bool
  /// One bit a number.
  private var bits: UInt64 = 0

  func contains(_ number: Int) -> Bool { 0...63 ~= number && bits & (1 << UInt64(number)) != 0 }

  init(parsing text: String, _ kind: Kind) throws(ValueProblem) {
    beginsWithStar = text.hasPrefix("*")
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      try add(String(part), kind)
    }
    // Sunday has two numbers and is looked up by the first.
    if kind == .weekday, contains(7) { bits |= 1 }
  }

  /// Adds `*`, `N`, `N-M`, each with or without `/STEP`.
  private mutating func add(_ part: String, _ kind: Kind) throws(ValueProblem) {
    let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let range = try Self.range(halves.first ?? "", kind, hasStep: halves.count > 1)
    var step = 1
    if halves.count > 1, let text = halves.last {
      guard let number = Self.number(text), 1...kind.range.upperBound ~= number else {
        throw Self.problem(part, kind, "a step is a number from 1 to \(kind.range.upperBound)")
      }
      step = number
    }
    for number in stride(from: range.lowerBound, through: range.upperBound, by: step) {
      bits |= 1 << UInt64(number)
    }
  }

  private static func range(
    _ text: String, _ kind: Kind, hasStep: Bool
  ) throws(ValueProblem) -> ClosedRange<Int> {
    // Of Sunday's two numbers the star needs one only.
    if text == "*" { return kind.range.lowerBound...(kind == .weekday ? 6 : kind.range.upperBound) }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard let first = ends.first, ends.count <= 2 else { throw problem(text, kind, "a range has two ends") }
    let low = try value(first, kind)
    guard ends.count == 2, let last = ends.last else {
      guard !hasStep else {
        throw problem(text, kind, "a step needs a range before it, such as \(low)-\(kind.range.upperBound)")
      }
      return low...low
    }
    var high = try value(last, kind)
    // Friday to Sunday is meant as it is written.
    if kind == .weekday, high == 0, low > 0 { high = 7 }
    guard low <= high else { throw problem(text, kind, "a range goes from the smaller to the larger") }
    return low...high
  }

  private static func value(_ text: String, _ kind: Kind) throws(ValueProblem) -> Int {
    if let index = kind.names.firstIndex(of: text.lowercased()) { return index + kind.range.lowerBound }
    guard let number = number(text), kind.range ~= number else {
      let names = kind.names.isEmpty ? "" : ", or a name such as \(kind.names[1])"
      throw problem(
        text, kind, "it is a number from \(kind.range.lowerBound) to \(kind.range.upperBound)\(names)")
    }
    return number
  }

  private static func number(_ text: String) -> Int? {
    (1...2).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  private static func problem(_ text: String, _ kind: Kind, _ reason: String) -> ValueProblem {
    ValueProblem("has “\(text)” as its \(kind.name): \(reason)")
  }
}
