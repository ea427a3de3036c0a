import TextFormats

/// Turns the records of a file into drafts. It is compiled once from the headings and the options, and
/// then only read, so that rows can be mapped on any thread.
public struct RecordMapper: Sendable {
  /// The preset that was asked for or found out; nil where the columns are our own.
  public let preset: ImportPreset?
  /// The headings of the columns that are left out. Of records that bring their own keys see
  /// `draft(from:ignored:)`.
  public let ignoredColumns: [String]

  private let table: HeadingMap?
  private let objects: ObjectMapping
  private let values: MemberValues

  /// - Parameters:
  ///   - headings: of CSV or TSV; nil where records bring their own keys.
  ///   - options: how columns become fields.
  ///   - values: made with the file's `--date-order`.
  /// - Throws: as `HeadingMap` does.
  public init(headings: Headings?, options: MappingOptions, values: MemberValues) throws {
    table = try headings.map { try HeadingMap($0, options: options) }
    objects = ObjectMapping(options)
    self.values = values
    preset = table?.preset ?? objects.preset
    ignoredColumns = table?.ignoredColumns ?? []
  }

  /// The draft of one record, or everything that is wrong with it.
  /// - Parameters:
  ///   - record: a row, an object, or what could not be read, which has one problem without a field.
  ///   - ignored: gets the keys of an object that were left out.
  public func draft(
    from record: ImportRecord, ignored: inout NameList
  ) -> MappedRecord {
    switch record.content {
    case .cells(let cells):
      guard let table else { return .failure([.init("", "has cells but no headings")]) }
      var row = RowMapping(values: values, cells: cells, blank: objects.options.blank)
      row.builder.needsName = objects.options.needsName
      return row.run(table.steps)
    case .object(let object): return objects.draft(object, values, ignored: &ignored)
    case .failure(let reason, _): return .failure([.init("", reason)])
    }
  }
}

/// What became of a record.
public enum MappedRecord: Equatable, Sendable {
  case draft(MemberDraft)
  /// Every problem of the record; its `field` is "" where the record as a whole is meant.
  case failure([CareError.FieldProblem])
}
