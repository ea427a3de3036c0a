import SQLiteStore

/// The figures that messages keep of their recipients. Call it within `Database.write`, in the transaction that
/// changes recipients.
public struct MessageCounters {
  private let database: Database

  /// The figures of the messages that a database has.
  public init(_ database: Database) { self.database = database }

  /// A column of `messages`, and what a row `r` of `message_recipients` adds to it.
  private static let shares: [(column: String, share: String)] = [
    ("recipient_count", "r.status <> 'skipped'"), ("skipped_count", "r.status = 'skipped'"),
    ("pending_count", "r.status = 'pending'"), ("held_count", "r.status = 'held'"),
    ("sent_count", "r.sent_at IS NOT NULL"), ("delivered_count", "r.delivered_at IS NOT NULL"),
    ("opened_count", "r.opened_at IS NOT NULL"), ("clicked_count", "r.clicked_at IS NOT NULL"),
    ("failed_count", "r.status = 'failed'"),
  ]

  /// The columns, in the order in which they are changed together.
  static let columns = shares.map(\.column)

  /// Counts the recipients of messages anew. It reads all of them.
  public func recount(_ messages: some Sequence<String>) throws {
    let columns = Self.columns.joined(separator: ", ")
    let sums = Self.shares.map { "coalesce(sum(\($0.share)), 0)" }.joined(separator: ", ")
    for message in messages {
      try database.execute(
        """
        UPDATE messages SET (\(columns)) = (SELECT \(sums) FROM message_recipients AS r WHERE r.message_id = messages.id)
        WHERE id = ?
        """, [.text(message)])
      try settle(message: message)
    }
  }

  /// SQL that gives a row for each counter that is wrong: which it is, what it should be, what it is, and the id of its
  /// message.
  static var differences: String {
    let sums = shares.map { "sum(\($0.share)) AS \($0.column)" }.joined(separator: ", ")
    let branches = shares.map { share in
      """
      SELECT 'the message ' || m.id || ': \(share.column)', coalesce(c.\(share.column), 0), m.\(share.column), m.id AS id
      FROM messages AS m LEFT JOIN counted AS c ON c.message_id = m.id
      WHERE m.\(share.column) <> coalesce(c.\(share.column), 0)
      """
    }
    return """
      WITH counted AS MATERIALIZED (SELECT r.message_id, \(sums) FROM message_recipients AS r GROUP BY r.message_id)
      \(branches.joined(separator: "\nUNION ALL\n"))
      """
  }

  /// Takes a member's share out of all counters, before it is changed or deleted.
  func leave(_ member: String) throws { try change("-", member) }

  /// Puts a member's share into all counters.
  func enter(_ member: String) throws {
    try change("+", member)
    try settle(member: member)
  }

  /// Ends the messages to a member of which nothing is left to be sent.
  func settle(member: String) throws {
    try settle("id IN (SELECT message_id FROM message_recipients WHERE member_id = ?1)", member)
  }

  /// Ends messages of which nothing is left to be sent.
  /// - Parameter message: the id of the only one that counts; nil is any.
  func settle(message: String? = nil) throws {
    try settle(message == nil ? "?1 IS NULL" : "id = ?1", message)
  }

  /// The status of a message of which nobody is pending any more, as SQL over its counters: failed, where it failed for
  /// everybody it was not skipped for; else sent.
  static let endStatus = "iif(failed_count > 0 AND failed_count = recipient_count, 'failed', 'sent')"

  private func settle(_ condition: String, _ argument: String?) throws {
    try database.execute(
      """
      UPDATE messages SET status = \(Self.endStatus)
      WHERE status = 'sending' AND pending_count = 0 AND \(condition)
      """, [.optional(argument)])
  }

  /// A member is a recipient of a message once, so that no message has two rows to add.
  private func change(_ sign: String, _ member: String) throws {
    let sums = Self.shares.map { "\($0.column) = \($0.column) \(sign) (\($0.share))" }.joined(separator: ", ")
    try database.execute(
      "UPDATE messages SET \(sums) FROM message_recipients AS r WHERE r.member_id = ? AND r.message_id = messages.id",
      [.text(member)])
  }
}
