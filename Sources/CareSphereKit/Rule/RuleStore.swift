import SQLiteStore
import TextFormats

/// Writes rules, each change with its audit entry. Call it within `Database.write`.
public struct RuleStore {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let audit: AuditLog
  private let finder: RuleFinder

  /// - Parameters:
  ///   - ids: gives the ids of new rules.
  ///   - provenance: who makes the changes; its time becomes theirs.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    audit = AuditLog(database, ids: ids, provenance: provenance)
    finder = RuleFinder(database)
  }

  /// Adds a rule, which hears of what happens from now on.
  /// - Parameter values: checked by `RuleInput`.
  /// - Throws: `CareError(.conflict)` where the name is taken, whatever the letter case.
  public func add(_ values: RuleValues) throws -> Rule {
    try finder.checkFree(name: values.name)
    let id = ids.next()
    try database.execute(
      """
      INSERT INTO automation_rules (name, name_key, description, trigger_type, trigger_config, action_type,
        action_config, conditions, is_active, updated_at, since_event, judged_until, id, created_by, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      columns(values) + [
        .int(try lastEvent()), .text(provenance.at), .text(id), .optional(provenance.actorID),
        .text(provenance.at),
      ])
    try audit.append(entity: "rule", id: id, after: values.json)
    let rule = try finder.stored(id: id)
    try RuleIndexes(database).refresh()
    return rule
  }

  /// Changes a rule; values that stay the same are no change. With another trigger, or enabled again, it hears only
  /// of what happens from now on, and what it was waiting for is let go of.
  /// - Throws: `CareError(.conflict)` where the new name is taken.
  public func update(_ rule: Rule, to values: RuleValues) throws -> Rule {
    let (before, after) = AuditLog.changes(from: rule.values.json, to: values.json)
    guard !after.isEmpty else { return rule }
    if values.nameKey != rule.values.nameKey { try finder.checkFree(name: values.name) }
    try database.execute(
      """
      UPDATE automation_rules SET name = ?, name_key = ?, description = ?, trigger_type = ?, trigger_config = ?,
        action_type = ?, action_config = ?, conditions = ?, is_active = ?, updated_at = ?
      WHERE id = ?
      """, columns(values) + [.text(rule.id)])
    let hasOtherTrigger =
      values.triggerType != rule.values.triggerType || values.triggerConfig != rule.values.triggerConfig
    if hasOtherTrigger || values.isActive && !rule.values.isActive { try beginAnew(rule) }
    try audit.append(entity: "rule", id: rule.id, before: before, after: after)
    let updated = try finder.stored(id: rule.id)
    try RuleIndexes(database).refresh()
    return updated
  }

  /// Enables or disables a rule.
  public func setActive(_ isActive: Bool, _ rule: Rule) throws -> Rule {
    var values = rule.values
    values.isActive = isActive
    return try update(rule, to: values)
  }

  /// Deletes a rule with its log; messages that it sent stay.
  public func delete(_ rule: Rule) throws {
    try database.execute("DELETE FROM automation_rules WHERE id = ?", [.text(rule.id)])
    try audit.append(entity: "rule", id: rule.id, before: rule.values.json)
    try RuleIndexes(database).refresh()
  }

  /// Lets a rule hear only of what comes after now. What waits is not marked as dealt with, because a yearly day may
  /// come again under the new trigger.
  private func beginAnew(_ rule: Rule) throws {
    try database.execute(
      "UPDATE automation_rules SET since_event = ?, judged_until = ? WHERE id = ?",
      [.int(try lastEvent()), .text(provenance.at), .text(rule.id)])
    try database.execute(
      "DELETE FROM rule_occurrences WHERE rule_id = ? AND state = 'waiting'", [.text(rule.id)])
    let waiting = database.changes
    guard waiting > 0, let now = Timestamp(provenance.at) else { return }
    let what = waiting == 1 ? "what was waiting was" : "\(waiting) effects that were waiting were"
    try RuleLog(database).append(
      RuleLogEntry(
        ruleID: rule.id, memberID: nil, occurrence: nil, status: .skipped,
        errorMessage: "\(what) let go of, because the rule begins anew after `\(provenance.command)`",
        executedAt: now), ids: ids)
  }

  /// The row of the latest event, whether it is still there or not.
  private func lastEvent() throws -> Int {
    try database.first("SELECT seq FROM sqlite_sequence WHERE name = 'rule_events'") { $0.integer(0) } ?? 0
  }

  /// What `add` and `update` write, from the name to the time of the change.
  private func columns(_ values: RuleValues) -> [SQLValue] {
    func text(_ object: JSONObject) -> String { JSONWriter.string(.object(object)) }
    return [
      .text(values.name), .text(values.nameKey), .optional(values.description),
      .text(values.triggerType.rawValue), .text(text(values.triggerConfig)),
      .text(values.actionType.rawValue),
      .text(text(values.actionConfig)), .optional(values.conditions.map(text)), .bool(values.isActive),
      .text(provenance.at),
    ]
  }
}
