import SQLiteStore
import TextFormats

/// The rows that a message of the past leaves: its recipients, what was told of them, and what they did.
struct DemoRecipientRows {
  /// What a segment of a text message costs, in millionths of a dollar.
  static let price = 10_000

  private let ids: UUIDv7Generator
  private let activities: EventActivities
  private let recipients: Statement
  private let events: Statement

  init(_ database: Database, ids: UUIDv7Generator) throws {
    self.ids = ids
    activities = try EventActivities(database, ids: ids)
    recipients = try database.prepare(
      """
      INSERT INTO message_recipients (id, message_id, member_id, recipient_email, recipient_phone, status, sent_at,
        delivered_at, opened_at, clicked_at, error_message, metadata, first_attempt_at, provider_id, attempts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    events = try database.prepare(
      "INSERT INTO message_events (recipient_id, message_id, member_id, event, at, url, detail) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
  }

  /// - Parameter segments: of how many segments a text message is; nil for what has none.
  func insert(_ recipient: RecipientState, segments: Int? = nil) throws {
    let metadata = segments.map { segments in
      JSONWriter.string(
        .object(
          JSONObject([("segments", .integer(segments)), ("cost", .millionths(segments * Self.price))])))
    }
    let values = [
      recipient.id, recipient.messageID, recipient.memberID, recipient.email, recipient.phone,
      recipient.status.rawValue, recipient.sentAt, recipient.deliveredAt, recipient.openedAt,
      recipient.clickedAt, recipient.error, metadata, recipient.firstAttemptAt,
      segments.map { _ in "demo-" + recipient.id.suffix(12) },
    ]
    for (index, value) in values.enumerated() { try recipients.bind(value, at: index + 1) }
    try recipients.bind(recipient.firstAttemptAt == nil ? 0 : 1, at: values.count + 1)
    try recipients.run()
  }

  /// Writes down what was told of a recipient, and in the history of the person what that means.
  /// - Parameter told: in the order in which it happened.
  /// - Returns: how many activities that makes
  func insert(
    _ told: [RecipientEvent], of recipient: RecipientState, _ message: Message
  ) throws -> Int {
    let tracked = TrackedMessage(title: message.title, type: message.type)
    var count = 0
    func did(_ kind: EventActivities.Kind, _ at: String?, url: String? = nil) throws {
      guard let at else { return }
      try activities.add(kind, of: recipient, message: tracked, url: url, at: at)
      count += 1
    }
    try did(.sent, recipient.sentAt)
    try did(.opened, recipient.openedAt)
    var links: Set<String> = []
    for event in told {
      let at = event.at.description
      let values = [
        recipient.id, recipient.messageID, recipient.memberID, event.kind.rawValue, at, event.url,
        event.detail,
      ]
      for (index, value) in values.enumerated() { try events.bind(value, at: index + 1) }
      try events.run()
      switch event.kind {
      case .clicked: if links.insert(event.url ?? "").inserted { try did(.clicked, at, url: event.url) }
      case .hardBounced: try did(.failed, at)
      case .complained: try did(.complained, at)
      case .unsubscribed: try did(.unsubscribed, at)
      case .delivered, .opened, .softBounced: break
      }
    }
    return count
  }
}

extension RecipientState {
  /// Somebody who is to get a message.
  init(id: String, message: Message, member: String, email: String?, phone: String?) {
    rowID = 0
    self.id = id
    messageID = message.id
    memberID = member
    self.email = email
    self.phone = phone
    status = .pending
  }
}
