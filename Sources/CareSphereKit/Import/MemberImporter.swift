import SQLiteStore
import TextFormats

/// Reads a file of people into the database: all of them or none, or with `--skip-invalid` those that
/// are good. Call it within one write transaction; what it throws rolls everything back.
public final class MemberImporter {
  private let database: Database
  private let options: ImportOptions
  private let members: MemberStore
  private let matcher: MemberMatcher
  private let groups: ImportGroups
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let insertChange: Statement
  private let search: MemberSearchIndex
  private let waiting: WaitingMembers
  private let batchID: String
  private var report = ImportReport()
  /// Whether the row at hand has opted somebody out of e-mail.
  private var hasOptedOut = false
  /// Whether there was anybody before the import.
  private var hadMembers = false
  /// Rows about somebody new who is there without a number, and the first of them.
  private var doubles: (count: Int, first: (line: Int, member: Member)?) = (0, nil)

  /// Called for each bad row with all that is wrong with it, in the order of the file.
  public var reject: (ImportRecord, [CareError.LineProblem]) throws -> Void = { _, _ in }
  /// Called now and then with the number of rows that are done.
  public var progress: (Int) -> Void = { _ in }

  /// - Parameters:
  ///   - options: what was asked for; the reader and the mapper are made of the same.
  ///   - ids: gives the ids of new rows.
  ///   - provenance: who imports; its time becomes that of what is made.
  public init(
    _ database: Database, options: ImportOptions, ids: UUIDv7Generator, provenance: Provenance
  ) throws {
    self.database = database
    self.options = options
    self.ids = ids
    self.provenance = provenance
    members = try MemberStore(
      database, ids: ids, provenance: provenance, events: options.triggersRules ? nil : .silent(database))
    matcher = try MemberMatcher(database, mode: options.match)
    groups = ImportGroups(database, ids: ids, provenance: provenance)
    search = MemberSearchIndex(database)
    waiting = try WaitingMembers(database, members: members)
    batchID = ids.next()
    insertChange = try database.prepare(
      "INSERT INTO import_changes (batch_id, member_id, before, revision) VALUES (?, ?, ?, ?)")
  }

  /// Reads the file to its end.
  /// - Parameters:
  ///   - reader: the file, opened.
  ///   - mapper: how its columns become fields.
  /// - Returns: what was done
  /// - Throws: `CareError(.validation)` with every bad row, `CareError(.conflict)` where other values of
  ///   members that are there are all that is wrong; what reading throws
  public func run(_ reader: any RecordReader, mapper: RecordMapper) throws -> ImportReport {
    report.preset = mapper.preset
    report.format = reader.format
    try beginBatch()
    try search.begin()
    hadMembers = try database.exists("SELECT 1 FROM members LIMIT 1")
    let common = try groups.ids(ofAll: options.groups)
    let pipeline = ImportPipeline(reader: reader, mapper: mapper) { [options, batchID, provenance] in
      PreparedMember($0, id: $1, options: options, batch: batchID, provenance: provenance)
    }
    try pipeline.run(check: checkInterrupted) { rows in
      for row in rows {
        report.rows += 1
        let problems = try take(row, common)
        if !problems.isEmpty { try refuse(row.record, problems) }
      }
      try waiting.flush()
      try search.catchUp(atLeast: 10_000)
      progress(report.rows)
      try checkInterrupted()
    }
    report.ignoredColumns = pipeline.ignoredColumns
    report.encoding = reader.encoding
    report.skippedEntries = reader.skippedEntries
    noteDoubles()
    guard report.rejected == 0 || options.skipsInvalid else { throw failure() }
    report.groupsCreated = groups.created
    report.groupsIgnored = groups.dynamic
    try search.end()
    return try endBatch()
  }

  private func checkInterrupted() throws { try database.checkInterrupted(while: "importing") }

  // MARK: One row

  /// Stores a row, or says all that is wrong with it.
  private func take(_ row: ImportPipeline.Row, _ common: [String]) throws -> [CareError.FieldProblem] {
    switch row.result {
    case .failure(let problems):
      report.onlyConflicts = false
      return problems
    case .member(let member):
      do {
        hasOptedOut = false
        let groups = try common + self.groups.ids(ofRow: member.draft.groups ?? [])
        let problems = try store(member, groups, line: row.record.line)
        if hasOptedOut { try noteSharedAddress(member.draft, line: row.record.line) }
        return problems
      } catch let error as CareError where error.code == .conflict || error.code == .validation {
        report.onlyConflicts = false
        guard case .fields(let problems) = error.details else { return [.init("", error.message)] }
        return problems
      }
    }
  }

  private func store(
    _ row: PreparedMember, _ groups: [String], line: Int
  ) throws -> [CareError.FieldProblem] {
    if waiting.mayHold(row.keys) { try waiting.flush() }
    switch try matcher.match(row.draft) {
    case .several(let candidates):
      report.onlyConflicts = false
      return [.init("", matcher.ambiguity(row.draft, candidates))]
    case .none:
      try add(row, groups, line: line)
      return []
    case .member(let member):
      if let problem = try otherPerson(member, row.draft) {
        report.onlyConflicts = false
        return [problem]
      }
      return try meet(member, row.draft, groups, line: line)
    }
  }

  /// A row about somebody new.
  private func add(_ row: PreparedMember, _ groups: [String], line: Int) throws {
    hasOptedOut = row.draft.optOuts?.contains(.email) == true
    let draft = try meetDoubles(row.draft, line: line)
    if row.needsMoreThanRow || draft.optOuts != nil || !groups.isEmpty || members.checksSuppressions
      || options.triggersRules
    {
      try waiting.flush()
      let letGo = try letGo(row.draft.optIns ?? [], email: row.draft.email, phone: row.draft.phone)
      try members.add(row.new, of: draft, batch: batchID)
      if let letGo { try keep(JSONObject([(ImportUndo.letGoKey, letGo)]), of: row.new.id, revision: 1) }
      for group in try self.groups.made(groups) {
        try members.join(group: group, member: row.new.id, batch: batchID)
      }
    } else {
      try waiting.add(row)
    }
    search.added()
    report.created += 1
  }

  /// Somebody new who has the name and the address of somebody who is here, as where rows go by a number: what those have
  /// opted out of, this one has too, or it would be undone by a second record of them.
  /// - Returns: the draft with their opt-outs
  private func meetDoubles(_ draft: MemberDraft, line: Int) throws -> MemberDraft {
    guard hadMembers, draft.id == nil, draft.externalId != nil || options.match != .auto else { return draft }
    var draft = draft
    // Of the file itself two numbers are two people.
    let same = try matcher.doubles(of: draft).filter { $0.importBatchID != batchID }
    if options.match != .none, let member = same.first(where: { $0[.externalId] == nil }) {
      doubles.count += 1
      doubles.first = doubles.first ?? (line, member)
    }
    for member in same {
      for (channel, state) in try members.consents.states(of: member.id)
      where state == .out && !((draft.optOuts ?? []) + (draft.optIns ?? [])).contains(channel) {
        draft.optOuts = (draft.optOuts ?? []) + [channel]
        draft.optOutReason = draft.optOutReason ?? "the same name and address were opted out before"
      }
    }
    return draft
  }

  /// Says that people are there twice now: rows go by their number alone, and these were there without one.
  private func noteDoubles() {
    guard let (line, member) = doubles.first else { return }
    let who = "\(member.fullName) (\(member.id))"
    report.warnings.append(
      .init(
        line: line, field: "externalId",
        message: doubles.count == 1
          ? "\(who) is here already without an external id, and the row makes a second of them"
          : "\(who) and \(doubles.count - 1) more are here already without an external id, and their rows make a "
            + "second of each"))
  }

  /// Consents are each person's own, so that a row opts nobody else out who has the same address: that they are still
  /// written to is said, for lists of other programs know addresses only.
  private func noteSharedAddress(_ draft: MemberDraft, line: Int) throws {
    // A file of our own says of everybody what they want.
    guard let email = draft.email, draft.id == nil else { return }
    try database.query(
      """
      SELECT m.id, m.first_name, m.last_name FROM members AS m
      WHERE m.email = ? COLLATE NOCASE AND m.member_status <> 'archived' AND NOT EXISTS (
        SELECT 1 FROM member_consents AS c WHERE c.member_id = m.id AND c.channel = 'email' AND c.state = 'out')
      ORDER BY m.id LIMIT 5
      """, [.text(email)]
    ) { other in
      let name = Member.fullName(first: other.string(1), last: other.string(2))
      report.warnings.append(
        .init(
          line: line, field: "emailOptOut",
          message: "\(name) (\(other.string(0))) has the same address and is still written to"))
    }
  }

  /// Two numbers in one file are two people, though the one key of `--match` says that they are one, as an address that
  /// a family shares does: the second would take the place of the first.
  private func otherPerson(_ member: Member, _ draft: MemberDraft) throws -> CareError.FieldProblem? {
    guard options.match != .auto, let number = draft.externalId, let known = member[.externalId],
      number != known
    else { return nil }
    let isChanged = "SELECT 1 FROM import_changes WHERE member_id = ? AND batch_id = ?"
    guard
      try member.importBatchID == batchID
        || database.exists(isChanged, [.text(member.id), .text(batchID)])
    else { return nil }
    let mode = options.match.rawValue
    return .init(
      "externalId",
      "is \(number), but by --match \(mode) this is \(member.fullName) of a row before, who is \(known)")
  }

  /// A row about somebody who is there.
  private func meet(
    _ member: Member, _ draft: MemberDraft, _ groups: [String], line: Int
  ) throws -> [CareError.FieldProblem] {
    var change = MemberChange(draft, of: member, tags: .add)
    if !groups.isEmpty {
      let present = Set(try members.groups(of: member.id))
      change.joins = groups.filter { !present.contains($0) }
    }
    if draft.optOuts != nil || draft.optIns != nil {
      let decisions = try ConsentStore.decisions(of: member.id, database)
      change.optOutReason = draft.optOutReason
      change.optOuts = (draft.optOuts ?? []).filter { decisions[$0]?.state != .out }
      hasOptedOut = change.optOuts.contains(.email)
      change.optIns = (draft.optIns ?? []).filter { decisions[$0]?.state == .out }
      try confirm(draft, decisions, of: member)
    }
    if change.isEmpty {
      report.unchanged += 1
      return []
    }
    guard change.isMoreThanOptOuts, options.onConflict != .update else {
      // Groups are made last, so that a row which is refused leaves no empty ones behind.
      let joins = change.joins
      change.joins = []
      try apply(change, to: member)
      for group in try self.groups.made(joins) {
        try members.join(group: group, member: member.id, batch: batchID)
      }
      report.updated += 1
      return []
    }
    // Opt-outs apply whatever becomes of the row.
    var tightening = MemberChange()
    tightening.optOuts = change.optOuts
    tightening.optOutReason = change.optOutReason
    if !tightening.isEmpty { try apply(tightening, to: member) }
    func reason() -> String {
      let fields = change.changedFields.map(\.rawValue).joined(separator: ", ")
      return "\(member.fullName) is there already with other values of \(fields)"
    }
    if options.onConflict == .error { return [.init("", reason())] }
    report.skip(line: line, reason)
    return []
  }

  /// An opt-out that another file has brought and this one says again is this one's as well: it stays when the other
  /// import is taken back.
  private func confirm(_ draft: MemberDraft, _ decisions: [Channel: ConsentDecision], of member: Member)
    throws
  {
    for channel in draft.optOuts ?? [] {
      guard var decision = decisions[channel], decision.state == .out, let other = decision.onlyImport,
        other != batchID
      else { continue }
      decision.confirm(byImport: batchID)
      try members.consents.store(decision, channel, of: member.id)
    }
  }

  private func apply(_ change: MemberChange, to member: Member) throws {
    try waiting.flush()
    try search.catchUp(before: member.rowID)
    var before = change.fields(of: member)
    let channels = change.optOuts + change.optIns
    if !channels.isEmpty {
      let decisions = try ConsentStore.decisions(of: member.id, database)
      before[ImportUndo.consentsKey] = .object(
        JSONObject(channels.map { ($0.rawValue, decisions[$0]?.json ?? .null) }))
    }
    var after = member
    for (position, value) in change.values { after.values[position] = value }
    before[ImportUndo.letGoKey] = try letGo(change.optIns, email: after[.email], phone: after[.phone])
    before["updatedAt"] = .optional(member[.updatedAt])
    let now = try members.apply(change, to: member, batch: batchID)
    try keep(before, of: member.id, revision: now.revision)
  }

  /// What opting in on some channels lets go of: that somebody opted out who had the address before. Nil where it is
  /// nothing.
  private func letGo(_ channels: [Channel], email: String?, phone: String?) throws -> JSONValue? {
    guard !channels.isEmpty, members.checksSuppressions else { return nil }
    let kept = try members.consents.keptOptOuts(email: email, phone: phone)
      .filter { channels.contains($0.channel) }
    return kept.isEmpty ? nil : .array(kept.map(\.json))
  }

  /// Keeps what a member was like before the batch, for who takes it back.
  /// - Parameter revision: the member's with the batch.
  private func keep(_ before: JSONObject, of member: String, revision: Int) throws {
    try insertChange.bind([
      .text(batchID), .text(member), .text(JSONWriter.string(.object(before))), .int(revision),
    ])
    try insertChange.run()
  }

  // MARK: Bad rows

  private func refuse(_ record: ImportRecord, _ problems: [CareError.FieldProblem]) throws {
    let lines = problems.map {
      CareError.LineProblem(line: record.line, field: $0.field.isEmpty ? nil : $0.field, message: $0.reason)
    }
    report.rejected += 1
    report.errors += lines
    try reject(record, lines)
    if let maximum = options.maximumErrors, report.rejected > maximum {
      throw failure("more than \(maximum) bad rows; stopped at line \(record.line)")
    }
  }

  private func failure(_ reason: String? = nil) -> CareError {
    let count = report.rejected
    let bad = count == 1 ? "1 of \(report.rows) rows is bad" : "\(count) of \(report.rows) rows are bad"
    let isConflict = report.onlyConflicts
    return CareError(
      isConflict ? .conflict : .validation, "\(reason ?? bad); nothing was imported",
      hint: isConflict
        ? "take the file's values with --on-conflict update, or keep what is there with --on-conflict skip"
        : "mend the rows, or import the good ones with --skip-invalid --rejects FILE",
      details: .lines(report.errors))
  }

  // MARK: The batch

  private func beginBatch() throws {
    report.batchID = batchID
    try database.execute(
      "INSERT INTO import_batches (id, source, created_by, created_at) VALUES (?, ?, ?, ?)",
      [.text(batchID), .text(options.path), .optional(provenance.actorID), .text(provenance.at)])
  }

  private func endBatch() throws -> ImportReport {
    try database.execute(
      """
      UPDATE import_batches SET rows = ?, created = ?, updated = ?, unchanged = ?, skipped = ?, rejected = ?,
        groups_created = ? WHERE id = ?
      """,
      [
        .int(report.rows), .int(report.created), .int(report.updated), .int(report.unchanged),
        .int(report.skipped), .int(report.rejected),
        .text(JSONWriter.string(.strings(groups.createdIDs))), .text(batchID),
      ])
    let counts = JSONObject([
      ("source", .string(options.path)), ("rows", .integer(report.rows)),
      ("created", .integer(report.created)),
      ("updated", .integer(report.updated)), ("rejected", .integer(report.rejected)),
    ])
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "import", id: batchID, after: counts)
    return report
  }
}
