/// A chart with the table behind it, or a table alone, under a title.
public struct Panel: Sendable {
  /// How much of the page's width it has.
  public enum Width: Sendable { case narrow, wide }

  /// What it is of.
  public var title: String
  /// What the chart shows, in a sentence; may be empty.
  public var description: String
  /// nil where the table itself is what there is to see.
  public var graphic: Graphic?
  /// The figures.
  public var table: PageTable
  /// A remark below; may be empty.
  public var note: String
  /// How much of the page's width it has.
  public var width: Width

  /// - Parameters:
  ///   - title: what it is of.
  ///   - description: what the chart shows, in a sentence; may be empty.
  ///   - graphic: the chart; nil where the table itself is what there is to see.
  ///   - table: the figures.
  ///   - note: a remark below; may be empty.
  ///   - width: how much of the page's width it has.
  public init(
    _ title: String, description: String = "", graphic: Graphic? = nil, table: PageTable, note: String = "",
    width: Width = .narrow
  ) {
    self.title = title
    self.description = description
    self.graphic = graphic
    self.table = table
    self.note = note
    self.width = width
  }

  /// - Parameters:
  ///   - id: begins the ids of its elements.
  ///   - longestText: how many bytes of a stored text the table shows at most.
  func html(id: String, longestText: Int) -> String {
    let title = Markup.escaped(title)
    // The picture has the sentence as its description.
    let isSpoken = graphic == nil || table.rows.isEmpty
    let sentence =
      description.isEmpty
      ? "" : "<p\(isSpoken ? "" : " aria-hidden=\"true\"")>\(Markup.escaped(description))</p>"
    var html = """
      <figure class="panel\(width == .wide ? " wide" : "")">
      <figcaption><h3>\(title)</h3>\(sentence)</figcaption>

      """
    if table.rows.isEmpty {
      html += "<p class=\"nothing\">Nothing to show.</p>\n"
    } else if let graphic {
      html += self.html(legend: graphic.legend)
      html += graphic.svg(id: id, title: self.title, description: description, isWide: width == .wide)
      let isLong = table.rows.count > PageTable.mostPrintedRows
      html += """
        <details\(isLong ? " class=\"long\"" : "")><summary>The numbers<span class="spoken"> of: \(title)</span>\
        </summary>
        \(scrolling(longestText))</details>

        """
    } else {
      html += scrolling(longestText)
    }
    if !note.isEmpty { html += "<p class=\"note\">\(Markup.escaped(note))</p>\n" }
    return html + "</figure>\n"
  }

  /// A table that is wider than the screen is moved by itself, by the keyboard too.
  private func scrolling(_ longestText: Int) -> String {
    let label = Markup.escaped("Table: " + title)
    let table = table.html(caption: title, longest: longestText)
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\">\n\(table)</div>\n"
  }

  private func html(legend names: [String]) -> String {
    if names.isEmpty { return "" }
    let items = zip(names, ColumnsGraphic.classes).map { name, kind in
      "<li class=\"\(kind)\">\(Markup.escaped(name))</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>\n"
  }
}
