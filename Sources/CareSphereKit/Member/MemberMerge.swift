import SQLiteStore
import TextFormats

/// Makes one member of several who are the same person. Call it within `Database.write`.
public struct MemberMerge {
  /// Every column that points at a member, so that nothing is lost when one goes: a table of a new noun is one line
  /// here. Where the one who stays has the same row already, the other's is let go of.
  static let references: [(table: String, column: String)] = [
    ("member_group_assignments", "member_id"),
    ("member_notes", "member_id"),
    ("member_activities", "member_id"),
    ("message_recipients", "member_id"),
    ("rule_events", "member_id"),
    ("rule_occurrences", "member_id"),
    ("automation_logs", "member_id"),
    ("user_notifications", "member_id"),
  ]

  private let database: Database
  private let members: MemberStore
  private let ids: UUIDv7Generator
  private let provenance: Provenance

  /// - Parameters:
  ///   - ids: gives the ids of new rows.
  ///   - provenance: who merges; its time becomes that of the changes.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) throws {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    members = try MemberStore(database, ids: ids, provenance: provenance, events: .silent(database))
  }

  /// Moves all that belongs to `others` to `keep`, and deletes them. Fields that `keep` lacks are filled; what
  /// differs is kept in a note. Who opted out under any of the names has opted out.
  /// - Parameter others: not `keep`, each once.
  /// - Returns: the member as it is now
  public func merge(_ others: [Member], into keep: Member) throws -> Member {
    var before = try record(keep)
    let merged = try others.map { JSONValue.object(try record($0)) }
    var keep = keep
    for other in others { keep = try merge(other, into: keep) }
    var after = try record(keep)
    for key in Set(before.keys + after.keys) where before[key] == after[key] || key == "updatedAt" {
      before[key] = nil
      after[key] = nil
    }
    before["merged"] = .array(merged)
    try AuditLog(database, ids: ids, provenance: provenance)
      .append(entity: "member", id: keep.id, before: before, after: after)
    return keep
  }

  /// All that is kept of a member's record, for the audit log.
  private func record(_ member: Member) throws -> JSONObject {
    let record = try MemberRecord(member, database, dynamicGroups: []).json(namesGroups: true)
    return JSONObject(
      record.members.compactMap { field in field.value == .null ? nil : (field.key, field.value) })
  }

  /// The ids under which a person was kept before they were merged, from the audit log.
  static func formerIDs(of member: String, _ database: Database) throws -> [String] {
    let ids = try database.all(
      """
      WITH RECURSIVE former(id) AS (
        VALUES (?)
        UNION
        SELECT json_extract(merged.value, '$.id')
        FROM former
        JOIN audit_log AS a ON a.entity = 'member' AND a.entity_id = former.id
        JOIN json_each(a.before, '$.merged') AS merged)
      SELECT id FROM former
      """, [.text(member)]
    ) { $0.string(0) }
    return ids.filter { $0 != member }
  }

  private func merge(_ other: Member, into keep: Member) throws -> Member {
    let merged = MergedFields(keep: keep, other: other)
    try mergeConsents(of: other.id, into: keep.id)
    try RecipientMerge(database).merge(other.id, into: keep.id)
    try RuleTraces(database).settle(other.id, against: keep.id)
    for (table, column) in Self.references {
      try database.execute(
        "UPDATE OR IGNORE \(table) SET \(column) = ? WHERE \(column) = ?", [.text(keep.id), .text(other.id)])
    }
    try database.execute(
      """
      UPDATE members SET user_id = coalesce(user_id, (SELECT user_id FROM members WHERE id = ?)) WHERE id = ?
      """, [.text(other.id), .text(keep.id)])
    try RuleTraces(database).forget(other.id)
    // Before the fields are filled, because an external id belongs to one member only.
    try members.remove(other)
    let note = Note(
      id: ids.next(), memberID: keep.id, note: merged.note, type: "merge", isPrivate: false, author: nil,
      createdAt: provenance.at)
    try NoteStore(database).insert(note, authorID: provenance.actorID)
    let filled = try members.apply(merged.change, to: keep)
    return merged.change.touchesRow ? filled : try members.touch(filled)
  }

  /// Takes over the decisions of another: an opting out always, an opting in where nothing was decided.
  private func mergeConsents(of other: String, into keep: String) throws {
    try database.execute(
      """
      INSERT INTO member_consents (member_id, channel, state, reason, source, at)
      SELECT ?, channel, state, reason, source, at FROM member_consents WHERE member_id = ?
      ON CONFLICT (member_id, channel) DO UPDATE SET
        state = excluded.state, reason = excluded.reason, source = excluded.source, at = excluded.at
        WHERE member_consents.state = 'in' AND excluded.state = 'out'
      """, [.text(keep), .text(other)])
  }
}
