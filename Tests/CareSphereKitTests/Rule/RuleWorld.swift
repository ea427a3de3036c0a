import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// A database with rules and people, and a clock that a test moves.
final class RuleWorld {
  let fixture: UserFixture
  let zone: Zone
  let actor: Actor
  var now: Timestamp
  var catchUp = 259_200
  private var names = 0

  var database: Database { fixture.database }
  var ids: UUIDv7Generator { fixture.ids }

  /// - Parameters:
  ///   - zone: the organization's.
  ///   - now: as `moment` takes it.
  init(zone: String = "UTC", now: String = "2026-01-01 00:00") throws {
    fixture = try UserFixture()
    self.zone = try Zone(named: zone)
    self.now = try TimeExpression(now).timestamp(now: .min, zone: self.zone)
    actor = fixture.actor(try fixture.add("ada", role: .admin))
  }

  /// A moment: RFC 3339, or `YYYY-MM-DD HH:MM` in the zone.
  func moment(_ text: String) throws -> Timestamp { try TimeExpression(text).timestamp(now: now, zone: zone) }

  func provenance(_ command: String = "test") -> Provenance {
    Provenance(actorID: actor.id, actor: "test", command: command, at: now)
  }

  // MARK: Rules

  private static func object(_ text: String) throws -> JSONObject {
    guard case .object(let object) = try JSONParser.parse(text) else { throw Problem() }
    return object
  }

  private struct Problem: Error {}

  var rules: RuleStore { RuleStore(database, ids: ids, provenance: provenance()) }

  /// Adds a rule, which writes a note unless told otherwise.
  @discardableResult
  func rule(
    _ trigger: TriggerType, _ config: String = "{}", does action: ActionType = .addNote,
    _ actionConfig: String = #"{"note":"noted"}"#, where expression: String? = nil
  ) throws -> Rule {
    names += 1
    var values = RuleValues(
      name: "rule \(names)", trigger: trigger, try Self.object(config), action: action,
      try Self.object(actionConfig))
    if let expression { values.conditions = JSONObject([("where", .string(expression))]) }
    return try database.write { try rules.add(values) }
  }

  func current(_ rule: Rule) throws -> Rule { try #require(try RuleFinder(database).find(id: rule.id)) }

  func edit(_ rule: Rule, _ change: (inout RuleValues) throws -> Void) throws {
    let rule = try current(rule)
    var values = rule.values
    try change(&values)
    _ = try database.write { try rules.update(rule, to: values) }
  }

  func configure(_ rule: Rule, trigger config: String) throws {
    try edit(rule) { $0.triggerConfig = try Self.object(config) }
  }

  func setActive(_ isActive: Bool, _ rule: Rule) throws {
    let rule = try current(rule)
    _ = try database.write { try rules.setActive(isActive, rule) }
  }

  // MARK: People

  func members() throws -> MemberStore { try MemberStore(database, ids: ids, provenance: provenance()) }

  /// Adds somebody.
  @discardableResult
  func member(_ name: String = "Bola", groups: [String] = [], _ fill: (inout MemberDraft) -> Void = { _ in })
    throws
    -> String
  {
    var draft = MemberDraft()
    draft.firstName = name
    draft.lastName = "Obi"
    draft.email = "\(name.lowercased())@example.org"
    fill(&draft)
    return try database.write { try members().add(draft, groups: groups) }
  }

  func find(_ id: String) throws -> Member { try #require(try members().first("m.id = ?", id)) }

  /// Changes somebody as `member update` does.
  func update(_ id: String, _ fill: (inout MemberDraft) -> Void) throws {
    var draft = MemberDraft()
    fill(&draft)
    let member = try find(id)
    _ = try database.write {
      try members().apply(MemberChange(draft, of: member, tags: .replace), to: member)
    }
  }

  func tag(_ id: String, _ tags: String...) throws { try update(id) { $0.tags = tags } }

  func group(_ name: String) throws -> Group {
    try database.write {
      try GroupStore(database, ids: ids, provenance: provenance()).add(GroupValues(name: name))
    }
  }

  // MARK: Running

  func makeRun(_ command: String = "rule run") throws -> RuleRun {
    var configuration = Configuration()
    configuration.rules.catchUp = catchUp
    return try RuleRun(
      database, ids: ids, actor: actor, provenance: provenance(command), configuration: configuration,
      clock: Clock(now: now, zone: zone))
  }

  @discardableResult
  func run(only rule: Rule? = nil) throws -> RuleReport { try makeRun().run(only: rule) }

  /// Moves the clock, then runs.
  @discardableResult
  func run(at time: String) throws -> RuleReport {
    now = try moment(time)
    return try run()
  }

  // MARK: Looking

  func count(_ sql: String) throws -> Int {
    try database.first("SELECT count(*) FROM \(sql)") { $0.integer(0) } ?? -1
  }

  func texts(_ sql: String) throws -> [String] {
    var texts: [String] = []
    try database.query(sql) { texts.append($0.string(0)) }
    return texts
  }

  /// Status and reason of each entry, in their order.
  func log() throws -> [String] {
    try texts(
      "SELECT status || coalesce(': ' || error_message, '') FROM automation_logs ORDER BY row_id")
  }
}
