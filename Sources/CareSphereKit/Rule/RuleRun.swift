import SQLiteStore
import TextFormats

/// Lets rules act: takes up what has come round, and works off what is due, each occurrence once, whatever becomes of
/// the run. A transaction holds some hundred effects with what is written down of them, so that a run that is killed
/// leaves each either done or waiting.
public final class RuleRun {
  private static let effectsAtOnce = 500
  /// What is kept in memory while rules act, in KiB: an effect touches a dozen indexes.
  private static let cache = 64_000

  /// Called with what was done, step by step.
  public var tell: (String) -> Void = { _ in }

  private let database: Database
  private let clock: Clock
  private let now: Timestamp
  private let agenda: RuleAgenda
  private let catchUp: Int
  private let ledger: RuleLedger
  private let programs: RulePrograms
  private let journal: RuleJournal
  private let step: RuleStep
  private let rewind: RuleRewind

  /// - Parameters:
  ///   - ids: gives the ids of new rows.
  ///   - actor: who runs them: the author of notes.
  ///   - provenance: how the changes are recorded; its time is the real one.
  ///   - clock: its effective time is the now of rules.
  /// - Throws: `DatabaseError`
  public init(
    _ database: Database, ids: UUIDv7Generator, actor: Actor, provenance: Provenance,
    configuration: Configuration, clock: Clock
  ) throws {
    self.database = database
    self.clock = clock
    now = clock.effective
    catchUp = configuration.rules.catchUp
    agenda = RuleAgenda(database, clock: clock, catchUp: catchUp)
    ledger = RuleLedger(database)
    programs = try RulePrograms(database, clock: clock)
    rewind = RuleRewind(database, now: clock.now, catchUp: catchUp)
    journal = RuleJournal(database, ids: ids, now: clock.now)
    step = RuleStep(
      database, journal: journal,
      effects: RuleEffects(
        database, ids: ids, actor: actor, provenance: provenance, configuration: configuration, clock: clock),
      messages: try RuleMessages(database, ids: ids, provenance: provenance, clock: clock))
  }

  // MARK: By the clock

  /// Lets all rules act that are due. Hold the ``RunLock`` of rules meanwhile, or a transaction around all of it.
  /// - Parameter rule: the only one that is to act; nil is all that are enabled.
  /// - Throws: `DatabaseError`; what was done before is kept.
  public func run(only rule: Rule? = nil) throws -> RuleReport {
    try programs.refresh()
    let isIdle = try database.read {
      try !agenda.hasAnything(chosen(rule)) && !ledger.hasDue(at: now, rule: rule?.id) && !isAhead()
    }
    if !isIdle { try work(rule) }
    return journal.report
  }

  private func chosen(_ rule: Rule?) -> [RuleProgram] {
    programs.enabled.filter { rule == nil || $0.id == rule?.id }
  }

  private func work(_ rule: Rule?) throws {
    try database.setCacheSize(kibibytes: Self.cache)
    try database.write {
      try programs.refresh()
      let hasGoneBack = try goBack()
      for missed in try agenda.takeTimes(chosen(rule), hasGoneBack: hasGoneBack, tell: tell) {
        try journal.miss(
          missed.program, reason: reason(missed: "fell due after \(missed.after), up to \(missed.upTo)"))
      }
    }
    while try database.write({ try takeEvents() }) { try stopIfInterrupted() }
    var position = RuleLedger.Position()
    while try workOff(rule: rule?.id, key: nil, &position) { try stopIfInterrupted() }
  }

  /// Whether a clock that was wrong has taken rules along. Who gives another time to judge by means it.
  private func isAhead() throws -> Bool {
    guard clock.asOf == nil else { return false }
    return try rewind.isNeeded(programs.enabled)
  }

  /// - Returns: whether there was anything to bring back
  private func goBack() throws -> Bool {
    guard try isAhead() else { return false }
    for (program, from) in try rewind.run(programs.enabled) {
      tell(
        "\(program.rule.name): judged ahead of the clock, up to \(program.rule.judgedUntil); goes on from \(from)"
      )
    }
    programs.forget()
    try programs.refresh()
    return true
  }

  private func takeEvents() throws -> Bool {
    try programs.refresh()
    return try agenda.takeEvents(programs.enabled)
  }

  /// Works off some of what is due, and takes up what that leads to.
  /// - Returns: whether there may be more
  private func workOff(rule: String?, key: String?, _ position: inout RuleLedger.Position) throws -> Bool {
    let start = position
    let (isMore, end) = try database.write {
      try programs.refresh()
      let due = try ledger.due(at: now, rule: rule, key: key, after: start, limit: Self.effectsAtOnce)
      var rest: [(WaitingOccurrence, RuleProgram)] = []
      for occurrence in due {
        guard let program = programs.find(occurrence.ruleID) else { continue }
        if try !leave(occurrence, program) { rest.append((occurrence, program)) }
      }
      try step.perform(rest)
      try journal.flush()
      if key == nil { while try agenda.takeEvents(programs.enabled) {} }
      let end = due.last.map { RuleLedger.Position(dueAt: $0.dueAt, row: $0.row) }
      // What the effects have led to comes after all that was due before.
      let isMore = try end.map { try !ledger.due(at: now, rule: rule, key: key, after: $0, limit: 1).isEmpty }
      return (isMore ?? false, end)
    }
    position = end ?? start
    tell("\(journal.report.evaluated) occurrences are dealt with")
    return isMore
  }

  // MARK: Too late

  private var missedRules: Set<String> = []

  /// Leaves what a machine that was off has let lie for too long; the log tells of it once for each rule.
  /// - Returns: whether it is left
  private func leave(_ occurrence: WaitingOccurrence, _ program: RuleProgram) throws -> Bool {
    guard occurrence.attempts == 0, !occurrence.isManual, occurrence.dueAt <= agenda.horizon.description
    else {
      return false
    }
    try journal.drop(occurrence)
    if missedRules.insert(program.id).inserted {
      try journal.miss(program, reason: reason(missed: "fell due at \(occurrence.dueAt)"))
    }
    return true
  }

  private func reason(missed what: String) -> String {
    "what \(what) was missed for more than \(DurationText.text(seconds: catchUp)) (rules.catchUp)"
  }

  private func stopIfInterrupted() throws {
    try database.checkInterrupted(while: "rules acted")
  }

  // MARK: By hand

  /// Lets a rule act at once, whether it is enabled or not. It is an occurrence of its own, so that what the rule does
  /// by itself comes round as ever.
  /// - Parameters:
  ///   - members: for whom; those for whom the conditions do not hold are skipped. Nil is everybody for whom they hold.
  /// - Throws: `CareError` where the conditions cannot be judged any more; `DatabaseError`
  public func execute(_ rule: Rule, for members: [Member]?) throws -> RuleReport {
    let key = try database.write {
      try programs.refresh()
      guard let program = programs.find(rule.id) else {
        throw CareError(.notFound, "the rule “\(rule.name)” has been deleted")
      }
      let key = try ledger.freshKey(rule: rule.id, manual: clock.now.description)
      if let members {
        for member in members { try ledger.add(rule: rule.id, member: member.id, key: key, due: now) }
      } else if program.isForStaff {
        try ledger.add(rule: rule.id, member: nil, key: key, due: now)
      } else {
        try ledger.add(rule: rule.id, everybody: try Self.matching(program), key: key, due: now)
      }
      return key
    }
    var position = RuleLedger.Position()
    while try workOff(rule: rule.id, key: key, &position) { try stopIfInterrupted() }
    return journal.report
  }

  /// How many people a rule would act for, if it was to act for all at once; nil where it acts once for the staff.
  /// - Throws: `CareError` where the conditions cannot be judged any more
  public func size(of rule: Rule) throws -> Int? {
    try programs.refresh()
    guard let program = programs.find(rule.id), !program.isForStaff else { return nil }
    let condition = try Self.matching(program)
    return try database.first(
      "SELECT count(*) FROM members AS m WHERE \(condition.sql)", condition.arguments
    ) { $0.integer(0) }
  }

  private static func matching(_ program: RuleProgram) throws -> SQLFragment {
    .all([SQLFragment("m.member_status <> 'archived'"), try program.condition() ?? .everybody])
  }
}
