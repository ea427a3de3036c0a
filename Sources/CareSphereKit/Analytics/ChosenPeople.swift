import SQLiteStore

/// The people that figures are narrowed to, looked for once and kept in a table of the connection for as long as they
/// are needed.
struct ChosenPeople {
  /// The table, whose only column is `id`.
  static let table = "temp.analytics_people"
  /// A subquery of their ids.
  static let ids = "(SELECT id FROM \(table))"

  /// Calls `body` while the people of a scope are in the table.
  /// - Returns: what `body` returns, which is told whether figures are narrowed at all
  static func lend<T>(_ scope: AnalyticsScope, _ database: Database, _ body: (Bool) throws -> T) throws -> T {
    guard let people = scope.people else { return try body(false) }
    try database.execute("DROP TABLE IF EXISTS \(table)")
    try database.execute("CREATE TEMP TABLE analytics_people (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID")
    defer { try? database.execute("DROP TABLE IF EXISTS \(table)") }
    try database.execute(
      "INSERT INTO \(table) SELECT m.id FROM members AS m WHERE \(people.sql) ORDER BY m.id", people.arguments
    )
    return try body(true)
  }
}
