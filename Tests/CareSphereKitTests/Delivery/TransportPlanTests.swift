import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct TransportPlanTests {
  let fixture: TransportFixture

  init() throws { fixture = try TransportFixture() }

  @Test func saysWhatIsKnownBeforehand() throws {
    let mail = try fixture.plan(
      """
      { email: { from: "o@grace.example", transport: "smtp", rate: "5/m",
        smtp: { url: "smtp://mail.grace.example:587", connections: 4 } } }
      """)
    #expect(mail.name == "smtp mail.grace.example:587")
    #expect(mail.connections == 4 && mail.isRepeatable)
    #expect(mail.rate == Rate(count: 5, seconds: 60))
    let sms = try fixture.plan(
      #"{ sms: { transport: "command", command: ["gammu"], rate: "2/s" } }"#, for: .sms)
    #expect(sms.name == "command gammu")
    #expect(sms.connections == 1 && !sms.isRepeatable)
    #expect(sms.rate == Rate(count: 2, seconds: 1))
    let push = try fixture.plan(
      #"{ push: { transport: "http", http: { url: "https://push.example/v1" } } }"#, for: .push)
    #expect(push.name == "http push.example:443" && !push.isRepeatable)
  }

  @Test(arguments: [
    (MessageType.email, #"{ email: { transport: "smtp" } }"#, ["email.from", "email.smtp.url"]),
    (.email, #"{ email: { transport: "sendmail" } }"#, ["email.from"]),
    (
      .email, #"{ email: { transport: "smtp", from: "a@b.example", smtp: { url: "smtp://u@h" } } }"#,
      ["email.smtp.passwordFile"]
    ),
    (
      .email,
      #"{ email: { transport: "smtp", from: "a@b.example", smtp: { url: "smtp://h", passwordFile: "p" } } }"#,
      ["email.smtp.url"]
    ),
    (
      .sms, #"{ sms: { transport: "http" } }"#,
      ["sms.from", "sms.http.url", "sms.http.accountSid", "sms.http.authTokenFile"]
    ),
    (.whatsapp, #"{ whatsapp: { transport: "command" } }"#, ["whatsapp.command"]),
    (.push, #"{ push: { transport: "http" } }"#, ["push.http.url"]),
  ])
  func listsTheKeysThatAreMissing(type: MessageType, configuration: String, keys: [String]) throws {
    let error = #expect(throws: CareError.self) { try fixture.plan(configuration, for: type) }
    #expect(error?.code == .validation)
    #expect(error?.message.contains(fixture.sandbox.path("config.json")) == true)
    guard case .fields(let problems)? = error?.details else { return #expect(Bool(false), "no details") }
    #expect(problems.map(\.field) == keys)
  }

  @Test(arguments: [MessageType.sms, .whatsapp, .push, .inApp])
  func saysThatThereIsNoWay(type: MessageType) throws {
    let error = #expect(throws: CareError.self) { try fixture.plan("{}", for: type) }
    #expect(error?.code == .unavailable)
  }
}
