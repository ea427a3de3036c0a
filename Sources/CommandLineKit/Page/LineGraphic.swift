/// A line, its last value written at its end.
public struct LineGraphic: Sendable {
  /// What stands below each value.
  public var labels: [String]
  /// One for each label; nil where there is none.
  public var values: [Double?]
  /// Whether they are shares in percent.
  public var isPercent: Bool

  /// - Parameters:
  ///   - labels: what stands below each value.
  ///   - values: one for each label; nil where there is none, which leaves a gap.
  ///   - isPercent: whether they are shares in percent.
  public init(labels: [String], values: [Double?], isPercent: Bool = false) {
    self.labels = labels
    self.values = values
    self.isPercent = isPercent
  }

  func content(_ title: String, isWide: Bool) -> String {
    let present = values.compactMap { $0 }
    let axis = Axis(
      present + (isPercent ? [0, 100] : []), startsAtZero: isPercent, isWhole: !isPercent)
    let plot = TimePlot(axis: axis, labels: labels, isWide: isWide, isPercent: isPercent)
    var path = ""
    var isBroken = true
    for (index, value) in values.prefix(labels.count).enumerated() {
      guard let value else {
        isBroken = true
        continue
      }
      // A line of no length shows as a dot, so that a value between two gaps is seen, too.
      path +=
        "\(isBroken ? "M" : "L")\(index * 10 + 5) \(Markup.number(TimePlot.inner(value, axis)))\(isBroken ? "h0" : "")"
      isBroken = false
    }
    return plot.frame() + plot.marks(title, "<path class=\"line\" d=\"\(path)\"/>\n") + end(axis)
  }

  /// A point at the last value, and what it is.
  private func end(_ axis: Axis) -> String {
    guard let index = values.prefix(labels.count).lastIndex(where: { $0 != nil }), let value = values[index]
    else { return "" }
    let x = Markup.number((Double(index) + 0.5) / Double(labels.count) * 100)
    let y = TimePlot.y(value, axis)
    let text =
      isPercent
      ? FigureText.decimal(value, places: 1) + " %"
      : Int(exactly: value.rounded()).map(FigureText.grouped) ?? "–"
    // Above the point, or below one that is at the top.
    let textY = y < 34 ? y + 22 : y - 12
    return """
      <circle class="a" cx="\(x)%" cy="\(Markup.number(y))" r="4"/>\
      <text class="value end" x="\(x)%" dx="4" y="\(Markup.number(textY))">\(text)</text>

      """
  }
}
