import SQLiteStore
import TextFormats

/// Makes a database of the past fit for the present: what has happened since must neither happen again nor be forgotten
/// where forgetting would wrong somebody. The file from before, where it can still be read, tells what has happened.
struct RestoredDatabase {
  private static let held = "a backup was put back; it may have been sent after that was made"

  private let database: Database
  private let live: Database?
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let now: Timestamp

  /// - Parameters:
  ///   - database: the copy of the backup.
  ///   - live: the file that it takes the place of; nil where there is none that can be read.
  init(
    _ database: Database, live: Database?, ids: UUIDv7Generator, provenance: Provenance, now: Timestamp
  ) {
    self.database = database
    self.live = live
    self.ids = ids
    self.provenance = provenance
    self.now = now
  }

  /// Call it within `Database.write` of the copy.
  /// - Parameter file: the backup, for the audit log.
  func adapt(from file: String) throws -> RestoreReport {
    var report = RestoreReport()
    report.members = try number("SELECT count(*) FROM members")
    report.lastChange = try database.first("SELECT max(at) FROM audit_log") { $0.text(0) } ?? nil
    report.sessionsEnded = try number("SELECT count(*) FROM sessions")
    try database.execute("DELETE FROM sessions")
    try SigningKey.make(database)
    if let live {
      report.hasAskedLive = try asking {
        report.optOutsKept = try OptOutCarrier(from: live, to: database, provenance: provenance).run()
      }
    }
    let descendant = try self.descendant(&report)
    if let descendant {
      let knowsTokens = try asking { report.tokensRevoked = try keepRevoked(descendant) }
      let knowsDeleted = try asking { report.membersReturned = try returned(descendant) }
      let knowsAdded = try asking { report.membersLeftOut = try leftOut(descendant) }
      report.hasAskedLive = report.hasAskedLive && knowsTokens && knowsDeleted && knowsAdded
      try asking { if let backup = try BackupRecord(descendant) { try backup.store(database) } }
    }
    try hold(descendant, &report)
    report.messagesUnscheduled = try unschedule(descendant)
    report.effectsSkipped = try RestoredRules(database, ids: ids, now: now).skip(since: descendant)
    var record = report.json
    record["keptAside"] = nil
    record["file"] = .string(file)
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "database", id: nil, after: record)
    return report
  }

  /// The file from before, where it is what has become of the backup's database and not another one, and all of it can
  /// be read.
  private func descendant(_ report: inout RestoreReport) throws -> Database? {
    guard let live else { return nil }
    var isOne = false
    let isReadable = try asking {
      let (here, there) = (
        try Settings(database).value(.databaseID), try Settings(live).value(.databaseID)
      )
      let version = try live.pragma("user_version")
      isOne = here != nil && here == there && version == Schema.migrations.count
    }
    report.hasAskedLive = report.hasAskedLive && isReadable
    return isOne ? live : nil
  }

  /// Runs `body` over the file from before, which may be damaged. A disk that does not answer is another matter: it may
  /// the next time, and an opt-out that it holds is worth asking again. (To SQLite EIO is damage.)
  /// - Returns: whether it could be read
  /// - Throws: `CareError(.database)` where the disk fails
  @discardableResult
  private func asking(_ body: () throws -> Void) throws -> Bool {
    do {
      try database.savepoint(body)
      return true
    } catch let error as DatabaseError where error.kind == .io {
      throw CareError(
        .database, "what has happened since cannot be read, so nothing was put back: \(error.message)",
        hint: "try again; where that does not help, move the database out of the way first: opt-outs that "
          + "only it knows of are lost then")
    } catch let error as DatabaseError where [.corrupt, .misuse, .foreign].contains(error.kind) {
      return false
    }
  }

  private func number(_ sql: String) throws -> Int { try database.first(sql) { $0.integer(0) } ?? 0 }

  private func strings(_ database: Database, _ sql: String) throws -> [String] {
    try database.all(sql) { $0.string(0) }
  }

  // MARK: Who may do what

  private func keepRevoked(_ live: Database) throws -> Int {
    let valid = Set(try strings(live, "SELECT digest FROM service_tokens"))
    var count = 0
    for digest in try strings(database, "SELECT digest FROM service_tokens") where !valid.contains(digest) {
      try database.execute("DELETE FROM service_tokens WHERE digest = ?", [.text(digest)])
      count += 1
    }
    return count
  }

  private func returned(_ live: Database) throws -> [String] {
    let deleted = try strings(
      live,
      "SELECT DISTINCT entity_id FROM audit_log WHERE entity = 'member' AND command = 'member delete' ORDER BY row_id"
    )
    return try deleted.filter { id in
      try database.exists("SELECT 1 FROM members WHERE id = ?", [.text(id)])
    }
  }

  private func leftOut(_ live: Database) throws -> Int {
    var count = 0
    // In the order in which both have them at hand.
    try live.query("SELECT id FROM members ORDER BY id") { row in
      if try !database.exists("SELECT 1 FROM members WHERE id = ?", [.text(row.string(0))]) { count += 1 }
    }
    return count
  }

  // MARK: What must not be sent twice

  /// Whether something still waits in the file from before; what cannot be asked does not.
  private func isStill(_ sql: String, _ id: String, in live: Database?) -> Bool {
    guard let live else { return false }
    return ((try? live.first(sql, [.text(id)]) { _ in true }) ?? nil) ?? false
  }

  private func hold(_ live: Database?, _ report: inout RestoreReport) throws {
    var messages: Set<String> = []
    var rows: [Int] = []
    try database.query("SELECT row_id, id, message_id FROM message_recipients WHERE status = 'pending'") {
      row in
      let waits = isStill(
        "SELECT 1 FROM message_recipients WHERE id = ? AND status = 'pending' AND claimed_at IS NULL",
        row.string(1), in: live)
      guard !waits else { return }
      rows.append(row.integer(0))
      messages.insert(row.string(2))
    }
    for row in rows {
      try database.execute(
        """
        UPDATE message_recipients SET status = 'held', error_message = ?, next_attempt_at = NULL, claimed_at = NULL
        WHERE row_id = ?
        """, [.text(Self.held), .int(row)])
    }
    try MessageCounters(database).recount(messages)
    report.recipientsHeld = rows.count
    report.messagesHeld = try messages.sorted().compactMap { id in
      try database.first("SELECT title FROM messages WHERE id = ?", [.text(id)]) { $0.string(0) }
    }
  }

  private func unschedule(_ live: Database?) throws -> Int {
    var past: [String] = []
    try database.query("SELECT id, scheduled_for FROM messages WHERE status = 'scheduled'") { row in
      let isScheduled = isStill(
        "SELECT 1 FROM messages WHERE id = ? AND status = 'scheduled'", row.string(0), in: live)
      let isAhead = row.string(1) > now.description
      if live == nil ? !isAhead : !isScheduled { past.append(row.string(0)) }
    }
    for id in past {
      try database.execute(
        "UPDATE messages SET status = 'draft', scheduled_for = NULL, updated_at = ? WHERE id = ?",
        [.text(provenance.at), .text(id)])
    }
    return past.count
  }
}
