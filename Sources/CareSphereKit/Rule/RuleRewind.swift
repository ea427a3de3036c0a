import SQLiteStore

/// Brings rules back that a clock which ran ahead has taken along: they count as judged up to a time that is still to
/// come, and would be silent until then. What they have done stands in the ledger, so that nothing happens twice; what
/// that clock had passed by comes round when it is due.
struct RuleRewind {
  private let database: Database
  private let now: Timestamp
  private let catchUp: Int

  /// - Parameters:
  ///   - now: the real time.
  ///   - catchUp: how long ago something may have fallen due, in seconds.
  init(_ database: Database, now: Timestamp, catchUp: Int) {
    self.database = database
    self.now = now
    self.catchUp = catchUp
  }

  /// How far ahead a rule may be judged. A clock that was wrong by less than what is made up for has passed nothing by.
  private var limit: Timestamp {
    ClockDrift.limit(now, tolerance: min(ClockDrift.tolerance, max(60, catchUp)))
  }

  /// Those of some rules that are ahead of the clock.
  func ahead(_ programs: [RuleProgram]) -> [RuleProgram] {
    programs.filter { $0.rule.judgedUntil > limit }
  }

  /// Whether there is anything to bring back.
  func isNeeded(_ programs: [RuleProgram]) throws -> Bool {
    if !ahead(programs).isEmpty { return true }
    let longest = programs.map(delay).max() ?? 0
    return try database.first(
      """
      SELECT 1 FROM rule_occurrences INDEXED BY rule_occurrences_waiting
      WHERE state = 'waiting' AND due_at > ? AND \(Self.isAtOnce)
        AND rule_id IN (SELECT id FROM automation_rules WHERE is_active = 1) LIMIT 1
      """, [.text(ClockDrift.limit(now, ahead: longest).description)]
    ) { _ in true } ?? false
  }

  /// Lets rules go on from where a right clock would have them. Call it within `Database.write`.
  /// - Returns: each rule with the moment from which it goes on
  func run(_ programs: [RuleProgram]) throws -> [(program: RuleProgram, from: Timestamp)] {
    for program in programs {
      let due = now.adding(seconds: delay(program)) ?? .max
      try database.execute(
        """
        UPDATE rule_occurrences SET due_at = ?
        WHERE state = 'waiting' AND due_at > ? AND rule_id = ? AND \(Self.isAtOnce)
        """,
        [
          .text(due.description), .text(ClockDrift.limit(now, ahead: delay(program)).description),
          .text(program.id),
        ])
    }
    return try ahead(programs).map { program in
      let start = try start(program)
      try database.execute(
        "UPDATE automation_rules SET judged_until = ? WHERE id = ?",
        [.text(start.description), .text(program.id)])
      return (program, start)
    }
  }

  /// What falls due at the moment that brings it about, or a delay after: an event, or somebody's call.
  private static let isAtOnce = "(occurrence GLOB 'event *' OR occurrence GLOB 'manual *')"

  private func delay(_ program: RuleProgram) -> Int {
    guard case .event(let trigger)? = program.trigger else { return 0 }
    return trigger.delay * 60
  }

  /// Up to where a rule has certainly been judged by a right clock: nothing before that may come again, and nothing
  /// after it may be lost, as far as it is made up for.
  private func start(_ program: RuleProgram) throws -> Timestamp {
    var known = [now.adding(seconds: -catchUp - 1) ?? .min]
    // A backup that was put back counts what was before as done.
    let restored = try database.first(
      "SELECT max(at) FROM audit_log WHERE command = 'restore' AND at <= ?", [.text(now.description)]
    ) { $0.text(0) }
    known += [restored].compactMap { $0.flatMap { $0 }.flatMap { Timestamp($0) } }
    if let changed = Timestamp(program.rule.updatedAt), changed <= now {
      known.append(changed)
    } else if case .event? = program.trigger {
      // It knows by number which events were before it.
    } else {
      known.append(now)
    }
    let last = try database.first(
      """
      SELECT max(due_at) FROM rule_occurrences
      WHERE rule_id = ? AND due_at <= ? AND NOT \(Self.isAtOnce)
      """, [.text(program.id), .text(now.description)]
    ) { $0.text(0) }
    known += [last].compactMap { $0.flatMap { $0 }.flatMap { Timestamp($0) } }
    return known.max() ?? now
  }
}
