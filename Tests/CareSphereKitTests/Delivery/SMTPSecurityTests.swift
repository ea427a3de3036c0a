import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct SMTPSecurityTests {
  @Test(arguments: ["smtp", "smtps"], ["localhost", "127.0.0.1"])
  func encryptsWithATrustedServer(scheme: String, host: String) throws {
    var fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["tls": scheme == "smtp" ? "starttls" : "implicit"])
    fixture.environment["SSL_CERT_FILE"] = server.authority
    let configuration = TransportFixture.smtp(
      port: server.port, "tls: 'required'", host: host, scheme: scheme)
    try fixture.transport(configuration).deliver(.mail()).expect("accepted")
    #expect(try server.mails().map(\.isEncrypted) == [true])
  }

  @Test(arguments: ["smtp", "smtps"], ["required", "optional"])
  func refusesACertificateThatNobodyVouchesFor(scheme: String, tls: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["tls": scheme == "smtp" ? "starttls" : "implicit"])
    let configuration = TransportFixture.smtp(port: server.port, "tls: '\(tls)'", scheme: scheme)
    try fixture.transport(configuration).deliver(.mail())
      .expect("unavailable", saying: "the certificate of 127.0.0.1:\(server.port) is not trusted")
    #expect(try server.mails().isEmpty)
  }

  @Test(
    arguments: [["certificateFor": "mail.elsewhere.example"], ["expired": true]] as [[String: any Sendable]])
  func refusesACertificateOfAnotherOrOfOld(options: [String: any Sendable]) throws {
    var fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: options.merging(["tls": "starttls"]) { $1 })
    fixture.environment["SSL_CERT_FILE"] = server.authority
    try fixture.smtp(server, "tls: 'required'").deliver(.mail())
      .expect("unavailable", saying: "127.0.0.1:\(server.port)")
    #expect(try server.mails().isEmpty)
  }

  @Test func requiresTLSWhereItIsToldTo() throws {
    let fixture = try TransportFixture()
    let server = try TestServer("mail_server", in: fixture.sandbox)
    try fixture.smtp(server, "tls: 'required'").deliver(.mail())
      .expect("unavailable", saying: "offers no TLS")
    try fixture.smtp(server, "tls: 'optional'").deliver(.mail()).expect("accepted")
    try fixture.smtp(server, "tls: 'none'").deliver(.mail()).expect("accepted")
  }

  @Test func logsInWithTheFileOrTheProgram() throws {
    var fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox,
      options: ["tls": "starttls", "logins": ["o@grace.example": "pä ss"], "requireLogin": true])
    fixture.environment["SSL_CERT_FILE"] = server.authority
    let file = try fixture.secret("password", "pä ss\n")
    let count = fixture.sandbox.path("count")
    let program = try fixture.program("ask", "echo x >> \(count); echo 'pä ss'; echo second line")
    for source in ["passwordFile: '\(file)'", "passwordCommand: ['\(program)']"] {
      let transport = try fixture.smtp(server, "tls: 'required', \(source)", user: "o%40grace.example")
      for number in 1...3 { transport.deliver(.mail(number)).expect("accepted") }
    }
    #expect(try server.mails().map(\.user) == Array(repeating: "o@grace.example", count: 6))
    #expect(try server.journal("login").count == 2)
    #expect(try fixture.sandbox.read("count") == "x\n", "a program is asked once")
  }

  @Test func saysThatALoginIsRefusedButNotWithWhat() throws {
    var fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["tls": "starttls", "logins": ["office": "right"]])
    fixture.environment["SSL_CERT_FILE"] = server.authority
    let file = try fixture.secret("password", "wrong-secret")
    let outcome = try fixture.smtp(server, "tls: 'required', passwordFile: '\(file)'", user: "office")
      .deliver(.mail())
    outcome.expect("unavailable", saying: "refuses the login of office: 535")
    #expect(!outcome.words.contains("wrong-secret"))
  }

  @Test func readsNoPasswordThatOthersCouldHave() throws {
    let fixture = try TransportFixture()
    let server = try TestServer("mail_server", in: fixture.sandbox)
    let open = try fixture.secret("open", "secret\n", mode: 0o644)
    let failing = try fixture.program("failing", "echo secret; echo 'no key' >&2; exit 3")
    let cases = [
      ("passwordFile: '\(open)'", "\(open) is refused: its mode is 0644"),
      ("passwordFile: '\(fixture.sandbox.path("none"))'", "there is no file"),
      ("passwordCommand: ['\(failing)']", "ended with status 3: no key"),
      ("passwordCommand: ['/nowhere/pass']", "/nowhere/pass cannot be started: No such file"),
      ("passwordCommand: ['/bin/true']", "empty password"),
    ]
    for (source, words) in cases {
      let outcome = try fixture.smtp(server, source, user: "office").deliver(.mail())
      outcome.expect("unavailable", saying: words)
      #expect(!outcome.words.contains("secret"))
    }
    #expect(try server.journal().isEmpty)
  }
}
