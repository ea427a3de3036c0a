import SQLiteStore
import TextFormats

/// Finds what has come round since the last run, and lets it wait in the ledger.
struct RuleAgenda {
  /// What fell due for so long ago that it is left.
  struct Missed {
    var program: RuleProgram
    var after: Timestamp
    var upTo: Timestamp
  }

  /// How many events are taken up in one transaction.
  private static let eventsAtOnce = 5_000

  private let database: Database
  private let zone: Zone
  private let now: Timestamp
  /// The real time, after which nothing has happened yet.
  private let present: Timestamp
  /// What fell due before that is left.
  let horizon: Timestamp
  private let ledger: RuleLedger

  /// - Parameter catchUp: how long ago something may have fallen due, in seconds.
  init(_ database: Database, clock: Clock, catchUp: Int) {
    self.database = database
    zone = clock.zone
    now = clock.effective
    present = clock.now
    // What fell due just so long ago still counts.
    horizon = now.adding(seconds: -catchUp - 1) ?? .min
    ledger = RuleLedger(database)
  }

  // MARK: Looking

  /// Whether anything is to be taken up. It reads only, and not more than that takes.
  func hasAnything(_ programs: [RuleProgram]) throws -> Bool {
    let cursor = try self.cursor()
    let hasEvent = try database.exists("SELECT 1 FROM rule_events WHERE row_id > ? LIMIT 1", [.int(cursor)])
    return try hasEvent || programs.contains(where: isDue)
  }

  /// Whether a moment lies between what was judged and now at which the rule could act.
  private func isDue(_ program: RuleProgram) throws -> Bool {
    let start = program.rule.judgedUntil
    switch program.trigger {
    case .date(let trigger): return !trigger.dueDays(after: start, upTo: now, in: zone).isEmpty
    case .schedule(let schedule): return schedule.latest(after: start, upTo: now, in: zone) != nil
    case .inactivity(let days):
      return try RuleInactivity(database, days: days).hasCandidates(after: start, upTo: now)
    case .event, nil: return false
    }
  }

  // MARK: Times

  /// Takes up what dates, schedules and inactivity bring. Call it within `Database.write`.
  /// - Parameters:
  ///   - hasGoneBack: whether a clock that ran ahead was found to be right again only now. Who was added meanwhile counts
  ///     as added now, and from then on as there, though their record says that it is of a time still to come.
  ///   - tell: called with what was found, step by step.
  /// - Returns: what was missed for too long
  func takeTimes(
    _ programs: [RuleProgram], hasGoneBack: Bool = false, tell: (String) -> Void
  ) throws -> [Missed] {
    let newest = hasGoneBack ? .max : ClockDrift.limit(present)
    var missed: [Missed] = []
    for program in programs where try isDue(program) {
      let start = program.rule.judgedUntil
      let first = max(start, horizon)
      if start < horizon, try hasMissed(program, after: start, upTo: min(horizon, now)) {
        missed.append(Missed(program: program, after: start, upTo: min(horizon, now)))
      }
      if first < now { try take(program, after: first, newest: newest, tell) }
      try database.execute(
        "UPDATE automation_rules SET judged_until = ? WHERE id = ?",
        [.text(now.description), .text(program.id)])
    }
    return missed
  }

  /// Whether something fell due between two moments.
  func hasMissed(
    _ program: RuleProgram, after start: Timestamp, upTo end: Timestamp
  ) throws -> Bool {
    switch program.trigger {
    case .date(let trigger):
      return try RuleDates(database, zone: zone, newest: ClockDrift.limit(present))
        .hasAny(trigger, after: start, upTo: end)
    case .schedule(let schedule): return schedule.latest(after: start, upTo: end, in: zone) != nil
    case .inactivity(let days):
      var isAny = false
      try RuleInactivity(database, days: days).quiet(after: start, upTo: end) { _ in isAny = true }
      return isAny
    case .event, nil: return false
    }
  }

  /// When the first of what fell due between two moments did; nil where nothing did.
  func firstMissed(
    _ program: RuleProgram, after start: Timestamp, upTo end: Timestamp
  ) throws -> Timestamp? {
    guard start < end, try hasMissed(program, after: start, upTo: end) else { return nil }
    // Halving asks for no more than whether there is anything, which indexes can tell.
    var (before, at) = (start.secondsSinceEpoch, end.secondsSinceEpoch)
    while at - before > 1, let middle = Timestamp(secondsSinceEpoch: before + (at - before) / 2) {
      if try hasMissed(program, after: start, upTo: middle) {
        at = middle.secondsSinceEpoch
      } else {
        before = middle.secondsSinceEpoch
      }
    }
    return Timestamp(secondsSinceEpoch: at)
  }

  private func take(
    _ program: RuleProgram, after start: Timestamp, newest: Timestamp, _ tell: (String) -> Void
  ) throws {
    switch program.trigger {
    case .date(let trigger):
      let started = ContinuousClock.now
      var found: [RuleDates.Coming] = []
      try RuleDates(database, zone: zone, newest: newest).coming(trigger, after: start, upTo: now) {
        found.append($0)
      }
      tell(
        "\(program.rule.name): found \(found.count) whose day has come in "
          + "\(RuleJournal.milliseconds(since: started)) ms")
      for coming in found {
        try ledger.add(
          rule: program.id, member: coming.memberID, key: coming.occurrence.key, due: coming.occurrence.due,
          data: JSONObject([("date", .string(coming.date))]))
      }
    case .schedule(let schedule):
      guard let due = schedule.latest(after: start, upTo: now, in: zone) else { return }
      try take(program, at: due, newest: newest)
    case .inactivity(let days):
      try RuleInactivity(database, days: days).quiet(after: start, upTo: now) { quiet in
        try ledger.add(
          rule: program.id, member: quiet.memberID, key: quiet.since.description, due: quiet.due,
          data: JSONObject([("lastActivityAt", .string(quiet.since.description))]))
      }
    case .event, nil: return
    }
  }

  /// Takes up the fire time of a schedule: the conditions choose for whom. Where they cannot be judged any more, the
  /// rule waits once, as if for the staff, and fails with the reason.
  private func take(_ program: RuleProgram, at due: Timestamp, newest: Timestamp) throws {
    let key = due.description
    guard !program.isForStaff, let condition = try? program.condition() ?? .everybody else {
      return try ledger.add(rule: program.id, member: nil, key: key, due: due)
    }
    let everybody = SQLFragment(
      "m.member_status <> 'archived' AND NOT (m.created_at > ? AND m.created_at <= ?) AND \(condition.sql)",
      [.text(key), .text(newest.description)] + condition.arguments)
    try ledger.add(rule: program.id, everybody: everybody, key: key, due: due)
  }

  // MARK: Events

  /// Takes up events for the rules that listen. Call it within `Database.write`.
  /// - Returns: whether there may be more of them
  func takeEvents(_ programs: [RuleProgram]) throws -> Bool {
    let cursor = try self.cursor()
    let events = try self.events(after: cursor)
    guard let last = events.last else { return false }
    var listeners: [RuleEventType: [(RuleProgram, EventTrigger)]] = [:]
    for program in programs {
      if case .event(let trigger)? = program.trigger {
        listeners[trigger.event, default: []].append((program, trigger))
      }
    }
    for event in events {
      for (program, trigger) in listeners[event.type] ?? [] where trigger.matches(event) {
        // A rule does not act on what was before it was made, enabled or given this trigger.
        guard event.row > program.rule.sinceEvent, event.at >= program.rule.judgedUntil,
          let due = min(event.at, present).adding(seconds: trigger.delay * 60)
        else { continue }
        try ledger.add(
          rule: program.id, member: event.memberID, key: WaitingOccurrence.key(event: event.row), due: due,
          depth: event.depth, data: event.data)
      }
    }
    try Self.setCursor(last.row, database)
    return events.count == Self.eventsAtOnce
  }

  /// Remembers up to which event they have been taken up.
  static func setCursor(_ row: Int, _ database: Database) throws {
    try Settings(database).set(.lastRuleEvent, String(row))
  }

  private func cursor() throws -> Int { try Self.lastEvent(database) }

  /// The row of the last event that has been taken up.
  static func lastEvent(_ database: Database) throws -> Int {
    try Settings(database).value(.lastRuleEvent).flatMap { Int($0) } ?? 0
  }

  private func events(after row: Int) throws -> [RuleEvent] {
    var events: [RuleEvent] = []
    try database.query(
      """
      SELECT row_id, event, member_id, at, detail, depth FROM rule_events WHERE row_id > ?
      ORDER BY row_id LIMIT ?
      """, [.int(row), .int(Self.eventsAtOnce)]
    ) { if let event = RuleEvent(row: $0) { events.append(event) } }
    return events
  }
}
