/// A chart of a page.
public enum Graphic: Sendable {
  case bars(BarsGraphic)
  case columns(ColumnsGraphic)
  case line(LineGraphic)

  /// The drawing, for a screen reader a picture with a name and a description.
  func svg(id: String, title: String, description: String, isWide: Bool) -> String {
    let (content, height, kind): (String, Int, String) =
      switch self {
      case .bars(let bars): (bars.content(), bars.height, "bars")
      case .columns(let columns): (columns.content(title, isWide: isWide), TimePlot.outerHeight, "plot")
      case .line(let line): (line.content(title, isWide: isWide), TimePlot.outerHeight, "plot")
      }
    let description = description.isEmpty ? "Its figures are in the table below." : description
    return """
      <svg class="chart \(kind)" role="img" aria-labelledby="\(id)t \(id)d" width="100%" height="\(height)">\
      <title id="\(id)t">\(Markup.escaped(title))</title><desc id="\(id)d">\(Markup.escaped(description))</desc>
      \(content)</svg>

      """
  }

  /// What the colours mean; none where there is only one.
  var legend: [String] {
    switch self {
    case .columns(let columns) where columns.series.count > 1: columns.series.map(\.name)
    default: []
    }
  }
}
