import SQLiteStore
import TextFormats

/// Whether a person agreed to be written to on a channel: `member_consents.state`.
public enum ConsentState: String, CaseIterable, Sendable {
  case `in`, out
}

/// Who wants to be written to on which channel, and which addresses must not be written to whoever
/// they belong to. Opting out tightens; only an explicit opting in loosens.
public struct ConsentStore {
  let database: Database
  let provenance: Provenance

  /// - Parameter provenance: who records decisions; its time becomes theirs.
  public init(_ database: Database, provenance: Provenance) {
    self.database = database
    self.provenance = provenance
  }

  /// Records a decision. Opting in also lets go of an earlier opt-out that is kept with the address.
  /// - Parameters:
  ///   - member: the id.
  ///   - source: where the decision comes from: a command, an import.
  public func set(
    _ state: ConsentState, _ channel: Channel, of member: String, reason: String?, source: String
  ) throws {
    try store(
      ConsentDecision(state: state, reason: reason, source: source, at: provenance.at), channel, of: member)
    guard state == .in, let digest = try digest(channel, member: member) else { return }
    try database.execute(
      "DELETE FROM suppressions WHERE digest = ? AND channel = ? AND source = 'opt-out'",
      [.text(digest), .text(channel.rawValue)])
  }

  /// Stores a decision as it is, in the place of the one that there may be.
  func store(_ decision: ConsentDecision, _ channel: Channel, of member: String) throws {
    try database.execute(
      """
      INSERT INTO member_consents (member_id, channel, state, reason, source, at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (member_id, channel) DO UPDATE SET
        state = excluded.state, reason = excluded.reason, source = excluded.source, at = excluded.at
      """,
      [
        .text(member), .text(channel.rawValue), .text(decision.state.rawValue), .optional(decision.reason),
        .text(decision.source), .text(decision.at),
      ])
  }

  /// What the person has decided on each channel.
  public func states(of member: String) throws -> [Channel: ConsentState] {
    try Self.decisions(of: member, database).mapValues(\.state)
  }

  /// The decisions of the member with this id, in full.
  static func decisions(of member: String, _ database: Database) throws -> [Channel: ConsentDecision] {
    var decisions: [Channel: ConsentDecision] = [:]
    try database.query(
      "SELECT channel, state, reason, source, at FROM member_consents WHERE member_id = ?", [.text(member)]
    ) { row in
      guard let channel = Channel(rawValue: row.string(0)), let state = ConsentState(rawValue: row.string(1))
      else { return }
      decisions[channel] = ConsentDecision(
        state: state, reason: row.text(2), source: row.string(3), at: row.string(4))
    }
    return decisions
  }

  // MARK: Addresses that outlive their person

  /// Whether any address is suppressed; if none is, imports need not look each one up.
  public func hasSuppressions() throws -> Bool {
    try database.exists("SELECT 1 FROM suppressions LIMIT 1")
  }

  /// What is kept of these addresses because somebody opted out who had them.
  func keptOptOuts(email: String?, phone: String?) throws -> [KeptOptOut] {
    let digests = [(Channel.email, email.map(Self.digest(email:))), (.sms, phone.map(Self.digest(phone:)))]
    return try digests.compactMap { channel, digest in
      guard let digest else { return nil }
      return try database.first(
        "SELECT reason, at FROM suppressions WHERE digest = ? AND channel = ? AND source = 'opt-out'",
        [.text(digest), .text(channel.rawValue)]
      ) { KeptOptOut(digest: digest, channel: channel, reason: $0.text(0), at: $0.string(1)) }
    }
  }

  /// Keeps again what an opting in had let go of that is taken back.
  func keep(_ optOut: KeptOptOut) throws {
    try database.execute(
      SuppressionStore.insertion,
      [
        .text(optOut.digest), .text(optOut.channel.rawValue), .null, .optional(optOut.reason),
        .text(SuppressionSource.optOut.rawValue), .text(optOut.at),
      ])
  }

  /// Keeps what a person opted out of with their addresses, before the person is deleted. It outweighs that an
  /// address bounced or complained, which anybody may let go of.
  /// - Parameter batch: an import that is taken back, whose own opt-outs are not kept.
  public func keepOptOuts(of member: Member, besidesImport batch: String? = nil) throws {
    let own = batch.map(ConsentDecision.source(ofImport:))
    for (channel, decision) in try Self.decisions(of: member.id, database)
    where decision.state == .out && decision.source != own {
      guard let digest = Self.digest(channel, email: member[.email], phone: member[.phone]) else { continue }
      try database.execute(
        """
        INSERT INTO suppressions (digest, channel, reason, source, at) VALUES (?, ?, ?, 'opt-out', ?)
        ON CONFLICT (digest, channel) DO UPDATE SET
          address = NULL, reason = excluded.reason, source = excluded.source, at = excluded.at
        WHERE suppressions.source <> 'opt-out'
        """,
        [.text(digest), .text(channel.rawValue), "opted out before being deleted", .text(provenance.at)])
    }
  }

  private func digest(_ channel: Channel, member: String) throws -> String? {
    try database.first("SELECT email, phone FROM members WHERE id = ?", [.text(member)]) { row in
      Self.digest(channel, email: row.text(0), phone: row.text(1))
    } ?? nil
  }

  private static func digest(_ channel: Channel, email: String?, phone: String?) -> String? {
    switch channel {
    case .email: email.map(digest(email:))
    case .sms: phone.map(digest(phone:))
    case .push: nil
    }
  }

  /// The SHA-256 digest of an e-mail address, whatever its letter case.
  public static func digest(email: String) -> String { SHA256.hex("email:" + CaseFolding.fold(email)) }

  /// The SHA-256 digest of a phone number's digits.
  public static func digest(phone: String) -> String {
    SHA256.hex("phone:" + String(decoding: phone.utf8.filter { (48...57).contains($0) }, as: UTF8.self))
  }
}
