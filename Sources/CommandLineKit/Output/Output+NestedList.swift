import TextFormats

/// A list that belongs to a record and may be long: it is streamed into the record's JSON.
public struct NestedList {
  /// Its key in the record: `recipients`.
  public var name: String
  /// The members of its objects.
  public var columns: [Column]
  /// Writes the records into the writer, whose `columns` say which cells it takes.
  public var rows: (any RecordWriter) throws -> Void

  /// A list of this name.
  public init(_ name: String, columns: [Column], rows: @escaping (any RecordWriter) throws -> Void) {
    self.name = name
    self.columns = columns
    self.rows = rows
  }
}

extension Output {
  /// Writes one record with a list in it. In JSON the list is a member of the record; the other formats, which have
  /// no place for it, leave it out.
  /// - Parameters:
  ///   - record: the record without the list.
  ///   - columns: its fields.
  ///   - list: the member that comes after them all, unless `--fields` puts it elsewhere.
  /// - Throws: `UsageError`, what the list's `rows` throws, `ClosedPipe`, `FileExists`, `OutputError`.
  public func emit(record: JSONObject, columns: [Column], list: NestedList) throws {
    let isJSON = format == .json || format == .jsonl
    guard isJSON else { return try emit(record: record, columns: columns) }
    let selected = try options.select(from: columns + [Column(list.name, .json)], dynamic: nil)
    guard let place = selected.firstIndex(where: { $0.name == list.name }) else {
      return try emit(record: record, columns: columns)
    }
    let members = selected.map { column in
      JSONWriter.string(.string(column.name)) + ":"
        + (column.name == list.name ? "" : JSONWriter.string(record.value(at: column.path) ?? .null))
    }
    let opening = "{" + members[...place].joined(separator: ",")
    let closing = (members[place...].dropFirst().map { "," + $0 }).joined() + "}"
    let frame: JSONRecordWriter.Frame =
      format == .jsonl
      ? .within(opening: opening, closing: closing + "\n")
      : .within(
        opening: "{\"success\":true,\"data\":" + opening, closing: closing + envelope.successTail(nil))
    try withStream { stream in
      let writer = JSONRecordWriter(stream, columns: list.columns, frame: frame)
      try writer.begin()
      try list.rows(writer)
      try writer.end(nil)
    }
  }
}
