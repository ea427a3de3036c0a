import SQLiteStore
import TextFormats

/// Some hundred occurrences of one transaction: judged, carried out, written down.
final class RuleStep {
  /// How many effects of rules may follow from each other.
  private static let maximumDepth = 5

  private let database: Database
  private let journal: RuleJournal
  private let effects: RuleEffects
  private let messages: RuleMessages

  init(_ database: Database, journal: RuleJournal, effects: RuleEffects, messages: RuleMessages) {
    self.database = database
    self.journal = journal
    self.effects = effects
    self.messages = messages
  }

  /// Somebody to whom a message is to be queued.
  private struct Addressee {
    var occurrence: WaitingOccurrence
    var row: Int
    var id: String
  }

  /// What a rule sends in this step.
  private struct Sending {
    var program: RuleProgram
    var message: RuleMessage
    var to: [Addressee] = []
  }

  /// Carries out what is due, in its order; messages at the end, those of a rule together.
  func perform(_ due: [(WaitingOccurrence, RuleProgram)]) throws {
    effects.refresh()
    var sendings: [Sending] = []
    for (occurrence, program) in due {
      let started = ContinuousClock.now
      do {
        guard case .act(let row) = try judge(occurrence, program) else { continue }
        let action = try program.action()
        if case .sendMessage(let message) = action {
          guard let row, let id = occurrence.memberID else {
            throw CareError(.validation, "nobody is named to whom it could be sent")
          }
          let index =
            sendings.firstIndex { $0.program === program }
            ?? {
              sendings.append(Sending(program: program, message: message))
              return sendings.count - 1
            }()
          sendings[index].to.append(Addressee(occurrence: occurrence, row: row, id: id))
          continue
        }
        let result = try database.savepoint {
          let member = try row.flatMap { try MemberFinder(database).find(rowID: $0) }
          return try effects.perform(action, of: program.rule, for: member, depth: occurrence.depth)
        }
        try journal.succeed(occurrence, program, result: result, since: started)
      } catch {
        let failure = try Failure(error)
        try journal.fail(
          occurrence, program, reason: failure.reason, isFinal: failure.isFinal, since: started)
      }
    }
    for sending in sendings { try send(sending) }
  }

  private func send(_ sending: Sending) throws {
    let started = ContinuousClock.now
    do {
      let queued = try messages.queue(
        sending.message, of: sending.program.rule, to: sending.to.map { ($0.row, $0.id) })
      for (addressee, queued) in zip(sending.to, queued) {
        let result = JSONObject([("messageId", .string(queued.messageID))])
        if let reason = queued.skipReason {
          try journal.skip(addressee.occurrence, sending.program, reason: reason, result: result)
        } else {
          try journal.succeed(addressee.occurrence, sending.program, result: result, since: started)
        }
      }
    } catch {
      let failure = try Failure(error)
      for addressee in sending.to {
        try journal.fail(
          addressee.occurrence, sending.program, reason: failure.reason, isFinal: failure.isFinal,
          since: started)
      }
    }
  }

  // MARK: Judging

  private enum Judgement {
    /// For the member of this row; nil is for the staff.
    case act(row: Int?)
    case leave
  }

  /// Whether there is to be an effect; where not, that is written down with the reason.
  /// - Throws: `CareError` where the conditions cannot be judged any more
  private func judge(_ occurrence: WaitingOccurrence, _ program: RuleProgram) throws -> Judgement {
    func skip(_ reason: String, isGone: Bool = false) throws -> Judgement {
      try journal.skip(occurrence, program, reason: reason, isGone: isGone)
      return .leave
    }
    guard program.rule.values.isActive || occurrence.isManual else { return try skip("the rule is disabled") }
    if let event = occurrence.event, event <= program.rule.sinceEvent {
      return try skip("the rule was enabled or given another trigger after that")
    }
    guard occurrence.depth < Self.maximumDepth else {
      return try skip("stopped: \(Self.maximumDepth) effects of rules have led here one after the other")
    }
    guard let id = occurrence.memberID else {
      // Without a member there are the staff, or conditions that could not be judged.
      if !program.isForStaff { _ = try program.condition() }
      return .act(row: nil)
    }
    let condition = try isChosen(occurrence, program) ? nil : program.condition()
    let found = try database.first(
      """
      SELECT m.row_id, m.member_status = 'archived', \(condition?.sql ?? "1") FROM members AS m WHERE m.id = ?
      """, (condition?.arguments ?? []) + [.text(id)]
    ) { (row: $0.integer(0), isArchived: $0.bool(1), holds: $0.bool(2)) }
    guard let found else { return try skip("the member has been deleted", isGone: true) }
    guard !found.isArchived || program.hearsArchiving else { return try skip("the member is archived") }
    guard found.holds else { return try skip("the conditions do not hold") }
    return .act(row: found.row)
  }

  /// Whether the conditions have been judged: once, when it fell due, is for good. Those of a schedule have chosen for
  /// whom it acts.
  private func isChosen(_ occurrence: WaitingOccurrence, _ program: RuleProgram) -> Bool {
    if occurrence.attempts > 0 { return true }
    guard case .schedule? = program.trigger else { return false }
    return !occurrence.isManual
  }

  /// Why an attempt has failed.
  private struct Failure {
    var reason: String
    /// Whether it is a wrong value or something missing, which stays so.
    var isFinal: Bool

    /// - Throws: what is no matter of one effect alone
    init(_ error: any Error) throws {
      switch error {
      case let error as CareError:
        reason = error.reason
        isFinal = error.code == .validation || error.code == .notFound
      case let error as DatabaseError where [.unique, .foreignKey, .constraint].contains(error.kind):
        reason = "the database refused it: \(error.message)"
        isFinal = false
      default: throw error
      }
    }
  }
}
