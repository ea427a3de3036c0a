/// A table of a page. The first cell of a row says what the row is of.
public struct PageTable: Sendable {
  /// The heading of a column.
  public struct Heading: Sendable {
    var title: String
    var isNumber: Bool

    /// A column of text.
    public static func text(_ title: String) -> Heading { Heading(title: title, isNumber: false) }
    /// A column of numbers.
    public static func number(_ title: String) -> Heading { Heading(title: title, isNumber: true) }
  }

  /// One for each cell of a row.
  public var headings: [Heading]
  /// Texts as they are stored, from top to bottom.
  public var rows: [[String]]

  /// - Parameters:
  ///   - headings: one for each cell of a row.
  ///   - rows: texts as they are stored, from top to bottom.
  public init(_ headings: [Heading], rows: [[String]]) {
    self.headings = headings
    self.rows = rows
  }

  /// Rows beyond which a table is no longer printed.
  static let mostPrintedRows = 60

  /// - Parameters:
  ///   - caption: what the table is of, for screen readers.
  ///   - longest: how many bytes of a text are shown at most.
  func html(caption: String, longest: Int) -> String {
    var html = "<table><caption>\(Markup.escaped(caption))</caption>\n<thead><tr>"
    for heading in headings {
      html +=
        "<th scope=\"col\"\(heading.isNumber ? " class=\"n\"" : "")>\(Markup.escaped(heading.title))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    // End tags that the standard lets out (HTML Standard, section 13.1.2.4) are left out: there may be thousands.
    let isLong = rows.count > Self.mostPrintedRows
    for row in rows {
      html += "<tr>"
      for (index, cell) in row.prefix(headings.count).enumerated() {
        if index == 0 {
          html += isLong ? "<th>" : "<th scope=\"row\">"
        } else {
          html += headings[index].isNumber ? "<td>" : "<td class=\"t\">"
        }
        html += Markup.escaped(Self.cut(cell, to: longest))
      }
      html += "\n"
    }
    return html + "</tbody></table>\n"
  }

  /// The beginning of a text that, once escaped, has about so many bytes, and never more than six times as many.
  private static func cut(_ text: String, to bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    var end = text.startIndex
    var left = bytes
    for index in text.indices {
      left -= text[index].utf8.count
      if left < 0 { break }
      end = text.index(after: index)
    }
    return text[..<end] + "…"
  }
}
