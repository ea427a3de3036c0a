import SQLiteStore
import Testing
import TextFormats

@testable import CareSphereKit

/// What sending fixes besides the recipients: texts, partials, counters, the audit.
@Suite struct MessageQueueingTests {
  private let fixture: MessageFixture

  init() throws {
    fixture = try MessageFixture()
    try fixture.member("Ana", email: "ana@grace.example")
  }

  @Test func unknownNamesFailBeforeAnythingIsWritten() throws {
    let message = try fixture.message {
      $0.subject = "Dear {{frstName}}"
      $0.content = "Hello\n{{nope}} {{custom.shoe}} {{>footer}}"
    }
    let error = try fixture.error { _ = try fixture.begin(message) }
    #expect(error.code == .validation)
    guard case .lines(let problems) = error.details else {
      Issue.record("no places are told: \(error)")
      return
    }
    #expect(
      problems.map { "\($0.field ?? "") \($0.line):\($0.column ?? 0)" } == [
        "subject 1:6", "content 2:1", "content 2:26",
      ])
    #expect(try fixture.finder.find(id: message.id) == message)
    #expect(try fixture.number("SELECT count(*) FROM message_recipients") == 0)
    #expect(try fixture.number("SELECT count(*) FROM temp.sqlite_schema") == 0)
  }

  @Test func declaredNamesNeedAValue() throws {
    let template = try fixture.template("Invitation", "{{theme}} {{firstName}} {{speaker.name}}") {
      $0.variables = ["theme", "firstName", "speaker"]
    }
    let message = try fixture.add([
      (.title, "Come"), (.templateId, .string(template.name)), (.recipientAll, true),
      (.settings, ["speaker": ["name": "Bo"]]),
    ])
    let error = try fixture.error { _ = try fixture.begin(message) }
    #expect(error.code == .validation)
    #expect(error.details == .fields([.init("theme", "has no value")]))
    var values = message.values
    values.settings["theme"] = "Hope"
    let update = values
    let complete = try fixture.write { try fixture.store.update(message, to: update, status: .draft) }
    #expect(try fixture.begin(complete).status == .sending)
  }

  @Test func partialsStayAsTheyWereAndTemplatesCountTheirUse() throws {
    let footer = try fixture.template("Footer", "-- {{>Signature}}")
    try fixture.template("Signature", "Grace Church, {{organization.name}}")
    try fixture.template("Unused", "nothing")
    let template = try fixture.template("News", "Hello {{firstName}}\n{{> footer}}")
    let message = try fixture.add([
      (.title, "News"), (.templateId, .string(template.id)), (.recipientAll, true),
    ])
    let begun = try fixture.begin(message)
    #expect(
      begun.partials
        == JSONObject([
          ("footer", "-- {{>Signature}}"), ("signature", "Grace Church, {{organization.name}}"),
        ]))
    let templates = TemplateFinder(fixture.database)
    #expect(try templates.find(id: template.id)?.usageCount == 1)
    #expect(try templates.find(id: footer.id)?.usageCount == 0)
    try fixture.write {
      try TemplateStore(fixture.database, ids: fixture.ids, provenance: fixture.provenance)
        .delete(template)
    }
    let after = try #require(try fixture.finder.find(id: begun.id))
    #expect(after.values.templateID == nil && after.values.content == template.values.content)
    #expect(after.partials == begun.partials)
  }

  @Test func sendingIsAuditedAndDoneOnce() throws {
    let begun = try fixture.begin(try fixture.message())
    let entry = try #require(
      try fixture.database.first(
        "SELECT before, after FROM audit_log WHERE entity = 'message' AND entity_id = ? ORDER BY row_id DESC",
        [.text(begun.id)]
      ) { [$0.string(0), $0.string(1)] })
    #expect(entry[0] == #"{"status":"draft","sentAt":null}"#)
    #expect(
      entry[1]
        == #"{"status":"sending","sentAt":"2026-03-01T12:00:00Z","recipientCount":1,"skippedCount":0}"#)
    let error = try fixture.error { _ = try fixture.begin(begun) }
    #expect(error.code == .conflict)
    #expect(try fixture.number("SELECT count(*) FROM message_recipients") == 1)
  }

  @Test func aDryRunLeavesNothing() throws {
    let message = try fixture.message()
    let queueing = MessageQueueing(
      fixture.database, ids: fixture.ids, provenance: fixture.provenance, configuration: Configuration(),
      clock: fixture.clock)
    let begun = try fixture.database.write(commit: false) { try queueing.begin(message) }
    #expect(begun.counts.pending == 1)
    #expect(try fixture.finder.find(id: message.id) == message)
    #expect(try fixture.begin(message).counts.pending == 1)
  }

  @Test func expressionsAreJudgedByTheGivenTime() throws {
    try fixture.member("Bo", email: "bo@grace.example")
    try fixture.database.execute(
      "UPDATE members SET date_of_birth = '2010-06-01' WHERE first_name = 'Bo'")
    let message = try fixture.message {
      $0.audience = Audience()
      $0.audience.expression = "age = 16"
    }
    #expect(try fixture.error { _ = try fixture.begin(message) }.code == .validation)
    let clock = Clock(now: fixture.clock.now, asOf: Timestamp("2026-06-02T00:00:00Z"), zone: .utc)
    let begun = try fixture.write {
      try MessageQueueing(
        fixture.database, ids: fixture.ids, provenance: fixture.provenance, configuration: Configuration(),
        clock: clock
      ).begin(message)
    }
    #expect(begun.counts.pending == 1 && begun.sentAt == "2026-03-01T12:00:00Z")
  }

  @Test func textsAreCountedAndPaidFor() throws {
    var fixture = fixture
    fixture.configuration.sms.costPerSegment = 7_500
    fixture.configuration.sms.currency = "USD"
    fixture.configuration.whatsapp.costPerSegment = 10_000
    fixture.configuration.organization.defaultCountry = "US"
    // A text of 160 characters fits; a name of another script makes three of it (70, then 67 each).
    try fixture.member("Bo", phone: "+1 202 555 0101")
    try fixture.member("李", phone: "+1 202 555 0102")
    try fixture.member("Twin", phone: "(202) 555-0101")
    try fixture.member("None")
    for (type, cost) in [(MessageType.sms, 4 * 7_500), (.whatsapp, 2 * 10_000)] {
      let message = try fixture.begin(
        try fixture.message(type.rawValue) {
          $0.type = type
          $0.content = "{{firstName}}" + String(repeating: "x", count: 158)
        })
      #expect(message.counts == .init(recipients: 2, skipped: 3, pending: 2))
      #expect(message.estimatedCost == cost)
      #expect(message.currency == (type == .sms ? "USD" : nil))
    }
    let mail = try fixture.begin(try fixture.message())
    #expect(mail.estimatedCost == nil && mail.currency == nil)
  }
}
