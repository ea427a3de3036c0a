import TextFormats

/// Writes records as aligned columns for people. The first thousand rows are held back to measure the columns by; the
/// rest streams into the widths found.
final class TableRecordWriter: RecordWriter {
  static let measuredRows = 1_000

  let columns: [Column]
  private let style: TableLayout.Style
  private let visible: (String) -> String
  private let open: (Int) throws -> OutputStream
  private var stream: OutputStream?
  private var layout: TableLayout?
  private var held: [[String]] = []
  private var row: [String] = []
  private var list = ListCell()

  /// - Parameters:
  ///   - columns: the cells of a row, in their order.
  ///   - visible: makes stored text safe to look at.
  ///   - open: gives the stream, told how many lines are known to come.
  init(
    columns: [Column], style: TableLayout.Style, visible: @escaping (String) -> String,
    open: @escaping (Int) throws -> OutputStream
  ) {
    self.columns = columns
    self.style = style
    self.visible = visible
    self.open = open
  }

  func begin() throws {}

  func beginRecord() throws { row.removeAll(keepingCapacity: true) }

  func null() throws { row.append("") }

  func text(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    let isId = row.count < columns.count && columns[row.count].kind == .id
    row.append(visible(String(decoding: isId ? utf8.suffix(8) : utf8[...], as: UTF8.self)))
  }

  func integer(_ value: Int) throws { row.append(String(value)) }

  func number(_ spelling: String) throws { row.append(spelling) }

  func boolean(_ value: Bool) throws { row.append(value ? "true" : "false") }

  func strings(json: UnsafeBufferPointer<UInt8>) throws {
    try list.join(json) { try text($0) }
  }

  func json(_ utf8: UnsafeBufferPointer<UInt8>) throws { try text(utf8) }

  func endRecord() throws {
    if let layout, let stream { return try stream.append(layout.line(row)) }
    held.append(row)
    if held.count == Self.measuredRows { try release() }
  }

  func end(_ pagination: Pagination?) throws {
    if layout == nil { try release() }
  }

  /// Measures the rows held back and writes them.
  private func release() throws {
    let headers = style.headers ? [columns.map { visible($0.name) }] : []
    let layout = TableLayout(
      measuring: headers + held, columns: columns.map { TableLayout.Kind($0.kind) }, style: style)
    let stream = try open(headers.count + held.count)
    for line in headers { try stream.append(layout.line(line, bold: style.bold)) }
    for line in held { try stream.append(layout.line(line)) }
    held = []
    self.layout = layout
    self.stream = stream
  }
}
