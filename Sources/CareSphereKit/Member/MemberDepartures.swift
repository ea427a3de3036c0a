import SQLiteStore

/// Who was deleted, counted and not named. Change it within `Database.write`.
struct MemberDepartures {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Notes that somebody is about to be deleted.
  /// - Parameter time: when, as `YYYY-MM-DDTHH:MM:SSZ`.
  func add(_ member: Member, at time: String) throws {
    try database.execute(
      """
      INSERT INTO member_departures (join_date, created_at, status, archived_at, at)
      SELECT m.join_date, m.created_at, m.member_status,
        iif(m.member_status = 'archived', \(MemberStatusHistory.archivedAt), NULL), ?
      FROM members AS m WHERE m.row_id = ?
      """, [.text(time), .int(member.rowID)])
  }
}
