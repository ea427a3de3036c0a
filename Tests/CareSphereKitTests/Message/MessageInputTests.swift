import Testing
import TextFormats

@testable import CareSphereKit

/// What people type and send becomes a message, or every reason why not.
@Suite struct MessageInputTests {
  private let fixture: MessageFixture
  private typealias Flags = [(field: MessageInput.Field, value: JSONValue)]

  init() throws { fixture = try MessageFixture() }

  private let enough: Flags = [(.title, "News"), (.content, "Hello")]

  private func read(_ flags: Flags, body: JSONValue? = nil) throws -> (
    values: MessageValues, status: MessageStatus
  ) {
    try MessageInput(flags: flags, body: body).values(fixture.database, clock: fixture.clock)
  }

  /// The fields that are wrong, with their reasons.
  private func problems(_ flags: Flags, body: JSONValue? = nil) throws -> [String: String] {
    let error = try fixture.error { _ = try read(flags, body: body) }
    #expect(error.code == .validation)
    guard case .fields(let problems) = error.details else { return ["": error.message] }
    return Dictionary(problems.map { ($0.field, $0.reason) }) { $0 + " " + $1 }
  }

  @Test func theBodyOfTheAPIDesign() throws {
    let group = try fixture.group("Youth")
    let member = try fixture.member("Ana")
    let template = try fixture.template("Weekly", "{{firstName}}") { $0.variables = ["theme"] }
    let body: JSONValue = [
      "title": "Weekly Update", "content": "Hello everyone", "messageType": "email", "status": "draft",
      "recipientGroupIds": ["youth", .string(group)], "recipientMemberIds": [.string(member)],
      "templateId": .string(template.id), "scheduledFor": "2025-11-15T10:00:00Z",
    ]
    let (values, status) = try read([], body: body)
    #expect(status == .draft)
    #expect(values.scheduledFor == "2025-11-15T10:00:00Z")
    #expect(values.title == "Weekly Update" && values.content == "Hello everyone")
    #expect(values.audience.groups == [group] && values.audience.members == [member])
    #expect(values.templateID == template.id && values.variables == ["theme"])
  }

  @Test func everyProblemIsListed() throws {
    let found = try problems(
      [
        (.subject, "a\nb"), (.content, "{{#a}}\n{{/b}}"), (.messageType, "sms"), (.bodyFormat, "html"),
        (.scheduledFor, "2020-01-01"), (.expiresAt, "soon"), (.perMember, "yes"),
      ], body: ["titel": "x", "recipientGroupIds": "Youth", "settings": ["x"]])
    #expect(
      Set(found.keys) == [
        "subject", "content", "bodyFormat", "scheduledFor", "expiresAt", "perMember", "titel", "title",
        "recipientGroupIds", "settings",
      ])
    #expect(found["titel"]?.contains("did you mean title?") == true)
    #expect(found["content"]?.contains("line 2, column 1") == true)
    #expect(found["subject"]?.contains("line break") == true)
  }

  @Test(arguments: ["a\nb", "a\r", "\u{2028}a", "a\u{0B}b"]) func aSubjectIsOneLine(_ subject: String) throws
  {
    #expect(try problems(enough + [(.subject, .string(subject))])["subject"] != nil)
  }

  @Test func onlyMailHasABodyFormat() throws {
    #expect(try read(enough + [(.bodyFormat, "markdown")]).values.bodyFormat == .markdown)
    for type in ["sms", "push", "in_app", "whatsapp"] {
      let flags = enough + [(.messageType, .string(type)), (.bodyFormat, "markdown")]
      #expect(try problems(flags).keys.contains("bodyFormat"))
    }
  }

  @Test func aTimeSchedules() throws {
    let cases: [(Flags, MessageStatus, String?)] = [
      ([], .draft, nil), ([(.scheduledFor, "+2h")], .scheduled, "2026-03-01T14:00:00Z"),
      ([(.scheduledFor, "2026-03-02")], .scheduled, "2026-03-02T00:00:00Z"),
      ([(.scheduledFor, "2026-03-01 18:30"), (.status, "scheduled")], .scheduled, "2026-03-01T18:30:00Z"),
      ([(.scheduledFor, "+0s")], .scheduled, "2026-03-01T12:00:00Z"),
      ([(.scheduledFor, "-2h"), (.status, "draft")], .draft, "2026-03-01T10:00:00Z"),
    ]
    for (flags, status, time) in cases {
      let result = try read(enough + flags)
      #expect(result.status == status && result.values.scheduledFor == time)
    }
    for flags: Flags in [
      [(.scheduledFor, "-1s")], [(.status, "scheduled")], [(.scheduledFor, "2026-03-01")],
      [(.scheduledFor, "+999999999y")],
    ] {
      #expect(try problems(enough + flags).keys.contains("scheduledFor"))
    }
    #expect(try problems(enough + [(.status, "sent")]).keys.contains("status"))
  }

  @Test func anExpiryComesAfterAll() throws {
    #expect(try read(enough + [(.expiresAt, "+1d")]).values.expiresAt == "2026-03-02T12:00:00Z")
    for flags: Flags in [
      [(.expiresAt, "-1d")], [(.expiresAt, "+0s")], [(.expiresAt, "+1h"), (.scheduledFor, "+2h")],
      [(.expiresAt, "+1h"), (.scheduledFor, "+1h")],
    ] {
      #expect(try problems(enough + flags).keys.contains("expiresAt"))
    }
  }

  // MARK: Templates

  @Test func aTemplateIsCopied() throws {
    let template = try fixture.template("Birthday", "<b>{{firstName}}</b>") {
      $0.subject = "Happy birthday"
      $0.bodyFormat = .html
      $0.variables = ["cake"]
    }
    let values = try read([(.title, "B"), (.templateId, "birthday")]).values
    #expect(values.subject == "Happy birthday" && values.content == "<b>{{firstName}}</b>")
    #expect(values.bodyFormat == .html && values.type == .email && values.variables == ["cake"])
    #expect(values.templateID == template.id)
    let other = try read([(.title, "B"), (.templateId, "birthday"), (.subject, "Other")]).values
    #expect(other.subject == "Other" && other.content == values.content)
  }

  @Test func theTypesHaveToFit() throws {
    for type in TemplateType.allCases {
      try fixture.template(type.rawValue, "Hello") { $0.type = type }
      for message in MessageType.allCases {
        let flags: Flags = [
          (.title, "T"), (.templateId, .string(type.rawValue)), (.messageType, .string(message.rawValue)),
        ]
        let fits = message == .inApp ? [.sms, .push].contains(type) : message.rawValue == type.rawValue
        if fits {
          #expect(try read(flags).values.type == message)
        } else {
          #expect(try problems(flags).keys.contains("messageType"))
        }
      }
      #expect(
        try read([(.title, "T"), (.templateId, .string(type.rawValue))]).values.type.rawValue == type.rawValue
      )
    }
  }

  @Test func templatesThatCannotBeUsed() throws {
    try fixture.template("Old", "Hello") { $0.isActive = false }
    #expect(try fixture.error { _ = try read([(.title, "T"), (.templateId, "old")]) }.code == .conflict)
    #expect(try fixture.error { _ = try read([(.title, "T"), (.templateId, "gone")]) }.code == .notFound)
    let both: Flags = [(.title, "T"), (.templateId, "old"), (.content, "x")]
    #expect(try fixture.error { _ = try read(both) }.code == .usage)
    let mixed = try fixture.error {
      _ = try read([(.title, "T"), (.content, "x")], body: ["templateId": "old"])
    }
    #expect(mixed.code == .usage)
    let twice = try fixture.error { _ = try read(enough, body: ["title": "x"]) }
    #expect(twice.code == .usage)
  }

  // MARK: To whom

  @Test func recipientsAreResolved() throws {
    let ana = try fixture.member("Ana", email: "ana@grace.example")
    let group = try fixture.group("Choir")
    let values = try read(
      enough + [
        (.recipientMemberIds, ["ana@grace.example", .string(ana)]), (.recipientGroupIds, ["CHOIR", "choir"]),
        (.recipientWhere, "age > 3"), (.recipientAll, true),
      ]
    ).values
    #expect(values.audience.members == [ana] && values.audience.groups == [group])
    #expect(values.audience.expression == "age > 3" && values.audience.isEverybody)
    for flags: Flags in [[(.recipientGroupIds, ["Chor"])], [(.recipientMemberIds, ["bo@grace.example"])]] {
      #expect(try fixture.error { _ = try read(enough + flags) }.code == .notFound)
    }
    try fixture.member("Twin", email: "ana@grace.example")
    let twins: Flags = [(.recipientMemberIds, ["ana@grace.example"])]
    #expect(try fixture.error { _ = try read(enough + twins) }.code == .conflict)
  }

  @Test func amistakeInAnExpressionIsMarked() throws {
    let alone = try fixture.error { _ = try read(enough + [(.recipientWhere, "status = activ")]) }
    #expect(alone.code == .validation && alone.excerpt.contains { $0.contains("^") })
    #expect(
      try problems([(.content, "x"), (.recipientWhere, "nope = 1")]).keys.sorted() == [
        "recipientWhere", "title",
      ])
    let group = try fixture.error { _ = try read(enough + [(.recipientWhere, "group = Nobody")]) }
    #expect(group.code == .validation)
  }

  // MARK: Changing

  @Test func whatIsNotGivenStays() throws {
    let message = try fixture.add(
      enough + [(.recipientAll, true), (.scheduledFor, "+1h"), (.settings, ["a": "b"])])
    let (values, status) = try MessageInput(flags: [(.title, "Other")])
      .values(over: message, fixture.database, clock: fixture.clock)
    var expected = message.values
    expected.title = "Other"
    #expect(values == expected && status == .scheduled)
    let draft = try MessageInput(flags: [(.scheduledFor, "")])
      .values(over: message, fixture.database, clock: fixture.clock)
    #expect(draft.status == .draft && draft.values.scheduledFor == nil)
  }

  @Test func aTimeThatHasPassedMeanwhileIsNoObstacleToAnotherChange() throws {
    let message = try fixture.add(enough + [(.scheduledFor, "+1h"), (.expiresAt, "+2h")])
    let later = Clock(now: try #require(Timestamp("2026-03-05T00:00:00Z")), zone: .utc)
    let change = try MessageInput(flags: [(.title, "Late")])
    #expect(try change.values(over: message, fixture.database, clock: later).values.title == "Late")
  }
}
