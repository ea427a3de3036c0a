import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// Messages that have been sent to people, one a second from 2025-11-13T08:00:00Z on, and events that tell of them.
struct TrackingFixture {
  let users: UserFixture
  let provenance: Provenance
  var database: Database { users.database }

  static let start = Timestamp("2025-11-13T08:00:00Z") ?? .min

  init() throws {
    users = try UserFixture()
    let admin = try users.add("admin", role: .admin)
    provenance = Provenance(actorID: admin.id, actor: admin.email, command: "message track", at: users.start)
  }

  /// A moment so many seconds after the first message.
  static func at(_ seconds: Int) -> Timestamp { start.adding(seconds: seconds) ?? .max }

  /// Adds a member.
  /// - Returns: the id
  @discardableResult
  func member(email: String?, phone: String? = nil) throws -> String {
    var draft = MemberDraft()
    draft.firstName = "Ana"
    draft.lastName = email ?? "Souza"
    draft.email = email
    draft.phone = phone
    return try database.write {
      try MemberStore(database, ids: users.ids, provenance: provenance).add(draft)
    }
  }

  /// Adds a message that was sent to these members.
  /// - Parameter seconds: when it was sent.
  /// - Returns: the message's id and those of its recipients
  func message(
    to members: [String], at seconds: Int = 0, type: MessageType = .email,
    status: RecipientStatus = .sent, title: String = "News"
  ) throws -> (id: String, recipients: [String]) {
    let id = users.ids.next()
    let sentAt = Self.at(seconds).description
    let hasLeft = status != .pending && status != .held && status != .skipped
    try database.write {
      try database.execute(
        """
        INSERT INTO messages (id, title, content, message_type, status, sent_at, created_at, updated_at)
        VALUES (?1, ?2, '…', ?3, 'sending', ?4, ?4, ?4)
        """, [.text(id), .text(title), .text(type.rawValue), .text(sentAt)])
      for member in members {
        try database.execute(
          """
          INSERT INTO message_recipients (id, message_id, member_id, recipient_email, recipient_phone, status, sent_at)
          SELECT ?1, ?2, id, iif(?3, email, NULL), iif(?3, NULL, phone), ?4, ?5 FROM members WHERE id = ?6
          """,
          [
            .text(users.ids.next()), .text(id), .bool(type == .email), .text(status.rawValue),
            hasLeft ? .text(sentAt) : .null, .text(member),
          ])
      }
      try MessageCounters(database).recount([id])
    }
    var recipients: [String] = []
    try database.query(
      "SELECT id FROM message_recipients WHERE message_id = ? ORDER BY row_id", [.text(id)]
    ) { recipients.append($0.string(0)) }
    return (id, recipients)
  }

  /// Stores events.
  @discardableResult
  func track(_ events: [RecipientEvent], limit: Int = 3, source: String = "unsubscribe") throws
    -> [EventTracker.Outcome]
  {
    try database.write {
      try EventTracker(
        database, ids: users.ids, provenance: provenance, softBounceLimit: limit, source: source
      ).track(events).map(\.outcome)
    }
  }

  /// An event of a recipient, so many seconds after the first message.
  static func event(
    _ kind: EventKind, _ recipient: String, at seconds: Int, url: String? = nil, id: String? = nil
  ) -> RecipientEvent {
    var event = RecipientEvent(kind, at: at(seconds), clues: RecipientClues(recipientID: recipient))
    event.url = url
    event.eventID = id
    return event
  }

  /// The rows of a SELECT, each with its columns joined by spaces.
  func rows(_ sql: String) throws -> [String] {
    var rows: [String] = []
    try database.query(sql) { row in
      rows.append((0..<row.columnCount).map { row.text($0) ?? "-" }.joined(separator: " "))
    }
    return rows
  }

  var suppressions: SuppressionStore { SuppressionStore(database, provenance: provenance) }

  /// Whether the counters of every message are what its recipients say.
  func expectCountersAgree(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let columns =
      "recipient_count, skipped_count, pending_count, held_count, sent_count, delivered_count, opened_count, "
      + "clicked_count, failed_count"
    let kept = try rows("SELECT \(columns) FROM messages ORDER BY id")
    let counted = try rows(
      """
      SELECT sum(status <> 'skipped'), sum(status = 'skipped'), sum(status = 'pending'), sum(status = 'held'),
        count(sent_at), count(delivered_at), count(opened_at), count(clicked_at), sum(status = 'failed')
      FROM message_recipients GROUP BY message_id ORDER BY message_id
      """)
    #expect(kept == counted, sourceLocation: sourceLocation)
  }
}
