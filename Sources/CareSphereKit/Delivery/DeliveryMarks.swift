import SQLiteStore
import TextFormats

/// Writes down what has become of recipients: their rows, the counters of their messages, the activities of the people,
/// the suppression of an address that does not exist, in one transaction.
struct DeliveryMarks {
  /// What one result was, and whose.
  struct Mark {
    var recipient: ClaimedRecipient
    var result: RecipientResult
  }

  /// What a recipient's row says now.
  struct Written {
    var messageID: String
    var status: RecipientStatus
    /// Who was given up and why; nil of all others.
    var failure: DeliveryReport.Failure?
  }

  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let configuration: Configuration
  private let retries: RetrySchedule

  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance, configuration: Configuration) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.configuration = configuration
    retries = RetrySchedule(configuration.delivery)
  }

  /// Call it within `Database.write`.
  /// - Parameters:
  ///   - messages: the messages of the marks by id.
  ///   - now: the real time.
  ///   - judgedAt: the time by which somebody is given up.
  /// - Returns: what was written, one each; nothing of recipients who are no longer there
  func write(
    _ marks: [Mark], messages: [String: Message], now: Timestamp, judgedAt: Timestamp
  ) throws -> [Written] {
    var tallies: [String: Tally] = [:]
    var all: [Written] = []
    for mark in marks {
      guard let message = messages[mark.recipient.messageID],
        let written = try write(mark, of: message, now, judgedAt, &tallies[message.id, default: Tally()])
      else { continue }
      all.append(written)
    }
    for (id, tally) in tallies where !tally.isEmpty { try count(tally, of: id) }
    return all
  }

  // MARK: One recipient

  private func write(
    _ mark: Mark, of message: Message, _ now: Timestamp, _ judgedAt: Timestamp, _ tally: inout Tally
  ) throws -> Written? {
    let recipient = mark.recipient
    switch mark.result {
    case .sent(let providerID, let segments):
      guard try accept(recipient, of: message, providerID, segments, now, &tally) else { return nil }
      return Written(messageID: message.id, status: .sent)
    case .deferred(let words):
      let step = retries.step(
        attempts: recipient.attempts + 1, first: recipient.firstAttemptAt ?? judgedAt, now: now,
        judgedAt: judgedAt)
      guard case .again(let next) = step else {
        return try fail(recipient, words, true, now, &tally)
      }
      let isThere = try update(
        "status = 'pending', next_attempt_at = ?, error_message = ?",
        [.text(next.description), .text(words)],
        recipient, isAttempt: true, now)
      return isThere ? Written(messageID: message.id, status: .pending) : nil
    case .failed(let words, let isHardBounce, let isAttempt):
      if isHardBounce, let channel = message.type.channel {
        var provenance = provenance
        provenance.at = now.description
        try SuppressionStore(database, provenance: provenance).suppress(
          recipient.address(on: channel), channel: channel, reason: words,
          source: SuppressionSource.bounce.rawValue)
      }
      return try fail(recipient, words, isAttempt, now, &tally)
    case .skipped(let reason):
      guard try settle(.skipped, reason, recipient, isAttempt: false, now) else { return nil }
      tally.skipped += 1
      return Written(messageID: message.id, status: .skipped)
    case .held(let reason):
      guard try settle(.held, reason, recipient, isAttempt: true, now) else { return nil }
      tally.held += 1
      return Written(messageID: message.id, status: .held)
    }
  }

  private func accept(
    _ recipient: ClaimedRecipient, of message: Message, _ providerID: String?, _ segments: Int?,
    _ now: Timestamp,
    _ tally: inout Tally
  ) throws -> Bool {
    let cost = cost(of: segments, message.type)
    var metadata = JSONObject()
    if let segments { metadata["segments"] = .integer(segments) }
    if let cost { metadata["cost"] = .millionths(cost) }
    let isThere = try update(
      """
      status = 'sent', sent_at = ?, provider_id = ?, metadata = coalesce(?, metadata), error_message = NULL,
      next_attempt_at = NULL
      """,
      [
        .text(now.description), .optional(providerID),
        .optional(metadata.isEmpty ? nil : JSONWriter.string(.object(metadata))),
      ], recipient, isAttempt: true, now)
    guard isThere else { return false }
    tally.sent += 1
    try addActivity(recipient, message, now)
    return true
  }

  private func addActivity(_ recipient: ClaimedRecipient, _ message: Message, _ now: Timestamp) throws {
    let statement = try database.prepare(
      """
      INSERT INTO member_activities (id, member_id, activity_type, description, metadata, created_by, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    let kind = EventActivities.Kind.sent
    let metadata = EventActivities.metadata(messageID: message.id, title: message.title)
    try statement.bind(ids.next(), at: 1)
    try statement.bind(recipient.memberID, at: 2)
    try statement.bind(kind.rawValue, at: 3)
    try statement.bind(kind.description(message.title), at: 4)
    try statement.bind(JSONWriter.string(.object(metadata)), at: 5)
    try statement.bind(message.createdBy, at: 6)
    try statement.bind(now.description, at: 7)
    try statement.run()
  }

  private func fail(
    _ recipient: ClaimedRecipient, _ words: String, _ isAttempt: Bool, _ now: Timestamp, _ tally: inout Tally
  ) throws -> Written? {
    guard try settle(.failed, words, recipient, isAttempt: isAttempt, now) else { return nil }
    try RuleEvents(database, at: now.description).emit(
      .messageFailed, member: recipient.memberID, message: recipient.messageID, at: now.description)
    tally.failed += 1
    return Written(
      messageID: recipient.messageID, status: .failed,
      failure: .init(recipient: recipient.name, reason: words))
  }

  private func settle(
    _ status: RecipientStatus, _ reason: String, _ recipient: ClaimedRecipient, isAttempt: Bool,
    _ now: Timestamp
  ) throws -> Bool {
    try update(
      "status = ?, error_message = ?, next_attempt_at = NULL", [.text(status.rawValue), .text(reason)],
      recipient,
      isAttempt: isAttempt, now)
  }

  /// - Returns: whether the recipient still waited
  private func update(
    _ assignments: String, _ values: [SQLValue], _ recipient: ClaimedRecipient, isAttempt: Bool,
    _ now: Timestamp
  ) throws -> Bool {
    let attempt =
      isAttempt ? ", attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, ?)" : ""
    try database.execute(
      """
      UPDATE message_recipients SET claimed_at = NULL, \(assignments)\(attempt)
      WHERE row_id = ? AND status = 'pending'
      """, values + (isAttempt ? [.text(now.description)] : []) + [.int(recipient.row)])
    return database.changes > 0
  }

  // MARK: Costs

  private func gateway(_ type: MessageType) -> Configuration.Gateway? {
    switch type {
    case .sms: configuration.sms
    case .whatsapp: configuration.whatsapp
    case .email, .push, .inApp: nil
    }
  }

  /// In millionths of the gateway's currency.
  private func cost(of segments: Int?, _ type: MessageType) -> Int? {
    guard let segments, let each = gateway(type)?.costPerSegment else { return nil }
    let (cost, overflow) = segments.multipliedReportingOverflow(by: each)
    return overflow ? nil : cost
  }

  // MARK: Counters

  /// How a message's counters change.
  private struct Tally {
    var sent = 0
    var failed = 0
    var skipped = 0
    var held = 0
    var settled: Int { sent + failed + skipped + held }
    var isEmpty: Bool { settled == 0 }
  }

  private func count(_ tally: Tally, of message: String) throws {
    try database.execute(
      """
      UPDATE messages SET pending_count = pending_count - ?, sent_count = sent_count + ?,
        failed_count = failed_count + ?, skipped_count = skipped_count + ?, held_count = held_count + ?,
        recipient_count = recipient_count - ?
      WHERE id = ?
      """,
      [
        .int(tally.settled), .int(tally.sent), .int(tally.failed), .int(tally.skipped), .int(tally.held),
        .int(tally.skipped), .text(message),
      ])
    try MessageCounters(database).settle(message: message)
  }
}
