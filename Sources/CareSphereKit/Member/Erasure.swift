import SQLiteStore

/// Takes what the file still knows of a deleted person, beyond the rows that went with them.
public enum Erasure {
  /// Deletes what names the member without belonging to the record. Call it within the write transaction of
  /// the deletion, on a connection with `PRAGMA secure_delete`, which overwrites what is deleted.
  public static func erase(_ member: String, _ database: Database) throws {
    for id in try MemberMerge.formerIDs(of: member, database) + [member] {
      // Entries about notes, merges and other things tell whose they are in what they keep.
      try database.execute(
        "DELETE FROM audit_log WHERE entity_id = ?1 OR instr(before, ?1) > 0 OR instr(after, ?1) > 0",
        [.text(id)])
      try database.execute("DELETE FROM import_changes WHERE member_id = ?", [.text(id)])
    }
  }

  /// Rewrites the search index, in which deleted words are only marked as such (sqlite.org/fts5.html,
  /// "optimize").
  public static func scrubSearch(_ database: Database) throws {
    try database.execute("INSERT INTO member_search(member_search) VALUES ('optimize')")
  }
}
