import CSQLite

/// A table, index, trigger or view, as `sqlite_schema` has it.
public struct SchemaObject: Equatable, Sendable {
  /// `table`, `index`, `trigger` or `view`.
  public var type: String
  /// Of an index that SQLite makes by itself `sqlite_autoindex_TABLE_N`.
  public var name: String
  /// The table that it belongs to.
  public var table: String
  /// The statement that makes it; nil of what SQLite makes by itself for a constraint.
  public var sql: String?
}

extension Database {
  /// All that the schema consists of, in the order in which it was made.
  public func schemaObjects() throws -> [SchemaObject] {
    var objects: [SchemaObject] = []
    try query("SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY rowid") { row in
      objects.append(
        SchemaObject(type: row.string(0), name: row.string(1), table: row.string(2), sql: row.text(3)))
    }
    return objects
  }

  /// What migrations lead to, on a database of its own in memory.
  public static func schemaObjects(of migrations: [Migration]) throws -> [SchemaObject] {
    let database = try Database(path: ":memory:", options: Options(applicationID: 0))
    for migration in migrations { try database.executeScript(migration.sql) }
    return try database.schemaObjects()
  }
}
