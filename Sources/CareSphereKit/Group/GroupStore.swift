import SQLiteStore
import TextFormats

/// Writes groups, each change with its audit entry. Call it within `Database.write`.
public struct GroupStore {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let audit: AuditLog
  private let finder: GroupFinder

  /// - Parameters:
  ///   - ids: gives the ids of new groups.
  ///   - provenance: who makes the changes; its time becomes theirs.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    audit = AuditLog(database, ids: ids, provenance: provenance)
    finder = GroupFinder(database)
  }

  /// Adds a group.
  /// - Parameters:
  ///   - values: checked by `GroupInput`.
  ///   - id: its id; a new one by default.
  /// - Throws: `CareError(.conflict)` where the name is taken, whatever the letter case.
  public func add(_ values: GroupValues, id: String? = nil) throws -> Group {
    try finder.checkFree(name: values.name)
    let group = Group(id: id ?? ids.next(), values: values, at: provenance.at)
    try database.execute(
      """
      INSERT INTO member_groups (id, name, name_key, description, group_type, color, icon, query, created_by,
        created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(group.id), .text(values.name), .text(values.nameKey), .optional(values.description),
        .optional(values.type), .optional(values.color), .optional(values.icon), .optional(values.query),
        .optional(provenance.actorID), .text(provenance.at), .text(provenance.at),
      ])
    try audit.append(entity: "group", id: group.id, after: values.json)
    return group
  }

  /// Changes a group; values that stay the same are no change.
  /// - Throws: `CareError(.conflict)` where the new name is taken, or where a group that people are
  ///   assigned to is to become dynamic.
  public func update(_ group: Group, to values: GroupValues) throws -> Group {
    let (before, after) = AuditLog.changes(from: group.values.json, to: values.json)
    guard !after.isEmpty else { return group }
    if values.nameKey != group.values.nameKey { try finder.checkFree(name: values.name) }
    if values.query != nil, !group.isDynamic, group.assignedCount > 0 {
      throw CareError(
        .conflict,
        "“\(group.name)” has \(group.assignedCount) assigned members; a filter cannot take their place",
        hint: "take them out first, with: caresphere group remove or group sync")
    }
    try database.execute(
      """
      UPDATE member_groups SET name = ?, name_key = ?, description = ?, group_type = ?, color = ?, icon = ?,
        query = ?, updated_at = ? WHERE id = ?
      """,
      [
        .text(values.name), .text(values.nameKey), .optional(values.description), .optional(values.type),
        .optional(values.color), .optional(values.icon), .optional(values.query), .text(provenance.at),
        .text(group.id),
      ])
    try audit.append(entity: "group", id: group.id, before: before, after: after)
    return try finder.find(id: group.id) ?? group
  }

  /// Deletes a group; its members stay, but have left it as far as rules are concerned.
  public func delete(_ group: Group) throws {
    var before = group.values.json
    before["memberCount"] = .integer(group.assignedCount)
    try RuleEvents(database, at: provenance.at).emitLeaving(group: group.id)
    try database.execute("DELETE FROM member_groups WHERE id = ?", [.text(group.id)])
    try audit.append(entity: "group", id: group.id, before: before)
  }
}

extension Group {
  /// Refuses to put people into a dynamic group, or to take them out.
  /// - Throws: `CareError(.conflict)`.
  public func checkTakesAssignments() throws(CareError) {
    guard isDynamic else { return }
    throw CareError(
      .conflict, "“\(name)” is dynamic: its filter alone says who is in it",
      hint: "change the filter with: caresphere group update GROUP --where EXPR")
  }
}
