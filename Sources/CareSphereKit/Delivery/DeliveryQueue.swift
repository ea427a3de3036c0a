import SQLiteStore

/// What waits to be delivered, as the database has it. The states are those of the recipients; there is no cursor
/// that could be wrong after a crash.
struct DeliveryQueue {
  private let database: Database
  private let suppressions: SuppressionStore

  init(_ database: Database, provenance: Provenance) {
    self.database = database
    suppressions = SuppressionStore(database, provenance: provenance)
  }

  // MARK: Messages

  /// The ids of scheduled messages whose time has come, the earliest first.
  /// - Parameter moment: the time to judge by.
  func scheduled(until moment: Timestamp) throws -> [String] {
    try ids(
      "SELECT id FROM messages WHERE status = 'scheduled' AND scheduled_for <= ? ORDER BY scheduled_for, id",
      [.text(moment.description)])
  }

  /// The ids of messages that have recipients who are due, in the order in which they were begun.
  func sending(until moment: Timestamp) throws -> [String] {
    try ids(
      """
      SELECT id FROM messages WHERE status = 'sending' AND EXISTS (SELECT 1 FROM message_recipients AS r
        WHERE r.message_id = messages.id AND r.status = 'pending' AND r.next_attempt_at <= ?)
      ORDER BY sent_at, id
      """, [.text(moment.description)])
  }

  /// The row ids of a message's recipients who are due. Each is looked at once by a run, so that one who is deferred
  /// is not tried again by the same run, whatever the time to judge by.
  func dueRows(of message: String, until moment: Timestamp) throws -> [Int] {
    try database.all(
      """
      SELECT row_id FROM message_recipients
      WHERE message_id = ? AND status = 'pending' AND next_attempt_at <= ? ORDER BY next_attempt_at, row_id
      """, [.text(message), .text(moment.description)]
    ) { $0.integer(0) }
  }

  /// Whether a message is still being sent, and still the one that was read.
  func isUnchanged(_ message: Message) throws -> Bool {
    try database.exists(
      "SELECT 1 FROM messages WHERE id = ? AND status = 'sending' AND sent_at IS ? AND updated_at = ?",
      [.text(message.id), .optional(message.sentAt), .text(message.updatedAt)]
    )
  }

  /// Lets recipients be due whose next attempt lies further ahead than any retry does: a clock that ran ahead has put
  /// it there. Call it within `Database.write`.
  /// - Parameters:
  ///   - limit: up to where one can lie.
  ///   - now: the real time.
  func recall(after limit: Timestamp, to now: Timestamp) throws {
    try database.execute(
      """
      UPDATE message_recipients SET next_attempt_at = ?1, first_attempt_at = min(first_attempt_at, ?1)
      WHERE message_id IN (SELECT id FROM messages WHERE status = 'sending')
        AND status = 'pending' AND next_attempt_at > ?2
      """, [.text(now.description), .text(limit.description)])
  }

  // MARK: Recipients

  /// What looking at a recipient again shows.
  enum Look {
    case ready(ClaimedRecipient)
    /// It can be settled without being sent.
    case settled(ClaimedRecipient, RecipientResult)
  }

  /// Looks at a recipient again: much can have changed since the message was begun.
  /// - Parameters:
  ///   - row: the recipient's.
  ///   - isRepeatable: whether one whom a dead run may have served can be served again.
  /// - Returns: nil where the recipient is no longer there or no longer waits
  func look(at row: Int, of message: Message, isRepeatable: Bool) throws -> Look? {
    let found = try database.first(
      """
      SELECT r.id, r.member_id, r.recipient_email, r.recipient_phone, r.attempts, r.first_attempt_at,
        r.claimed_at, m.member_status, c.state
      FROM message_recipients AS r JOIN members AS m ON m.id = r.member_id
      LEFT JOIN member_consents AS c ON c.member_id = r.member_id AND c.channel = ?
      WHERE r.row_id = ? AND r.message_id = ? AND r.status = 'pending'
      """, [.optional(message.type.channel?.rawValue), .int(row), .text(message.id)]
    ) { found -> (ClaimedRecipient, isClaimed: Bool, status: String, consent: String?) in
      let recipient = ClaimedRecipient(
        row: row, id: found.string(0), messageID: message.id, memberID: found.string(1), email: found.text(2),
        phone: found.text(3), attempts: found.integer(4),
        firstAttemptAt: found.text(5).flatMap { Timestamp($0) })
      return (recipient, !found.isNull(6), found.string(7), found.text(8))
    }
    guard let (recipient, isClaimed, status, consent) = found else { return nil }
    if isClaimed, !isRepeatable {
      return .settled(recipient, .held("the run that was sending it died; it may have been sent"))
    }
    if let reason = try obstacle(to: recipient, on: message.type.channel, status: status, consent: consent) {
      return .settled(recipient, .skipped(reason))
    }
    return .ready(recipient)
  }

  /// Why somebody is not to be written to; nil where nothing stands against it.
  /// - Parameters:
  ///   - status: the member's.
  ///   - consent: the member's decision on the channel; nil where there is none.
  private func obstacle(
    to recipient: ClaimedRecipient, on channel: Channel?, status: String, consent: String?
  ) throws -> String? {
    if status == MemberStatus.archived.rawValue { return SkipReason.archived }
    guard let channel else { return nil }
    if consent == ConsentState.out.rawValue { return SkipReason.optedOut(channel) }
    return try suppressions.find(recipient.address(on: channel), channel: channel)?.skipReason
  }

  /// The failed or held recipients of a message, each with the reason why there is no use in another attempt, or nil.
  func recipients(
    of message: Message, _ kind: RetriedRecipients.Kind
  ) throws -> [(recipient: ClaimedRecipient, obstacle: String?)] {
    var all: [(ClaimedRecipient, String?)] = []
    try database.query(
      """
      SELECT r.row_id, r.id, r.member_id, r.recipient_email, r.recipient_phone, m.member_status, c.state
      FROM message_recipients AS r JOIN members AS m ON m.id = r.member_id
      LEFT JOIN member_consents AS c ON c.member_id = r.member_id AND c.channel = ?
      WHERE r.message_id = ? AND r.status = ? ORDER BY r.row_id
      """, [.optional(message.type.channel?.rawValue), .text(message.id), .text(kind.rawValue)]
    ) { row in
      let recipient = ClaimedRecipient(
        row: row.integer(0), id: row.string(1), messageID: message.id, memberID: row.string(2),
        email: row.text(3),
        phone: row.text(4), attempts: 0, firstAttemptAt: nil)
      let reason = try obstacle(
        to: recipient, on: message.type.channel, status: row.string(5), consent: row.text(6))
      all.append((recipient, reason))
    }
    return all
  }

  /// Notes that a recipient is in this run's hands. Call it within `Database.write`.
  func claim(_ recipient: ClaimedRecipient, at now: Timestamp) throws {
    try database.execute(
      "UPDATE message_recipients SET claimed_at = ? WHERE row_id = ?",
      [.text(now.description), .int(recipient.row)])
  }

  /// Gives recipients back as they were. Call it within `Database.write`.
  /// - Parameter dueAt: from when on they are due; nil leaves that as it was.
  func release(_ recipients: [ClaimedRecipient], dueAt: Timestamp? = nil) throws {
    for recipient in recipients {
      try database.execute(
        """
        UPDATE message_recipients SET claimed_at = NULL, next_attempt_at = coalesce(?, next_attempt_at)
        WHERE row_id = ? AND status = 'pending'
        """, [.optional(dueAt?.description), .int(recipient.row)])
    }
  }

  private func ids(_ sql: String, _ arguments: [SQLValue]) throws -> [String] {
    try database.all(sql, arguments) { $0.string(0) }
  }
}

extension ClaimedRecipient {
  /// What is suppressed and asked for on a channel: of push notes the member's id.
  func address(on channel: Channel) -> String {
    switch channel {
    case .email: email ?? ""
    case .sms: phone ?? ""
    case .push: memberID
    }
  }
}
