import TextFormats

/// Takes the records of a list cell by cell and writes them in one format. Cells come in the order of `columns`, one
/// for each; memory does not grow with the number of records. A million records of 25 columns pass through here, so
/// text comes as the bytes that the database holds, valid UTF-8.
///
/// All functions throw what the stream throws: `ClosedPipe`, `OutputError`.
public protocol RecordWriter: AnyObject {
  /// The columns that cells are expected for.
  var columns: [Column] { get }
  /// Writes what stands before the first record.
  func begin() throws
  func beginRecord() throws
  /// A cell without a value.
  func null() throws
  /// A cell of text, as UTF-8.
  func text(_ utf8: UnsafeBufferPointer<UInt8>) throws
  func integer(_ value: Int) throws
  /// A cell with a number as JSON spells it.
  func number(_ spelling: String) throws
  func boolean(_ value: Bool) throws
  /// A cell that holds a list, handed over as a JSON array of strings.
  func strings(json: UnsafeBufferPointer<UInt8>) throws
  /// A cell that holds any JSON.
  func json(_ utf8: UnsafeBufferPointer<UInt8>) throws
  func endRecord() throws
  /// Writes what stands after the last record.
  /// - Parameter pagination: where the list is one page of many.
  func end(_ pagination: Pagination?) throws
}

extension RecordWriter {
  /// A cell of text, or none.
  public func text(_ text: String?) throws {
    guard var text else { return try null() }
    try text.withUTF8 { try self.text($0) }
  }

  /// A cell with a whole number, or none.
  public func integer(_ value: Int?) throws {
    if let value { try integer(value) } else { try null() }
  }

  /// A cell with any value.
  public func value(_ value: JSONValue?) throws {
    switch value {
    case nil, .null: try null()
    case .bool(let flag): try boolean(flag)
    case .number(let spelling): try number(spelling)
    case .string(let string): try text(string)
    case .array(let elements):
      let isList = elements.allSatisfy { if case .string = $0 { true } else { false } }
      try JSONWriter.bytes(.array(elements)).withUnsafeBufferPointer {
        try isList ? strings(json: $0) : json($0)
      }
    case .object(let object):
      try JSONWriter.bytes(.object(object)).withUnsafeBufferPointer { try json($0) }
    }
  }

  /// A whole record, of which the columns' values are taken; those it lacks are null.
  public func write(_ record: JSONObject) throws {
    try beginRecord()
    for column in columns { try value(record.value(at: column.path)) }
    try endRecord()
  }
}

extension JSONObject {
  /// The value that these keys lead to, from object to object.
  func value(at path: [String]) -> JSONValue? {
    guard let key = path.first, let value = self[key] else { return nil }
    if path.count == 1 { return value }
    guard case .object(let object) = value else { return nil }
    return object.value(at: Array(path.dropFirst()))
  }
}
