import SQLiteStore

/// Takes the indexes of tables away while these are filled, and makes them anew at the end: sorting a million keys once
/// takes a fraction of the time of putting each in its place. Nobody else ever sees the tables without them, because
/// it happens within the transaction that fills them.
struct DemoIndexes {
  private let database: Database
  private let definitions: [String]

  /// Drops the indexes of tables, but those that keep ids and pairs unique.
  init(_ database: Database, of tables: [String]) throws {
    self.database = database
    var found: [(name: String, sql: String)] = []
    for table in tables {
      try database.query(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
        [.text(table)]
      ) { found.append(($0.string(0), $0.string(1))) }
    }
    definitions = found.map(\.sql)
    for index in found {
      let name = index.name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      try database.executeScript("DROP INDEX \"\(name)\"")
    }
  }

  /// Makes them anew, as they were.
  func restore() throws {
    for definition in definitions {
      try database.executeScript(definition)
      try database.checkInterrupted(while: DemoCommunity.work)
    }
  }
}
