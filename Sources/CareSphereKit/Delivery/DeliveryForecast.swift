import SQLiteStore

/// What waits to be delivered, for those who only want to know.
public struct DeliveryForecast {
  private let database: Database

  /// What waits in a database.
  public init(_ database: Database) { self.database = database }

  /// Whether a message has recipients who are due.
  public func isDue(_ message: Message, at moment: Timestamp) throws -> Bool {
    try database.exists(
      """
      SELECT 1 FROM message_recipients WHERE message_id = ? AND status = 'pending' AND next_attempt_at <= ? LIMIT 1
      """, [.text(message.id), .text(moment.description)]
    )
  }
}
