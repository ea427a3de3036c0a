import SQLiteStore

/// Finds whom an event is about. The statements are prepared once, for they run a million times.
struct RecipientLookup {
  private let byID: Statement
  private let byMessage: Statement
  private let byProvider: Statement
  private let byAddress: Statement
  private let firstAfter: Statement

  /// How much later than an event its message may seem to have left, in seconds: clocks differ.
  private static let clockDifference = 300

  init(_ database: Database) throws {
    func prepare(_ condition: String) throws -> Statement {
      try database.prepare("SELECT \(RecipientState.columns) FROM message_recipients AS r WHERE \(condition)")
    }
    byID = try prepare("r.id = ?")
    byMessage = try prepare(
      "r.recipient_email = ? COLLATE NOCASE AND r.message_id = ? ORDER BY r.row_id LIMIT 1")
    byProvider = try prepare("r.provider_id = ? ORDER BY r.row_id DESC LIMIT 1")
    // A message that no server has taken cannot be the one, however often it was tried.
    let left = "r.sent_at"
    byAddress = try prepare(
      "r.recipient_email = ? COLLATE NOCASE AND \(left) <= ? ORDER BY \(left) DESC, r.row_id DESC LIMIT 1")
    firstAfter = try prepare(
      "r.recipient_email = ? COLLATE NOCASE AND \(left) > ? AND \(left) <= ? ORDER BY \(left), r.row_id LIMIT 1"
    )
  }

  /// The recipient; nil where there is none. An id that somebody names decides; then the Message-ID and the gateway's
  /// name are looked at; then it is the latest message to the address before the event.
  func find(_ clues: RecipientClues, at moment: Timestamp) throws -> RecipientState? {
    if let id = clues.recipientID { return try first(byID, id) }
    if let message = clues.messageID, let address = clues.address {
      return try first(byMessage, address, message)
    }
    for mailID in clues.mailIDs {
      if let id = RecipientClues.recipientID(inMailID: mailID), let found = try first(byID, id) {
        return found
      }
    }
    for providerID in clues.providerIDs {
      if let found = try first(byProvider, providerID) { return found }
    }
    guard let address = clues.address else { return nil }
    if let found = try first(byAddress, address, moment.description) { return found }
    let latest = moment.adding(seconds: Self.clockDifference) ?? .max
    return try first(firstAfter, address, moment.description, latest.description)
  }

  private func first(_ statement: Statement, _ arguments: String...) throws -> RecipientState? {
    statement.reset()
    defer { statement.reset() }
    for (index, argument) in arguments.enumerated() { try statement.bind(argument, at: index + 1) }
    return try statement.step() ? RecipientState(row: statement) : nil
  }
}
