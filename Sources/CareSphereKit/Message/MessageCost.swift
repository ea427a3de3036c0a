import SQLiteStore

/// What a message that goes to phones is going to cost, told when its recipients are fixed.
struct MessageCost {
  private let database: Database
  private let configuration: Configuration
  private let clock: Clock

  init(_ database: Database, configuration: Configuration, clock: Clock) {
    self.database = database
    self.configuration = configuration
    self.clock = clock
  }

  /// Keeps the cost with a message whose recipients have been written: each one's text is made and its segments
  /// counted, so that names of all lengths and scripts are paid for as they are. Nothing is kept where the gateway's
  /// price is not known.
  func store(_ message: Message) throws {
    let gateway: Configuration.Gateway
    switch message.type {
    case .sms: gateway = configuration.sms
    case .whatsapp: gateway = configuration.whatsapp
    case .email, .push, .inApp: return
    }
    guard let price = gateway.costPerSegment else { return }
    let (cost, isTooMuch) = try segments(of: message).multipliedReportingOverflow(by: price)
    guard !isTooMuch else { return }
    try database.execute(
      "UPDATE messages SET estimated_cost = ?, currency = ? WHERE id = ?",
      [.int(cost), .optional(gateway.currency), .text(message.id)])
  }

  /// The segments of all who are to be written to; what is not counted in segments is one each. A number that cannot
  /// be called costs nothing.
  private func segments(of message: Message) throws -> Int {
    let composer = try MessageComposer(
      message, database: database, configuration: configuration, clock: clock)
    var segments = 0
    try database.query(
      """
      SELECT id, member_id, recipient_phone FROM message_recipients
      WHERE message_id = ? AND status = 'pending' ORDER BY row_id
      """, [.text(message.id)]
    ) { row in
      do {
        let text = try composer.compose(
          recipientID: row.string(0), memberID: row.string(1), email: nil, phone: row.text(2))
        segments += text.segments ?? 1
      } catch let error as CareError where error.code == .validation {
        return
      }
    }
    return segments
  }
}
