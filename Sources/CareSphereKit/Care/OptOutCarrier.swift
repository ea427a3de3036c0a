import SQLiteStore

/// Takes what people do not want, and what addresses must not be written to, from one database into another: an older
/// one must not undo it.
struct OptOutCarrier {
  private let source: Database
  private let target: Database
  private let provenance: Provenance

  /// - Parameters:
  ///   - source: is read.
  ///   - target: is written to, within its transaction.
  init(from source: Database, to target: Database, provenance: Provenance) {
    self.source = source
    self.target = target
    self.provenance = provenance
  }

  /// - Returns: how many there were that the target lacked
  func run() throws -> Int { try carrySuppressions() + carryOptOuts() }

  private func carrySuppressions() throws -> Int {
    var count = 0
    try source.query("SELECT digest, channel, address, reason, source, at FROM suppressions") { row in
      count += try suppress((0..<6).map { .optional(row.text($0)) })
    }
    return count
  }

  /// - Parameter values: digest, channel, address, reason, source, at.
  /// - Returns: 1 where it was not there, or for less
  private func suppress(_ values: [SQLValue]) throws -> Int {
    try target.execute(SuppressionStore.insertion, values)
    return min(target.changes, 1)
  }

  private func carryOptOuts() throws -> Int {
    var count = 0
    try source.query(
      """
      SELECT c.member_id, c.channel, c.reason, c.source, c.at, m.email, m.phone
      FROM member_consents AS c JOIN members AS m ON m.id = c.member_id WHERE c.state = 'out'
      """
    ) { row in
      let values = (0..<5).map { SQLValue.optional(row.text($0)) }
      if try isMember(row.string(0)) {
        try target.execute(
          """
          INSERT INTO member_consents (member_id, channel, state, reason, source, at) VALUES (?1, ?2, 'out', ?3, ?4, ?5)
          ON CONFLICT (member_id, channel) DO UPDATE SET
            state = 'out', reason = excluded.reason, source = excluded.source, at = excluded.at
          WHERE member_consents.state <> 'out'
          """, values)
        count += min(target.changes, 1)
      } else if let channel = Channel(rawValue: row.string(1)), channel != .push,
        let address = channel == .email ? row.text(5) : row.text(6)
      {
        // The person is not there any more; the address may come again.
        count += try suppress([
          .text(SuppressionStore.digest(address, channel: channel)), .text(channel.rawValue), .null,
          "opted out before a backup was put back", .text(SuppressionSource.optOut.rawValue),
          .text(provenance.at),
        ])
      }
    }
    return count
  }

  private func isMember(_ id: String) throws -> Bool {
    try target.exists("SELECT 1 FROM members WHERE id = ?", [.text(id)])
  }
}
