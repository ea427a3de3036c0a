import SQLiteStore

/// Puts the new members of an import into the search index by the thousand. The trigger that does so
/// one by one makes FTS5 write its index out for each of them, because every statement that may write
/// more than one row begins with a savepoint, and a savepoint flushes: three quarters of an import's
/// time. Within the import's transaction the trigger is therefore gone; whatever becomes of the
/// transaction, nobody else ever sees it so.
final class MemberSearchIndex {
  private let database: Database
  /// The last row that the index has.
  private var indexed = 0
  private var waiting = 0

  init(_ database: Database) { self.database = database }

  /// From here on new rows wait to be indexed.
  func begin() throws {
    indexed = try database.first("SELECT coalesce(max(row_id), 0) FROM members") { $0.integer(0) } ?? 0
    try database.execute("DROP TRIGGER members_search_insert")
  }

  /// A member was added.
  func added() { waiting += 1 }

  /// Indexes what waits, if it is that many.
  func catchUp(atLeast count: Int) throws {
    guard waiting >= count, waiting > 0 else { return }
    try database.execute(
      """
      INSERT INTO member_search(rowid, first_name, last_name, email)
      SELECT row_id, first_name, last_name, email FROM members WHERE row_id > ?
      """, [.int(indexed)])
    indexed = try database.first("SELECT max(row_id) FROM members") { $0.integer(0) } ?? indexed
    waiting = 0
  }

  /// Indexes what waits where this row, which is about to change, is among it: the trigger on changes
  /// takes the old values out of the index, so they must be in it.
  func catchUp(before row: Int) throws {
    if row > indexed { try catchUp(atLeast: 1) }
  }

  /// Indexes the rest, and hands new rows to the trigger again.
  func end() throws {
    try catchUp(atLeast: 1)
    try database.execute(Schema.memberSearchInsertion)
  }
}
