import Testing

@testable import CareSphereKit

/// What rules need does not go without a word.
@Suite struct RuleNeedsTests {
  private let fixture: RuleFixture

  init() throws { fixture = try RuleFixture() }

  private func release(_ need: RuleNeed, force: Bool = false) throws -> [String] {
    try fixture.database.write {
      try RuleNeeds(fixture.database, ids: fixture.ids, provenance: fixture.provenance())
        .release(need, force: force).map(\.name)
    }
  }

  private func add(_ name: String, _ trigger: String, _ action: String, conditions: String = "null") throws {
    _ = try fixture.add(#"{"name":"\#(name)",\#(trigger),\#(action),"conditions":\#(conditions)}"#)
  }

  private static let anybody = #""triggerType":"member_created""#
  private static let tag = #""actionType":"add_tag","actionConfig":{"tag":"x"}"#

  private func expect(
    _ need: RuleNeed, isNeededBy names: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = #expect(throws: CareError.self, sourceLocation: sourceLocation) { try release(need) }
    guard let error, case .fields(let rules) = error.details else {
      Issue.record("no details", sourceLocation: sourceLocation)
      return
    }
    #expect(error.code == .conflict, sourceLocation: sourceLocation)
    #expect(rules.map(\.reason) == names, sourceLocation: sourceLocation)
    for name in names { #expect(error.message.contains("“\(name)”"), sourceLocation: sourceLocation) }
  }

  @Test func aTemplateAndItsPartials() throws {
    try add("A", Self.anybody, #""actionType":"send_message","actionConfig":{"templateId":"Hello"}"#)
    try add("B", Self.anybody, #""actionType":"send_message","actionConfig":{"content":"{{> foot}}"}"#)
    try add(
      "C", Self.anybody, #""actionType":"add_note","actionConfig":{"note":"{{#city}}{{> Ping}}{{/city}}"}"#)
    try expect(.template(try fixture.template("Hello")), isNeededBy: ["A"])
    try expect(.template(try fixture.template("Foot")), isNeededBy: ["A", "B"])
    try expect(.template(try fixture.template("Ping")), isNeededBy: ["C"])
    #expect(try release(.template(try fixture.template("Chat"))).isEmpty)
  }

  @Test func aGroupInTriggerActionAndConditions() throws {
    let joined = #""triggerType":"group_joined","triggerConfig":{"group":"Youth"}"#
    try add("Trigger", joined, Self.tag)
    try add("Action", Self.anybody, #""actionType":"remove_from_group","actionConfig":{"group":"Youth"}"#)
    try add("Where", Self.anybody, Self.tag, conditions: #""not (group in (Choir, youth)) and age > 3""#)
    try add("Map", Self.anybody, Self.tag, conditions: #"{"group":["Youth"]}"#)
    try expect(.group(try fixture.group("Youth")), isNeededBy: ["Action", "Map", "Trigger", "Where"])
    try expect(.group(try fixture.group("Choir")), isNeededBy: ["Where"])
    #expect(try release(.group(try fixture.group("Grown-ups"))).isEmpty)
  }

  @Test func aUserAndAMessage() throws {
    let notify = #""actionType":"notify_user","actionConfig":{"user":"ada@grace.example","note":"x"}"#
    try add("N", #""triggerType":"message_opened","triggerConfig":{"message":"News"}"#, notify)
    let user = try UserStore(fixture.database, now: fixture.clock.now).resolve("ada@grace.example")
    try expect(.user(user), isNeededBy: ["N"])
    try expect(.message(try MessageFinder(fixture.database).resolve("News")), isNeededBy: ["N"])
    #expect(try release(.user(user), force: true) == ["N"])
    #expect(try RuleFinder(fixture.database).resolve("N").values.isActive == false)
    // It is needed still, but there is nothing left to disable.
    try expect(.user(user), isNeededBy: ["N"])
    #expect(try release(.user(user), force: true).isEmpty)
  }

  @Test func aGroupInConditionsKeepsItsName() throws {
    try add("Where", Self.anybody, Self.tag, conditions: #""group = Youth""#)
    let finder = GroupFinder(fixture.database)
    let compiler = FilterCompiler(clock: fixture.clock) { try finder.reference($0) }
    let needs = RuleNeeds(fixture.database, ids: fixture.ids, provenance: fixture.provenance())
    for (old, new, isRefused) in [("Youth", "Teens", true), ("Choir", "Singers", false)] {
      func rename() throws {
        try fixture.database.write {
          let group = try fixture.group(old)
          var values = group.values
          values.name = new
          _ = try needs.keepingSound(compiler) { try fixture.groups.update(group, to: values) }
        }
      }
      if isRefused {
        let error = #expect(throws: CareError.self) { try rename() }
        #expect(error?.code == .conflict && error?.message.contains("“Where”") == true)
      } else {
        try rename()
      }
    }
  }
}
