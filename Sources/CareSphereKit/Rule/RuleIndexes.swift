import SQLiteStore

/// The indexes by which date rules find people. They are made when a rule needs them and not before, so that nobody
/// else's imports pay for them. A query has to use the very expressions of ``monthDay(of:in:)`` or ``day(of:in:)``.
struct RuleIndexes {
  private static let prefix = "rule_dates_"

  private let database: Database

  init(_ database: Database) { self.database = database }

  /// SQL for the month and day, `MM-DD`, of a field.
  /// - Parameter table: a prefix for the columns, such as `m.`.
  static func monthDay(of field: DateTrigger.Field, in table: String = "") -> String {
    switch field {
    case .dateOfBirth, .joinDate: "substr(\(value(of: field, in: table)), -5)"
    case .createdAt, .updatedAt: "substr(\(value(of: field, in: table)), 6, 5)"
    case .custom: monthDay(of: value(of: field, in: table))
    }
  }

  /// A custom field may hold `YYYY-MM-DD`, `--MM-DD` or a moment.
  private static func monthDay(of value: String) -> String {
    "CASE WHEN length(\(value)) > 10 THEN substr(\(value), 6, 5) ELSE substr(\(value), -5) END"
  }

  /// SQL for the day, `YYYY-MM-DD`, of a field; of a moment it is the day in UTC.
  /// - Parameter table: a prefix for the columns, such as `m.`.
  static func day(of field: DateTrigger.Field, in table: String = "") -> String {
    switch field {
    case .dateOfBirth, .joinDate: value(of: field, in: table)
    case .createdAt, .updatedAt, .custom: "substr(\(value(of: field, in: table)), 1, 10)"
    }
  }

  /// SQL for the stored text of a field. The name of a custom field is a part of it, because an index has no
  /// parameters; `RuleField.date` lets no name through that a JSON path cannot quote.
  static func value(of field: DateTrigger.Field, in table: String = "") -> String {
    switch field {
    case .dateOfBirth: "\(table)date_of_birth"
    case .joinDate: "\(table)join_date"
    case .createdAt: "\(table)created_at"
    case .updatedAt: "\(table)updated_at"
    case .custom(let name):
      "json_extract(\(table)custom_fields, '$.\"\(quoted(name))\"')"
    }
  }

  /// The inside of an SQL literal.
  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
  }

  /// Makes the indexes that the rules need and drops those that none needs any more.
  func refresh() throws {
    var needed: [String: String] = [:]
    for rule in try RuleFinder(database).all() {
      guard case .date(let trigger)? = try? rule.trigger() else { continue }
      let expression = Self.expression(for: trigger)
      needed[Self.prefix + SHA256.hex(expression).prefix(16)] = expression
    }
    var existing: Set<String> = []
    try database.query(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'members' AND name GLOB ?",
      [.text(Self.prefix + "*")]
    ) { existing.insert($0.string(0)) }
    for (name, expression) in needed where !existing.contains(name) {
      try database.execute("CREATE INDEX \(name) ON members(\(expression))")
    }
    for name in existing where needed[name] == nil { try database.execute("DROP INDEX \(name)") }
  }

  private static func expression(for trigger: DateTrigger) -> String {
    trigger.repetition == .yearly ? monthDay(of: trigger.field) : day(of: trigger.field)
  }
}
