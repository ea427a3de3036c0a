import SQLiteStore
import TextFormats

/// What of a rule has come round for somebody and waits for its effect.
struct WaitingOccurrence {
  /// `rule_occurrences.row_id`.
  var row: Int
  var ruleID: String
  /// Nil for what a rule does once for the staff.
  var memberID: String?
  /// Under which rule and person have it once.
  var key: String
  var dueAt: String
  /// How many attempts there were.
  var attempts: Int
  /// How many effects of rules have led to it.
  var depth: Int
  /// What the log is to tell of its trigger.
  var data: String?

  /// Which of the events it is from; nil where it is from none.
  var event: Int? {
    key.hasPrefix(Self.eventPrefix) ? Int(key.dropFirst(Self.eventPrefix.count)) : nil
  }

  /// Whether somebody has called for it by hand.
  var isManual: Bool { key.hasPrefix(Self.manualPrefix) }

  fileprivate static let eventPrefix = "event "
  fileprivate static let manualPrefix = "manual "

  /// The key of what an event brings about.
  static func key(event row: Int) -> String { eventPrefix + String(row) }

  /// The key of what is called for by hand.
  static func key(manual time: String) -> String { manualPrefix + time }
}

/// What each rule has done and is to do for each person: every occurrence stands there once, for as
/// long as the rule does not begin anew.
struct RuleLedger {
  /// What has become of an occurrence.
  enum State: String {
    case waiting, done, failed, skipped
  }

  /// How far a run has come: rows fall due in the order of time, and what one effect leads to comes after it.
  struct Position {
    var dueAt = ""
    var row = 0
  }

  private let database: Database

  init(_ database: Database) { self.database = database }

  // MARK: Taking up

  /// Lets an occurrence wait, unless it stands there already.
  /// - Parameters:
  ///   - member: the id; nil for the staff.
  ///   - due: when the rule is to act.
  ///   - depth: how many effects of rules have led to it.
  ///   - data: what the log is to tell of its trigger.
  func add(
    rule: String, member: String?, key: String, due: Timestamp, depth: Int = 0, data: JSONObject? = nil
  ) throws {
    let statement = try database.prepare(
      """
      INSERT INTO rule_occurrences (rule_id, member_id, occurrence, state, due_at, depth, trigger_data)
      VALUES (?, ?, ?, 'waiting', ?, ?, ?) ON CONFLICT DO NOTHING
      """)
    try statement.bind(rule, at: 1)
    try statement.bind(member ?? "", at: 2)
    try statement.bind(key, at: 3)
    try statement.bind(due.description, at: 4)
    try statement.bind(depth, at: 5)
    try statement.bind(data.map { JSONWriter.string(.object($0)) }, at: 6)
    try statement.run()
  }

  /// Lets an occurrence wait for everybody for whom a condition over `members AS m` holds.
  func add(rule: String, everybody condition: SQLFragment, key: String, due: Timestamp) throws {
    try database.execute(
      """
      INSERT INTO rule_occurrences (rule_id, member_id, occurrence, state, due_at)
      SELECT ?, m.id, ?, 'waiting', ? FROM members AS m WHERE \(condition.sql) ORDER BY m.row_id
      ON CONFLICT DO NOTHING
      """, [.text(rule), .text(key), .text(due.description)] + condition.arguments)
  }

  /// A key that the rule has for nobody yet.
  func freshKey(rule: String, manual time: String) throws -> String {
    let key = WaitingOccurrence.key(manual: time)
    var (candidate, number) = (key, 1)
    while try has(candidate, rule) {
      number += 1
      candidate = "\(key) #\(number)"
    }
    return candidate
  }

  private func has(_ key: String, _ rule: String) throws -> Bool {
    try database.exists(
      "SELECT 1 FROM rule_occurrences WHERE rule_id = ? AND occurrence = ? LIMIT 1",
      [.text(rule), .text(key)]
    )
  }

  // MARK: Working off

  /// Whether anything waits that is due.
  /// - Parameter rule: the id of the only rule that counts; nil is any.
  func hasDue(at now: Timestamp, rule: String?) throws -> Bool {
    try !due(at: now, rule: rule, after: Position(), limit: 1).isEmpty
  }

  /// What is due, in the order in which it fell due.
  /// - Parameters:
  ///   - rule: the id of the only rule that counts; nil is any.
  ///   - key: the only key that counts; nil is any.
  ///   - position: where to go on.
  func due(
    at now: Timestamp, rule: String?, key: String? = nil, after position: Position, limit: Int
  ) throws -> [WaitingOccurrence] {
    var conditions = ["state = 'waiting'", "due_at <= ?", "(due_at, row_id) > (?, ?)"]
    var arguments: [SQLValue] = [.text(now.description), .text(position.dueAt), .int(position.row)]
    for (column, value) in [("rule_id", rule), ("occurrence", key)] {
      guard let value else { continue }
      conditions.append("+\(column) = ?")
      arguments.append(.text(value))
    }
    var rows: [WaitingOccurrence] = []
    try database.query(
      """
      SELECT row_id, rule_id, member_id, occurrence, due_at, attempts, depth, trigger_data
      FROM rule_occurrences INDEXED BY rule_occurrences_waiting
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY due_at, row_id LIMIT ?
      """, arguments + [.int(limit)]
    ) { row in
      let member = row.string(2)
      rows.append(
        WaitingOccurrence(
          row: row.integer(0), ruleID: row.string(1), memberID: member.isEmpty ? nil : member,
          key: row.string(3), dueAt: row.string(4), attempts: row.integer(5), depth: row.integer(6),
          data: row.text(7)))
    }
    return rows
  }

  /// Writes down what has become of an occurrence.
  /// - Parameter attempts: how many there were, this one included.
  func settle(_ occurrence: WaitingOccurrence, _ state: State, attempts: Int) throws {
    let statement = try database.prepare(
      "UPDATE rule_occurrences SET state = ?, attempts = ? WHERE row_id = ?")
    try statement.bind(state.rawValue, at: 1)
    try statement.bind(attempts, at: 2)
    try statement.bind(occurrence.row, at: 3)
    try statement.run()
  }
}
