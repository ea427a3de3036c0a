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
  /// younger than the event stays, and so does an earlier opt-out, but that a complaint says more, and that a file's
  /// word for it gives way to the person's own: undoing the import would take it along.
  func take(_ event: RecipientEvent, of recipient: RecipientState, _ message: TrackedMessage) throws {
    guard let channel = message.type.channel else { return }
    let isComplaint = event.kind == .complained
    let known = try ConsentStore.decisions(of: recipient.memberID, database)[channel]
    if let known {
      switch known.state {
      case .out: guard known.isFromImport || isComplaint && known.source == source else { return }
      case .in: if known.at >= event.at.description { return }
      }
    }
    let decision = ConsentDecision(
      state: .out,
      reason: isComplaint ? "complained about “\(message.title)”" : "unsubscribed from “\(message.title)”",
      source: isComplaint ? Self.complaint : source, at: provenance.at)
    try ConsentStore(database, provenance: provenance).store(decision, channel, of: recipient.memberID)
    try database.execute(
      "UPDATE members SET updated_at = ?, revision = revision + 1 WHERE id = ?",
      [.text(provenance.at), .text(recipient.memberID)])
    try MemberEvents(events: RuleEvents(database, at: provenance.at)).decided(recipient.memberID)
    func consents(_ decision: ConsentDecision?) -> JSONObject {
      JSONObject([("consents", .object(JSONObject([(channel.rawValue, decision?.json ?? .null)])))])
    }
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "member", id: recipient.memberID, before: consents(known), after: consents(decision))
  }
}
