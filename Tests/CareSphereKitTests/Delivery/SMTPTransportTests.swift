import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct SMTPTransportTests {
  @Test func keepsOneConnectionForManyMails() throws {
    let fixture = try TransportFixture()
    let server = try TestServer("mail_server", in: fixture.sandbox)
    do {
      let transport = try fixture.smtp(server)
      for number in 1...5 { transport.deliver(.mail(number)).expect("accepted", saying: "Q1N\(number)") }
    }
    let mails = try server.mails()
    #expect(mails.map(\.connection) == [1, 1, 1, 1, 1])
    #expect(
      mails.map { $0.header("Message-ID") }
        == (1...5).map { "<019a8c00-0000-7000-8000-00000000000\($0)@grace.example>" })
    #expect(mails.first?.sender == "office@grace.example")
    #expect(mails.first?.recipients == ["ana@example.org"])
    #expect(try server.journal("quit").count == 1, "it says goodbye")
  }

  @Test(arguments: [
    ".", "..", ".a\r\n.\r\n..b\r\n.", "a\r\n\r\n\r\n.\r\n\r\n", "", "\r\n",
    String(repeating: ".", count: 900),
    String(repeating: ".\r\n", count: 30_000), String(repeating: "x\r\n.y\r\n", count: 20_000), "no end\r\n.",
  ])
  func bringsEveryByte(body: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer("mail_server", in: fixture.sandbox)
    let mail = Outgoing.mail(body: body)
    try fixture.smtp(server).deliver(mail).expect("accepted")
    #expect(try server.mails().map(\.content) == [mail.content])
  }

  @Test func asksForSMTPUTF8WhereAnAddressNeedsIt() throws {
    let fixture = try TransportFixture()
    let server = try TestServer("mail_server", in: fixture.sandbox)
    let transport = try fixture.smtp(server)
    transport.deliver(.mail(1)).expect("accepted")
    transport.deliver(.mail(2, to: "жанна@пример.example")).expect("accepted")
    transport.deliver(.mail(3, to: "ana@bücher.example")).expect("accepted")
    let mails = try server.mails()
    #expect(mails.map { $0.options.contains("SMTPUTF8") } == [false, true, true])
    #expect(mails.map(\.recipients).last == ["ana@bücher.example"])
    #expect(mails.dropFirst().first?.recipients == ["жанна@пример.example"])
  }

  @Test(arguments: [
    (
      "RCPT", "550 5.1.1 <ana@example.org>: no such user", "hard bounce",
      "550 5.1.1 <ana@example.org>: no such user"
    ),
    ("RCPT", "550 5.1.8 sender's domain not found", "refused", "550 5.1.8"),
    ("RCPT", "550 5.7.1 relaying denied", "refused", "5.7.1"),
    ("RCPT", "552 5.2.2 mailbox full", "refused", "5.2.2"),
    ("RCPT", "550 go away", "refused", "550 go away"),
    ("RCPT", "450 4.2.0 greylisted", "deferred", "450 4.2.0 greylisted"),
    ("MAIL", "553 5.1.7 sender refused", "refused", "5.1.7"),
    ("MAIL", "550 5.1.0 sender refused", "refused", "5.1.0"),
    ("MAIL", "452 4.3.1 no space", "deferred", "4.3.1"),
    ("MAIL", "530 5.7.0 Authentication required", "unavailable", "530 5.7.0"),
    ("DATA", "554 5.6.0 spam", "refused", "554 5.6.0 spam"),
    ("DATA", "451 4.7.1 try later", "deferred", "451 4.7.1 try later"),
    ("DATA", "421 4.3.2 going down", "unavailable", "421 4.3.2 going down"),
    ("CONNECT", "554 5.7.1 you are blocked", "unavailable", "554 5.7.1 you are blocked"),
    ("CONNECT", "421 4.7.0 too many connections", "unavailable", "too many connections"),
  ])
  func understandsReplies(at moment: String, reply: String, kind: String, words: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["rules": [["at": moment, "reply": reply]]])
    let transport = try fixture.smtp(server)
    transport.deliver(.mail()).expect(kind, saying: words)
    #expect(try server.mails().isEmpty)
  }

  @Test func greetsAnOldServerTheOldWay() throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["rules": [["at": "EHLO", "reply": "502 5.5.1 unknown"]]])
    try fixture.smtp(server).deliver(.mail()).expect("accepted")
  }

  @Test func goesOnAfterARefusal() throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox,
      options: ["rules": [["at": "RCPT", "match": "bad@", "reply": "550 5.1.1 no such user"]]])
    let transport = try fixture.smtp(server)
    let kinds = (1...6).map { number in
      transport.deliver(.mail(number, to: number == 3 ? "bad@example.org" : "p\(number)@example.org")).kind
    }
    #expect(kinds == ["accepted", "accepted", "hard bounce", "accepted", "accepted", "accepted"])
    #expect(try server.mails().flatMap(\.recipients) == [1, 2, 4, 5, 6].map { "p\($0)@example.org" })
  }

  @Test(arguments: ["MAIL", "RCPT"])
  func takesAnotherConnectionWhereAServerHasHadEnough(moment: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox,
      options: ["rules": [["at": moment, "after": 3, "reply": "421 4.7.0 too many mails", "do": "close"]]])
    let transport = try fixture.smtp(server)
    for number in 1...8 { transport.deliver(.mail(number)).expect("accepted") }
    #expect(try server.mails().map(\.connection) == [1, 1, 1, 2, 2, 2, 3, 3])
  }

  @Test func takesAnotherConnectionWhereTheKeptOneHasEnded() throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["rules": [["at": "MAIL", "after": 2, "do": "close"]]])
    let transport = try fixture.smtp(server)
    for number in 1...4 { transport.deliver(.mail(number)).expect("accepted") }
    #expect(try server.mails().count == 4)
  }

  @Test(arguments: ["CONNECT", "EHLO", "MAIL", "RCPT"])
  func saysThatAServerHangs(moment: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["rules": [["at": moment, "do": "hang"]]])
    try fixture.smtp(server).deliver(.mail()).expect("unavailable", saying: "127.0.0.1:\(server.port)")
  }

  @Test(arguments: ["CONNECT", "EHLO", "MAIL", "RCPT"], ["close", "garbage"])
  func saysThatAServerTalksNonsense(moment: String, what: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["rules": [["at": moment, "do": what]]])
    try fixture.smtp(server).deliver(.mail()).expect("unavailable")
  }

  @Test(arguments: ["DATA", "TAKEN"], ["close", "garbage", "hang"])
  func putsOffWhatMayHaveBeenTaken(moment: String, what: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox, options: ["rules": [["at": moment, "do": what, "times": 1]]])
    let transport = try fixture.smtp(server)
    transport.deliver(.mail()).expect("deferred", saying: "did not say whether it takes it")
    transport.deliver(.mail()).expect("accepted")
  }

  @Test func doesNotWaitForAGoodbye() throws {
    let fixture = try TransportFixture()
    let server = try TestServer(
      "mail_server", in: fixture.sandbox,
      options: [
        "rules": [["at": "QUIT", "do": "hang"], ["at": "RCPT", "match": "bad@", "reply": "550 no"]]
      ])
    let start = ContinuousClock.now
    do {
      let transport = try fixture.smtp(server)
      transport.deliver(.mail()).expect("accepted")
      transport.deliver(.mail(2, to: "bad@example.org")).expect("refused", saying: "550 no")
      transport.deliver(.mail(3)).expect("accepted")
    }
    #expect(start.duration(to: .now) < .seconds(15))
  }

  @Test func saysThatNobodyListens() throws {
    let fixture = try TransportFixture()
    let port = try FreePort.find()
    try fixture.transport(TransportFixture.smtp(port: port)).deliver(.mail())
      .expect("unavailable", saying: "cannot connect to 127.0.0.1:\(port)")
    try fixture.transport(TransportFixture.smtp(port: port, host: "nowhere.invalid")).deliver(.mail())
      .expect("unavailable", saying: "cannot connect to nowhere.invalid:\(port)")
  }

  @Test(arguments: [
    "a@b.example>\r\nRCPT TO:<c@d.example", "a b@example.org", "a@example.org\n", "a\0@example.org",
  ])
  func letsNoAddressEndItsLine(address: String) throws {
    let fixture = try TransportFixture()
    let server = try TestServer("mail_server", in: fixture.sandbox)
    let transport = try fixture.smtp(server)
    transport.deliver(.mail(to: address)).expect("refused", saying: "envelope")
    transport.deliver(.mail(from: address)).expect("refused", saying: "envelope")
    #expect(try server.journal().isEmpty)
  }
}
