import SQLiteStore
import TextFormats

/// Writes people: the one place through which every new, changed and deleted member goes, so that
/// keys, revisions and consents stay true whoever asks. Call it within `Database.write`.
public final class MemberStore {
  let database: Database
  let ids: UUIDv7Generator
  let provenance: Provenance
  let consents: ConsentStore
  let events: MemberEvents
  private let insertMember: Statement
  private let insertAssignment: Statement
  /// Whether new members may be opted out at once, because of their addresses.
  let checksSuppressions: Bool

  /// - Parameters:
  ///   - ids: gives the ids of new rows.
  ///   - provenance: who makes the changes; its time becomes theirs.
  ///   - events: tells rules of the changes; of this moment by default.
  public init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, events: RuleEvents? = nil
  ) throws {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.consents = ConsentStore(database, provenance: provenance)
    self.events = MemberEvents(events: events ?? RuleEvents(database, at: provenance.at))
    self.insertMember = try database.prepare(NewMember.insertSQL())
    self.insertAssignment = try database.prepare(
      """
      INSERT INTO member_group_assignments
        (id, member_id, group_id, assigned_at, assigned_by, import_batch_id)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (member_id, group_id) DO NOTHING
      """)
    self.checksSuppressions = try consents.hasSuppressions()
  }

  // MARK: Adding

  /// Adds a person.
  /// - Parameters:
  ///   - draft: what is known; absent names are stored as "", an absent status as `active`.
  ///   - groups: ids of the groups to join.
  ///   - batch: the import that it belongs to.
  /// - Returns: the new id
  /// - Throws: `CareError(.conflict)` where the id or external id is taken
  public func add(_ draft: MemberDraft, groups: [String] = [], batch: String? = nil) throws -> String {
    let new = NewMember(draft, id: ids.next(), batch: batch, provenance: provenance)
    try add(new, of: draft, groups: groups, batch: batch)
    return new.id
  }

  /// Adds a person whose row has been made of `draft`.
  func add(_ new: NewMember, of draft: MemberDraft, groups: [String] = [], batch: String?) throws {
    do {
      try insert(new)
    } catch let error as DatabaseError where error.kind == .unique {
      throw try taken(id: new.id, externalID: draft.externalId)
    }
    try addConsents(of: draft, to: new.id, batch: batch)
    try events.added(new.id, tags: draft.tags ?? [])
    for group in groups { try join(group: group, member: new.id, batch: batch) }
  }

  /// Adds a row and nothing else.
  func insert(_ new: NewMember) throws { try insertMember.run(new.row) }

  private func addConsents(of draft: MemberDraft, to id: String, batch: String?) throws {
    let source = source(ofImport: batch)
    for channel in draft.optOuts ?? [] {
      try consents.set(.out, channel, of: id, reason: draft.optOutReason, source: source)
    }
    for channel in draft.optIns ?? [] {
      try consents.set(.in, channel, of: id, reason: nil, source: source)
    }
    guard checksSuppressions else { return }
    try keepOptedOut(draft.email, draft.phone, of: id) {
      (draft.optIns ?? []).contains($0) || (draft.optOuts ?? []).contains($0)
    }
  }

  /// What a decision says that it comes from: the import that it belongs to, else what is being done.
  private func source(ofImport batch: String?) -> String {
    batch.map(ConsentDecision.source(ofImport:)) ?? provenance.command
  }

  /// Opts a person out where an address of theirs was opted out before, by whomever.
  /// - Parameter isDecided: the channels that are settled already.
  private func keepOptedOut(
    _ email: String?, _ phone: String?, of id: String, except isDecided: (Channel) -> Bool
  ) throws {
    for kept in try consents.keptOptOuts(email: email, phone: phone) where !isDecided(kept.channel) {
      try consents.set(
        .out, kept.channel, of: id, reason: "the address was opted out before", source: "suppression")
    }
  }

  private func taken(id: String, externalID: String?) throws -> CareError {
    let taken = "belongs to another person already"
    if let externalID, let member = try first("m.external_id = ?", externalID) {
      let way = "--match external-id goes by it alone"
      return CareError(
        .conflict, "externalId \(externalID) belongs to \(member.fullName)",
        details: .fields([.init("externalId", "\(taken), \(member.fullName); \(way)")]))
    }
    let name = try first("m.id = ?", id)?.fullName ?? "somebody"
    let way = "--match email or external-id goes by that alone"
    return CareError(
      .conflict, "id \(id) belongs to \(name)", details: .fields([.init("id", "\(taken), \(name); \(way)")]))
  }

  // MARK: Changing

  /// Carries out a change that `MemberChange` has worked out, and counts it as one revision.
  /// - Returns: the member as it is now
  public func apply(_ change: MemberChange, to member: Member, batch: String? = nil) throws -> Member {
    let before = member
    var member = member
    if change.touchesRow {
      var assignments = change.values.map { MemberField.stored[$0.position].column + " = ?" }
      var arguments = change.values.map { SQLValue.optional($0.value) }
      for (position, value) in change.values { member.values[position] = value }
      if change.renames {
        assignments.append("name_key = ?")
        arguments.append(.text(Member.nameKey(first: member.firstName, last: member.lastName)))
      }
      member[.updatedAt] = provenance.at
      member.revision += 1
      arguments += [.text(provenance.at), .int(member.revision), .int(member.rowID)]
      assignments += ["updated_at = ?", "revision = ?"]
      do {
        try database.execute(
          "UPDATE members SET \(assignments.joined(separator: ", ")) WHERE row_id = ?", arguments)
      } catch let error as DatabaseError where error.kind == .unique {
        throw try taken(id: member.id, externalID: member[.externalId])
      }
    }
    let source = source(ofImport: batch)
    for channel in change.optOuts {
      try consents.set(.out, channel, of: member.id, reason: change.optOutReason, source: source)
    }
    for channel in change.optIns {
      try consents.set(.in, channel, of: member.id, reason: nil, source: source)
    }
    if checksSuppressions, change.changesAddress {
      let states = try consents.states(of: member.id)
      try keepOptedOut(member[.email], member[.phone], of: member.id) {
        states[$0] == .out || change.optIns.contains($0)
      }
    }
    try events.changed(before, by: change)
    for group in change.joins { try join(group: group, member: member.id, batch: batch) }
    return member
  }

  /// Stores a member as they were before a change that is taken back: the revision too goes back, and a change of
  /// the status has never been.
  func putBack(_ member: Member) throws {
    let assignments = MemberField.stored.map { $0.column + " = ?" }.joined(separator: ", ")
    let name = Member.nameKey(first: member.firstName, last: member.lastName)
    let history = MemberStatusHistory(database)
    let length = try history.length(of: member.id)
    try database.execute(
      "UPDATE members SET \(assignments), name_key = ?, revision = revision - 1 WHERE row_id = ?",
      member.values.map(SQLValue.optional) + [.text(name), .int(member.rowID)])
    // Where it went back to what it was, the history has just got the way back as well.
    if try history.length(of: member.id) > length { try history.forgetLatest(2, of: member.id) }
  }

  /// Puts a member into a group with assignments.
  /// - Returns: whether they were not in it before
  @discardableResult
  public func join(group: String, member: String, batch: String? = nil) throws -> Bool {
    let values = [ids.next(), member, group, provenance.at, provenance.actorID, batch]
    for (index, value) in values.enumerated() { try insertAssignment.bind(value, at: index + 1) }
    try insertAssignment.run()
    guard database.changes > 0 else { return false }
    try events.joined(member, group: group)
    return true
  }

  // MARK: Deleting

  /// Deletes a person and all that belongs to them. What they opted out of stays so, by the digest of
  /// the address; that somebody was there and left is kept without saying who.
  public func delete(_ member: Member) throws {
    try MemberDepartures(database).add(member, at: provenance.at)
    try remove(member)
  }

  /// Deletes a record whose person stays, under another.
  func remove(_ member: Member) throws {
    try consents.keepOptOuts(of: member)
    let counters = MessageCounters(database)
    try counters.leave(member.id)
    try counters.settle(member: member.id)
    try RuleTraces(database).delete(member.id)
    try database.execute("DELETE FROM members WHERE row_id = ?", [.int(member.rowID)])
  }

  // MARK: Reading

  /// The member for whom `condition`, SQL over `members AS m` with one parameter, holds.
  public func first(_ condition: String, _ argument: String) throws -> Member? {
    try database.first("SELECT \(Member.columns) FROM members AS m WHERE \(condition)", [.text(argument)]) {
      Member(row: $0)
    }
  }

  /// Ids of the groups that a person has been put in.
  public func groups(of id: String) throws -> [String] {
    try database.all(
      "SELECT group_id FROM member_group_assignments WHERE member_id = ?", [.text(id)]
    ) { $0.string(0) }
  }
}
