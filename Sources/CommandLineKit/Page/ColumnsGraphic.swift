/// Columns side by side, on each other, or below nothing where values are negative.
public struct ColumnsGraphic: Sendable {
  /// What has one colour.
  public struct Series: Sendable {
    /// For the legend.
    public var name: String
    /// One for each label.
    public var values: [Double]

    /// - Parameters:
    ///   - name: for the legend.
    ///   - values: one for each label.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What stands below each column.
  public var labels: [String]
  /// At most six.
  public var series: [Series]
  /// Whether the series stand on each other instead of side by side.
  public var isStacked: Bool

  /// - Parameters:
  ///   - labels: what stands below each column.
  ///   - series: at most six, each with one value for each label.
  ///   - isStacked: whether the series stand on each other instead of side by side.
  public init(labels: [String], series: [Series], isStacked: Bool = false) {
    self.labels = labels
    self.series = series
    self.isStacked = isStacked
  }

  /// The class of each series, which has its colour.
  static let classes = ["a", "b", "c", "d", "e", "f"]

  func content(_ title: String, isWide: Bool) -> String {
    var ends = series.flatMap(\.values)
    if isStacked {
      for index in labels.indices {
        let values = series.compactMap { index < $0.values.count ? $0.values[index] : nil }
        ends.append(values.filter { $0 > 0 }.reduce(0, +))
        ends.append(values.filter { $0 < 0 }.reduce(0, +))
      }
    }
    let axis = Axis(ends, startsAtZero: true, isWhole: true)
    let plot = TimePlot(axis: axis, labels: labels, isWide: isWide, isPercent: false)
    var above = [Double](repeating: 0, count: labels.count)
    var below = above
    var content = ""
    for (number, series) in series.prefix(Self.classes.count).enumerated() {
      var path = ""
      for (index, value) in series.values.prefix(labels.count).enumerated() where value != 0 {
        var start = 0.0
        if isStacked {
          start = value > 0 ? above[index] : below[index]
          if value > 0 { above[index] += value } else { below[index] += value }
        }
        path += column(index, number, from: start, to: start + value, axis)
      }
      if !path.isEmpty { content += "<path class=\"\(Self.classes[number])\" d=\"\(path)\"/>\n" }
    }
    return plot.frame() + plot.marks(title, content)
  }

  /// A rectangle of a path, in a band 10 wide.
  private func column(_ index: Int, _ number: Int, from: Double, to: Double, _ axis: Axis) -> String {
    let width = isStacked ? 7.0 : 7.6 / Double(max(1, series.count))
    let left = Double(index * 10) + (isStacked ? 1.5 : 1.2 + width * Double(number))
    let top = TimePlot.inner(max(from, to), axis)
    // Something above nothing is to be seen.
    let height = max(1, TimePlot.inner(min(from, to), axis) - top)
    let x = Markup.number(left)
    return
      "M\(x) \(Markup.number(top))h\(Markup.number(width))v\(Markup.number(height))h-\(Markup.number(width))z"
  }
}
