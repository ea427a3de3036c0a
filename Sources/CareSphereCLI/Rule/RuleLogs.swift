import CareSphereKit
import CommandLineKit
import SQLiteStore

/// `caresphere rule logs`.
enum RuleLogs {
  static let command = Command(
    CommandSpec(
      name: "logs",
      abstract: "See what rules have done",
      discussion: """
        Lists each attempt of a rule, newest first: for whom, for which occurrence, and what came of it. What was \
        not done says why: the condition did not hold, the person could not be written to, too much time had passed.
        """,
      options: [
        OptionSpec("rule", "RULE", "Only of this rule", value: .name("rule")),
        OptionSpec(
          "status", "STATUS", "Only those that ended so",
          value: .choice(RuleLogStatus.allCases.map(\.rawValue))),
      ] + TimeRange.specs()
        + PageOptions.specs(
          sort: RuleLog.SortField.allCases.map(\.rawValue), byDefault: "executedAt, the newest first"),
      examples: [
        .init("caresphere rule logs --limit 20", "The last attempts."),
        .init("caresphere rule logs --rule birthdays --status failure --since -7d", "What failed this week?"),
      ]),
    access: .atLeast(.member), run: run)

  /// In the order in which ``RuleLog/entries(_:sort:limit:offset:_:)`` gives them.
  private static let columns = [
    Column("id", .id), Column("ruleId", .id, shownInTable: false), Column("ruleName"),
    Column("memberId", .id), Column("memberName"), Column("occurrence", shownInTable: false),
    Column("status"),
    Column("triggerData", .json, shownInTable: false), Column("actionResult", .json, shownInTable: false),
    Column("errorMessage"), Column("executionTimeMs", .integer, shownInTable: false), Column("executedAt"),
  ]

  private static func run(_ context: Context) throws {
    try context.output.check(columns: columns)
    let log = RuleLog(try context.database())
    let page = PageOptions(context.parsed)
    let (field, isAscending) = page.sorting(newestFirst: RuleLog.SortField.executedAt)
    try context.database().read {
      let selection = try selection(context)
      try context.output.emit(
        list: "logs", columns: columns, pagination: page.pagination { try log.count(selection) },
        count: { page.count(of: try log.count(selection)) },
        rows: { writer in
          let places = writer.columns.map { column in
            (place: columns.firstIndex { $0.name == column.name } ?? 0, kind: column.kind)
          }
          try log.entries(
            selection, sort: (field, isAscending), limit: page.limit ?? .max, offset: page.offset
          ) { row in
            try writer.beginRecord()
            for (place, kind) in places { try write(row, place, kind, writer) }
            try writer.endRecord()
          }
        })
    }
  }

  private static func write(
    _ row: Statement, _ place: Int, _ kind: Column.Kind, _ writer: any RecordWriter
  ) throws {
    if kind == .integer, let number = row.optionalInteger(place) { return try writer.integer(number) }
    guard let bytes = row.utf8(place) else { return try writer.null() }
    try kind == .json ? writer.json(bytes) : writer.text(bytes)
  }

  private static func selection(_ context: Context) throws -> RuleLog.Selection {
    let parsed = context.parsed
    let clock = try context.clock()
    var selection = RuleLog.Selection()
    selection.rule = try parsed.value("rule").map { try RuleFinder(try context.database()).resolve($0).id }
    selection.status = parsed.value("status").flatMap(RuleLogStatus.init(rawValue:))
    let range = try TimeRange(parsed, now: clock.now, zone: clock.zone)
    (selection.since, selection.until) = (range.since, range.until)
    return selection
  }
}
