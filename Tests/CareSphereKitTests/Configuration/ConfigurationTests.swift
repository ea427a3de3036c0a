import CareSphereKit
import Foundation
import TestSupport
import Testing

/// The values of a configuration and what is said of wrong ones.
@Suite struct ConfigurationTests {
  private static func parse(_ text: String) throws -> Configuration {
    try Configuration(parsing: Array(text.utf8), path: "/etc/caresphere/config.json", home: "/home/ada")
  }

  /// Path and reason of every problem.
  private static func problems(_ text: String) -> [String: String] {
    guard let error = #expect(throws: CareError.self, performing: { try parse(text) }) else { return [:] }
    #expect(error.code == .validation)
    guard case .fields(let problems) = error.details else { return [:] }
    return Dictionary(problems.map { ($0.field, $0.reason) }) { "\($0); \($1)" }
  }

  @Test(arguments: ["{}", "{email: {smtp: {}}, sms: null, backup: {keep: null,},}", "/* nothing */ {}"])
  func everyKeyIsOptional(_ text: String) throws {
    var configuration = try Self.parse(text)
    configuration.path = nil
    #expect(configuration == Configuration())
    #expect(configuration.email.transport == .maildir)
    #expect(configuration.email.rate == nil)
    #expect(configuration.email.smtp.connections == 1)
    #expect(configuration.email.sendmail.command == ["/usr/sbin/sendmail", "-oi"])
    #expect(configuration.sms.transport == nil)
    #expect(configuration.delivery.retryFirst == 300)
    #expect(configuration.delivery.retryMax == 4 * 3600)
    #expect(configuration.delivery.giveUpAfter == 5 * 86_400)
    #expect(configuration.delivery.softBounceLimit == 3)
    #expect(configuration.rules.catchUp == 3 * 86_400)
    #expect(configuration.backup.keep == 7)
  }

  @Test func everyKeyIsRead() throws {
    let configuration = try Self.parse(
      """
      {
        organization: { name: "Grace Church", timezone: "Africa/Lagos", domain: "Grace.Example", defaultCountry: "ng" },
        email: {
          from: "Grace Church <office@grace.example>", replyTo: 'ada@grace.example',
          transport: "smtp", rate: "20/s", unsubscribe: "https://grace.example/out?t={{token}}",
          smtp: { url: "smtp://user%40x@mail.grace.example:587", tls: "none", connections: 0x4,
                  passwordFile: "secrets/smtp" },
          sendmail: { command: ["/usr/sbin/sendmail", "-t"] }, // both kept
          maildir: { path: "~/outbox" },
        },
        sms: { transport: "http", from: "+15551230000", rate: "10/m", costPerSegment: .01, currency: "USD",
               http: { url: "https://api.example/v1?x=1", accountSid: "AC1", authTokenFile: "/run/token" } },
        whatsapp: { transport: "command", command: ["send", "--now", ""] },
        push: { transport: "http", http: { url: "http://[::1]:8080/push", headers: { "X-Key": "k" },
                body: '{"to":\\n"{{token}}"}' } },
        delivery: { retryFirst: "1s", retryMax: "2m", giveUpAfter: "3h", softBounceLimit: 5 },
        rules: { catchUp: "4d" }, backup: { keep: 30 },
      }
      """)
    #expect(configuration.path == "/etc/caresphere/config.json")
    #expect(configuration.organization.name == "Grace Church")
    #expect(configuration.organization.timezone == "Africa/Lagos")
    #expect(configuration.organization.domain == "grace.example")
    #expect(configuration.organization.defaultCountry == "NG")
    let email = configuration.email
    #expect(email.from == Mailbox(name: "Grace Church", address: "office@grace.example"))
    #expect(email.replyTo == Mailbox(address: "ada@grace.example"))
    #expect(email.transport == .smtp && email.rate == Rate(count: 20, seconds: 1))
    #expect(email.unsubscribe == "https://grace.example/out?t={{token}}")
    #expect(email.smtp.server?.user == "user@x" && email.smtp.server?.port == 587)
    #expect(email.smtp.server?.url == "smtp://mail.grace.example:587")
    #expect(email.smtp.effectiveTLS == .none && email.smtp.connections == 4)
    #expect(email.smtp.passwordFile == "/etc/caresphere/secrets/smtp")
    #expect(email.sendmail.command == ["/usr/sbin/sendmail", "-t"])
    #expect(email.maildir.path == "/home/ada/outbox")
    #expect(configuration.sms.transport == .http && configuration.sms.from == "+15551230000")
    #expect(configuration.sms.rate == Rate(count: 10, seconds: 60))
    #expect(configuration.sms.costPerSegment == 10_000 && configuration.sms.currency == "USD")
    #expect(configuration.sms.http.url?.url == "https://api.example:443/v1?x=1")
    #expect(
      configuration.sms.http.accountSid == "AC1" && configuration.sms.http.authTokenFile == "/run/token")
    #expect(configuration.whatsapp.transport == .command && configuration.whatsapp.command?.count == 3)
    #expect(configuration.push.http.url?.host == "::1")
    #expect(configuration.push.http.headers.map(\.name) == ["X-Key"])
    #expect(configuration.push.http.headers.map(\.value) == ["k"])
    #expect(configuration.push.http.body == "{\"to\":\n\"{{token}}\"}")
    #expect(configuration.delivery.retryFirst == 1 && configuration.delivery.retryMax == 120)
    #expect(configuration.delivery.giveUpAfter == 10_800 && configuration.delivery.softBounceLimit == 5)
    #expect(configuration.rules.catchUp == 345_600 && configuration.backup.keep == 30)
  }

  @Test(arguments: [
    ("send", "send"), ("/usr/bin/send", "/usr/bin/send"), ("~/bin/send", "/home/ada/bin/send"),
    ("bin/send", "/etc/caresphere/bin/send"), ("./send", "/etc/caresphere/./send"),
  ])
  func programsAreFoundLikeFiles(written: String, meant: String) throws {
    let configuration = try Configuration(
      parsing: Array("{ sms: { transport: 'command', command: ['\(written)', '~/x'] } }".utf8),
      path: "/etc/caresphere/config.json", home: "/home/ada")
    #expect(configuration.sms.command == [meant, "~/x"])
  }

  @Test func allProblemsAreListedAtOnceAndNoValueIs() throws {
    let problems = Self.problems(
      """
      {
        organisation: { name: "s3cret" }, backup: 7,
        email: { smtp: { conections: 2, connections: "s3cret", url: "smtp://u:s3cret@h", passwordFile: 5 },
                 transport: "sendmial", from: 3 },
        sms: { command: "s3cret --now", currency: "s3cret" },
      }
      """)
    #expect(
      Set(problems.keys) == [
        "organisation", "backup", "email.smtp.conections", "email.smtp.connections", "email.smtp.url",
        "email.smtp.passwordFile", "email.transport", "email.from", "sms.command", "sms.currency",
      ])
    #expect(problems["organisation"]?.contains("did you mean organization?") == true)
    #expect(problems["email.smtp.conections"]?.contains("did you mean email.smtp.connections?") == true)
    #expect(problems["email.smtp.connections"] == "must be a whole number, not a string")
    #expect(problems["email.transport"]?.contains("did you mean sendmail?") == true)
    #expect(!"\(problems)".contains("s3cret"))
  }

  @Test(arguments: [
    ("organization", "timezone", ["'Mars/Olympus'", "'../etc'", "''", "3"]),
    ("organization", "defaultCountry", ["'Nigeria'", "'XX'", "'UK'", "'N'"]),
    ("organization", "domain", ["'a b'", "'x@grace.example'", "'-a.example'"]),
    ("organization", "name", ["' '", "'a\\nb'", "true", "[]"]),
    ("email", "from", ["'office'", "'a@b.example, c@d.example'", "'<a@b.example> <c@d.example>'", "'A <>'"]),
    ("email", "rate", ["20", "'20'", "'0/s'", "'-1/s'", "'20/w'", "'20/5s'", "'1/s/s'", "'/s'"]),
    ("email", "unsubscribe", ["'https://grace.example'", "'http://a.example/{{token}}'", "'mailto:x'"]),
    ("delivery", "retryFirst", ["5", "'5'", "'-5m'", "'5 m'", "'5w'", "'99999999999999999d'", "'4000d'"]),
    ("delivery", "softBounceLimit", ["0", "1.5", "1e2", "'3'", "99999999999999999999"]),
    ("backup", "keep", ["0", "-1"]),
    ("sms", "costPerSegment", ["-1", "0.0000001", "1e3", "'0.01'"]),
    ("sms", "currency", ["'usd'", "'US'", "'€'"]),
    ("sms", "command", ["[]", "['']", "[1]", "['a', null]", "{}"]),
    ("sms", "http", ["[]", "'https://x'"]),
  ])
  func wrongValuesAreRefused(section: String, key: String, values: [String]) {
    for value in values {
      let problems = Self.problems("{\(section): {\(key): \(value)}}")
      #expect(Array(problems.keys) == ["\(section).\(key)"], "\(value)")
    }
  }

  @Test(arguments: [
    "mail.example", "http://mail.example", "smtp://", "smtp://:25", "smtp://h:0", "smtp://h:65536",
    "smtp://h:x",
    "smtp://u:p@h", "smtp://%4@h", "smtp://%00@h", "smtp://h/path", "smtp://h h", "smtp://[::1",
    "smtp://[x]:25",
    "smtp://é.example", "://h", "smtp:h",
  ])
  func wrongServersAreRefused(_ url: String) {
    #expect(Array(Self.problems("{email: {smtp: {url: '\(url)'}}}").keys) == ["email.smtp.url"])
  }

  @Test(arguments: [
    ("smtp://h", "h", 25, false), ("smtps://U@Mail.Example/", "mail.example", 465, false),
    ("SMTP://localhost:2525", "localhost", 2525, true), ("smtp://127.0.0.1:1", "127.0.0.1", 1, true),
    ("smtp://127.0.0.1.example", "127.0.0.1.example", 25, false), ("smtp://[::1]", "::1", 25, true),
    ("smtp://[2001:db8::1]:587", "2001:db8::1", 587, false),
  ])
  func serversAreRead(url: String, host: String, port: Int, isLoopback: Bool) throws {
    let smtp = try Self.parse("{email: {smtp: {url: '\(url)'}}}").email.smtp
    let server = try #require(smtp.server)
    #expect(server.host == host && server.port == port && server.isLoopback == isLoopback)
    #expect(smtp.effectiveTLS == (isLoopback ? .optional : .required))
  }

  @Test(arguments: [
    ("Ada Obi <a@b.example>", "Ada Obi"), ("\"Obi, \\\"A\\\"\" <a@b.example>", "Obi, \"A\""),
    ("<a@b.example>", nil), ("a@B.Example", nil), ("Zoë 教会 <a@b.example>", "Zoë 教会"),
  ])
  func mailboxesAreRead(text: String, name: String?) throws {
    #expect(try Mailbox(parsing: text) == Mailbox(name: name, address: "a@b.example"))
  }

  @Test(arguments: [
    ("{\n  email: {\n    smtp: { url: s3cret }\n", 3, "column 18:"), ("{a: 1", 1, "column 6:"),
    ("", 1, "column 1:"),
    ("{a: 's3cret", 1, "column 5:"),
  ])
  func mistakesOfSyntaxHaveTheirPlace(text: String, line: Int, column: String) throws {
    let error = try #require(#expect(throws: CareError.self) { try Self.parse(text) })
    guard case .lines(let problems) = error.details, let problem = problems.first else {
      Issue.record("\(error)")
      return
    }
    #expect(problem.line == line && problem.message.hasPrefix(column), "\(problem)")
    #expect(!"\(error)".contains("s3cret"))
  }

  @Test func aListIsNoConfiguration() {
    #expect(throws: CareError.self) { try Self.parse("[]") }
  }
}
