/// Writes the `tsv` that comes by itself where stdout is no terminal: no header, one line a record whatever the text
/// holds, so that `cut`, `while read` and `awk` can take it apart. Tab, line feed, carriage return and backslash are
/// written as `\t`, `\n`, `\r` and `\\`.
final class EscapedTSVRecordWriter: RecordWriter {
  let columns: [Column]
  private let stream: OutputStream
  private var isFirstCell = true
  private var list = ListCell()

  /// - Parameters:
  ///   - stream: where the records go.
  ///   - columns: the cells of a line, in their order.
  init(_ stream: OutputStream, columns: [Column]) {
    self.stream = stream
    self.columns = columns
  }

  func begin() throws {}

  func beginRecord() throws { isFirstCell = true }

  func null() throws { try separate() }

  func text(_ utf8: UnsafeBufferPointer<UInt8>) throws {
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

  func integer(_ value: Int) throws {
    try separate()
    try stream.append(value)
  }

  func number(_ spelling: String) throws {
    try separate()
    try stream.append(spelling)
  }

  func boolean(_ value: Bool) throws {
    try separate()
    try stream.append(value ? "true" : "false")
  }

  func strings(json: UnsafeBufferPointer<UInt8>) throws {
    try list.join(json) { try text($0) }
  }

  func json(_ utf8: UnsafeBufferPointer<UInt8>) throws { try text(utf8) }

  func endRecord() throws { try stream.append(UInt8(ascii: "\n")) }

  func end(_ pagination: Pagination?) throws {}

  private func separate() throws {
    if isFirstCell { isFirstCell = false } else { try stream.append(UInt8(ascii: "\t")) }
  }
}

/// Counts records and writes their number: `count`, where nobody knows it beforehand.
final class CountRecordWriter: RecordWriter {
  let columns: [Column]
  private let stream: OutputStream
  private var count = 0

  /// - Parameters:
  ///   - stream: where the number goes.
  ///   - columns: the cells that will come, none of which is looked at.
  init(_ stream: OutputStream, columns: [Column]) {
    self.stream = stream
    self.columns = columns
  }

  func begin() throws {}
  func beginRecord() throws {}
  func null() throws {}
  func text(_ utf8: UnsafeBufferPointer<UInt8>) throws {}
  func integer(_ value: Int) throws {}
  func number(_ spelling: String) throws {}
  func boolean(_ value: Bool) throws {}
  func strings(json: UnsafeBufferPointer<UInt8>) throws {}
  func json(_ utf8: UnsafeBufferPointer<UInt8>) throws {}
  func endRecord() throws { count += 1 }

  func end(_ pagination: Pagination?) throws {
    try stream.append(count)
    try stream.append(UInt8(ascii: "\n"))
  }
}
