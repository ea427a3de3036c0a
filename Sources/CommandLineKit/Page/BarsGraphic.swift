/// Bars from left to right, a label before each and its value behind it.
public struct BarsGraphic: Sendable {
  /// One bar.
  public struct Bar: Sendable {
    /// What it is of.
    public var label: String
    /// How long it is.
    public var value: Double
    /// The value as it is read: `1,234`.
    public var text: String

    /// - Parameters:
    ///   - label: what it is of; cut where it is too long.
    ///   - value: how long it is; below 0 counts as 0.
    ///   - text: the value as it is read.
    public init(_ label: String, _ value: Double, text: String) {
      self.label = label
      self.value = value
      self.text = text
    }
  }

  /// From top to bottom.
  public var bars: [Bar]
  /// Whether they are shares of a hundred.
  public var isPercent: Bool

  /// - Parameters:
  ///   - bars: from top to bottom.
  ///   - isPercent: whether they are shares of a hundred.
  public init(_ bars: [Bar], isPercent: Bool = false) {
    self.bars = bars
    self.isPercent = isPercent
  }

  private static let row = 28

  var height: Int { bars.count * Self.row + 26 }

  func content() -> String {
    let axis = Axis(
      bars.map { max(0, $0.value) } + (isPercent ? [100] : []), startsAtZero: true, isWhole: true)
    let bottom = bars.count * Self.row
    // Both ends, and the middle where that is round too, are enough for so short an axis.
    let middle = axis.ticks.count % 2 == 1 ? [axis.ticks[axis.ticks.count / 2]] : []
    let ticks = [axis.low] + middle + [axis.high]
    var svg = ""
    for tick in ticks {
      let x = Markup.number(axis.position(tick) * 100)
      svg += """
        <line class="grid" x1="\(x)%" x2="\(x)%" y1="0" y2="\(bottom)"/>\
        <text class="tick" x="\(x)%" y="\(bottom + 18)">\(FigureText.short(tick))\(isPercent ? " %" : "")</text>

        """
    }
    for (index, bar) in bars.enumerated() {
      let share = axis.position(max(0, bar.value))
      let length = Markup.number(share * 100)
      let middle = index * Self.row + Self.row / 2
      svg += """
        <text class="label" x="-10" y="\(middle + 4)">\(Markup.escaped(Markup.cut(bar.label, ems: 10.5)))</text>\
        <rect class="a" x="0" y="\(middle - 8)" width="\(length)%" height="16" rx="2"/>\
        <text class="value" x="\(length)%" dx="7" y="\(middle + 4)">\(Markup.escaped(bar.text))</text>

        """
    }
    return svg + "<line class=\"axis\" x1=\"0\" x2=\"0\" y1=\"0\" y2=\"\(bottom)\"/>\n"
  }
}
