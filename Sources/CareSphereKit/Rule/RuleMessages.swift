import SQLiteStore
import TextFormats

/// Puts what rules send into the queue: what a rule sends in one run is one message, so many people there may be. Who
/// comes round twice in a run gets a second one. Call it within `Database.write`.
final class RuleMessages {
  /// What became of somebody's message.
  struct Queued {
    var messageID: String
    /// Why the person is not written to; nil where they are.
    var skipReason: String?
  }

  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let clock: Clock
  /// The messages of each rule in this run, by the rule's id.
  private var messages: [String: [Message]] = [:]

  /// - Parameters:
  ///   - provenance: who runs the rules, and when.
  ///   - clock: its effective time stands in the titles.
  /// - Throws: `DatabaseError`
  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance, clock: Clock) throws {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.clock = clock
    try RecipientFunctions.register(on: database, ids: ids)
  }

  /// Queues what a rule sends to some people.
  /// - Parameter people: keys of the rows of members, each with the id; somebody may stand there twice.
  /// - Returns: what became of each, in the same order
  /// - Throws: `CareError(.validation)` and `.notFound` where there is nothing that could be sent; then nothing is queued
  func queue(_ sending: RuleMessage, of rule: Rule, to people: [(row: Int, id: String)]) throws -> [Queued] {
    let before = messages[rule.id]
    do {
      return try database.savepoint {
        var queued = [Queued?](repeating: nil, count: people.count)
        var turn = 0
        while queued.contains(where: { $0 == nil }) {
          let message = try message(turn, sending, rule)
          try add(people, to: message, &queued)
          turn += 1
        }
        return queued.compactMap { $0 }
      }
    } catch {
      messages[rule.id] = before
      throw error
    }
  }

  /// Adds those to a message who still wait for one, unless they are among its recipients already.
  private func add(_ people: [(row: Int, id: String)], to message: Message, _ queued: inout [Queued?]) throws
  {
    var chosen: [Int: Int] = [:]
    for (index, person) in people.enumerated() where queued[index] == nil && chosen[person.row] == nil {
      if try !isRecipient(person.id, of: message) { chosen[person.row] = index }
    }
    guard !chosen.isEmpty else { return }
    let insertion = RecipientInsertion(
      database, ids: ids, provenance: provenance, clock: clock, message: message, rows: chosen.keys.sorted())
    for index in chosen.values { queued[index] = Queued(messageID: message.id) }
    let counts = try insertion.insert { row, reason in
      if let index = chosen[row] { queued[index] = Queued(messageID: message.id, skipReason: reason) }
    }
    try count(counts, of: message)
  }

  private func isRecipient(_ member: String, of message: Message) throws -> Bool {
    try database.exists(
      "SELECT 1 FROM message_recipients WHERE message_id = ? AND member_id = ?",
      [.text(message.id), .text(member)]
    )
  }

  private func count(_ counts: Message.Counts, of message: Message) throws {
    try database.execute(
      """
      UPDATE messages SET recipient_count = recipient_count + ?, skipped_count = skipped_count + ?,
        pending_count = pending_count + ?, sent_count = sent_count + ?, delivered_count = delivered_count + ?,
        status = iif(pending_count + ? > 0, 'sending', 'sent'), updated_at = ?
      WHERE id = ?
      """,
      [
        .int(counts.recipients), .int(counts.skipped), .int(counts.pending), .int(counts.sent),
        .int(counts.delivered), .int(counts.pending), .text(provenance.at), .text(message.id),
      ])
  }

  // MARK: Messages

  /// The message of a rule for those who come round the first, second, … time.
  private func message(_ turn: Int, _ sending: RuleMessage, _ rule: Rule) throws -> Message {
    let known = messages[rule.id] ?? []
    if known.indices.contains(turn) { return known[turn] }
    let store = MessageStore(database, ids: ids, provenance: provenance)
    let message = try store.add(try values(sending, rule))
    let review = try MessageReview(message, database)
    try database.execute(
      "UPDATE messages SET status = 'sending', sent_at = ?, partials = ?, rule_id = ? WHERE id = ?",
      [
        .text(provenance.at), .text(JSONWriter.string(.object(review.partials))), .text(rule.id),
        .text(message.id),
      ])
    try database.execute(
      "UPDATE templates SET usage_count = usage_count + 1 WHERE id = ?",
      [.optional(message.values.templateID)])
    messages[rule.id] = known + [message]
    return message
  }

  private func values(_ sending: RuleMessage, _ rule: Rule) throws -> MessageValues {
    var values: MessageValues
    switch sending.text {
    case .own(let subject, let content):
      values = MessageValues(title: "", content: content)
      values.subject = subject
      values.type = sending.type(from: nil)
    case .template(let id):
      guard let template = try TemplateFinder(database).find(id: id) else {
        throw CareError(.notFound, "the template \(id) has been deleted")
      }
      values = MessageValues(title: "", content: template.values.content)
      values.subject = template.values.subject
      values.bodyFormat = template.values.bodyFormat
      values.variables = template.values.variables
      values.templateID = template.id
      values.type = sending.type(from: template)
    }
    let time = clock.zone.local(clock.effective)
    values.title = "\(String(rule.name.unicodeScalars.prefix(200))), \(TimeExpression.local(time))"
    values.isAutomatic = true
    values.perMember = true
    return values
  }
}
