import SQLiteStore
import TextFormats

/// Puts people into a group and takes them out, audited: of named people each, of a set as one entry. Call it
/// within `Database.write`.
public struct GroupMembership {
  private let database: Database
  private let group: Group
  private let members: MemberStore
  private let audit: AuditLog

  /// - Parameters:
  ///   - group: the group whose members change.
  ///   - ids: gives the ids of new rows.
  ///   - provenance: who makes the changes; its time becomes theirs.
  ///   - events: tells rules of the changes; of this moment by default.
  /// - Throws: `CareError(.conflict)` for a dynamic group.
  public init(
    _ database: Database, group: Group, ids: UUIDv7Generator, provenance: Provenance,
    events: RuleEvents? = nil
  ) throws {
    try group.checkTakesAssignments()
    self.database = database
    self.group = group
    members = try MemberStore(database, ids: ids, provenance: provenance, events: events)
    audit = AuditLog(database, ids: ids, provenance: provenance)
  }

  /// Puts these people in.
  /// - Returns: how many were not in the group before
  public func assign(_ people: [Member]) throws -> Int {
    try people.count { try audited($0) { try members.join(group: group.id, member: $0.id) } }
  }

  /// Takes these people out.
  /// - Returns: how many were in the group
  public func remove(_ people: [Member]) throws -> Int {
    try people.count { try audited($0) { try members.leave(group: group.id, member: $0.id) } }
  }

  /// Puts a set of people in and takes another out, as one change.
  /// - Parameters:
  ///   - added: keys of the rows of those to come in.
  ///   - removed: keys of the rows of those to go.
  ///   - source: how the sets were chosen, for the audit log.
  /// - Returns: how many came in and how many went
  public func change(
    adding added: [Int], removing removed: [Int] = [], source: JSONObject
  ) throws -> (added: Int, removed: Int) {
    var counts = (added: 0, removed: 0)
    for row in added {
      guard let id = try id(row) else { continue }
      if try members.join(group: group.id, member: id) { counts.added += 1 }
      try stopIfInterrupted()
    }
    for row in removed {
      guard let id = try id(row) else { continue }
      if try members.leave(group: group.id, member: id) { counts.removed += 1 }
      try stopIfInterrupted()
    }
    if counts != (0, 0) {
      var after = source
      after["name"] = .string(group.name)
      after["added"] = .integer(counts.added)
      after["removed"] = .integer(counts.removed)
      try audit.append(entity: "group", id: group.id, after: after)
    }
    return counts
  }

  /// The keys of the rows of those who were put into a group.
  public static func rows(of group: Group, _ database: Database) throws -> [Int] {
    try database.all(
      """
      SELECT m.row_id FROM member_group_assignments AS a JOIN members AS m ON m.id = a.member_id
      WHERE a.group_id = ? ORDER BY m.row_id
      """, [.text(group.id)]
    ) { $0.integer(0) }
  }

  private func id(_ row: Int) throws -> String? {
    try database.first("SELECT id FROM members WHERE row_id = ?", [.int(row)]) { $0.string(0) }
  }

  private func stopIfInterrupted() throws {
    try database.checkInterrupted(while: "changing a group")
  }

  /// Runs a change to one member, and audits it where it was one.
  private func audited(_ member: Member, _ change: (Member) throws -> Bool) throws -> Bool {
    let before = try groupNames(of: member)
    guard try change(member) else { return false }
    try audit.append(
      entity: "member", id: member.id, before: JSONObject([("groups", before)]),
      after: JSONObject([("groups", try groupNames(of: member))]))
    return true
  }

  private func groupNames(of member: Member) throws -> JSONValue {
    let names = try database.all(
      """
      SELECT g.name FROM member_group_assignments AS a JOIN member_groups AS g ON g.id = a.group_id
      WHERE a.member_id = ? ORDER BY g.name_key
      """, [.text(member.id)]
    ) { $0.string(0) }
    return .strings(names)
  }
}
