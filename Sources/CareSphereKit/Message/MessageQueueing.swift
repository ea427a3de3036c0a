import SQLiteStore
import TextFormats

/// Begins the sending of messages: fixes who gets them. Call it within `Database.write`.
public struct MessageQueueing {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let configuration: Configuration
  private let clock: Clock

  /// - Parameters:
  ///   - ids: gives the ids of recipients.
  ///   - provenance: who sends; its time is that of the sending.
  ///   - configuration: says what texts cost.
  ///   - clock: what the relative times and ages of expressions count from.
  public init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, configuration: Configuration,
    clock: Clock
  ) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.configuration = configuration
    self.clock = clock
  }

  /// Makes of a draft or scheduled message one that is being sent: checks its texts, keeps the partials as they are,
  /// and writes one recipient each, pending or skipped with the reason. In-app messages are delivered by that. Where
  /// nobody is left pending, the message is sent.
  /// - Throws: `CareError`: `.conflict` where it was sent already or has expired; `.validation` for a name that is not
  ///   known, with line and column, a value that is missing, and where nobody at all is reached
  public func begin(_ message: Message) throws -> Message {
    try message.checkEditable("be sent")
    guard !message.values.audience.isEmpty else {
      throw CareError(
        .validation, "“\(message.title)” goes to nobody: no recipients are named",
        hint:
          "name them with: caresphere message update MESSAGE --to-group GROUP (or --to-member, --to-where, "
          + "--to-all)",
        details: .fields([.init("recipientGroupIds", "names nobody, and no other field does")]))
    }
    if let expiry = message.values.expiresAt, DeliveryStart.isLate(message, at: clock.effective) {
      throw CareError(
        .conflict, "“\(message.title)” cannot be sent: it expired at \(expiry)",
        hint: "give it more time with: caresphere message update MESSAGE --expires TIME")
    }
    let review = try MessageReview(message, database)
    try RecipientFunctions.register(
      on: database, ids: ids, defaultCountry: configuration.organization.defaultCountry)
    let recipients = RecipientInsertion(
      database, ids: ids, provenance: provenance, clock: clock, message: message)
    let counts = try recipients.insert()
    guard counts.recipients + counts.skipped > 0 else {
      throw CareError(
        .validation, "“\(message.title)” reaches nobody: there is no one in its groups and expressions",
        hint: "see who it is with: caresphere member list --where EXPR")
    }
    try store(message, counts, partials: review.partials)
    let begun = try MessageFinder(database).stored(id: message.id)
    try MessageCost(database, configuration: configuration, clock: clock).store(begun)
    try audit(message, begun)
    return try MessageFinder(database).stored(id: message.id)
  }

  private func store(_ message: Message, _ counts: Message.Counts, partials: JSONObject) throws {
    let status: MessageStatus = counts.pending == 0 ? .sent : .sending
    try database.execute(
      """
      UPDATE messages SET status = ?, sent_at = ?, partials = ?, recipient_count = ?, skipped_count = ?,
        pending_count = ?, sent_count = ?, delivered_count = ?, updated_at = ?
      WHERE id = ?
      """,
      [
        .text(status.rawValue), .text(provenance.at), .text(JSONWriter.string(.object(partials))),
        .int(counts.recipients), .int(counts.skipped), .int(counts.pending), .int(counts.sent),
        .int(counts.delivered), .text(provenance.at), .text(message.id),
      ])
    try database.execute(
      "UPDATE templates SET usage_count = usage_count + 1 WHERE id = ?",
      [.optional(message.values.templateID)])
  }

  private func audit(_ before: Message, _ after: Message) throws {
    let counts = after.counts
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "message", id: before.id,
      before: JSONObject([("status", .string(before.status.rawValue)), ("sentAt", nil)]),
      after: JSONObject([
        ("status", .string(after.status.rawValue)), ("sentAt", .optional(after.sentAt)),
        ("recipientCount", .integer(counts.recipients)), ("skippedCount", .integer(counts.skipped)),
      ]))
  }
}
