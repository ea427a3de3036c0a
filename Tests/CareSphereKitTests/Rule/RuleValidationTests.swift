import Testing
import TextFormats

@testable import CareSphereKit

/// What is wrong with a rule is found when it is written, all of it at once, each with its JSON path.
@Suite struct RuleValidationTests {
  private let fixture: RuleFixture

  init() throws { fixture = try RuleFixture() }

  /// A body with this trigger, or this action, and nothing wrong beside.
  private static func body(trigger: String, _ config: String) -> String {
    #"{"name":"R","triggerType":"\#(trigger)","triggerConfig":\#(config),"actionType":"add_tag","actionConfig":{"tag":"x"}}"#
  }

  private static func body(action: String, _ config: String) -> String {
    #"{"name":"R","triggerType":"member_created","actionType":"\#(action)","actionConfig":\#(config)}"#
  }

  private static func body(conditions: String) -> String {
    #"{"name":"R","triggerType":"member_created","actionType":"add_tag","actionConfig":{"tag":"x"},"conditions":\#(conditions)}"#
  }

  private func expect(
    _ body: String, _ path: String, _ words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let problems = try fixture.problems(body)
    #expect(problems.keys.sorted() == [path], "\(problems)", sourceLocation: sourceLocation)
    #expect(problems[path]?.contains(words) == true, "\(problems)", sourceLocation: sourceLocation)
  }

  @Test(
    arguments: [
      ("member_created", #"{"delay":-1}"#, "delay", "from 0 to"),
      ("member_created", #"{"delay":"5"}"#, "delay", "“5”"),
      ("member_created", #"{"delay":1.5}"#, "delay", "1.5"),
      ("member_created", #"{"delay":true}"#, "delay", "true"),
      ("member_created", #"{"delay":99999999999999999999}"#, "delay", "whole number"),
      ("member_created", #"{"dealy":1}"#, "dealy", "did you mean delay?"),
      (
        "member_created", #"{"group":"Youth"}"#, "group",
        "is no setting of the trigger member_created; it has delay"
      ),
      ("member_updated", #"{"fields":"city"}"#, "fields", "list"),
      ("member_updated", #"{"fields":["citty"]}"#, "fields.0", "city"),
      ("member_updated", #"{"fields":["city",3]}"#, "fields.1", "3"),
      ("member_updated", #"{"fields":["age"]}"#, "fields.0", "dateOfBirth"),
      ("member_updated", #"{"fields":["groups"]}"#, "fields.0", "group_joined"),
      ("member_updated", #"{"fields":["custom."]}"#, "fields.0", "no field"),
      ("status_changed", #"{"to":"inactiv"}"#, "to", "did you mean inactive?"),
      ("status_changed", #"{"from":1}"#, "from", "1, none of"),
      ("status_changed", #"{"from":"active","to":"active"}"#, "to", "no change"),
      ("group_joined", #"{"group":"Yuoth"}"#, "group", "did you mean “Youth”?"),
      ("group_left", #"{"group":"Grown-ups"}"#, "group", "filter"),
      ("group_joined", #"{"group":7}"#, "group", "text"),
      ("group_joined", #"{"group":""}"#, "group", "empty"),
      ("tag_added", #"{"tag":"a,b"}"#, "tag", "“,”"), ("tag_added", #"{"tag":["a"]}"#, "tag", "a list"),
      ("message_opened", #"{"message":"Newz"}"#, "message", "News"),
      ("message_failed", #"{"mesage":"News"}"#, "mesage", "did you mean message?"),
      ("birthday", #"{"offsetDays":"1"}"#, "offsetDays", "“1”"),
      ("birthday", #"{"offsetDays":40000}"#, "offsetDays", "36525"),
      ("birthday", #"{"offsetdays":1}"#, "offsetdays", "did you mean offsetDays?"),
      ("birthday", #"{"at":"24:00"}"#, "at", "“24:00”"), ("birthday", #"{"at":"9:00"}"#, "at", "09:00"),
      ("birthday", #"{"at":9}"#, "at", "text"),
      ("birthday", #"{"at":"09:60"}"#, "at", "time of day"),
      ("birthday", #"{"at":"٠٩:٠٠"}"#, "at", "time of day"),
      ("birthday", #"{"leapDay":"03-02"}"#, "leapDay", "02-28 and 03-01"),
      ("birthday", #"{"repeat":"weekly"}"#, "repeat", "yearly"),
      ("birthday", #"{"repeat":{"everyDays":0,"times":1}}"#, "repeat.everyDays", "from 1"),
      ("birthday", #"{"repeat":{"everyDays":7,"times":0}}"#, "repeat.times", "from 1"),
      ("birthday", #"{"repeat":{"everyDays":7}}"#, "repeat.times", "missing"),
      ("birthday", #"{"repeat":{"everyDays":7,"times":2,"time":1}}"#, "repeat.time", "did you mean times?"),
      ("birthday", #"{"cron":"0 9 * * *"}"#, "cron", "is no setting of the trigger birthday"),
      ("anniversary", #"{"field":"joinDate"}"#, "field", "no setting"),
      ("date", #"{}"#, "field", "missing"), ("date", #"{"field":"city"}"#, "field", "no date"),
      ("date", #"{"field":"joindat"}"#, "field", "joinDate"),
      ("date", #"{"field":"custom.a\"b"}"#, "field", "quotation mark"),
      ("schedule", #"{}"#, "cron", "missing"),
      ("schedule", #"{"cron":"0 25 * * *"}"#, "cron", "“25” as its hour"),
      ("schedule", #"{"cron":"0 9 * *"}"#, "cron", "4 fields"),
      ("schedule", #"{"cron":"0 9 30 2 *"}"#, "cron", "never"),
      ("schedule", #"{"cron":"x 9 * * *"}"#, "cron", "minute"),
      ("schedule", #"{"cron":"0 9 * * *","at":"09:00"}"#, "at", "it has cron"),
      ("inactivity", #"{}"#, "days", "missing"),
      ("inactivity", #"{"days":0}"#, "days", "from 1"), ("inactivity", #"{"days":null}"#, "days", "missing"),
    ])
  func aWrongTrigger(type: String, config: String, key: String, saying words: String) throws {
    try expect(Self.body(trigger: type, config), "triggerConfig.\(key)", words)
  }

  @Test(
    arguments: [
      ("send_message", #"{}"#, "content", "templateId"),
      ("send_message", #"{"templateId":"Helo"}"#, "templateId", "did you mean “Hello”?"),
      ("send_message", #"{"template":"Hello","content":"x"}"#, "template", "did you mean templateId?"),
      (
        "send_message", #"{"templateId":"Foot","messageType":"email"}"#, "templateId",
        "sms, which cannot be sent as email"
      ),
      (
        "send_message", #"{"templateId":"Hello","messageType":"in_app"}"#, "templateId",
        "email, which cannot be sent as in_app"
      ),
      ("send_message", #"{"templateId":"Chat","messageType":"in_app"}"#, "templateId", "whatsapp"),
      ("send_message", #"{"templateId":"Chat","messageType":"sms"}"#, "templateId", "whatsapp"),
      ("send_message", #"{"templateId":"Hello","messageType":"fax"}"#, "messageType", "“fax”"),
      (
        "send_message", #"{"templateId":"Broken"}"#, "templateId",
        "content, line 1, column 1: “firstNam” is not known"
      ),
      ("send_message", #"{"templateId":"Needy"}"#, "templateId", "cannot give: theme"),
      ("send_message", #"{"templateId":"Asleep"}"#, "templateId", "inactive"),
      ("send_message", #"{"templateId":"Hello","content":"x"}"#, "content", "comes from the template"),
      ("send_message", #"{"subject":"x"}"#, "content", "missing"),
      ("send_message", #"{"content":"a\n{{b"}"#, "content", "line 2, column 1"),
      (
        "send_message", #"{"content":"x\n {{firstNam}}"}"#, "content",
        "line 2, column 2: “firstNam” is not known; did you mean “firstName”?"
      ),
      ("send_message", #"{"content":"{{> Feet}}"}"#, "content", "there is no template “Feet”"),
      ("send_message", #"{"content":"x","subject":"a\nb"}"#, "subject", "line break"),
      ("send_message", #"{"content":" "}"#, "content", "empty"),
      ("add_tag", #"{}"#, "tag", "missing"), ("add_tag", #"{"tag":" "}"#, "tag", "empty"),
      ("remove_tag", #"{"tag":"a;b"}"#, "tag", "“;”"),
      ("add_tag", #"{"tag":"x","group":"Youth"}"#, "group", "it has tag"),
      ("add_to_group", #"{}"#, "group", "missing"),
      ("add_to_group", #"{"group":"Nobody"}"#, "group", "there is no group"),
      ("remove_from_group", #"{"group":"grown-ups"}"#, "group", "filter"),
      ("update_member", #"{}"#, "set", "missing"), ("update_member", #"{"set":{}}"#, "set", "empty"),
      ("update_member", #"{"set":["a"]}"#, "set", "object"),
      ("update_member", #"{"set":{"citty":"x"}}"#, "set.citty", "did you mean city?"),
      ("update_member", #"{"set":{"memberStatus":"asleep"}}"#, "set.memberStatus", "“asleep” is none of"),
      ("update_member", #"{"set":{"memberStatus":""}}"#, "set.memberStatus", "emptied"),
      ("update_member", #"{"set":{"firstName":null}}"#, "set.firstName", "emptied"),
      ("update_member", #"{"set":{"email":"nobody"}}"#, "set.email", "“nobody”"),
      ("update_member", #"{"set":{"joinDate":"2025-02-30"}}"#, "set.joinDate", "2025-02-30"),
      ("update_member", #"{"set":{"id":"x"}}"#, "set.id", "program"),
      ("update_member", #"{"set":{"groups":"Youth"}}"#, "set.groups", "add_to_group"),
      ("update_member", #"{"set":{"optOuts":"email"}}"#, "set.optOuts", "decision"),
      ("update_member", #"{"set":{"city":3}}"#, "set.city", "text"),
      ("update_member", #"{"set":{"city":"{{twon}}"}}"#, "set.city", "“twon” is not known"),
      ("update_member", #"{"set":{"city":"{{#a}}"}}"#, "set.city", "line 1"),
      ("update_member", #"{"set":{"status":"active","city":"x","City":"y"}}"#, "set.City", "same field"),
      ("add_note", #"{}"#, "note", "missing"), ("add_note", #"{"note":"{{x}}"}"#, "note", "“x” is not known"),
      ("add_note", #"{"note":"x","type":"y"}"#, "type", "noteType"),
      ("notify_user", #"{"note":"x"}"#, "user", "missing"),
      ("notify_user", #"{"user":"eve@grace.example","note":"x"}"#, "user", "there is no user"),
      ("notify_user", #"{"user":"ada@grace.example"}"#, "note", "missing"),
    ])
  func aWrongAction(type: String, config: String, key: String, saying words: String) throws {
    try expect(Self.body(action: type, config), "actionConfig.\(key)", words)
  }

  @Test(
    arguments: [
      (#"{"memberStaus":"active"}"#, "conditions.memberStaus", "did you mean memberStatus?"),
      (#"{"memberStatus":"asleep"}"#, "conditions.memberStatus", "asleep"),
      (#"{"gender":{"a":1}}"#, "conditions.gender", "value"),
      (#"{"group":"Nobody"}"#, "conditions", "there is no group “Nobody”"),
      (#"{"where":"status = asleep"}"#, "conditions", "column 10"), (#""city is""#, "conditions", "column"),
      ("7", "conditions", "7"),
    ])
  func wrongConditions(conditions: String, path: String, saying words: String) throws {
    try expect(Self.body(conditions: conditions), path, words)
  }

  @Test func aMistakeInAnExpressionIsMarked() throws {
    let error = #expect(throws: CareError.self) {
      try fixture.values(Self.body(conditions: #""city = Lagos and statsu = active""#))
    }
    #expect(error?.excerpt.last?.contains("^") == true)
  }

  @Test func everythingWrongIsToldAtOnce() throws {
    let problems = try fixture.problems(
      """
      {"name":" ","triggerTyp":"birthday","triggerType":"birthdy","triggerConfig":[],"actionType":"send",
       "actionConfig":"x","conditions":3,"isActive":"yes","description":4}
      """)
    #expect(
      Set(problems.keys) == [
        "name", "triggerTyp", "triggerType", "triggerConfig", "actionType", "actionConfig", "conditions",
        "isActive", "description",
      ])
    #expect(problems["triggerType"]?.contains("did you mean birthday?") == true)
    #expect(problems["triggerTyp"]?.contains("triggerType") == true)
    let more = try fixture.problems(
      """
      {"triggerType":"birthday","triggerConfig":{"at":"x","delay":1},"actionType":"notify_user",
       "actionConfig":{"user":"x"},"conditions":{"a":1,"b":2}}
      """)
    #expect(
      Set(more.keys) == [
        "name", "triggerConfig.at", "triggerConfig.delay", "actionConfig.user", "actionConfig.note",
        "conditions.a", "conditions.b",
      ])
    #expect(Set(try fixture.problems("{}").keys) == ["name", "triggerType", "actionType"])
  }

  @Test(
    arguments: [
      ("member_created", #"{"delay":0}"#),
      ("member_updated", #"{"fields":["city","custom.size","optOuts"],"delay":5}"#),
      ("status_changed", #"{"from":"pending","to":"active"}"#), ("status_changed", "{}"),
      ("group_joined", "{}"),
      ("tag_added", #"{"tag":"new"}"#), ("birthday", "{}"),
      ("birthday", #"{"offsetDays":-7,"at":"09:00","repeat":"yearly","leapDay":"03-01"}"#),
      ("anniversary", #"{"repeat":{"everyDays":30,"times":3}}"#),
      ("date", #"{"field":"custom.baptism","repeat":"once"}"#),
      ("schedule", #"{"cron":"@daily"}"#), ("inactivity", #"{"days":90}"#),
    ])
  func whatIsRightIsKeptAsItIs(type: String, config: String) throws {
    let values = try fixture.values(Self.body(trigger: type, config))
    #expect(JSONValue.object(values.triggerConfig) == (try JSONParser.parse(config)))
  }
}
