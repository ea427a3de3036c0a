import TestSupport
import Testing

/// Messages as they are after they were sent, put into the database by the `sqlite3` shell.
struct SentMessages {
  let community: Community

  /// A message that went to the members of the community.
  /// - Parameters:
  ///   - states: for the members in the order in which they were added, the columns of their recipient rows as SQL:
  ///     `status, sent_at, delivered_at, opened_at, clicked_at, error_message`.
  /// - Returns: the message's id
  @discardableResult func add(_ title: String, type: String = "email", _ states: [String]) throws -> String {
    let message = try community.data(
      "message", "add", "--title", title, "--type", type, "--content", "Dear {{firstName}}", "--to-all")
    let id = try #require(message["id"] as? String)
    try run(
      states.enumerated().map { index, state in
        """
        INSERT INTO message_recipients (id, message_id, member_id, recipient_email, attempts, status, sent_at,
          delivered_at, opened_at, clicked_at, error_message)
        SELECT lower(hex(randomblob(16))), '\(id)', id, email, 1, \(state) FROM members
        ORDER BY row_id LIMIT 1 OFFSET \(index);
        """
      }.joined() + counters(id))
    return id
  }

  /// What is told of recipients: each the place of a member, and `event, at, url` as SQL.
  func tell(_ events: [(member: Int, event: String)], of id: String) throws {
    try run(
      events.map { member, event in
        """
        INSERT INTO message_events (recipient_id, message_id, member_id, event, at, url)
        SELECT id, message_id, member_id, \(event)
        FROM message_recipients WHERE message_id = '\(id)' ORDER BY row_id LIMIT 1 OFFSET \(member);
        """
      }.joined())
  }

  func run(_ sql: String) throws {
    try community.sandbox.execute(
      ["sqlite3", "-bail", community.sandbox.database], stdin: Array("BEGIN;\(sql)COMMIT;".utf8)
    )
    .succeeded()
  }

  /// The counters, from the rows.
  private func counters(_ id: String) -> String {
    func count(_ condition: String) -> String {
      "(SELECT count(*) FROM message_recipients WHERE message_id = '\(id)' AND \(condition))"
    }
    return """
      UPDATE messages SET status = 'sent', sent_at = '2025-11-13T08:00:00Z',
        recipient_count = \(count("status <> 'skipped'")), skipped_count = \(count("status = 'skipped'")),
        pending_count = \(count("status = 'pending'")), held_count = \(count("status = 'held'")),
        sent_count = \(count("sent_at IS NOT NULL")), delivered_count = \(count("delivered_at IS NOT NULL")),
        opened_count = \(count("opened_at IS NOT NULL")), clicked_count = \(count("clicked_at IS NOT NULL")),
        failed_count = \(count("status = 'failed'"))
      WHERE id = '\(id)';
      """
  }
}
