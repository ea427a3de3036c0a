import SQLiteStore
import TextFormats

/// Takes an import back: who it created goes, whom it changed is as before. Whoever was changed since is
/// left alone. Call it within one write transaction.
public struct ImportUndo {
  /// What was done.
  public struct Report: Equatable, Sendable {
    /// The whole id, also where a part of it was given.
    public var batchID: String
    /// Members whom the batch had created, and who are gone.
    public var deleted = 0
    /// Members whom the batch had changed, and who are as before.
    public var restored = 0
    /// Ids of members that were left alone because they were changed since.
    public var kept: [String] = []
    /// Opt-outs that the batch had brought, and that go with it: of whom it changed and of whom it created.
    public var optOutsTakenBack = 0
  }

  private let database: Database
  private let members: MemberStore
  private let batchID: String
  private var report: Report
  /// What opting in the members whom the batch created has let go of, by their ids.
  private var letGo: [String: [KeptOptOut]] = [:]

  /// The keys, beside the names of fields, under which `import_changes.before` has decisions about channels, and
  /// opt-outs that were kept with an address and let go of.
  static let consentsKey = "consents"
  static let letGoKey = "suppressions"

  /// - Parameter reference: the batch's id, or 4 or more characters of its unique beginning or end.
  /// - Throws: `CareError`: `.notFound`, `.conflict` where it could be several or is undone already
  public init(
    _ database: Database, batch reference: String, ids: UUIDv7Generator, provenance: Provenance
  ) throws {
    self.database = database
    members = try MemberStore(database, ids: ids, provenance: provenance, events: .silent(database))
    batchID = try Self.find(reference, database)
    report = Report(batchID: batchID)
  }

  /// How many rows of an import created or changed somebody.
  /// - Throws: as `init`
  public static func size(of reference: String, _ database: Database) throws -> Int {
    let batch = try find(reference, database)
    return try database.first(
      "SELECT created + updated FROM import_batches WHERE id = ?", [.text(batch)], { $0.integer(0) }) ?? 0
  }

  private static func find(_ reference: String, _ database: Database) throws -> String {
    var found: [(id: String, undoneAt: String?, words: String)] = []
    if let part = IDPart(reference) {
      try database.query(
        "SELECT id, undone_at, created_at, source FROM import_batches WHERE \(IDPart.condition)",
        [.text(part.text)]
      ) { found.append(($0.string(0), $0.text(1), "of \($0.string(2)), from \($0.string(3))")) }
    }
    guard let batch = found.first else {
      throw CareError(
        .notFound, "there is no import “\(reference)”",
        hint: "its report calls it batchId; see caresphere audit --entity import")
    }
    guard found.count == 1 else {
      throw CareError(
        .conflict, "“\(reference)” could be \(found.count) imports", hint: "use the whole batchId",
        details: .fields(found.map { .init($0.id, $0.words) }))
    }
    if let undoneAt = batch.undoneAt {
      throw CareError(.conflict, "import \(batch.id) was taken back already, at \(undoneAt)")
    }
    return batch.id
  }

  /// Takes it back.
  public mutating func run(ids: UUIDv7Generator, provenance: Provenance) throws -> Report {
    try restoreChanged()
    try deleteCreated()
    try deleteEmptyGroups(RuleNeeds(database, ids: ids, provenance: provenance))
    try database.execute(
      "UPDATE import_batches SET undone_at = ? WHERE id = ?", [.text(provenance.at), .text(batchID)])
    try database.execute("DELETE FROM import_changes WHERE batch_id = ?", [.text(batchID)])
    let counts = JSONObject([
      ("deleted", .integer(report.deleted)), ("restored", .integer(report.restored)),
      ("kept", .integer(report.kept.count)), ("optOutsTakenBack", .integer(report.optOutsTakenBack)),
    ])
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "import", id: batchID, after: counts)
    return report
  }

  // MARK: Whom it changed

  /// The latest change first: a row may have met the same member twice.
  private mutating func restoreChanged() throws {
    var changes: [(member: String, before: String, revision: Int)] = []
    try database.query(
      "SELECT member_id, before, revision FROM import_changes WHERE batch_id = ? ORDER BY row_id DESC",
      [.text(batchID)]
    ) { changes.append(($0.string(0), $0.string(1), $0.integer(2))) }
    var restored: Set<String> = []
    var kept: Set<String> = []
    for change in changes where !kept.contains(change.member) {
      let before = JSONObject(parsing: change.before)
      guard let member = try members.first("m.id = ?", change.member) else {
        for optOut in Self.optOuts(before) { try members.consents.keep(optOut) }
        continue
      }
      guard member.importBatchID != batchID else {
        letGo[change.member, default: []] += Self.optOuts(before)
        continue
      }
      // After a change of this batch was taken back the revision is the one before it.
      guard member.revision == change.revision, let before else {
        kept.insert(change.member)
        continue
      }
      try restore(member, before)
      restored.insert(change.member)
    }
    report.restored = restored.subtracting(kept).count
    report.kept += kept.sorted()
  }

  private mutating func restore(_ member: Member, _ before: JSONObject) throws {
    var member = member
    var changesRow = false
    for (field, value) in before.members.map({ ($0.key, $0.value) }) {
      guard let field = MemberField(rawValue: field), MemberField.stored.contains(field) else { continue }
      switch value {
      case .null: member[field] = nil
      case .string(let text): member[field] = text
      default: member[field] = JSONWriter.string(value)
      }
      changesRow = changesRow || field != .updatedAt
    }
    var touchesConsents = false
    if case .object(let consents)? = before[Self.consentsKey] {
      touchesConsents = !consents.isEmpty
      let now = try ConsentStore.decisions(of: member.id, database)
      for (channel, state) in consents.members.map({ ($0.key, $0.value) }) {
        let decision = Channel(rawValue: channel).flatMap { now[$0] }
        // What a file of another import says as well stays.
        if decision?.isOptOut(ofOtherImportThan: batchID) == true { continue }
        try restoreConsent(channel, state, member.id)
      }
      let after = try members.consents.states(of: member.id)
      report.optOutsTakenBack += now.count { $0.value.state == .out && after[$0.key] != .out }
    }
    for optOut in Self.optOuts(before) { try members.consents.keep(optOut) }
    if changesRow || touchesConsents { try members.putBack(member) }
    try database.execute(
      "DELETE FROM member_group_assignments WHERE member_id = ? AND import_batch_id = ?",
      [.text(member.id), .text(batchID)])
  }

  /// - Parameter before: the decision; `null` where there was none, and the state alone in batches of older programs.
  private func restoreConsent(_ channel: String, _ before: JSONValue, _ member: String) throws {
    if let channel = Channel(rawValue: channel), let decision = ConsentDecision(json: before) {
      return try members.consents.store(decision, channel, of: member)
    }
    guard case .string(let state) = before else {
      return try database.execute(
        "DELETE FROM member_consents WHERE member_id = ? AND channel = ?", [.text(member), .text(channel)])
    }
    try database.execute(
      "UPDATE member_consents SET state = ? WHERE member_id = ? AND channel = ?",
      [.text(state), .text(member), .text(channel)])
  }

  /// The opt-outs that a change has let go of.
  private static func optOuts(_ before: JSONObject?) -> [KeptOptOut] {
    guard case .array(let elements)? = before?[letGoKey] else { return [] }
    return elements.compactMap { KeptOptOut(json: $0) }
  }

  // MARK: Whom it created

  private mutating func deleteCreated() throws {
    let created = try database.all("SELECT id FROM members WHERE import_batch_id = ?", [.text(batchID)]) {
      $0.string(0)
    }
    for id in created {
      guard let member = try members.first("m.id = ?", id) else { continue }
      if try wasChangedSince(member) {
        report.kept.append(id)
      } else {
        let own = ConsentDecision.source(ofImport: batchID)
        report.optOutsTakenBack += try ConsentStore.decisions(of: id, database).values
          .count { $0.state == .out && $0.source == own }
        try members.consents.keepOptOuts(of: member, besidesImport: batchID)
        try RuleTraces(database).delete(id)
        try database.execute("DELETE FROM members WHERE row_id = ?", [.int(member.rowID)])
        for optOut in letGo[id] ?? [] { try members.consents.keep(optOut) }
        report.deleted += 1
      }
      try database.checkInterrupted(while: "taking an import back")
    }
  }

  /// Whether anything but the batch itself has touched the member or put something on record for them.
  private func wasChangedSince(_ member: Member) throws -> Bool {
    let own = try database.first(
      "SELECT max(revision) FROM import_changes WHERE batch_id = ? AND member_id = ?",
      [.text(batchID), .text(member.id)]
    ) { $0.optionalInteger(0) }
    guard member.revision == (own ?? nil) ?? 1 else { return true }
    return try database.exists(
      """
      SELECT 1 WHERE EXISTS (SELECT 1 FROM member_notes WHERE member_id = ?1)
        OR EXISTS (SELECT 1 FROM member_activities WHERE member_id = ?1)
        OR EXISTS (SELECT 1 FROM message_recipients WHERE member_id = ?1)
        OR EXISTS (SELECT 1 FROM member_group_assignments WHERE member_id = ?1 AND import_batch_id IS NOT ?2)
      """, [.text(member.id), .text(batchID)]
    )
  }

  /// Groups that the import made are gone with it, but for those that somebody has joined since, or that a rule
  /// or another group's filter has come to name.
  private func deleteEmptyGroups(_ needs: RuleNeeds) throws {
    let made = try database.first(
      "SELECT groups_created FROM import_batches WHERE id = ?", [.text(batchID)], { $0.string(0) })
    let finder = GroupFinder(database)
    // Whether a filter can be applied does not hang on the time.
    let compiler = FilterCompiler(clock: Clock(zone: .utc)) { try finder.reference($0) }
    let filters = GroupFilters(database, compiler: compiler)
    for group in try Member.strings(made).compactMap({ try finder.find(id: $0) }) {
      do {
        try database.savepoint {
          _ = try needs.release(.group(group), force: false)
          try filters.keepingSound {
            try database.execute(
              """
              DELETE FROM member_groups
              WHERE id = ? AND member_count = 0 AND updated_at = created_at AND query IS NULL
              """, [.text(group.id)])
          }
        }
      } catch let error as CareError where error.code == .conflict {
        continue
      }
    }
  }
}
