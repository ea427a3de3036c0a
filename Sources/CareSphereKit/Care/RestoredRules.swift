import SQLiteStore
import TextFormats

/// Keeps rules of a restored database from doing again what they did after the backup was made.
struct RestoredRules {
  private let database: Database
  private let ids: UUIDv7Generator
  private let now: Timestamp

  init(_ database: Database, ids: UUIDv7Generator, now: Timestamp) {
    self.database = database
    self.ids = ids
    self.now = now
  }

  /// Lets rules go on from where they came in the file from before; where that cannot be asked, from now on.
  /// - Parameter live: what has become of the backup's database; nil where that is not known.
  /// - Returns: how many waiting effects are let go of
  func skip(since live: Database?) throws -> Int {
    try moveOn(live)
    let dropped = try drop(live)
    for (rule, count) in dropped.sorted(by: { $0.key < $1.key }) {
      let what = count == 1 ? "what was waiting is" : "\(count) effects that were waiting are"
      try RuleLog(database).append(
        RuleLogEntry(
          ruleID: rule, memberID: nil, occurrence: nil, status: .skipped,
          errorMessage: "\(what) let go of, because a backup was put back and they may have been had since",
          executedAt: now), ids: ids)
    }
    return dropped.values.reduce(0, +)
  }

  /// Up to where dates and events count as dealt with.
  private func moveOn(_ live: Database?) throws {
    for rule in try RuleFinder(database).all() {
      var until = now.description
      if let live {
        let known = try? live.first(
          "SELECT judged_until FROM automation_rules WHERE id = ?", [.text(rule.id)]
        ) { $0.string(0) }
        until = min(known ?? nil ?? until, until)
      }
      try database.execute(
        "UPDATE automation_rules SET judged_until = max(judged_until, ?) WHERE id = ?",
        [.text(until), .text(rule.id)])
    }
    let last = try database.first("SELECT max(row_id) FROM rule_events") { $0.integer(0) } ?? 0
    var cursor = last
    if let live { cursor = min((try? RuleAgenda.lastEvent(live)) ?? last, last) }
    try RuleAgenda.setCursor(max(cursor, try RuleAgenda.lastEvent(database)), database)
  }

  /// - Returns: how many of each rule
  private func drop(_ live: Database?) throws -> [String: Int] {
    var rows: [(row: Int, rule: String)] = []
    try database.query(
      "SELECT row_id, rule_id, member_id, occurrence, due_at FROM rule_occurrences WHERE state = 'waiting'"
    ) { row in
      if let live {
        let key: [SQLValue] = [.text(row.string(1)), .text(row.string(2)), .text(row.string(3))]
        let waits = try? live.first(
          """
          SELECT 1 FROM rule_occurrences WHERE rule_id = ? AND member_id = ? AND occurrence = ? AND state = 'waiting'
          """, key
        ) { _ in true }
        if waits ?? nil == true { return }
      } else if row.string(4) > now.description {
        return
      }
      rows.append((row.integer(0), row.string(1)))
    }
    for (row, _) in rows {
      try database.execute("UPDATE rule_occurrences SET state = 'skipped' WHERE row_id = ?", [.int(row)])
    }
    return Dictionary(rows.map { ($0.rule, 1) }, uniquingKeysWith: +)
  }
}
