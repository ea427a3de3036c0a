import SQLiteStore

/// What rules keep about a person, when that person is merged or deleted. Call it within `Database.write`.
struct RuleTraces {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Settles, before the rows of one member are given to another, what both have: what had its effect for either has
  /// had it for the one who stays. The one who goes was not somebody new: what waits because of that is let go of.
  /// - Parameters:
  ///   - other: the id of a member who is about to go.
  ///   - keep: the id of the one who stays.
  func settle(_ other: String, against keep: String) throws {
    try database.execute(
      "DELETE FROM rule_events WHERE member_id = ? AND event = ?",
      [.text(other), .text(RuleEventType.memberCreated.rawValue)])
    try database.execute(
      """
      DELETE FROM rule_occurrences WHERE member_id = ? AND state = 'waiting'
        AND rule_id IN (SELECT id FROM automation_rules WHERE trigger_type = ?)
      """, [.text(other), .text(TriggerType.event(.memberCreated).rawValue)])
    try database.execute(
      """
      DELETE FROM rule_occurrences WHERE member_id = ?1 AND state = 'waiting'
        AND EXISTS (SELECT 1 FROM rule_occurrences AS o WHERE o.rule_id = rule_occurrences.rule_id
          AND o.member_id = ?2 AND o.occurrence = rule_occurrences.occurrence AND o.state <> 'waiting')
      """, [.text(keep), .text(other)])
  }

  /// Takes a person who is deleted out of the ledger, which knows the staff as '' and so cannot refer to members. What
  /// waits stays until it is due, so that the log can say that the deletion has kept it from happening.
  func delete(_ member: String) throws {
    try database.execute(
      "DELETE FROM rule_occurrences WHERE member_id = ? AND state <> 'waiting'", [.text(member)])
  }

  /// Takes somebody out of the ledger whose rows have gone to another.
  func forget(_ member: String) throws {
    try database.execute("DELETE FROM rule_occurrences WHERE member_id = ?", [.text(member)])
  }
}
