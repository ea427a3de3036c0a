import TextFormats

/// Writes what a command has to show in the format that was asked for: a list of records, one record, or a report.
/// Where stdout is no terminal and no format is given, that is the escaped `tsv` without header.
public final class Output {
  /// The streams.
  public let console: Console
  /// What was chosen about the data.
  public let options: OutputOptions
  /// The metadata of JSON documents.
  public let envelope: Envelope
  /// The format of a command that says one of its own where none is asked for, as `member export` does.
  public var defaultFormat: OutputFormat?

  /// - Parameters:
  ///   - console: the streams.
  ///   - options: what was chosen about the data.
  ///   - envelope: the metadata of JSON documents.
  public init(_ console: Console, options: OutputOptions, envelope: Envelope) {
    self.console = console
    self.options = options
    self.envelope = envelope
  }

  /// The format that data will have.
  public var format: OutputFormat {
    options.format ?? defaultFormat ?? (showsOnTerminal ? .table : .tsv)
  }

  private var isImplicit: Bool { options.format == nil && defaultFormat == nil }
  private var showsOnTerminal: Bool { options.file == nil && console.output.isTerminal }

  /// Checks `--output` before any work is done: that it may be written, and replaces nothing without `--force`.
  /// - Throws: `FileExists`, `OutputError`.
  public func checkDestination() throws {
    if let path = options.file, !AtomicFile.isSpecial(path) {
      try AtomicFile.check(path, force: options.force)
    }
  }

  /// Checks `--fields` and the format before any work is done.
  /// - Throws: `UsageError` that lists the fields, or says that there are no ids.
  public func check(columns: [Column], dynamic: ((String) -> Column?)? = nil) throws(UsageError) {
    _ = try chosen(from: columns, dynamic: dynamic)
  }

  /// Checks before any work is done that the format and the fields are such as a report has.
  /// - Parameter keys: the keys at the top of the report, where they are known beforehand.
  /// - Throws: `UsageError` for `ids` and `count`, and for a field that is not among the keys.
  public func checkReport(keys: [String]? = nil) throws(UsageError) {
    if [.ids, .count, .vcard, .html].contains(format) {
      throw UsageError(
        "there is no --format \(format.rawValue) of a report", hint: "try table, json, jsonl, csv or tsv",
        path: options.path)
    }
    if let keys { _ = try options.select(from: keys.map { Column($0) }, dynamic: nil) }
  }

  /// Writes a list.
  /// - Parameters:
  ///   - name: what the list is called within the envelope's `data`: `members`.
  ///   - columns: the fields of a record, of which `--fields`, `ids` and `table` choose.
  ///   - dynamic: the column for a field that is not among them; nil for one there is not.
  ///   - pagination: where the list is one page of many.
  ///   - count: the number of records, where it can be told without producing them.
  ///   - rows: writes the records into the writer, whose `columns` say which cells it takes, in which order.
  /// - Throws: `UsageError`, what `rows` throws, `ClosedPipe`, `FileExists`, `OutputError`.
  public func emit(
    list name: String, columns: [Column], dynamic: ((String) -> Column?)? = nil,
    pagination: Pagination? = nil,
    count: (() throws -> Int)? = nil, rows: (any RecordWriter) throws -> Void
  ) throws {
    let selected = try chosen(from: columns, dynamic: dynamic)
    let destination = try Destination(console, options: options, mayPage: format == .table)
    try destination.write {
      if format == .count, let count {
        let number = try count()
        return try destination.stream.append("\(number)\n")
      }
      let writer = writer(name, columns: selected, destination)
      try writer.begin()
      try rows(writer)
      try writer.end(pagination)
    }
  }

  /// Writes a list that is at hand.
  public func emit(
    list name: String, columns: [Column], dynamic: ((String) -> Column?)? = nil,
    pagination: Pagination? = nil,
    records: some Sequence<JSONObject>
  ) throws {
    try emit(list: name, columns: columns, dynamic: dynamic, pagination: pagination) { writer in
      for record in records { try writer.write(record) }
    }
  }

  /// Writes one record: as a table names and values, as csv and tsv one row, in JSON `data` itself.
  /// - Parameters:
  ///   - record: the record; without `--fields`, JSON has all of it.
  ///   - columns: its fields in the other formats.
  ///   - dynamic: the column for a field that is not among them; nil for one there is not.
  /// - Throws: `UsageError`, `ClosedPipe`, `FileExists`, `OutputError`.
  public func emit(
    record: JSONObject, columns: [Column], dynamic: ((String) -> Column?)? = nil
  ) throws {
    let selected = try options.select(from: columns, dynamic: dynamic)
    let shown =
      options.fields == nil
      ? record : JSONObject(selected.map { ($0.name, record.value(at: $0.path) ?? .null) })
    switch format {
    case .json: try emit(document: envelope.success(.object(shown)))
    case .jsonl: try emit(document: .object(shown))
    case .table: try emit(text: readable.record(record, columns: selected))
    case .csv, .tsv, .ids, .count, .vcard, .html:
      try emit(list: "", columns: columns, dynamic: dynamic, records: [record])
    }
  }

  /// Writes figures, or what a command did. `--fields` chooses among the keys at its top.
  /// - Throws: `UsageError` for the formats it does not have, `ClosedPipe`, `FileExists`, `OutputError`.
  public func emit(report: Report) throws {
    try checkReport(keys: report.data.keys)
    let report = options.fields.map { report.selecting($0) } ?? report
    switch format {
    case .json: try emit(document: envelope.success(.object(report.data)))
    case .jsonl: try emit(document: .object(report.data))
    case .table: try emit(text: readable.report(report))
    case .csv, .tsv, .ids, .count, .vcard, .html:
      let destination = try Destination(console, options: options, mayPage: false)
      try destination.write {
        let writer = writer("", columns: Report.columns, destination)
        try writer.begin()
        for figure in report.figures { try writer.write(figure.record) }
        try writer.end(nil)
      }
    }
  }

  /// Writes a JSON document and a line feed.
  public func emit(document: JSONValue) throws {
    try withStream { try $0.append(JSONWriter.string(document) + "\n") }
  }

  /// Writes text as it is.
  public func emit(text: String) throws {
    try withStream { try $0.append(text) }
  }

  /// Lends the stream that data goes to, for formats of the caller's own.
  public func withStream(_ body: (OutputStream) throws -> Void) throws {
    let destination = try Destination(console, options: options, mayPage: false)
    try destination.write { try body(destination.stream) }
  }

  /// The columns of a list in the format at hand.
  private func chosen(
    from columns: [Column], dynamic: ((String) -> Column?)?
  ) throws(UsageError) -> [Column] {
    let selected = try options.select(from: columns, dynamic: dynamic)
    switch format {
    case .ids:
      guard let id = columns.first(where: { $0.kind == .id }) else {
        let hint = "try --format count, or --fields with --format csv"
        throw UsageError("there are no ids here", hint: hint, path: options.path)
      }
      return [id]
    case .table where options.fields == nil: return selected.filter(\.shownInTable)
    default: return selected
    }
  }

  private func writer(
    _ name: String, columns: [Column], _ destination: Destination
  ) -> any RecordWriter {
    let stream = destination.stream
    switch format {
    case .json: return JSONRecordWriter(stream, columns: columns, frame: .list(name, envelope))
    case .jsonl: return JSONRecordWriter(stream, columns: columns, frame: .lines)
    case .tsv where isImplicit, .ids: return EscapedTSVRecordWriter(stream, columns: columns)
    case .csv, .vcard, .html, .tsv:
      let style = CSVRecordWriter.Style(
        delimiter: UInt8(ascii: format == .tsv ? "\t" : ","), headers: options.headers, raw: options.raw,
        byteOrderMark: options.byteOrderMark)
      // Who asks for the format gets the bytes, wherever they go; a terminal that was not asked for it gets text.
      let isShown = options.format == nil && showsOnTerminal
      return CSVRecordWriter(
        stream, columns: columns, style: style, visible: isShown ? console.visible : nil)
    case .count: return CountRecordWriter(stream, columns: columns)
    case .table:
      return TableRecordWriter(columns: columns, style: tableStyle, visible: console.visible) {
        destination.stream(lines: $0)
      }
    }
  }

  var readable: ReadableText {
    ReadableText(style: tableStyle, visible: console.visible, isUTF8: console.isUTF8)
  }

  /// A table that nobody asked for is fitted to the terminal; one that was asked for is the same everywhere.
  var tableStyle: TableLayout.Style {
    TableLayout.Style(
      headers: options.headers, width: isImplicit && showsOnTerminal ? console.width : nil,
      bold: isImplicit ? console.usesColor(on: console.output) : console.color == .always,
      ellipsis: console.ellipsis)
  }
}
