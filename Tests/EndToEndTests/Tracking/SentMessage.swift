import Foundation
import TestSupport
import Testing

/// A community to which a mail was sent on 2025-11-13 at 8.
struct SentMessage {
  let community: Community
  let message: String
  /// The ids of the recipients, in the order of the members.
  let recipients: [String]

  var sandbox: Sandbox { community.sandbox }
  var database: SQLiteShell { community.database }

  init(_ community: Community? = nil) throws {
    let community = try community ?? Community()
    self.community = community
    let added = try community.data(
      "message", "add", "--title", "News", "--subject", "News", "--content", "Hello", "--to-all")
    message = try #require(added["id"] as? String)
    try Self.change(
      community.sandbox,
      """
      INSERT INTO message_recipients (id, message_id, member_id, recipient_email, status, sent_at)
      SELECT substr(m.id, 1, 14) || '7' || substr(m.id, 16, 4) || '8' || substr(m.id, 21, 3)
        || printf('-%012d', m.row_id), '\(message)', m.id, m.email, 'sent', '2025-11-13T08:00:00Z'
      FROM members AS m ORDER BY m.row_id;
      UPDATE messages SET status = 'sent', sent_at = '2025-11-13T08:00:00Z',
        recipient_count = (SELECT count(*) FROM message_recipients),
        sent_count = (SELECT count(*) FROM message_recipients) WHERE id = '\(message)';
      """)
    recipients = try community.database.rows("SELECT id FROM message_recipients ORDER BY row_id")
  }

  private static func change(_ sandbox: Sandbox, _ sql: String) throws {
    try sandbox.execute(["sqlite3", "-batch", sandbox.database, sql]).succeeded()
  }

  /// An event line of the first recipient, so many seconds after nine.
  func line(
    _ event: String, at seconds: Int = 0, recipient: Int = 0, id: String? = nil, url: String? = nil
  ) -> String {
    func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
    let time = String(format: "2025-11-13T09:%02d:%02dZ", seconds / 60, seconds % 60)
    return #"{"recipientId":"\#(recipients[recipient])","event":"\#(event)","at":"\#(time)","#
      + #""url":\#(quoted(url)),"eventId":\#(quoted(id))}"#
  }

  /// Tracks lines of ours.
  /// - Returns: the report
  @discardableResult
  func track(_ lines: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    try community.data(
      "message", "track", "-", stdin: lines.joined(separator: "\n"), sourceLocation: sourceLocation)
  }

  /// The counters of the message: sent, delivered, opened, clicked, failed.
  func counts() throws -> String {
    try database.value(
      """
      SELECT sent_count || ' ' || delivered_count || ' ' || opened_count || ' ' || clicked_count || ' '
        || failed_count FROM messages
      """)
  }
}
