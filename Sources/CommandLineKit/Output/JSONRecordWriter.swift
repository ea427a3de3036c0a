import TextFormats

/// Writes records as the envelope's list (`json`), as one bare object a line (`jsonl`), or as a list within one
/// record.
final class JSONRecordWriter: RecordWriter {
  /// What stands around the records.
  enum Frame {
    /// One bare object a line.
    case lines
    /// The document whose `data` has nothing but the list of this name: `members`.
    case list(String, Envelope)
    /// Text that ends where the list begins, and text that goes on where it ends.
    case within(opening: String, closing: String)
  }

  let columns: [Column]
  private let stream: OutputStream
  private let frame: Frame
  /// What stands before each cell: `{"id":`, `,"firstName":`.
  private let prefixes: [[UInt8]]
  private var column = 0
  private var isFirst = true
  private var scratch: [UInt8] = []

  /// - Parameters:
  ///   - stream: where the records go.
  ///   - columns: the objects' members, in their order.
  ///   - frame: what stands around them.
  init(_ stream: OutputStream, columns: [Column], frame: Frame) {
    self.stream = stream
    self.columns = columns
    self.frame = frame
    prefixes = columns.enumerated().map { index, column in
      var bytes = [UInt8(ascii: index == 0 ? "{" : ",")]
      JSONWriter.appendString(column.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      return bytes
    }
  }

  func begin() throws {
    switch frame {
    case .lines: break
    case .list(let name, _):
      try stream.append("{\"success\":true,\"data\":{")
      try stream.append(JSONWriter.string(.string(name)))
      try stream.append(":[")
    case .within(let opening, _): try stream.append(opening + "[")
    }
  }

  func beginRecord() throws {
    switch frame {
    case .lines: break
    case .list: try stream.append(isFirst ? "\n" : ",\n")
    case .within: if !isFirst { try stream.append(UInt8(ascii: ",")) }
    }
    isFirst = false
    column = 0
  }

  func null() throws {
    try prefix()
    try stream.append("null")
  }

  func text(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    try prefix()
    try stream.appendJSON(utf8, scratch: &scratch)
  }

  func integer(_ value: Int) throws {
    try prefix()
    try stream.append(value)
  }

  func number(_ spelling: String) throws {
    try prefix()
    try stream.append(spelling)
  }

  func boolean(_ value: Bool) throws {
    try prefix()
    try stream.append(value ? "true" : "false")
  }

  func strings(json: UnsafeBufferPointer<UInt8>) throws {
    try self.json(json)
  }

  func json(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    try prefix()
    try stream.append(utf8)
  }

  func endRecord() throws {
    if columns.isEmpty { try stream.append(UInt8(ascii: "{")) }
    try stream.append(UInt8(ascii: "}"))
    if case .lines = frame { try stream.append(UInt8(ascii: "\n")) }
  }

  func end(_ pagination: Pagination?) throws {
    switch frame {
    case .lines: break
    case .list(_, let envelope):
      try stream.append(isFirst ? "]}" : "\n]}")
      try stream.append(envelope.successTail(pagination))
    case .within(_, let closing): try stream.append("]" + closing)
    }
  }

  private func prefix() throws {
    guard column < prefixes.count else { return }
    try stream.append(prefixes[column])
    column += 1
  }
}
