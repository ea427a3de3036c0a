import SQLiteStore
import TextFormats

/// Opts people out who say so by an event.
struct EventOptOut {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  /// What the consent is to say that an unsubscription comes from: `sendgrid`.
  private let source: String

  private static let complaint = SuppressionSource.complaint.rawValue

  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance, source: String) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.source = source
  }

  /// Opts a recipient out of the message's channel, as a change to the member. A wish to be written to again that is
  /// younger than the event stays, and so does an earlier opt-out, but that a complaint says more.
  func take(_ event: RecipientEvent, of recipient: RecipientState, _ message: TrackedMessage) throws {
    guard let channel = message.type.channel else { return }
    let isComplaint = event.kind == .complained
    let known = try database.first(
      "SELECT state, source, at, reason FROM member_consents WHERE member_id = ? AND channel = ?",
      [.text(recipient.memberID), .text(channel.rawValue)]
    ) { row in
      Decision(
        state: row.text(0).flatMap(ConsentState.init(rawValue:)), source: row.string(1), at: row.string(2),
        reason: row.text(3))
    }
    switch known?.state {
    case .out: guard isComplaint, known?.source == source else { return }
    case .in: if let known, known.at >= event.at.description { return }
    case nil: break
    }
    let decision = Decision(
      state: .out, source: isComplaint ? Self.complaint : source, at: provenance.at,
      reason: isComplaint ? "complained about “\(message.title)”" : "unsubscribed from “\(message.title)”")
    try ConsentStore(database, provenance: provenance).set(
      .out, channel, of: recipient.memberID, reason: decision.reason, source: decision.source)
    try database.execute(
      "UPDATE members SET updated_at = ?, revision = revision + 1 WHERE id = ?",
      [.text(provenance.at), .text(recipient.memberID)])
    try MemberEvents(events: RuleEvents(database, at: provenance.at)).decided(recipient.memberID)
    func consents(_ decision: Decision?) -> JSONObject {
      JSONObject([("consents", .object(JSONObject([(channel.rawValue, decision?.json ?? .null)])))])
    }
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "member", id: recipient.memberID, before: consents(known), after: consents(decision))
  }

  private struct Decision {
    var state: ConsentState?
    var source: String
    var at: String
    var reason: String?

    var json: JSONValue {
      .object(
        JSONObject([
          ("state", .optional(state?.rawValue)), ("reason", .optional(reason)), ("source", .string(source)),
          ("at", .string(at)),
        ]))
    }
  }
}
