import SQLiteStore

/// Stores events and what follows from them: what became of recipients, the counters of messages, the history of
/// people, addresses that are suppressed, opt-outs. An event that was stored before changes nothing.
public final class EventTracker {
  /// What became of an event.
  public enum Outcome: String, Sendable {
    case applied, duplicate
    /// Nobody was found whom it could be about.
    case unmatched
  }

  /// An event's outcome, and whom the event was about.
  public struct Tracked: Equatable, Sendable {
    /// Where it is `unmatched`, the others are nil.
    public var outcome: Outcome
    /// `message_recipients.id`; nil where nobody was found.
    public var recipientID: String?
    /// Where the message was sent to; nil where it has no address.
    public var address: String?
  }

  private let database: Database
  private let now: String
  private let lookup: RecipientLookup
  private let activities: EventActivities
  private var bounces: BounceLedger
  private let optOut: EventOptOut
  private let insertion: Statement
  private let update: Statement
  /// The messages of late, so that each is looked up once.
  private var messages: [String: TrackedMessage] = [:]
  private var rules: RuleEvents

  /// - Parameters:
  ///   - provenance: who tells; its time is when it was learnt of.
  ///   - softBounceLimit: after how many soft bounces an address is suppressed.
  ///   - source: what the opt-outs of unsubscriptions say that they come from.
  public init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, softBounceLimit: Int, source: String
  ) throws {
    self.database = database
    now = provenance.at
    rules = RuleEvents(database, at: now)
    lookup = try RecipientLookup(database)
    activities = try EventActivities(database, ids: ids)
    bounces = try BounceLedger(database, provenance: provenance, limit: softBounceLimit)
    optOut = EventOptOut(database, ids: ids, provenance: provenance, source: source)
    insertion = try database.prepare(
      """
      INSERT INTO message_events (recipient_id, message_id, member_id, event, at, url, event_id, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """)
    update = try database.prepare(
      """
      UPDATE message_recipients SET status = ?, sent_at = ?, delivered_at = ?, opened_at = ?, clicked_at = ?,
        error_message = ?, next_attempt_at = NULL, claimed_at = NULL
      WHERE row_id = ?
      """)
  }

  /// Stores events, in their order. Call it within `Database.write`.
  /// - Returns: of each event what became of it
  public func track(_ events: [RecipientEvent]) throws -> [Tracked] {
    var counters = MessageCounterChanges()
    // Which rules listen is asked in each transaction.
    rules = RuleEvents(database, at: now)
    let tracked = try events.map { event in
      guard let recipient = try lookup.find(event.clues, at: event.at) else {
        return Tracked(outcome: .unmatched)
      }
      let isNew = try store(event, recipient, &counters)
      return Tracked(
        outcome: isNew ? .applied : .duplicate, recipientID: recipient.id,
        address: recipient.email ?? recipient.phone)
    }
    try counters.write(to: database)
    return tracked
  }

  /// - Returns: whether the event is new
  private func store(
    _ event: RecipientEvent, _ before: RecipientState, _ counters: inout MessageCounterChanges
  ) throws -> Bool {
    let at = event.at.description
    insertion.reset()
    let values = [
      before.id, before.messageID, before.memberID, event.kind.rawValue, at, event.url, event.eventID,
      event.detail,
    ]
    for (index, value) in values.enumerated() { try insertion.bind(value, at: index + 1) }
    try insertion.run()
    guard database.changes > 0 else { return false }
    let row = database.lastInsertedRow
    var after = before
    after.apply(event, now: now)
    if after.status == .failed { after.error = try failure(of: before.id) ?? after.error }
    if after != before {
      try write(after)
      counters.add(from: before, to: after)
      try tell(of: event, before, after)
    }
    let message = try message(before.messageID)
    try remember(event, row, before, message)
    if before.sentAt == nil, let sentAt = after.sentAt {
      try activities.add(.sent, of: before, message: message, at: sentAt)
    }
    switch event.kind {
    case .complained, .unsubscribed: try optOut.take(event, of: before, message)
    default: break
    }
    try bounces.take(event, of: before, message)
    return true
  }

  /// Tells rules what has happened to a message for the first time.
  private func tell(of event: RecipientEvent, _ before: RecipientState, _ after: RecipientState) throws {
    var types: [RuleEventType] = []
    if before.openedAt == nil, after.openedAt != nil { types.append(.messageOpened) }
    if before.clickedAt == nil, after.clickedAt != nil { types.append(.messageClicked) }
    if before.status != .failed, after.status == .failed { types.append(.messageFailed) }
    for type in types {
      try rules.emit(type, member: before.memberID, message: before.messageID, at: event.at.description)
    }
  }

  private func write(_ recipient: RecipientState) throws {
    update.reset()
    let values = [
      recipient.status.rawValue, recipient.sentAt, recipient.deliveredAt, recipient.openedAt,
      recipient.clickedAt, recipient.error,
    ]
    for (index, value) in values.enumerated() { try update.bind(value, at: index + 1) }
    try update.bind(recipient.rowID, at: values.count + 1)
    try update.run()
  }

  /// The words with which a message came back: of the first hard bounce, else of the first soft one.
  private func failure(of recipient: String) throws -> String? {
    try database.first(
      """
      SELECT detail FROM message_events
      WHERE recipient_id = ? AND event IN ('hard_bounced', 'soft_bounced')
      ORDER BY event = 'soft_bounced', detail IS NULL, at, detail LIMIT 1
      """, [.text(recipient)]
    ) { $0.text(0) } ?? nil
  }

  /// - Parameters:
  ///   - row: where the event is stored.
  ///   - before: the recipient without the event.
  private func remember(
    _ event: RecipientEvent, _ row: Int, _ before: RecipientState, _ message: TrackedMessage
  ) throws {
    let at = event.at.description
    func once(_ kind: EventActivities.Kind, known: String?, url: String? = nil) throws {
      guard let known else {
        return try activities.add(kind, of: before, message: message, url: url, at: at)
      }
      if at < known { try activities.move(kind, of: before, url: url, to: at) }
    }
    switch event.kind {
    case .delivered: break
    case .opened: try once(.opened, known: before.openedAt)
    case .clicked:
      try once(.opened, known: before.openedAt)
      try once(.clicked, known: try earlier(event, than: row, before), url: event.url)
    case .softBounced where !event.endsDelivery: break
    case .softBounced, .hardBounced: try once(.failed, known: try activities.time(.failed, of: before))
    case .complained: try once(.complained, known: try earlier(event, than: row, before))
    case .unsubscribed: try once(.unsubscribed, known: try earlier(event, than: row, before))
    }
  }

  /// When the same happened the first time, by other events; nil where it is new.
  private func earlier(
    _ event: RecipientEvent, than row: Int, _ recipient: RecipientState
  ) throws -> String? {
    try database.first(
      """
      SELECT min(at) FROM message_events
      WHERE recipient_id = ? AND event = ? AND url IS ? AND row_id <> ?
      """,
      [
        .text(recipient.id), .text(event.kind.rawValue), .optional(event.url), .int(row),
      ]
    ) { $0.text(0) } ?? nil
  }

  private func message(_ id: String) throws -> TrackedMessage {
    if let known = messages[id] { return known }
    if messages.count > 1000 { messages = [:] }
    let message = try database.first(
      "SELECT title, message_type FROM messages WHERE id = ?", [.text(id)]
    ) { TrackedMessage(title: $0.string(0), type: MessageType(rawValue: $0.string(1)) ?? .email) }
    guard let message else { throw CareError.gone("message", id) }
    messages[id] = message
    return message
  }
}
