import TextFormats

/// A sheet as lines of a terminal.
struct SheetText {
  let style: TableLayout.Style
  let visible: (String) -> String
  let isUTF8: Bool
  /// Whether bars and changes are coloured.
  let isColored: Bool

  /// Where there is no terminal to fit into.
  static let bars = 30
  /// Longer ones are harder to compare, not easier.
  static let longestBar = 60
  /// Shorter ones tell nothing.
  static let shortestBar = 5
  /// A narrower terminal has room for the text alone.
  static let narrowestWithBars = 24
  private static let mostSparks = 60
  /// Text that is cut further for the sake of bars cannot be told apart any more.
  private static let shortestText = 12

  /// The whole of it.
  func text(_ sheet: Sheet) -> String {
    let lead = sheet.lead.isEmpty ? "" : text(.remark(sheet.lead)) + "\n"
    return lead
      + sheet.sections.map { section in
        let body = section.parts.map(text).joined()
        return bold(fitted(section.title)) + "\n" + (body.isEmpty ? "(none)\n" : body)
      }.joined(separator: "\n")
  }

  private func text(_ part: Sheet.Part) -> String {
    switch part {
    case .table(let table): lines(of: table)
    case .sparklines(let sparks): isUTF8 ? lines(of: sparks) : ""
    case .remark(let text):
      TextWrap.lines(visible(text), width: style.width ?? .max).map { $0 + "\n" }.joined()
    }
  }

  // MARK: Tables

  private func lines(of table: SheetTable) -> String {
    if table.rows.isEmpty { return "" }
    let table = fitted(table)
    let width = style.width
    let hasBars =
      table.bars.count == table.rows.count && table.rows.count > 1 && width ?? .max >= Self.narrowestWithBars
    // The text makes room for bars, but not for bars that are too short to tell anything.
    let room = width.map { hasBars ? $0 - TableLayout.gap - 2 * Self.shortestBar : $0 }
    var layout = layout(table, width: room)
    let spared = max(0, textWidth(of: table) - Self.shortestText)
    let isReadable = self.layout(table, width: nil).width - spared <= room ?? .max
    var columns = min(Self.longestBar, width.map { $0 - layout.width - TableLayout.gap } ?? Self.bars)
    if !hasBars || !isReadable || columns < Self.shortestBar {
      columns = 0
      layout = self.layout(table, width: width)
    }
    let most = table.fullBar ?? table.bars.max() ?? 0
    var text = ""
    if style.headers, table.columns.contains(where: { !$0.title.isEmpty }) {
      text += layout.line(table.columns.map(\.title), bold: style.bold)
    }
    for (index, row) in table.rows.enumerated() {
      var line = layout.text(row.map(cell))
      if columns > 0 {
        let bar = Chart.bar(table.bars[index], of: most, columns: columns, isUTF8: isUTF8)
        let padding = String(repeating: " ", count: max(0, layout.width - DisplayWidth.of(line)))
        if !bar.isEmpty {
          line += padding + String(repeating: " ", count: TableLayout.gap) + colored(bar, 36)
        }
      }
      text += coloredChange(of: row, in: line) + "\n"
    }
    return text
  }

  /// The width of the first column of text, uncut.
  private func textWidth(of table: SheetTable) -> Int {
    guard let column = table.columns.firstIndex(where: { !$0.isNumber }) else { return 0 }
    return table.rows.map { $0.indices.contains(column) ? DisplayWidth.of(cell($0[column])) : 0 }.max() ?? 0
  }

  /// The table without the columns that there is no room for.
  private func fitted(_ table: SheetTable) -> SheetTable {
    guard let width = style.width else { return table }
    var table = table
    while let last = table.columns.lastIndex(where: \.isExpendable), layout(table, width: nil).width > width {
      table.columns.remove(at: last)
      for index in table.rows.indices where last < table.rows[index].count {
        table.rows[index].remove(at: last)
      }
    }
    return table
  }

  private func layout(_ table: SheetTable, width: Int?) -> TableLayout {
    var style = style
    style.width = width
    let header = style.headers ? [table.columns.map(\.title)] : []
    return TableLayout(
      measuring: header + table.rows.map { $0.map(cell) },
      columns: table.columns.map { $0.isNumber ? .number : .text }, style: style)
  }

  private func cell(_ cell: SheetTable.Cell) -> String {
    switch cell {
    case .text(let text): visible(text)
    case .count(let count): String(count)
    case .percent(let share): share.map(percent) ?? none
    case .change(.none): none
    case .change(.increase(let change)): (isUTF8 ? "▲" : "^") + (change.map { " " + percent(abs($0)) } ?? "")
    case .change(.decrease(let change)): (isUTF8 ? "▼" : "v") + (change.map { " " + percent(abs($0)) } ?? "")
    }
  }

  private var none: String { isUTF8 ? "–" : "-" }

  private func percent(_ value: Double) -> String { FigureText.decimal(value, places: 1) + " %" }

  /// A line with its change in green or yellow: neither direction is good or bad of itself.
  private func coloredChange(of row: [SheetTable.Cell], in line: String) -> String {
    guard isColored else { return line }
    for case .change(let change) in row {
      let (mark, color): (Character, Int) =
        switch change {
        case .increase: (isUTF8 ? "▲" : "^", 32)
        case .decrease: (isUTF8 ? "▼" : "v", 33)
        case .none: (" ", 0)
        }
      if color > 0, let index = line.lastIndex(of: mark) {
        return line[..<index] + colored(String(mark), color) + line[line.index(after: index)...]
      }
    }
    return line
  }

  // MARK: Lines

  private func lines(of sparks: [Sheet.Spark]) -> String {
    let sparks = sparks.filter { $0.values.count > 2 }
    let labels = sparks.map { visible($0.label) }
    let width = labels.map { DisplayWidth.of($0) }.max() ?? 0
    let room = min(Self.mostSparks, style.width.map { $0 - width - TableLayout.gap } ?? .max)
    guard room >= Self.shortestBar else { return "" }
    return zip(sparks, labels).map { spark, label in
      let padding = String(repeating: " ", count: width - DisplayWidth.of(label) + TableLayout.gap)
      return label + padding + colored(Chart.sparkline(spark.values, columns: room), 36) + "\n"
    }.joined()
  }

  private func fitted(_ title: String) -> String {
    let title = visible(title)
    return style.width.map { DisplayWidth.cut(title, to: $0, ellipsis: style.ellipsis) } ?? title
  }

  private func bold(_ text: String) -> String { style.bold ? "\u{1B}[1m" + text + "\u{1B}[m" : text }

  private func colored(_ text: String, _ color: Int) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(color)m" + text + "\u{1B}[m" : text
  }
}

extension Output {
  /// Writes figures: as a table the sheet that is made for people, in the other formats the report. With `--fields`
  /// the chosen ones of the report as they are.
  /// - Throws: `UsageError` for the formats it does not have, `ClosedPipe`, `FileExists`, `OutputError`.
  public func emit(report: Report, sheet: @autoclosure () -> Sheet) throws {
    guard format == .table, options.fields == nil else { return try emit(report: report) }
    let style = tableStyle
    let text = SheetText(
      style: style, visible: console.visible, isUTF8: console.isUTF8, isColored: style.bold)
    try emit(text: text.text(sheet()))
  }
}
