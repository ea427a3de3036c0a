/// Writes the `tsv` that comes by itself where stdout is no terminal: no header, one line a record whatever the text
/// holds, so that `cut`, `while read` and `awk` can take it apart. Tab, line feed, carriage return and backslash are
/// written as `\t`, `\n`, `\r` and `\\`.
public final class EscapedTSVRecordWriter: RecordWriter {
  public let columns: [Column]
  private let stream: OutputStream
  private let headers: Bool
  private var isFirstCell = true
  private var list = ListCell()

  /// - Parameters:
  ///   - stream: where the records go.
  ///   - columns: the cells of a line, in their order.
  ///   - headers: whether the names of the columns come first.
  public init(_ stream: OutputStream, columns: [Column], headers: Bool = false) {
    self.stream = stream
    self.columns = columns
    self.headers = headers
  }

  public func begin() throws {
    guard headers else { return }
    try beginRecord()
    for column in columns { try text(column.name) }
    try endRecord()
  }

  public func beginRecord() throws { isFirstCell = true }

  public func null() throws { try separate() }

  public func text(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    try separate()
    var start = 0
    while start < utf8.count {
      let end = ByteScan.firstTSVSpecial(in: utf8, from: start)
      try stream.append(UnsafeBufferPointer(rebasing: utf8[start..<end]))
      if end < utf8.count {
        switch utf8[end] {
        case 0x09: try stream.append("\\t")
        case 0x0A: try stream.append("\\n")
        case 0x0D: try stream.append("\\r")
        default: try stream.append("\\\\")
        }
      }
      start = end + 1
    }
  }

  public func integer(_ value: Int) throws {
    try separate()
    try stream.append(value)
  }

  public func number(_ spelling: String) throws {
    try separate()
    try stream.append(spelling)
  }

  public func boolean(_ value: Bool) throws {
    try separate()
    try stream.append(value ? "true" : "false")
  }

  public func strings(json: UnsafeBufferPointer<UInt8>) throws {
    try list.join(json) { try text($0) }
  }

  public func json(_ utf8: UnsafeBufferPointer<UInt8>) throws { try text(utf8) }

  public func endRecord() throws { try stream.append(UInt8(ascii: "\n")) }

  public func end(_ pagination: Pagination?) throws {}

  private func separate() throws {
    if isFirstCell { isFirstCell = false } else { try stream.append(UInt8(ascii: "\t")) }
  }
}

/// Counts records and writes their number: `count`, where nobody knows it beforehand.
public final class CountRecordWriter: RecordWriter {
  public let columns: [Column]
  private let stream: OutputStream
  private var count = 0

  /// - Parameters:
  ///   - stream: where the number goes.
  ///   - columns: the cells that will come, none of which is looked at.
  public init(_ stream: OutputStream, columns: [Column]) {
    self.stream = stream
    self.columns = columns
  }

  public func begin() throws {}
  public func beginRecord() throws {}
  public func null() throws {}
  public func text(_ utf8: UnsafeBufferPointer<UInt8>) throws {}
  public func integer(_ value: Int) throws {}
  public func number(_ spelling: String) throws {}
  public func boolean(_ value: Bool) throws {}
  public func strings(json: UnsafeBufferPointer<UInt8>) throws {}
  public func json(_ utf8: UnsafeBufferPointer<UInt8>) throws {}
  public func endRecord() throws { count += 1 }

  public func end(_ pagination: Pagination?) throws {
    try stream.append(count)
    try stream.append(UInt8(ascii: "\n"))
  }
}
