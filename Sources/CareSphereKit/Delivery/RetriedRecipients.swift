import SQLiteStore
import TextFormats

/// Lets recipients of a message wait for another attempt, as if there had been none: those who failed, or those who are
/// held. Those who are not to be written to stay as they are: when that changes, they can be tried again.
public struct RetriedRecipients {
  /// Which recipients.
  public enum Kind: String, Sendable {
    case failed
    /// They may have got the message, so that only a person can decide on them.
    case held
  }

  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let queue: DeliveryQueue
  private let kind: Kind

  /// - Parameters:
  ///   - kind: which recipients.
  ///   - ids: gives the ids of audit entries.
  ///   - provenance: who tries again; its time becomes that of the change.
  public init(_ database: Database, _ kind: Kind, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.kind = kind
    self.ids = ids
    self.provenance = provenance
    queue = DeliveryQueue(database, provenance: provenance)
  }

  /// How many can be tried again, and who cannot, with the reason.
  public func look(at message: Message) throws -> (retriable: Int, obstacles: [DeliveryReport.Failure]) {
    let all = try queue.recipients(of: message, kind)
    let obstacles = all.compactMap { recipient, obstacle in
      obstacle.map { DeliveryReport.Failure(recipient: recipient.name, reason: $0) }
    }
    return (all.count - obstacles.count, obstacles)
  }

  /// Call it within `Database.write`. The reason why it failed or is held stays until there is another result.
  /// - Parameter moment: the time to judge by, from which they are due.
  /// - Returns: the message as it is now
  /// - Throws: `CareError(.conflict)` where the message has expired
  public func retry(_ message: Message, at moment: Timestamp) throws -> Message {
    if let expiry = message.values.expiresAt, DeliveryStart.isLate(message, at: moment) {
      throw CareError(.conflict, "“\(message.title)” expired at \(expiry); it is not sent any more")
    }
    var retried = 0
    for (recipient, obstacle) in try queue.recipients(of: message, kind) where obstacle == nil {
      try database.execute(
        """
        UPDATE message_recipients SET status = 'pending', attempts = 0, first_attempt_at = NULL,
          next_attempt_at = ?, claimed_at = NULL, sent_at = NULL, delivered_at = NULL
        WHERE row_id = ?
        """, [.text(moment.description), .int(recipient.row)])
      retried += 1
    }
    try database.execute(
      """
      UPDATE messages SET status = 'sending', updated_at = ?,
        \(kind.rawValue)_count = \(kind.rawValue)_count - ?, pending_count = pending_count + ?,
        sent_count = (SELECT count(sent_at) FROM message_recipients WHERE message_id = messages.id),
        delivered_count = (SELECT count(delivered_at) FROM message_recipients WHERE message_id = messages.id)
      WHERE id = ?
      """, [.text(provenance.at), .int(retried), .int(retried), .text(message.id)])
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "message", id: message.id, before: JSONObject([("status", .string(message.status.rawValue))]),
      after: JSONObject([("status", "sending"), ("retried", .integer(retried))]))
    return try MessageFinder(database).stored(id: message.id)
  }
}
