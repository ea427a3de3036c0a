import CSQLite

extension Database {
  /// Whether a full-text index with the contents of another table (FTS5, "External Content Tables") is sound and says
  /// what that table does. FTS5 checks that itself, by a command that counts as writing. So a copy of the index in the
  /// temporary database is checked, which works wherever the file can be read, and keeps no writer waiting.
  /// - Parameters:
  ///   - table: the index, in which no name needs quotes.
  ///   - content: the table whose words it has.
  ///   - columns: those that it shares with the content table, its key first.
  ///   - definition: how the index is declared, from `CREATE VIRTUAL TABLE` on; it names `table` and `content`.
  /// - Throws: `DatabaseError`, where it cannot be judged
  public func isTrue(
    searchIndex table: String, content: String, columns: [String], definition: String
  ) throws -> Bool {
    let drop = "DROP TABLE IF EXISTS temp.\(table); DROP VIEW IF EXISTS temp.\(content);"
    let local = definition.replacing(
      "VIRTUAL TABLE \(table)", with: "VIRTUAL TABLE temp.\(table)", maxReplacements: 1)
    // What FTS5 keeps its index in is not for statements to write to, not even here.
    try configure(SQLITE_DBCONFIG_DEFENSIVE, false)
    defer {
      try? executeScript(drop)
      try? configure(SQLITE_DBCONFIG_DEFENSIVE, true)
    }
    let list = columns.joined(separator: ", ")
    try executeScript(
      """
      \(drop)
      CREATE TEMP VIEW \(content) AS SELECT \(list) FROM main.\(content);
      \(local);
      DELETE FROM temp.\(table)_data;
      DELETE FROM temp.\(table)_idx;
      INSERT INTO temp.\(table)_data SELECT * FROM main.\(table)_data;
      INSERT INTO temp.\(table)_idx SELECT * FROM main.\(table)_idx;
      """)
    do {
      try executeScript("INSERT INTO temp.\(table)(\(table), rank) VALUES ('integrity-check', 1)")
      return true
    } catch let error as DatabaseError where error.kind == .corrupt {
      return false
    }
  }
}
