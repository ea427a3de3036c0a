import SQLiteStore
import Testing
import TextFormats

@testable import CareSphereKit

/// From a message and a person to what leaves.
@Suite struct MessageComposerTests {
  private let fixture: DatabaseFixture
  private let ada: String
  private var configuration = Configuration()

  init() throws {
    fixture = try DatabaseFixture()
    ada = try ComposerFixture.add(ComposerFixture.ada(), fixture)
    configuration.organization.name = "Grace"
    configuration.organization.defaultCountry = "NG"
    configuration.sms.from = "+15551230000"
  }

  private func values(
    _ content: String, subject: String? = nil, _ type: MessageType = .email, _ format: BodyFormat = .text
  ) -> MessageValues {
    var values = MessageValues(title: "News", content: content)
    values.subject = subject
    values.type = type
    values.bodyFormat = format
    return values
  }

  private func composer(_ message: Message) throws -> MessageComposer {
    let clock = Clock(now: Timestamp("2025-11-13T10:30:00Z") ?? .min, zone: .utc)
    return try MessageComposer(
      message, database: fixture.database, configuration: configuration, clock: clock)
  }

  private func compose(_ values: MessageValues, email: String? = "ada@example.org") throws -> ComposedMessage
  {
    try composer(ComposerFixture.message(fixture, values)).compose(
      recipientID: ComposerFixture.recipient, memberID: ada, email: email, phone: "0803 123 4567")
  }

  @Test func everyFieldIsFilledIn() throws {
    var values = values(
      "{{firstName}}|{{fullName}}|{{age}}|{{email}}|{{custom.shoe.size}}|{{tags}}|{{organization.name}}|{{today}}|"
        + "{{message.title}}|{{message.subject}}|{{message.messageType}}|{{theme}}|{{unsubscribeUrl}}|{{city}}",
      subject: "To {{firstName}}: {{theme}}")
    values.settings = JSONObject([("theme", "Harvest")])
    let composed = try compose(values)
    #expect(composed.subject == "To Ada: Harvest")
    #expect(
      composed.text
        == "Ada|Ada Love & Lace|35|ada@example.org|41|choir, youth|Grace|2025-11-13|News|To Ada: Harvest|"
        + "email|Harvest|mailto:caresphere@localhost?subject=unsubscribe%20\(ComposerFixture.recipient)|")
    #expect(composed.headers.first { $0.name == "To" }?.value == "Ada Love & Lace <ada@example.org>")
  }

  @Test func groupsAreReadWhereTheyAreUsed() throws {
    let groups = GroupStore(fixture.database, ids: UUIDv7Generator(), provenance: ComposerFixture.provenance)
    try fixture.database.write {
      var old = GroupValues(name: "Grown-ups")
      old.query = "age > 30"
      _ = try groups.add(old)
      var young = GroupValues(name: "Children")
      young.query = "age < 12"
      _ = try groups.add(young)
    }
    #expect(try compose(values("{{groups}}{{#optOuts}}out{{/optOuts}}, {{age}}")).text == "Grown-ups, 35")
  }

  @Test func valuesAreReadWhenTheMailIsMade() throws {
    let composer = try composer(ComposerFixture.message(fixture, values("{{city}}")))
    func text() throws -> String? {
      try composer.compose(
        recipientID: ComposerFixture.recipient, memberID: ada, email: "ada@example.org", phone: nil
      ).text
    }
    #expect(try text() == "")
    try fixture.database.write {
      try fixture.database.execute("UPDATE members SET city = 'Lagos' WHERE id = ?", [.text(ada)])
    }
    #expect(try text() == "Lagos")
  }

  @Test func markdownEscapesWhatPeopleAreCalled() throws {
    try fixture.database.write {
      try fixture.database.execute("UPDATE members SET city = '<b>*x*</b>' WHERE id = ?", [.text(ada)])
    }
    let composed = try compose(values("# Hi {{firstName}}\n\n*in* {{city}}\n", .email, .markdown))
    #expect(composed.text == "Hi Ada\n======\n\nin <b>*x*</b>\n")
    #expect(composed.html?.contains("<p><em>in</em> &lt;b&gt;*x*&lt;/b&gt;</p>") == true)
    #expect(composed.headers.last?.value.hasPrefix("multipart/alternative") == true)
  }

  @Test func htmlEscapesToo() throws {
    let composed = try compose(
      values("<p>{{lastName}}</p>{{{lastName}}}", subject: "{{lastName}}", .email, .html))
    #expect(composed.html == "<p>Love &amp; Lace</p>Love & Lace")
    #expect(composed.subject == "Love & Lace")
  }

  @Test func partialsAreThoseThatWereKept() throws {
    let templates = TemplateStore(
      fixture.database, ids: UUIDv7Generator(), provenance: ComposerFixture.provenance)
    try fixture.database.write {
      _ = try templates.add(TemplateValues(name: "Footer", content: "new {{firstName}}"))
    }
    var message = try ComposerFixture.message(fixture, values("{{> footer}}"))
    func text() throws -> String? {
      try composer(message).compose(
        recipientID: ComposerFixture.recipient, memberID: ada, email: "ada@example.org", phone: nil
      ).text
    }
    #expect(try text() == "new Ada")
    message.partials = JSONObject([("footer", "kept {{firstName}}")])
    #expect(try text() == "kept Ada")
  }

  @Test func textsGoToANumber() throws {
    let composed = try compose(values("Dear {{firstName}},\r\n€5\n", subject: "no", .sms))
    #expect(composed.outgoing.recipient == "+2348031234567")
    #expect(composed.outgoing.sender == "+15551230000")
    #expect(String(decoding: composed.outgoing.content, as: UTF8.self) == "Dear Ada,\n€5")
    #expect(composed.segments == 1 && composed.subject == nil && composed.headers.isEmpty)
    #expect(try compose(values("x", .whatsapp)).segments == nil)
    #expect(throws: CareError.self) { try compose(values("{{city}}", .sms)) }
  }

  @Test func pushNotesAreJSON() throws {
    let note = values("He said \"{{lastName}}\"\n", subject: "Hi {{firstName}}", .push)
    let body = try compose(note).outgoing.content
    #expect(
      try JSONParser.parse(body)
        == .object(
          JSONObject([
            ("id", .string(ComposerFixture.recipient)), ("memberId", .string(ada)), ("title", "News"),
            ("subject", "Hi Ada"), ("content", "He said \"Love & Lace\"\n"),
          ])))
    var other = self
    other.configuration.push.http.body = #"{"to":"{{email}}","n":{{age}},"c":"{{content}}"}"#
    #expect(
      String(decoding: try other.compose(note).outgoing.content, as: UTF8.self)
        == #"{"to":"ada@example.org","n":35,"c":"He said \"Love & Lace\"\n"}"#)
    other.configuration.push.http.body = #"{"n":{{city}}}"#
    #expect(throws: CareError.self) { try other.compose(note) }
    other.configuration.push.http.body = #"{{#a}}"#
    #expect(throws: CareError.self) { try other.compose(note) }
  }

  @Test func whoCannotBeWrittenToFailsAlone() throws {
    let composer = try composer(ComposerFixture.message(fixture, values("x")))
    for email in [nil, "none", "a@b\r\nBcc: x"] {
      let error = #expect(throws: CareError.self) {
        try composer.compose(recipientID: ComposerFixture.recipient, memberID: ada, email: email, phone: nil)
      }
      #expect(error?.code == .validation)
    }
    #expect(throws: CareError.self) {
      try composer.compose(recipientID: "x", memberID: "nobody", email: "a@example.org", phone: nil)
    }
    _ = try composer.compose(recipientID: "x", memberID: ada, email: "a@example.org", phone: nil)
  }

  @Test func aSampleHasAValueInEveryField() throws {
    let names = TemplateFields.names.filter { !["custom", "customFields", "optOuts"].contains($0) }
    let content =
      names.map { "\($0)={{\($0)}}" }.joined(separator: "\n")
      + "\nc={{custom.hat}}{{#custom}}{{size}}{{/custom}}"
    let composed = try composer(ComposerFixture.message(fixture, values(content))).composeSample()
    let lines = (composed.text ?? "").split(separator: "\n")
    #expect(lines.count == names.count + 1)
    for line in lines { #expect(!line.hasSuffix("="), "\(line)") }
    #expect(composed.outgoing.recipient == SamplePerson.email)
    let sms = try composer(ComposerFixture.message(fixture, values("x", .sms))).composeSample(
      to: "0803 123 4567")
    #expect(sms.outgoing.recipient == "+2348031234567")
  }

  @Test func inAppMessagesStayTexts() throws {
    let composed = try compose(values("Hi {{firstName}}", subject: "S", .inApp), email: nil)
    #expect(composed.subject == "S" && composed.text == "Hi Ada" && composed.outgoing.recipient == ada)
  }
}
