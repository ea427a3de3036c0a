import Testing

@testable import CareSphereKit

/// A rule, a person, what happens in which order, and when the rule is to have acted.
struct RuleCase: Sendable, CustomTestStringConvertible {
  enum Step: Sendable {
    case run
    case born(String)
    case joined(String)
    case custom(String)
    case archive, activate, optOut, delete, act
    case disable, enable
    case configure(String)
    case tag(String)
    case rename
  }

  var name: String
  var zone = "UTC"
  var trigger = TriggerType.birthday
  var config = "{}"
  var condition: String?
  var action = ActionType.addNote
  var actionConfig = #"{"note":"noted"}"#
  var born: String?
  var joined: String?
  var custom: String?
  /// When the rule is made, and the person added.
  var ruleAt = "2026-01-01 00:00"
  var memberAt = "2025-12-01 00:00"
  var steps: [(String, Step)] = []
  /// When it acted, and for which occurrence: `TIME → KEY`.
  var acts: [String] = []

  var testDescription: String { name }

  /// - Parameters:
  ///   - runs: moments of runs, besides the steps.
  ///   - acts: as the property has it.
  init(
    _ name: String, _ trigger: TriggerType = .birthday, _ config: String = "{}", zone: String = "UTC",
    born: String? = nil, joined: String? = nil, custom: String? = nil, runs: [String] = [],
    steps: [(String, Step)] = [], acts: [String] = [], with change: (inout RuleCase) -> Void = { _ in }
  ) {
    self.name = name
    self.trigger = trigger
    self.config = config
    self.zone = zone
    self.born = born
    self.joined = joined
    self.custom = custom
    self.steps = runs.map { ($0, .run) } + steps
    self.acts = acts
    change(&self)
  }

  /// Lets it all happen in the order of time.
  /// - Returns: when the rule acted, as `acts` has it
  func play() throws -> [String] {
    let world = try RuleWorld(zone: zone, now: min(ruleAt, memberAt))
    var rule: Rule?
    var member: String?
    var happened: [String] = []
    let beginning: [(String, () throws -> Void)] = [
      (memberAt, { member = try add(world) }),
      (
        ruleAt,
        {
          rule = try world.rule(trigger, config, does: action, actionConfig, where: condition)
        }
      ),
    ]
    let ordered = try beginning.sorted { try world.moment($0.0) < world.moment($1.0) }
    for (time, body) in ordered {
      world.now = try world.moment(time)
      try body()
    }
    let id = try #require(member)
    let made = try #require(rule)
    for (time, step) in steps {
      world.now = try world.moment(time)
      if case .run = step {
        for effect in try world.run().effects where effect.status == .success {
          happened.append("\(time) → \(effect.occurrence ?? "")")
        }
      } else {
        try take(step, world, made, id)
      }
    }
    return happened
  }

  private func add(_ world: RuleWorld) throws -> String {
    try world.member {
      $0.dateOfBirth = born
      $0.joinDate = joined
      if let custom { $0.customFields = [CustomField(name: "day", value: .string(custom))] }
    }
  }

  private func take(_ step: Step, _ world: RuleWorld, _ rule: Rule, _ id: String) throws {
    switch step {
    case .run: break
    case .born(let date): try world.update(id) { $0.dateOfBirth = date }
    case .joined(let date): try world.update(id) { $0.joinDate = date }
    case .custom(let text):
      try world.update(id) { $0.customFields = [CustomField(name: "day", value: .string(text))] }
    case .archive: try world.update(id) { $0.memberStatus = .archived }
    case .activate: try world.update(id) { $0.memberStatus = .active }
    case .optOut:
      let member = try world.find(id)
      try world.database.write { try world.members().decide(.out, .email, by: member, reason: nil) }
    case .delete:
      let member = try world.find(id)
      try world.database.write { try world.members().delete(member) }
    case .act:
      let member = try world.find(id)
      _ = try world.database.write {
        try ActivityStore(world.database).add(
          type: "visit", description: nil, metadata: nil, to: member, by: world.actor, ids: world.ids,
          provenance: world.provenance())
      }
    case .disable: try world.setActive(false, rule)
    case .enable: try world.setActive(true, rule)
    case .configure(let config): try world.configure(rule, trigger: config)
    case .tag(let tag): try world.tag(id, tag)
    case .rename: try world.edit(rule) { $0.name = "renamed" }
    }
  }
}
