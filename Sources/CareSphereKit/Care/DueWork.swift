import SQLiteStore

/// What waits for cron to come by: messages, recipients, effects of rules. It looks things up by indexes, and at people
/// only where a rule's day has come.
public struct DueWork: Sendable {
  /// After how many seconds what waits says that cron does not run.
  private static let patience = 86_400

  /// Scheduled messages whose time has come.
  public var messages = 0
  /// Recipients who are due.
  public var recipients = 0
  /// Effects that rules are to have by now.
  public var effects = 0
  /// Events that no run has taken up for the rules that listen.
  public var events = 0
  /// Rules whose date, schedule or inactivity has come round for somebody.
  public var rules = 0
  /// Since when the oldest of all these waits; nil where none does.
  public var oldest: String?
  /// Rules and recipients whose time a clock that ran ahead has put where the next run has to fetch them from.
  public var ahead = 0
  /// Whether something has waited for a day.
  public var isOverdue = false

  /// Looks at a database. Call it within `Database.read`.
  public init(_ database: Database, configuration: Configuration, clock: Clock) throws {
    let now = clock.effective
    func take(_ sql: String, _ arguments: [SQLValue], into count: WritableKeyPath<DueWork, Int>) throws {
      let found = try database.first(sql, arguments) { ($0.integer(0), $0.text(1)) }
      guard let (number, earliest) = found else { return }
      self[keyPath: count] = number
      if let earliest { oldest = min(oldest ?? earliest, earliest) }
    }
    try take(
      "SELECT count(*), min(scheduled_for) FROM messages WHERE status = 'scheduled' AND scheduled_for <= ?",
      [.text(now.description)], into: \.messages)
    try take(
      """
      SELECT count(*), min(r.next_attempt_at) FROM messages AS m CROSS JOIN message_recipients AS r
      WHERE m.status = 'sending' AND r.message_id = m.id AND r.status = 'pending' AND r.next_attempt_at <= ?
      """, [.text(now.description)], into: \.recipients)
    try take(
      """
      SELECT count(*), min(o.due_at) FROM rule_occurrences AS o INDEXED BY rule_occurrences_waiting
      WHERE o.state = 'waiting' AND o.due_at <= ?
      """, [.text(now.description)], into: \.effects)
    try take(
      """
      SELECT count(*), min(e.at) FROM rule_events AS e WHERE e.row_id > ?
        AND EXISTS (SELECT 1 FROM automation_rules AS r WHERE r.is_active = 1 AND r.trigger_type = e.event)
      """, [.int(try RuleAgenda.lastEvent(database))], into: \.events)
    ahead =
      try database.first(
        """
        SELECT count(*) FROM messages AS m CROSS JOIN message_recipients AS r
        WHERE m.status = 'sending' AND r.message_id = m.id AND r.status = 'pending' AND r.next_attempt_at > ?
        """, [.text(RetrySchedule(configuration.delivery).limit(clock.now).description)]
      ) { $0.integer(0) } ?? 0
    try look(at: database, configuration, clock)
    let horizon = now.adding(seconds: -Self.patience) ?? .min
    isOverdue = oldest.map { $0 <= horizon.description } ?? false
  }

  private mutating func look(at database: Database, _ configuration: Configuration, _ clock: Clock) throws {
    let programs = try RulePrograms(database, clock: clock)
    try programs.refresh()
    ahead +=
      RuleRewind(database, now: clock.now, catchUp: configuration.rules.catchUp)
      .ahead(programs.enabled).count
    let agenda = RuleAgenda(database, clock: clock, catchUp: 0)
    for program in programs.enabled {
      let start = program.rule.judgedUntil
      guard let due = try agenda.firstMissed(program, after: start, upTo: clock.effective)?.description else {
        continue
      }
      rules += 1
      oldest = min(oldest ?? due, due)
    }
  }
}
