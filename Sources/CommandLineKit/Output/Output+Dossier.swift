import TextFormats

extension Output {
  /// Writes one record with all that belongs to it. As a table it has a section for each list, page by page on a
  /// terminal; the other formats have it as they have any record.
  /// - Parameters:
  ///   - record: the record, whose lists of objects are the sections.
  ///   - columns: its fields.
  /// - Throws: `UsageError`, `ClosedPipe`, `FileExists`, `OutputError`.
  public func emit(dossier record: JSONObject, columns: [Column]) throws {
    guard format == .table else { return try emit(record: record, columns: columns) }
    let selected = try options.select(from: columns, dynamic: nil)
    let shown = JSONObject(selected.map { ($0.name, record.value(at: $0.path) ?? .null) })
    let text = readable.dossier(shown)
    let destination = try Destination(console, options: options, mayPage: true)
    try destination.write {
      try destination.stream(lines: text.utf8.count { $0 == UInt8(ascii: "\n") }).append(text)
    }
  }
}
