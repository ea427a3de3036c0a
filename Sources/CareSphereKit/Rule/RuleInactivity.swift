import SQLiteStore

/// Finds the people of whom nothing has been heard for so many days. What counts is what they do: what they open and
/// follow, activities that are logged, groups that they join; not what is sent to them.
struct RuleInactivity {
  /// Somebody who has been quiet for long enough.
  struct Quiet {
    var memberID: String
    /// When they last did something; where they never did, when they were added.
    var since: Timestamp
    var due: Timestamp
  }

  private let database: Database
  private let seconds: Int

  /// - Parameter days: the threshold.
  init(_ database: Database, days: Int) {
    self.database = database
    seconds = days * 86_400
  }

  /// Whether anybody did something so long before that it could fall due after `start`, up to and with `end`.
  func hasCandidates(after start: Timestamp, upTo end: Timestamp) throws -> Bool {
    guard let window = window(start, end) else { return false }
    return try database.exists("SELECT 1 FROM (\(Self.candidates)) LIMIT 1", window)
  }

  /// Calls `body` for each person for whom the threshold is crossed after `start`, up to and with `end`.
  func quiet(after start: Timestamp, upTo end: Timestamp, _ body: (Quiet) throws -> Void) throws {
    guard let window = window(start, end) else { return }
    try database.query(
      """
      SELECT m.id, coalesce(
        (SELECT max(at) FROM (
          SELECT max(created_at) AS at FROM member_activities WHERE member_id = m.id AND \(MemberDeeds.activities)
          UNION ALL SELECT max(assigned_at) FROM member_group_assignments WHERE member_id = m.id
          UNION ALL SELECT max(max(coalesce(opened_at, ''), coalesce(clicked_at, '')))
            FROM message_recipients WHERE member_id = m.id
          ) WHERE at <> ''), m.created_at)
      FROM members AS m WHERE m.id IN (\(Self.candidates)) AND m.member_status <> 'archived'
      """, window
    ) { row in
      guard let since = Timestamp(row.string(1)), let due = since.adding(seconds: seconds), due > start,
        due <= end
      else { return }
      try body(Quiet(memberID: row.string(0), since: since, due: due))
    }
  }

  /// Whoever did something in a time. A message that is opened or followed leaves an activity.
  private static let candidates = """
    SELECT member_id FROM member_activities WHERE created_at > ?1 AND created_at <= ?2 AND \(MemberDeeds.activities)
    UNION ALL SELECT member_id FROM member_group_assignments WHERE assigned_at > ?1 AND assigned_at <= ?2
    UNION ALL SELECT id FROM members WHERE created_at > ?1 AND created_at <= ?2
    """

  /// When something has to have been the last for it to fall due between two moments.
  private func window(_ start: Timestamp, _ end: Timestamp) -> [SQLValue]? {
    guard start < end, let last = end.adding(seconds: -seconds) else { return nil }
    let first = start.adding(seconds: -seconds) ?? .min
    return [.text(first.description), .text(last.description)]
  }
}
