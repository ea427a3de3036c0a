import SQLiteStore
import TextFormats

/// Begins scheduled messages whose time has come. One that cannot be begun is failed, so that it does not stand in the
/// way of every run that follows.
struct DeliveryStart {
  /// What those are told of who were not written to in time.
  static let late = "expired before it could be sent"

  let database: Database
  let ids: UUIDv7Generator
  let provenance: Provenance
  let configuration: Configuration
  let clock: Clock

  init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, configuration: Configuration,
    clock: Clock
  ) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.configuration = configuration
    self.clock = clock
  }

  /// Whether a message is not to be sent any more.
  static func isLate(_ message: Message, at moment: Timestamp) -> Bool {
    message.values.expiresAt.map { $0 <= moment.description } ?? false
  }

  /// Begins the message with this id, in a transaction of its own.
  /// - Parameters:
  ///   - moment: the time to judge by.
  ///   - log: is told of the message, begun or not.
  func begin(_ id: String, at moment: Timestamp, _ log: DeliveryLog) throws {
    if let problem = try begin(id, at: moment) {
      log.report.messages.append(problem)
    } else if let message = try MessageFinder(database).find(id: id), message.status != .scheduled {
      log.follow(begun: message)
    }
  }

  /// - Returns: the message where it could not be begun; nil where it was, or is no longer scheduled
  private func begin(_ id: String, at moment: Timestamp) throws -> DeliveryReport.MessageResult? {
    do {
      return try database.write {
        guard let message = try scheduled(id) else { return nil }
        guard !Self.isLate(message, at: moment) else { return try fail(message, Self.late) }
        // Within a rehearsal the transaction goes on when this fails.
        try database.savepoint {
          _ = try MessageQueueing(
            database, ids: ids, provenance: provenance, configuration: configuration, clock: clock
          ).begin(message)
        }
        return nil
      }
    } catch let error as CareError {
      return try database.write { try scheduled(id).map { try fail($0, error.reason) } }
    }
  }

  private func scheduled(_ id: String) throws -> Message? {
    try MessageFinder(database).find(id: id).flatMap { $0.status == .scheduled ? $0 : nil }
  }

  private func fail(_ message: Message, _ reason: String) throws -> DeliveryReport.MessageResult {
    try database.execute(
      "UPDATE messages SET status = 'failed', updated_at = ? WHERE id = ?",
      [.text(provenance.at), .text(message.id)])
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "message", id: message.id, before: JSONObject([("status", "scheduled")]),
      after: JSONObject([("status", "failed"), ("error", .string(reason))]))
    return DeliveryReport.MessageResult(
      id: message.id, title: message.title, status: .failed, problem: reason)
  }
}
