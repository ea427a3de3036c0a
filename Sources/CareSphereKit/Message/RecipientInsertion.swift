import SQLiteStore
import TextFormats

/// The writing of a message's recipients, one statement a step for all of them at once.
///
/// Who is meant stands in a temporary table first, by row and in the order in which members were added; each reason
/// to leave somebody out then marks rows of it, and what is left goes to `message_recipients` in that same order, so
/// that the indexes whose keys begin with ids grow at their end.
struct RecipientInsertion {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let clock: Clock
  private let message: Message
  private let rows: [Int]?

  private static let audience = "temp.message_audience"
  /// What is kept in memory while many are written, in KiB.
  private static let cache = 128 << 10

  /// - Parameter rows: the keys of the rows of those who are meant; nil is the message's audience.
  init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, clock: Clock, message: Message,
    rows: [Int]? = nil
  ) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.clock = clock
    self.message = message
    self.rows = rows
  }

  /// Writes a row for everybody who is meant, on a connection that has ``RecipientFunctions``.
  /// - Parameter skipped: called with the key of the row of each who is skipped, and the reason, where rows were given.
  /// - Returns: how many there are of each kind
  func insert(skipped: (Int, String) -> Void = { _, _ in }) throws -> Message.Counts {
    try database.execute(
      "CREATE TEMP TABLE message_audience (row_id INTEGER PRIMARY KEY, reason TEXT)")
    try fillAudience()
    if database.changes > 10_000 { try database.setCacheSize(kibibytes: Self.cache) }
    try skip(SkipReason.archived, where: "m.member_status = 'archived'")
    try skipUnwilling()
    if let address = Address(message.type) {
      if let reason = address.missing { try skip(reason, where: "m.\(address.column) IS NULL") }
      try skipSuppressed(address)
      if address.missing != nil, !message.values.perMember { try skipTwins(address) }
    }
    let counts = try insertRows()
    if rows != nil {
      try database.query("SELECT row_id, reason FROM \(Self.audience) WHERE reason IS NOT NULL") {
        skipped($0.integer(0), $0.string(1))
      }
    }
    try database.execute("DROP TABLE \(Self.audience)")
    return counts
  }

  private func fillAudience() throws {
    guard let rows else {
      let condition = try AudienceCondition(database, clock: clock).condition(message.values.audience)
      return try database.execute(
        "INSERT INTO \(Self.audience) (row_id) SELECT m.row_id FROM members AS m WHERE \(condition.sql) ORDER BY m.row_id",
        condition.arguments)
    }
    for row in rows { try database.execute("INSERT INTO \(Self.audience) (row_id) VALUES (?)", [.int(row)]) }
  }

  /// Where a message of some type goes.
  private struct Address {
    var column: String
    var channel: Channel
    /// Why somebody without one is skipped; nil where everybody has one.
    var missing: String?

    /// Nil where nothing leaves the house.
    init?(_ type: MessageType) {
      switch type {
      case .email: (column, channel, missing) = ("email", .email, SkipReason.noEmail)
      case .sms, .whatsapp: (column, channel, missing) = ("phone", .sms, SkipReason.noPhone)
      case .push: (column, channel, missing) = ("id", .push, nil)
      case .inApp: return nil
      }
    }
  }

  // MARK: Leaving people out

  /// Among whom is looked: for few among them alone, for an audience among all members, which is quicker than one by
  /// one. SQLite keeps the order of a CROSS JOIN; it would go through all members who are archived instead.
  private var candidates: String {
    rows == nil ? "members AS m" : "\(Self.audience) AS t CROSS JOIN members AS m ON m.row_id = t.row_id"
  }

  /// Marks those who are still in for whom a condition over `members AS m` holds.
  private func skip(_ reason: String, where condition: String, _ arguments: [SQLValue] = []) throws {
    try database.execute(
      """
      UPDATE \(Self.audience) SET reason = ? WHERE reason IS NULL AND row_id IN (
        SELECT m.row_id FROM \(candidates) WHERE \(condition))
      """, [.text(reason)] + arguments)
  }

  private func skipUnwilling() throws {
    guard let channel = message.type.channel else { return }
    try skip(
      SkipReason.optedOut(channel),
      where: rows == nil
        ? "m.id IN (SELECT member_id FROM member_consents WHERE channel = ? AND state = 'out')"
        : "EXISTS (SELECT 1 FROM member_consents WHERE member_id = m.id AND channel = ? AND state = 'out')",
      [.text(channel.rawValue)])
  }

  /// Digests are made only where there is one to compare with.
  private func skipSuppressed(_ address: Address) throws {
    let isAnySuppressed = try database.exists(
      "SELECT 1 FROM suppressions WHERE channel = ? LIMIT 1", [.text(address.channel.rawValue)])
    guard isAnySuppressed else { return }
    try database.execute(
      """
      UPDATE \(Self.audience) AS a SET reason = s.reason
      FROM (SELECT m.row_id, suppressed_for(source) AS reason
        FROM \(Self.audience) AS t JOIN members AS m ON m.row_id = t.row_id
        JOIN suppressions ON digest = address_digest(?1, m.\(address.column)) AND channel = ?1
        WHERE t.reason IS NULL) AS s
      WHERE a.row_id = s.row_id
      """, [.text(address.channel.rawValue)])
  }

  /// Of several with one address the earliest member is written to.
  private func skipTwins(_ address: Address) throws {
    try database.execute(
      """
      UPDATE \(Self.audience) SET reason = ? WHERE row_id IN (
        SELECT row_id FROM (
          SELECT m.row_id, row_number() OVER (
            PARTITION BY address_key(?, m.\(address.column)) ORDER BY m.created_at, m.row_id) AS place
          FROM \(Self.audience) AS a JOIN members AS m ON m.row_id = a.row_id WHERE a.reason IS NULL)
        WHERE place > 1)
      """, [.text(SkipReason.addressReached), .text(address.channel.rawValue)])
  }

  // MARK: Writing

  private func insertRows() throws -> Message.Counts {
    let isDone = message.type == .inApp
    let column = Address(message.type)?.column
    try database.execute(
      """
      INSERT INTO message_recipients (id, message_id, member_id, recipient_email, recipient_phone, status, sent_at,
        delivered_at, error_message, next_attempt_at)
      SELECT new_uuid(), ?1, m.id, \(column == "email" ? "m.email" : "NULL"), \(column == "phone" ? "m.phone" : "NULL"),
        iif(a.reason IS NULL, ?2, 'skipped'), iif(a.reason IS NULL, ?3, NULL), iif(a.reason IS NULL, ?3, NULL),
        a.reason, iif(a.reason IS NULL, ?4, NULL)
      FROM \(Self.audience) AS a JOIN members AS m ON m.row_id = a.row_id ORDER BY a.row_id
      """,
      [
        .text(message.id), .text((isDone ? RecipientStatus.delivered : .pending).rawValue),
        isDone ? .text(provenance.at) : .null,
        isDone ? .null : .text(min(clock.now, clock.effective).description),
      ])
    let all = database.changes
    let skipped =
      try database.first("SELECT count(*) FROM \(Self.audience) WHERE reason IS NOT NULL") { $0.integer(0) }
      ?? 0
    var counts = Message.Counts()
    counts.skipped = skipped
    counts.recipients = all - skipped
    if isDone {
      (counts.sent, counts.delivered) = (counts.recipients, counts.recipients)
      try insertActivities()
    } else {
      counts.pending = counts.recipients
    }
    return counts
  }

  /// What an in-app message leaves in the history of who got it; of the others delivery writes it.
  private func insertActivities() throws {
    let kind = EventActivities.Kind.sent
    let metadata = EventActivities.metadata(messageID: message.id, title: message.title)
    try database.execute(
      """
      INSERT INTO member_activities (id, member_id, activity_type, description, metadata, created_by, created_at)
      SELECT new_uuid(), m.id, ?, ?, ?, ?, ?
      FROM \(Self.audience) AS a JOIN members AS m ON m.row_id = a.row_id WHERE a.reason IS NULL ORDER BY a.row_id
      """,
      [
        .text(kind.rawValue), .text(kind.description(message.title)),
        .text(JSONWriter.string(.object(metadata))), .optional(provenance.actorID), .text(provenance.at),
      ])
  }
}
