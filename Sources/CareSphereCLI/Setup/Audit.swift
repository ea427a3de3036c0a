import CareSphereKit
import CommandLineKit
import SQLiteStore

/// `caresphere audit`: who changed what.
enum Audit {
  static let command = Command(
    CommandSpec(
      name: "audit",
      abstract: "See who changed what",
      discussion: """
        Lists the changes, newest first, with the changed fields before and after. What was done to one thing \
        names it; what was done to a set is one entry with how many there were. Passwords, tokens and private \
        notes are never in it.
        """,
      options: [
        OptionSpec(
          "entity", "ENTITY", "A kind such as member or group, KIND:ID, or an id; the end of an id is enough"),
        OptionSpec("actor", "USER", "By this user: an e-mail address or id, or a name that the log has"),
      ] + TimeRange.specs()
        + PageOptions.specs(
          sort: AuditReader.SortField.allCases.map(\.rawValue), byDefault: "at, the newest first"),
      examples: [
        .init("caresphere audit --limit 20", "The last changes."),
        .init("caresphere audit --entity member:1a2b3c4d", "What became of one person's record."),
        .init("caresphere audit --actor ada@example.org --since -7d --json", "What somebody did in a week."),
      ]),
    access: .atLeast(.admin), run: run)

  private static let columns = [
    Column("id", .id), Column("at"), Column("actor"), Column("command"), Column("entity"),
    Column("entityId", .id), Column("before", .json), Column("after", .json),
  ]

  private static func run(_ context: Context) throws {
    let reader = AuditReader(try context.database())
    let selection = try selection(context, reader)
    let page = PageOptions(context.parsed)
    let (field, isAscending) = page.sorting(newestFirst: AuditReader.SortField.at)
    try context.database().read {
      try context.output.emit(
        list: "entries", columns: columns, pagination: page.pagination { try reader.count(selection) },
        count: { page.count(of: try reader.count(selection)) },
        rows: { writer in
          let places = writer.columns.map { column in
            (place: columns.firstIndex { $0.name == column.name } ?? 0, isJSON: column.kind == .json)
          }
          try reader.entries(
            selection, sort: (field, isAscending), limit: page.limit ?? .max, offset: page.offset
          ) { row in
            try writer.beginRecord()
            for (place, isJSON) in places {
              guard let bytes = row.utf8(place) else {
                try writer.null()
                continue
              }
              try isJSON ? writer.json(bytes) : writer.text(bytes)
            }
            try writer.endRecord()
          }
        })
    }
  }

  private static func selection(_ context: Context, _ reader: AuditReader) throws -> AuditReader.Selection {
    let parsed = context.parsed
    let clock = try context.clock()
    var selection = AuditReader.Selection()
    if let entity = parsed.value("entity") { try selection.setEntity(entity) }
    if let actor = parsed.value("actor") { selection.actor = try find(actor, context, reader) }
    let range = try TimeRange(parsed, now: clock.now, zone: clock.zone)
    (selection.since, selection.until) = (range.since, range.until)
    return selection
  }

  /// A user; or, where there is none any more, a name that the log knows.
  private static func find(
    _ actor: String, _ context: Context, _ reader: AuditReader
  ) throws -> AuditReader.Selection.Actor {
    do {
      return .id(try UserStore(try context.database(), now: context.now).resolve(actor).id)
    } catch let error as CareError where error.code == .notFound {
      guard try reader.knows(actor: actor) else { throw error }
      return .name(actor)
    }
  }
}
