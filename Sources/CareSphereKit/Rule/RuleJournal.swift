import SQLiteStore
import TextFormats

/// Writes down what comes of occurrences: in the ledger, the log, the figures of rules, and the report of the run. Call
/// it within `Database.write`.
final class RuleJournal {
  /// How often an effect is tried in all.
  static let maximumAttempts = 3

  private(set) var report = RuleReport()
  private let database: Database
  private let ids: UUIDv7Generator
  private let now: Timestamp
  private let ledger: RuleLedger
  private let log: RuleLog
  private var tallies: [String: (succeeded: Int, failed: Int)] = [:]

  /// - Parameter now: the real time, with which everything is recorded.
  init(_ database: Database, ids: UUIDv7Generator, now: Timestamp) {
    self.database = database
    self.ids = ids
    self.now = now
    ledger = RuleLedger(database)
    log = RuleLog(database)
  }

  /// An effect has been had.
  /// - Parameter started: when the work on it began.
  func succeed(
    _ occurrence: WaitingOccurrence, _ program: RuleProgram, result: JSONObject,
    since started: ContinuousClock.Instant
  ) throws {
    try ledger.settle(occurrence, .done, attempts: occurrence.attempts + 1)
    try append(occurrence, program, .success, result: result, started: started)
    tallies[program.id, default: (0, 0)].succeeded += 1
  }

  /// An attempt has failed.
  /// - Parameter isFinal: whether trying again cannot help.
  func fail(
    _ occurrence: WaitingOccurrence, _ program: RuleProgram, reason: String, isFinal: Bool,
    since started: ContinuousClock.Instant
  ) throws {
    let attempts = occurrence.attempts + 1
    let isOver = isFinal || attempts >= Self.maximumAttempts
    try ledger.settle(occurrence, isOver ? .failed : .waiting, attempts: attempts)
    try append(occurrence, program, .failure, reason: reason, started: started)
    tallies[program.id, default: (0, 0)].failed += 1
  }

  /// There is to be no effect.
  func skip(
    _ occurrence: WaitingOccurrence, _ program: RuleProgram, reason: String, result: JSONObject? = nil,
    isGone: Bool = false
  ) throws {
    try ledger.settle(occurrence, .skipped, attempts: occurrence.attempts)
    try append(occurrence, program, .skipped, result: result, reason: reason, isGone: isGone)
  }

  /// There is to be no effect, and what is said of it is said once for all of its kind.
  func drop(_ occurrence: WaitingOccurrence) throws {
    try ledger.settle(occurrence, .skipped, attempts: occurrence.attempts)
  }

  /// A rule has missed something for too long.
  func miss(_ program: RuleProgram, reason: String) throws {
    try log.append(
      RuleLogEntry(
        ruleID: program.id, memberID: nil, occurrence: nil, status: .skipped, errorMessage: reason,
        executedAt: now), ids: ids)
    report.add(
      .init(
        ruleID: program.id, memberID: nil, occurrence: nil, action: program.rule.values.actionType,
        status: .skipped))
  }

  /// How long ago something began, rounded.
  static func milliseconds(since started: ContinuousClock.Instant) -> Int {
    Int((started.duration(to: .now) / .milliseconds(1)).rounded())
  }

  /// Brings the figures of the rules up to date. Call it at the end of each transaction.
  func flush() throws {
    for (rule, tally) in tallies {
      try database.execute(
        """
        UPDATE automation_rules SET run_count = run_count + ?, success_count = success_count + ?,
          failure_count = failure_count + ?, last_run_at = ?
        WHERE id = ?
        """,
        [
          .int(tally.succeeded + tally.failed), .int(tally.succeeded), .int(tally.failed),
          .text(now.description),
          .text(rule),
        ])
    }
    tallies = [:]
  }

  /// - Parameter isGone: whether the member is not there any more to be named.
  private func append(
    _ occurrence: WaitingOccurrence, _ program: RuleProgram, _ status: RuleLogStatus,
    result: JSONObject? = nil, reason: String? = nil, isGone: Bool = false,
    started: ContinuousClock.Instant? = nil
  ) throws {
    var data = JSONObject([
      ("triggerType", .string(program.rule.values.triggerType.rawValue)),
      ("dueAt", .string(occurrence.dueAt)),
    ])
    if let known = occurrence.data.flatMap({ JSONObject(parsing: $0) }) {
      for member in known.members { data[member.key] = member.value }
    }
    try log.append(
      RuleLogEntry(
        ruleID: program.id, memberID: isGone ? nil : occurrence.memberID, occurrence: occurrence.key,
        status: status, triggerData: data, actionResult: result, errorMessage: reason,
        executionTimeMs: started.map(Self.milliseconds), executedAt: now), ids: ids)
    report.add(
      .init(
        ruleID: program.id, memberID: occurrence.memberID, occurrence: occurrence.key,
        action: program.rule.values.actionType, status: status))
  }
}
