import SQLiteStore

/// What rules did in a range, and what people answered to their messages.
struct RuleResponses {
  private let database: Database
  private let range: AnalyticsRange
  private let isNarrowed: Bool

  /// - Parameter isNarrowed: whether only the people in ``ChosenPeople`` count.
  init(_ range: AnalyticsRange, _ database: Database, isNarrowed: Bool) {
    self.database = database
    self.range = range
    self.isNarrowed = isNarrowed
  }

  /// Every rule there is, by its name.
  func all() throws -> [EngagementFigures.RuleResponse] {
    var rules: [EngagementFigures.RuleResponse] = []
    try database.query("SELECT id, name FROM automation_rules ORDER BY name_key") { row in
      rules.append(
        .init(
          id: row.string(0), name: row.string(1), succeeded: 0, failed: 0, skipped: 0, sent: 0, opened: 0,
          clicked: 0))
    }
    for index in rules.indices {
      try addLog(&rules[index])
      try addMessages(&rules[index])
    }
    return rules
  }

  private func arguments(_ rule: EngagementFigures.RuleResponse) -> [SQLValue] {
    [
      .text(rule.id), .text(range.since.description), .text(range.until.description),
    ]
  }

  private func addLog(_ rule: inout EngagementFigures.RuleResponse) throws {
    let condition = isNarrowed ? "AND member_id IN \(ChosenPeople.ids)" : ""
    let counts = try database.first(
      """
      SELECT total(status = 'success'), total(status = 'failure'), total(status = 'skipped')
      FROM automation_logs WHERE rule_id = ? AND executed_at >= ? AND executed_at < ? \(condition)
      """, arguments(rule)
    ) { ($0.integer(0), $0.integer(1), $0.integer(2)) }
    (rule.succeeded, rule.failed, rule.skipped) = counts ?? (0, 0, 0)
  }

  private func addMessages(_ rule: inout EngagementFigures.RuleResponse) throws {
    let counted =
      isNarrowed
      ? """
      count(r.sent_at), count(r.opened_at), count(r.clicked_at)
      FROM messages AS g CROSS JOIN message_recipients AS r ON r.message_id = g.id AND +r.member_id IN \(ChosenPeople.ids)
      """
      : "total(g.sent_count), total(g.opened_count), total(g.clicked_count) FROM messages AS g"
    let counts = try database.first(
      "SELECT \(counted) WHERE g.rule_id = ? AND g.sent_at >= ? AND g.sent_at < ?", arguments(rule)
    ) { ($0.integer(0), $0.integer(1), $0.integer(2)) }
    (rule.sent, rule.opened, rule.clicked) = counts ?? (0, 0, 0)
  }
}
