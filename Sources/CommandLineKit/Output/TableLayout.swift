import TextFormats

/// How wide the columns of a table are and how its lines are put together. Cells are visible text (`VisibleText`).
struct TableLayout {
  /// How a table looks on the stream that it is for.
  struct Style {
    var headers = true
    /// The terminal's columns; nil where nothing is cut.
    var width: Int?
    /// Whether the header is bold.
    var bold = false
    var ellipsis = "..."
  }

  /// What a column holds, as far as its look depends on it.
  enum Kind {
    case text
    /// Ids: half of one is of no use, so they are never cut.
    case whole
    /// Aligned at the right, and never cut either.
    case number

    init(_ kind: Column.Kind) {
      switch kind {
      case .integer, .number: self = .number
      case .id, .boolean: self = .whole
      case .text, .list, .json: self = .text
      }
    }
  }

  static let gap = 2
  /// A column is not made narrower than this; where even that does not fit, the line itself is cut.
  static let narrowest = 4
  let style: Style
  private let columns: [Kind]
  private let widths: [Int]

  /// - Parameters:
  ///   - rows: the rows that the widths are measured by, the header among them.
  ///   - columns: what each column holds.
  init(measuring rows: [[String]], columns: [Kind], style: Style) {
    self.style = style
    self.columns = columns
    var natural = [Int](repeating: 0, count: columns.count)
    for row in rows {
      for (index, cell) in row.prefix(natural.count).enumerated() {
        natural[index] = max(natural[index], DisplayWidth.of(cell))
      }
    }
    widths = Self.shrink(natural, columns, to: style.width)
  }

  /// Makes the widest columns of text narrower, all to the same width, until the line fits.
  private static func shrink(_ natural: [Int], _ columns: [Kind], to width: Int?) -> [Int] {
    guard let width, !natural.isEmpty else { return natural }
    let room = max(0, width - gap * (natural.count - 1))
    func capped(_ cap: Int) -> [Int] {
      zip(natural, columns).map { $1 == .text ? min($0, cap) : $0 }
    }
    var cap = natural.max() ?? 0
    while cap > narrowest, capped(cap).reduce(0, +) > room { cap -= 1 }
    // What the common width leaves over goes to the first columns that were cut.
    var result = capped(cap)
    var left = room - result.reduce(0, +)
    for index in result.indices where left > 0 && result[index] < natural[index] {
      result[index] += 1
      left -= 1
    }
    return result
  }

  /// How wide a full line is.
  var width: Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }

  /// One line, with its line feed.
  func line(_ cells: [String], bold: Bool = false) -> String {
    let line = text(cells)
    return (bold ? "\u{1B}[1m" + line + "\u{1B}[m" : line) + "\n"
  }

  /// What stands on a line, without spaces at its end.
  func text(_ cells: [String]) -> String {
    var line = ""
    for (index, cell) in cells.prefix(widths.count).enumerated() {
      let width = widths[index]
      let isCut = style.width != nil && columns[index] == .text
      let text = isCut ? DisplayWidth.cut(cell, to: width, ellipsis: style.ellipsis) : cell
      let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
      if index > 0 { line += String(repeating: " ", count: Self.gap) }
      line += columns[index] == .number ? padding + text : text + padding
    }
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    if let width = style.width { line = DisplayWidth.cut(line, to: width, ellipsis: style.ellipsis) }
    return line
  }
}
