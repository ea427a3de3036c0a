import Testing
import TextFormats

@testable import CareSphereKit

/// Shorthands, the body of the API, and what an update leaves alone.
@Suite struct RuleInputTests {
  private let fixture: RuleFixture

  init() throws { fixture = try RuleFixture() }

  private func values(
    _ trigger: TriggerType, _ action: ActionType, _ shorthands: [(RuleInput.Shorthand, JSONValue)],
    body: String = "{}"
  ) throws -> RuleValues {
    try RuleInput(
      flags: [
        (.name, "R"), (.triggerType, .string(trigger.rawValue)), (.actionType, .string(action.rawValue)),
      ],
      shorthands: shorthands.map { (shorthand: $0.0, value: $0.1) }, body: try JSONParser.parse(body)
    ).values(fixture.review)
  }

  @Test(
    arguments: [
      (
        TriggerType.event(.memberCreated), ActionType.addTag, [(.delay, 5), (.tag, "x")], #"{"delay":5}"#,
        #"{"tag":"x"}"#
      ),
      (
        .birthday, .removeTag, [(.offsetDays, -3), (.at, "09:00"), (.tag, "x")],
        #"{"offsetDays":-3,"at":"09:00"}"#, #"{"tag":"x"}"#
      ),
      (
        .schedule, .updateMember, [(.cron, "@daily"), (.set, ["city": "Lagos"])], #"{"cron":"@daily"}"#,
        #"{"set":{"city":"Lagos"}}"#
      ),
      (.event(.tagAdded), .addTag, [(.tag, "x")], "{}", #"{"tag":"x"}"#),
      (.event(.tagAdded), .addTag, [(.tag, "x"), (.triggerTag, "y")], #"{"tag":"y"}"#, #"{"tag":"x"}"#),
      (
        .event(.tagAdded), .updateMember, [(.tag, "x"), (.set, ["city": "a"])], #"{"tag":"x"}"#,
        #"{"set":{"city":"a"}}"#
      ),
      (
        .event(.tagAdded), .updateMember, [(.triggerTag, "x"), (.set, ["city": "a"])], #"{"tag":"x"}"#,
        #"{"set":{"city":"a"}}"#
      ),
    ] as [(TriggerType, ActionType, [(RuleInput.Shorthand, JSONValue)], String, String)])
  func aShorthandIsASetting(
    trigger: TriggerType, action: ActionType, shorthands: [(RuleInput.Shorthand, JSONValue)],
    triggerConfig: String,
    actionConfig: String
  ) throws {
    let values = try values(trigger, action, shorthands)
    #expect(JSONValue.object(values.triggerConfig) == (try JSONParser.parse(triggerConfig)))
    #expect(JSONValue.object(values.actionConfig) == (try JSONParser.parse(actionConfig)))
  }

  @Test func groupsAndTemplatesAreKeptByTheirIds() throws {
    let (youth, choir) = (try fixture.group("Youth").id, try fixture.group("Choir").id)
    let both = try values(.event(.groupJoined), .addToGroup, [(.group, "choir"), (.triggerGroup, "youth")])
    #expect(both.triggerConfig == ["group": .string(youth)] && both.actionConfig == ["group": .string(choir)])
    let one = try values(
      .event(.groupLeft), .addTag, [(.group, .string(String(youth.suffix(8)))), (.tag, "left")])
    #expect(one.triggerConfig == ["group": .string(youth)] && one.actionConfig == ["tag": "left"])
    let action = try values(.event(.groupJoined), .removeFromGroup, [(.group, "Youth")])
    #expect(action.triggerConfig.isEmpty && action.actionConfig == ["group": .string(youth)])
    let hello = try fixture.template("Hello").id
    for reference in ["hello", "Hello", hello, String(hello.suffix(8))] {
      let sent = try values(.birthday, .sendMessage, [(.template, .string(reference))])
      #expect(sent.actionConfig["templateId"] == .string(hello))
    }
    let typed = try values(.birthday, .sendMessage, [(.template, "Foot"), (.messageType, "in_app")])
    #expect(typed.actionConfig["messageType"] == "in_app")
  }

  @Test(
    arguments: [
      (
        RuleInput.Shorthand.delay, #"{"triggerConfig":{"delay":1},"actionConfig":{"tag":"x"}}"#,
        "triggerConfig.delay"
      ),
      (.tag, #"{"actionConfig":{"tag":"x"}}"#, "actionConfig.tag"),
      (.triggerTag, #"{"triggerConfig":{"tag":"x"}}"#, "triggerConfig.tag"),
    ])
  func aSettingGivenBothWaysIsAUsageError(shorthand: RuleInput.Shorthand, body: String, path: String) {
    let error = #expect(throws: CareError.self) {
      try values(.event(.tagAdded), .addTag, [(shorthand, "5")], body: body)
    }
    #expect(error?.code == .usage && error?.message.contains("\(path) is given twice") == true)
  }

  @Test func whatIsGivenTwiceIsAUsageError() {
    let shared = #expect(throws: CareError.self) {
      try values(
        .event(.tagAdded), .addNote, [(.tag, "x"), (.triggerTag, "y")],
        body: #"{"actionConfig":{"note":"n"}}"#)
    }
    #expect(shared?.code == .usage)
    for body in [#"{"triggerType":"birthday"}"#, #"{"trigger":"birthday"}"#, #"{"name":"S"}"#] {
      let error = #expect(throws: CareError.self) {
        try values(.event(.tagAdded), .addTag, [(.tag, "x")], body: body)
      }
      #expect(error?.code == .usage)
    }
    #expect(throws: CareError.self) {
      try RuleInput(flags: [(.conditions, "a"), (.conditions, JSONValue.object(JSONObject()))])
    }
  }

  @Test func aShorthandThatNeitherHasIsTold() throws {
    let error = #expect(throws: CareError.self) {
      try values(.birthday, .addNote, [(.tag, "x"), (.delay, 5)], body: #"{"actionConfig":{"note":"n"}}"#)
    }
    guard case .fields(let problems)? = error?.details else { return #expect(Bool(false), "no details") }
    #expect(Set(problems.map(\.field)) == ["actionConfig.tag", "triggerConfig.delay"])
  }

  // MARK: Updates

  private static let body = """
    {"name":"R","description":"d","triggerType":"birthday","triggerConfig":{"at":"09:00","offsetDays":-3},
     "actionType":"send_message","actionConfig":{"templateId":"Hello","messageType":"email"},
     "conditions":{"memberStatus":"active"},"isActive":true}
    """

  @Test func theBodyOfTheAPIIsTaken() throws {
    let values = try fixture.values(
      """
      {"name":"Welcome New Members","description":"Send welcome email","triggerType":"member_created",
       "triggerConfig":{"delay":0},"actionType":"send_message",
       "actionConfig":{"templateId":"Hello","messageType":"email"},"conditions":{"memberStatus":"active"},"isActive":true}
      """)
    #expect(
      values.triggerType == .event(.memberCreated) && values.actionType == .sendMessage && values.isActive)
    #expect(values.triggerConfig == ["delay": 0] && values.conditions == ["memberStatus": "active"])
    #expect(try values.filter() == Filter(.compare(.member(.memberStatus), .equal, "active")))
  }

  @Test func settingsAreMergedKeyByKey() throws {
    let before = try fixture.values(Self.body)
    let hello = JSONValue.string(try fixture.template("Hello").id)
    func after(_ body: String) throws -> RuleValues { try fixture.values(body, over: before) }
    #expect(try after("{}") == before)
    #expect(
      try after(#"{"triggerConfig":{"at":"08:00"}}"#).triggerConfig == ["at": "08:00", "offsetDays": -3])
    #expect(try after(#"{"triggerConfig":{"offsetDays":null}}"#).triggerConfig == ["at": "09:00"])
    #expect(try after(#"{"triggerType":"anniversary"}"#).triggerConfig == before.triggerConfig)
    #expect(try after(#"{"triggerType":"member_created"}"#).triggerConfig.isEmpty)
    let other = try after(#"{"triggerType":"date","triggerConfig":{"field":"joinDate"}}"#).triggerConfig
    #expect(other == ["at": "09:00", "offsetDays": -3, "field": "joinDate"])
    let texts = try after(#"{"actionConfig":{"content":"x","subject":"s"}}"#).actionConfig
    #expect(texts == ["messageType": "email", "content": "x", "subject": "s"])
    let typed = try after(#"{"actionConfig":{"messageType":null}}"#).actionConfig
    #expect(typed == ["templateId": hello])
    #expect(try after(#"{"actionType":"add_tag","actionConfig":{"tag":"x"}}"#).actionConfig == ["tag": "x"])
    #expect(try after(#"{"conditions":null}"#).conditions == nil)
    #expect(try after(#"{"conditions":{}}"#).conditions == nil)
    #expect(try after(#"{"conditions":"age > 3"}"#).conditions == ["where": "age > 3"])
    #expect(try after(#"{"where":""}"#).conditions == nil)
    #expect(try after(#"{"name":"S","description":null,"isActive":false}"#).description == nil)
  }

  @Test func anUpdateIsCheckedWithWhatStays() throws {
    let before = try fixture.values(Self.body)
    #expect(
      try fixture.problems(#"{"actionConfig":{"templateId":"Foot"}}"#, over: before).keys.sorted() == [
        "actionConfig.templateId"
      ])
    #expect(
      try fixture.problems(#"{"triggerConfig":{"delay":3}}"#, over: before).keys.sorted() == [
        "triggerConfig.delay"
      ])
    #expect(try fixture.problems(#"{"name":""}"#, over: before).keys.sorted() == ["name"])
    #expect(
      try fixture.problems(#"{"actionType":"add_tag"}"#, over: before).keys.sorted() == ["actionConfig.tag"])
  }

  @Test func detailsAreReadBack() throws {
    let rule = try fixture.add(Self.body)
    var trigger = DateTrigger(.dateOfBirth, skipsFirstYear: true)
    trigger.offsetDays = -3
    trigger.minuteOfDay = 540
    #expect(try rule.trigger() == .date(trigger))
    let hello = try fixture.template("Hello").id
    #expect(try rule.action() == .sendMessage(RuleMessage(.template(hello), type: .email)))
    let custom = try fixture.add(
      """
      {"name":"C","triggerType":"date","triggerConfig":{"field":"Custom.baptism date","repeat":{"everyDays":30,"times":12},
       "leapDay":"03-01"},"actionType":"update_member",
       "actionConfig":{"set":{"status":"inactive","custom.level":3,"notes":null,"city":"{{city}}!"}}}
      """)
    guard case .date(let date) = try custom.trigger() else { return #expect(Bool(false), "no date") }
    #expect(date.field == .custom("baptism date") && date.repetition == .every(days: 30, times: 12))
    #expect(date.leapDay == .march1 && !date.skipsFirstYear)
    guard case .updateMember(let update) = try custom.action() else {
      return #expect(Bool(false), "no update")
    }
    #expect(update.assignments.map(\.field) == ["memberStatus", "custom.level", "notes", "city"])
    let draft = try update.draft(values: MemberValues(clock: fixture.clock)) {
      $0 == "{{city}}!" ? "Lagos!" : $0
    }
    #expect(draft.memberStatus == .inactive && draft.city == "Lagos!" && draft.cleared == [.notes])
    #expect(draft.customFields == [CustomField(name: "level", value: 3)])
    #expect(throws: CareError.self) {
      try update.draft(values: MemberValues(clock: fixture.clock)) { _ in String(repeating: "x", count: 101) }
    }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
