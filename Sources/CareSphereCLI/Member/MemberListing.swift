import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// Lists of members in every format: rows go from the database into the writer as the bytes they are.
struct MemberListing {
  /// The fields of a member, in the order of an export.
  static let columns: [Column] = MemberField.allCases.map { field in
    Column(field.rawValue, kind(of: field), shownInTable: shown.contains(field))
  }

  private static let shown: Set<MemberField> = [
    .id, .firstName, .lastName, .email, .phone, .memberStatus, .city, .tags,
  ]

  private static func kind(of field: MemberField) -> Column.Kind {
    switch field {
    case .id: .id
    case .tags, .groups, .optOuts: .list
    case .customFields: .json
    default: .text
    }
  }

  /// `custom.NAME` as a column of its own.
  static func customColumn(_ name: String) -> Column? {
    guard name.hasPrefix("custom."), name.utf8.count > 7 else { return nil }
    return Column(name, .json, path: ["customFields", String(name.dropFirst(7))])
  }

  /// Writes the list.
  /// - Parameters:
  ///   - query: who and in which order; its limit and offset are taken from `page`.
  ///   - page: `--page` and `--limit`.
  static func emit(_ query: MemberQuery, page: PageOptions, _ context: Context) throws {
    var query = query
    query.limit = page.limit
    query.offset = page.offset
    let database = try context.database()
    try FilterFunctions.register(on: database)
    try database.read {
      let total = try page.page == nil ? nil : query.count()
      try context.output.emit(
        list: "members", columns: columns, dynamic: customColumn,
        pagination: page.pagination { total ?? 0 },
        count: { page.count(of: try total ?? query.count()) },
        rows: { writer in try write(query, into: writer, context) })
    }
  }

  private static func write(_ query: MemberQuery, into writer: any RecordWriter, _ context: Context) throws {
    let fields: [MemberQuery.Field] = writer.columns.map { column in
      MemberField(rawValue: column.name).map { .member($0) } ?? .custom(column.path.last ?? "")
    }
    let cells = fields.map(Cell.init)
    let wantsGroups = fields.contains(.member(.groups)) && query.includesDynamicGroups
    let dynamic = wantsGroups ? try context.dynamicGroupConditions() : []
    try query.each(fields, dynamicGroups: dynamic) { row in
      try writer.beginRecord()
      for (index, cell) in cells.enumerated() { try cell.write(row, index, writer) }
      try writer.endRecord()
    }
  }

  /// How a column's value becomes a cell.
  private enum Cell {
    case text, list, json
    case custom(String)

    init(_ field: MemberQuery.Field) {
      switch field {
      case .custom(let name): self = .custom(name)
      case .member(.tags), .member(.groups), .member(.optOuts): self = .list
      case .member(.customFields): self = .json
      case .member: self = .text
      }
    }

    func write(_ row: Statement, _ column: Int, _ writer: any RecordWriter) throws {
      guard let bytes = row.utf8(column) else { return try writer.null() }
      switch self {
      case .text: try writer.text(bytes)
      case .list: try writer.strings(json: bytes)
      case .json: try writer.json(bytes)
      case .custom(let name):
        guard let object = JSONObject(parsing: [UInt8](bytes)) else {
          return try writer.null()
        }
        try writer.value(object[name])
      }
    }
  }
}
