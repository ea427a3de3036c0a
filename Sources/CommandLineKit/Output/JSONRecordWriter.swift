import TextFormats

/// Writes records as the envelope's list (`json`) or as one bare object a line (`jsonl`).
final class JSONRecordWriter: RecordWriter {
  let columns: [Column]
  private let stream: OutputStream
  private let envelope: Envelope?
  private let list: String
  /// What stands before each cell: `{"id":`, `,"firstName":`.
  private let prefixes: [[UInt8]]
  private var column = 0
  private var isFirst = true
  private var scratch: [UInt8] = []

  /// - Parameters:
  ///   - stream: where the records go.
  ///   - columns: the objects' members, in their order.
  ///   - list: the name of the list within the envelope's `data`: `members`.
  ///   - envelope: the document around the list; nil for one bare object a line.
  init(_ stream: OutputStream, columns: [Column], list: String, envelope: Envelope?) {
    self.stream = stream
    self.columns = columns
    self.list = list
    self.envelope = envelope
    prefixes = columns.enumerated().map { index, column in
      var bytes = [UInt8(ascii: index == 0 ? "{" : ",")]
      JSONWriter.appendString(column.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      return bytes
    }
  }

  func begin() throws {
    guard envelope != nil else { return }
    try stream.append("{\"success\":true,\"data\":{")
    try stream.append(JSONWriter.string(.string(list)))
    try stream.append(":[")
  }

  func beginRecord() throws {
    if envelope != nil {
      try stream.append(isFirst ? "\n" : ",\n")
      isFirst = false
    }
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
    if envelope == nil { try stream.append(UInt8(ascii: "\n")) }
  }

  func end(_ pagination: Pagination?) throws {
    guard let envelope else { return }
    try stream.append(isFirst ? "]}" : "\n]}")
    try stream.append(envelope.successTail(pagination))
  }

  private func prefix() throws {
    guard column < prefixes.count else { return }
    try stream.append(prefixes[column])
    column += 1
  }
}
