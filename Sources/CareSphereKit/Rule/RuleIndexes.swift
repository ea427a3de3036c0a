import SQLiteStore
import TextFormats

/// The indexes by which rules find people. They are made when a rule needs them and not before, so that nobody
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
    case .custom(let name):
      // It may hold `YYYY-MM-DD`, `--MM-DD` or a moment.
      custom(name, in: table) { column, start in
        "iif(substr(\(column), \(start), 1) = '-', substr(\(column), \(start) + 2, 5), substr(\(column), \(start) + 5, 5))"
      }
    }
  }

  /// SQL for the day, `YYYY-MM-DD`, of a field; of a moment it is the day in UTC.
  /// - Parameter table: a prefix for the columns, such as `m.`.
  static func day(of field: DateTrigger.Field, in table: String = "") -> String {
    switch field {
    case .dateOfBirth, .joinDate: value(of: field, in: table)
    case .createdAt, .updatedAt: "substr(\(value(of: field, in: table)), 1, 10)"
    case .custom(let name): custom(name, in: table) { "substr(\($0), \($1), 10)" }
    }
  }

  /// SQL for a part of the text that a custom field has; NULL where it has none.
  ///
  /// SQLite 3.40 counts its JSON functions among what an untrusted schema may not use, and refuses to read a schema that
  /// has them in an index. Custom fields are stored without white space, and a quote within a text has a backslash
  /// before it, so that the name in quotes stands nowhere else before `:"`.
  /// - Parameter part: SQL for it, of the column and where in it the text begins.
  private static func custom(
    _ name: String, in table: String, part: (_ column: String, _ start: String) -> String
  ) -> String {
    let column = "\(table)custom_fields"
    let key = JSONWriter.string(.string(name)) + ":\""
    let place = "instr(\(column), '\(quoted(key))')"
    return "iif(\(place) > 0, \(part(column, "\(place) + \(key.unicodeScalars.count)")), NULL)"
  }

  /// SQL for the stored text of a field, in queries. The name of a custom field is a part of it, as it is of an index;
  /// `RuleField.date` lets no name through that a JSON path cannot quote.
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
    let (needed, existing) = (try self.needed(), try self.existing())
    for (name, definition) in needed where !existing.contains(name) {
      try database.execute("CREATE INDEX \(name) ON \(definition)")
    }
    for name in existing where needed[name] == nil { try database.execute("DROP INDEX \(name)") }
  }

  /// The names of indexes that the rules need and that are not there.
  func missing() throws -> [String] { try Set(needed().keys).subtracting(existing()).sorted() }

  /// The definitions of the indexes that the rules need, by name.
  private func needed() throws -> [String: String] {
    var needed: [String: String] = [:]
    for rule in try RuleFinder(database).all() {
      guard let trigger = try? rule.trigger(), let definition = Self.definition(trigger) else { continue }
      needed[Self.prefix + SHA256.hex(definition).prefix(16)] = definition
    }
    return needed
  }

  private func existing() throws -> Set<String> {
    var existing: Set<String> = []
    try database.query(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB ?", [.text(Self.prefix + "*")]
    ) { existing.insert($0.string(0)) }
    return existing
  }

  private static func definition(_ trigger: RuleTrigger) -> String? {
    switch trigger {
    case .date(let trigger): "members(\(expression(for: trigger)))"
    case .inactivity: "member_group_assignments(assigned_at)"
    case .event, .schedule: nil
    }
  }

  /// SQL for what a trigger's days are compared with: `MM-DD` where it comes every year, else `YYYY-MM-DD`.
  /// - Parameter table: a prefix for the columns, such as `m.`.
  static func expression(for trigger: DateTrigger, in table: String = "") -> String {
    trigger.repetition == .yearly
      ? monthDay(of: trigger.field, in: table) : day(of: trigger.field, in: table)
  }

  /// Whether the field can hold a moment, whose day in the organization's zone is not always that of its text.
  static func mayBeTimestamp(_ field: DateTrigger.Field) -> Bool {
    field != .dateOfBirth && field != .joinDate
  }
}
