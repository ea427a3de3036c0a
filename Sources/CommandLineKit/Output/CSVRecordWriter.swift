import TextFormats

/// Writes records as RFC 4180 has them, with LF: `csv`, and with tabs the `tsv` that was asked for. A cell is quoted
/// only where it must be, and guarded where a spreadsheet would run it.
public final class CSVRecordWriter: RecordWriter {
  /// What a person may choose about the file.
  public struct Style: Sendable, Equatable {
    /// What stands between cells: `,`, or a tab.
    public var delimiter: UInt8
    /// Whether the names of the columns come first.
    public var headers: Bool
    /// Whether cells that look like formulas are written as they are.
    public var raw: Bool
    /// Whether a byte-order mark comes first, for Excel.
    public var byteOrderMark: Bool

    /// - Parameters:
    ///   - delimiter: `,` for csv, a tab for tsv.
    ///   - headers: whether the names of the columns come first.
    ///   - raw: whether cells that look like formulas are written as they are.
    ///   - byteOrderMark: whether a byte-order mark comes first.
    public init(
      delimiter: UInt8 = UInt8(ascii: ","), headers: Bool = true, raw: Bool = false,
      byteOrderMark: Bool = false
    ) {
      self.delimiter = delimiter
      self.headers = headers
      self.raw = raw
      self.byteOrderMark = byteOrderMark
    }
  }

  /// The cells of a line, in their order.
  public let columns: [Column]
  private let stream: OutputStream
  private let style: Style
  private let visible: ((String) -> String)?
  private var isFirstCell = true
  private var list = ListCell()

  /// - Parameters:
  ///   - stream: where the records go.
  ///   - columns: the cells of a line, in their order.
  ///   - style: delimiter, header, guards.
  ///   - visible: makes stored text safe to look at, where it goes to a terminal that nobody chose this format for.
  public init(
    _ stream: OutputStream, columns: [Column], style: Style = Style(), visible: ((String) -> String)? = nil
  ) {
    self.stream = stream
    self.columns = columns
    self.style = style
    self.visible = visible
  }

  /// Writes the byte-order mark and the header, where they are wanted.
  public func begin() throws {
    if style.byteOrderMark { try stream.append("\u{FEFF}") }
    guard style.headers, !columns.isEmpty else { return }
    try beginRecord()
    for column in columns { try text(column.name) }
    try endRecord()
  }

  /// Starts a line.
  public func beginRecord() throws { isFirstCell = true }

  /// An empty cell.
  public func null() throws {
    try separate()
    // A line that is empty altogether would be no record.
    if columns.count == 1 { try stream.append("\"\"") }
  }

  /// A cell of text, quoted and guarded where it must be.
  public func text(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    if utf8.isEmpty { return try null() }
    try separate()
    guard let visible else { return try cell(utf8) }
    var shown = visible(String(decoding: utf8, as: UTF8.self))
    try shown.withUTF8 { try cell($0) }
  }

  private func cell(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    let guarded = !style.raw && FormulaGuard.isNeeded(utf8)
    guard ByteScan.containsCSVSpecial(utf8, delimiter: style.delimiter) else {
      if guarded { try stream.append(UInt8(ascii: "'")) }
      return try stream.append(utf8)
    }
    try stream.append(UInt8(ascii: "\""))
    if guarded { try stream.append(UInt8(ascii: "'")) }
    var start = 0
    for (index, byte) in utf8.enumerated() where byte == UInt8(ascii: "\"") {
      // The run up to the mark and the mark itself, which then begins the next run: so it is doubled.
      try stream.append(UnsafeBufferPointer(rebasing: utf8[start...index]))
      start = index
    }
    try stream.append(UnsafeBufferPointer(rebasing: utf8[start...]))
    try stream.append(UInt8(ascii: "\""))
  }

  /// A whole number, never guarded.
  public func integer(_ value: Int) throws {
    try separate()
    try stream.append(value)
  }

  /// A number, never guarded.
  public func number(_ spelling: String) throws {
    try separate()
    try stream.append(spelling)
  }

  /// `true` or `false`.
  public func boolean(_ value: Bool) throws {
    try separate()
    try stream.append(value ? "true" : "false")
  }

  /// The list's strings, joined by `;`.
  public func strings(json: UnsafeBufferPointer<UInt8>) throws {
    try list.join(json) { try text($0) }
  }

  /// JSON as the text of one cell.
  public func json(_ utf8: UnsafeBufferPointer<UInt8>) throws { try text(utf8) }

  /// Ends the line with LF.
  public func endRecord() throws { try stream.append(UInt8(ascii: "\n")) }

  /// Writes nothing: a file ends with its last line.
  public func end(_ pagination: Pagination?) throws {}

  private func separate() throws {
    if isFirstCell { isFirstCell = false } else { try stream.append(style.delimiter) }
  }
}
