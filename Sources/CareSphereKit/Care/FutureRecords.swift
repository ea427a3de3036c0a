import SQLiteStore

/// What says of itself that it happened at a time that is still to come: a clock that ran ahead has written it down.
public struct FutureRecords: Sendable {
  /// How many there are of each table, where there are any.
  public var counts: [(table: String, count: Int)] = []

  /// The columns that say when something happened, of the tables that tell of all that is done; recipients and their
  /// events, of which there are most, go with the audit log.
  private static let columns = [
    ("members", ["created_at", "updated_at"]), ("member_notes", ["created_at"]),
    ("member_activities", ["created_at"]), ("member_groups", ["created_at"]), ("templates", ["created_at"]),
    ("messages", ["created_at", "sent_at"]), ("automation_rules", ["created_at"]),
    ("automation_logs", ["executed_at"]), ("import_batches", ["created_at"]), ("audit_log", ["at"]),
  ]

  /// Looks at a database of the newest schema.
  /// - Parameter now: the real time; what is ahead of it by less than a day is let be.
  public init(_ database: Database, now: Timestamp) throws {
    let limit = SQLValue.text(ClockDrift.limit(now).description)
    for (table, columns) in Self.columns {
      let isAhead = columns.map { "\($0) > ?1" }.joined(separator: " OR ")
      let count = try database.first("SELECT count(*) FROM \(table) WHERE \(isAhead)", [limit]) {
        $0.integer(0)
      }
      if let count, count > 0 { counts.append((table, count)) }
    }
  }
}
