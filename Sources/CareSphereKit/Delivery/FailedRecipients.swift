import SQLiteStore
import TextFormats

/// Lets the failed recipients of a message wait for another attempt, as if there had been none. Those who are not to be
/// written to stay as they are: when that changes, they can be tried again.
public struct FailedRecipients {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let queue: DeliveryQueue

  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    queue = DeliveryQueue(database, provenance: provenance)
  }

  /// Who has failed and can be tried again, and who cannot, with the reason; what is held is not among them, for it
  /// may have arrived.
  public func look(at message: Message) throws -> (retriable: Int, obstacles: [DeliveryReport.Failure]) {
    let all = try queue.failed(of: message)
    let obstacles = all.compactMap { recipient, obstacle in
      obstacle.map { DeliveryReport.Failure(recipient: recipient.name, reason: $0) }
    }
    return (all.count - obstacles.count, obstacles)
  }

  /// Call it within `Database.write`. The reason of the failure stays until there is another result.
  /// - Parameter moment: the time to judge by, from which they are due.
  /// - Returns: the message as it is now
  /// - Throws: `CareError(.conflict)` where the message has expired
  public func retry(_ message: Message, at moment: Timestamp) throws -> Message {
    if let expiry = message.values.expiresAt, DeliveryStart.isLate(message, at: moment) {
      throw CareError(.conflict, "“\(message.title)” expired at \(expiry); it is not sent any more")
    }
    var retried = 0
    for (recipient, obstacle) in try queue.failed(of: message) where obstacle == nil {
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
        failed_count = failed_count - ?, pending_count = pending_count + ?,
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
