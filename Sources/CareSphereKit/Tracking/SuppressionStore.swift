import SQLiteStore
import TextFormats

/// The addresses that are not written to, whoever they belong to: those that bounced or complained, and those that
/// somebody had who opted out and was deleted. They are found by a digest, whatever their letter case or the spaces
/// in a number.
public struct SuppressionStore {
  /// What a list can be sorted by.
  public enum SortField: String, CaseIterable, Sendable {
    case at, address, channel, source

    func sql(_ direction: String) -> String {
      let primary = self == .address ? "address COLLATE NOCASE" : rawValue
      return "\(primary) \(direction), digest \(direction), channel \(direction)"
    }
  }

  private let database: Database
  private let provenance: Provenance

  /// - Parameter provenance: who suppresses or lifts; its time becomes that of the change.
  public init(_ database: Database, provenance: Provenance) {
    self.database = database
    self.provenance = provenance
  }

  /// The digest under which an address is kept.
  /// - Parameter address: an e-mail address; a phone number, of which the digits count; of push the member's id.
  public static func digest(_ address: String, channel: Channel) -> String {
    switch channel {
    case .email: ConsentStore.digest(email: address)
    case .sms: ConsentStore.digest(phone: address)
    case .push: SHA256.hex("push:" + address)
    }
  }

  // MARK: Asking

  /// Why an address must not be written to; nil where it may be. An opt-out that outlived its person holds for
  /// whoever else has the address, until one of them opts in.
  public func find(_ address: String, channel: Channel) throws -> Suppression? {
    try database.first(
      "SELECT \(Suppression.columns) FROM suppressions WHERE digest = ? AND channel = ?",
      [.text(Self.digest(address, channel: channel)), .text(channel.rawValue)], Suppression.init(row:))
  }

  /// Calls `body` for each suppression.
  /// - Parameters:
  ///   - sort: the field and whether it ascends.
  ///   - limit: how many at most, after the `offset` first ones.
  public func suppressions(
    sort: (field: SortField, ascending: Bool) = (.at, false), limit: Int = .max, offset: Int = 0,
    _ body: (Suppression) throws -> Void
  ) throws {
    try database.query(
      """
      SELECT \(Suppression.columns) FROM suppressions
      ORDER BY \(sort.field.sql(sort.ascending ? "ASC" : "DESC")) LIMIT ? OFFSET ?
      """, [.int(limit), .int(offset)]
    ) { try body(Suppression(row: $0)) }
  }

  /// How many suppressions there are.
  public func count() throws -> Int {
    try database.first("SELECT count(*) FROM suppressions") { $0.integer(0) } ?? 0
  }

  // MARK: Changing

  /// Suppresses an address, unless it is already for what says as much: a complaint says more than a bounce, that more
  /// than soft ones, and an opt-out stays what it is. Call it within `Database.write`.
  /// - Parameters:
  ///   - address: as `digest` takes it.
  ///   - reason: the words of whoever refused it.
  ///   - source: the raw value of a ``SuppressionSource``.
  public func suppress(_ address: String, channel: Channel, reason: String, source: String) throws {
    try database.execute(
      Self.insertion,
      [
        .text(Self.digest(address, channel: channel)), .text(channel.rawValue), .text(address),
        .text(reason), .text(source), .text(provenance.at),
      ])
  }

  /// SQL that suppresses an address, unless it is already for what says as much. Its arguments are digest, channel,
  /// address, reason, source and time.
  static let insertion = """
    INSERT INTO suppressions (digest, channel, address, reason, source, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (digest, channel) DO UPDATE SET
      address = excluded.address, reason = excluded.reason, source = excluded.source, at = excluded.at
    WHERE \(weight("excluded.source")) > \(weight("suppressions.source"))
    """

  /// SQL for how much a source says, of which the most counts.
  private static func weight(_ column: String) -> String {
    "CASE \(column) WHEN 'opt-out' THEN 3 WHEN 'complaint' THEN 2 WHEN 'bounce' THEN 1 ELSE 0 END"
  }

  /// Lets go of what follows from bounces and complaints. Call it within `Database.write`.
  /// - Parameter address: an e-mail address or a phone number.
  /// - Returns: what there was, at least one.
  /// - Throws: `CareError`: `.notFound` where the address is not suppressed, `.conflict` where it is because somebody
  ///   opted out
  public func lift(_ address: String, ids: UUIDv7Generator) throws -> [Suppression] {
    let channels: [Channel] = address.contains("@") ? [.email] : [.sms, .push]
    let found = try channels.compactMap { try find(address, channel: $0) }
    let lifted = found.filter { $0.source != SuppressionSource.optOut.rawValue }
    if lifted.isEmpty, let optOut = found.first {
      throw CareError(
        .conflict, "\(address) is not written to because somebody opted out with it, not because it bounced",
        hint: "only the person's own wish lets go of that: caresphere member consent MEMBER --channel "
          + "\(optOut.channel.rawValue) --opt-in")
    }
    guard !lifted.isEmpty else {
      throw CareError(
        .notFound, "\(address) is not suppressed", hint: "see: caresphere message suppressions")
    }
    let audit = AuditLog(database, ids: ids, provenance: provenance)
    for suppression in lifted {
      let digest = Self.digest(address, channel: suppression.channel)
      try database.execute(
        "DELETE FROM suppressions WHERE digest = ? AND channel = ?",
        [.text(digest), .text(suppression.channel.rawValue)])
      try audit.append(entity: "suppression", id: digest, before: suppression.json)
    }
    return lifted
  }

  /// Keeps of an address that was a deleted person's only its digests, unless somebody else has it.
  public static func forget(email: String?, phone: String?, _ database: Database) throws {
    let owners = [
      (email, Channel.email, "email = ? COLLATE NOCASE"), (phone, .sms, "phone = ?"),
    ]
    for (address, channel, owner) in owners {
      guard let address else { continue }
      if try database.exists("SELECT 1 FROM members WHERE \(owner)", [.text(address)]) { continue }
      let digest = digest(address, channel: channel)
      try database.execute(
        "UPDATE suppressions SET address = NULL, reason = NULL WHERE digest = ?", [.text(digest)])
      try database.execute(
        "UPDATE audit_log SET before = NULL, after = NULL WHERE entity = 'suppression' AND entity_id = ?",
        [.text(digest)])
    }
  }
}
