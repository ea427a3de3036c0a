import SQLiteStore

/// Decides by what came back from an address whether it is written to again.
struct BounceLedger {
  private let database: Database
  private let suppressions: SuppressionStore
  /// After how many soft bounces without a delivery in between an address is suppressed.
  private let limit: Int
  /// Digests of what is suppressed after soft bounces.
  private var softDigests: Set<String> = []

  init(_ database: Database, provenance: Provenance, limit: Int) throws {
    self.database = database
    self.limit = limit
    suppressions = SuppressionStore(database, provenance: provenance)
    try database.query(
      "SELECT digest FROM suppressions WHERE source = ?", [.text(SuppressionSource.softBounce.rawValue)]
    ) { softDigests.insert($0.string(0)) }
  }

  /// Takes in an event that is stored already. Whatever the order in which events come, the address ends the same.
  mutating func take(
    _ event: RecipientEvent, of recipient: RecipientState, _ message: TrackedMessage
  ) throws {
    guard let channel = message.type.channel, let address = recipient.address(on: channel) else { return }
    func suppress(_ reason: String, _ source: SuppressionSource) throws {
      try suppressions.suppress(address, channel: channel, reason: reason, source: source.rawValue)
    }
    switch event.kind {
    case .hardBounced: try suppress(event.detail ?? "it came back for good", .bounce)
    case .complained: try suppress(event.detail ?? "its owner complained", .complaint)
    case .softBounced:
      guard try hasBouncedTooOften(recipient, address, channel) else { return }
      try suppress(
        "\(limit) soft bounces in a row, the last: \(event.detail ?? "no reason given")", .softBounce)
      softDigests.insert(SuppressionStore.digest(address, channel: channel))
    case .delivered: try reconsider(recipient, address, channel)
    case .opened, .clicked, .unsubscribed: break
    }
  }

  /// A delivery that is told of late may stand between soft bounces that were counted as one row.
  private mutating func reconsider(
    _ recipient: RecipientState, _ address: String, _ channel: Channel
  ) throws {
    if softDigests.isEmpty { return }
    let digest = SuppressionStore.digest(address, channel: channel)
    guard softDigests.contains(digest), try !hasBouncedTooOften(recipient, address, channel) else { return }
    try database.execute(
      "DELETE FROM suppressions WHERE digest = ? AND channel = ? AND source = ?",
      [.text(digest), .text(channel.rawValue), .text(SuppressionSource.softBounce.rawValue)])
    softDigests.remove(digest)
  }

  /// Whether so many soft bounces of an address stand in a row, since it was let go of the last time.
  private func hasBouncedTooOften(
    _ recipient: RecipientState, _ address: String, _ channel: Channel
  ) throws -> Bool {
    var (inARow, isTooOften) = (0, false)
    // Numbers have no index of their own; whose they are has.
    let isMail = channel == .email
    let recipients =
      isMail ? "recipient_email = ?2 COLLATE NOCASE" : "recipient_phone = ?2 AND member_id = ?3"
    let digest = SuppressionStore.digest(address, channel: channel)
    try database.query(
      """
      SELECT e.event FROM message_events AS e
      WHERE e.recipient_id IN (SELECT id FROM message_recipients WHERE \(recipients))
        AND e.event IN ('soft_bounced', 'delivered')
        AND e.at > coalesce((SELECT max(at) FROM audit_log WHERE entity = 'suppression' AND entity_id = ?1), '')
      ORDER BY e.at, e.event = 'delivered' DESC
      """, [.text(digest), .text(address)] + (isMail ? [] : [.text(recipient.memberID)])
    ) { row in
      inARow = row.string(0) == EventKind.softBounced.rawValue ? inARow + 1 : 0
      if inARow >= limit { isTooOften = true }
    }
    return isTooOften
  }
}
