import SQLiteStore

/// What statuses members have had; a trigger of the schema writes it. Change it within `Database.write`.
struct MemberStatusHistory {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// When each member who is archived now was archived, as SQL over `members AS m`: at the latest change to that, or
  /// when the record was made, where it was made so.
  static let archivedAt = """
    coalesce((SELECT max(c.at) FROM member_status_changes AS c WHERE c.member_id = m.id AND c.after = 'archived'),
      m.created_at)
    """

  /// How often the status of a member has changed.
  func length(of member: String) throws -> Int {
    try database.first(
      "SELECT count(*) FROM member_status_changes WHERE member_id = ?", [.text(member)], { $0.integer(0) })
      ?? 0
  }

  /// Takes the latest changes of a member out of the history.
  func forgetLatest(_ count: Int, of member: String) throws {
    try database.execute(
      """
      DELETE FROM member_status_changes WHERE row_id IN (
        SELECT row_id FROM member_status_changes WHERE member_id = ? ORDER BY row_id DESC LIMIT ?)
      """, [.text(member), .int(count)])
  }
}
