import SQLiteStore
import TextFormats

/// A rule, read and ready to act.
final class RuleProgram {
  let rule: Rule
  /// Nil where what is stored is wrong; `action` says why.
  let trigger: RuleTrigger?
  private let readAction: Result<RuleAction, any Error>
  private let readCondition: Result<SQLFragment?, CareError>

  /// - Parameter compiler: compiles the conditions.
  /// - Throws: `DatabaseError`, which says nothing of the rule.
  init(_ rule: Rule, compiler: FilterCompiler) throws {
    self.rule = rule
    trigger = try? rule.trigger()
    readAction = Result { try rule.action() }
    do {
      readCondition = .success(try rule.filter().map { try compiler.compile($0) })
    } catch let error as CareError {
      readCondition = .failure(error)
    }
  }

  var id: String { rule.id }

  /// What it does.
  /// - Throws: `CareError(.validation)` where what is stored is wrong.
  func action() throws -> RuleAction { try readAction.get() }

  /// For whom it acts, over `members AS m`; nil is everybody.
  /// - Throws: `CareError` where the conditions name what is no longer there.
  func condition() throws(CareError) -> SQLFragment? { try readCondition.get() }

  /// Whether it acts once at a time, for the staff, and not for each member.
  var isForStaff: Bool {
    guard case .schedule? = trigger else { return false }
    return rule.values.actionType == .notifyUser
  }

  /// Whether who is archived can have brought it about: only where becoming archived is what it waits for.
  var hearsArchiving: Bool {
    guard case .event(let event)? = trigger else { return false }
    return event.to == .archived
  }
}

/// The rules that there are, read anew when another process has changed something.
final class RulePrograms {
  private let database: Database
  private let clock: Clock
  private var programs: [String: RuleProgram] = [:]
  private var version: Int?

  /// - Parameter clock: what relative times and ages in conditions count from.
  init(_ database: Database, clock: Clock) throws {
    self.database = database
    self.clock = clock
    try FilterFunctions.register(on: database)
  }

  /// Those that are enabled, the oldest first.
  private(set) var enabled: [RuleProgram] = []

  /// The program of a rule, enabled or not; nil where it has been deleted.
  func find(_ id: String) -> RuleProgram? { programs[id] }

  /// Lets the next `refresh` read them in any case: what this connection changes, it does not hear of.
  func forget() { version = nil }

  /// Reads what has changed. Call it at the beginning of a transaction.
  func refresh() throws {
    let version = try database.pragma("data_version")
    guard version != self.version else { return }
    let finder = GroupFinder(database)
    let compiler = FilterCompiler(clock: clock) { try finder.reference($0) }
    let rules = try RuleFinder(database).all()
    programs = Dictionary(try rules.map { ($0.id, try RuleProgram($0, compiler: compiler)) }) { first, _ in
      first
    }
    enabled = try RuleFinder(database).active().compactMap { programs[$0.id] }
    self.version = version
  }
}
