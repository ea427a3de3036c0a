import Foundation
import TestSupport
import Testing

/// `message send`, `retry` and `test`, into the Maildir where nothing is configured.
@Suite struct MessageSendTests {
  @Test func everybodyGetsTheirOwnAndTheReportSaysSo() throws {
    let mailing = try Mailing(people: 5)
    try mailing.run("member", "consent", "p4@example.org", "--channel", "email", "--opt-out", "-q")
      .succeeded()
    let before = try mailing.database.digest()
    let rehearsed = try mailing.data(0, "message", "send", Mailing.title, "--dry-run")
    #expect(try mailing.database.digest() == before)
    #expect(!mailing.sandbox.exists("home/.local/share/caresphere/outbox/new"))
    let report = try mailing.data(0, "message", "send", Mailing.title, "--yes")
    #expect(NSDictionary(dictionary: rehearsed) == NSDictionary(dictionary: report))
    #expect(report["recipientCount"] as? Int == 4 && report["sent"] as? Int == 4)
    #expect(
      report["skipped"] as? Int == 1 && report["failed"] as? Int == 0
        && report["remaining"] as? Int == 0)
    let mails = try mailing.outbox()
    #expect(mails.count == 4)
    for number in 0..<4 {
      #expect(
        mails.count { $0.contains("Subject: Hello P\(number)") && $0.contains("Dear P\(number)") }
          == 1)
    }
    #expect(try mailing.states() == ["sent 4", "skipped 1"])
    try mailing.expectAgreement()
    let again = try mailing.run("message", "send", Mailing.title, "--yes", "--json").failed(7)
    #expect(try again.error()["code"] as? String == "CONFLICT")
    #expect(try mailing.run("message", "send", Mailing.title, "--yes", "-q").stdout.isEmpty)
  }

  @Test func mailThatStaysOnTheMachineIsSaidToDoSo() throws {
    let mailing = try Mailing(people: 1)
    let outcome = try mailing.run("message", "send", Mailing.title, "-f", "csv").succeeded()
    #expect(outcome.stderr.contains("/outbox") && outcome.stderr.contains("caresphere-config(5)"))
    let id = try mailing.database.value("SELECT id FROM messages")
    #expect(outcome.lines.contains("messages,\(id).title,,News"), "\(outcome)")
    #expect(outcome.lines.contains("messages,\(id).sent,,1"), "\(outcome)")
  }

  @Test func whatHasExpiredIsNotSentByHandEither() throws {
    let mailing = try Mailing(people: 2)
    try mailing.run("message", "update", Mailing.title, "--expires", "+1h", "-q").succeeded()
    try mailing.run("message", "send", Mailing.title, "--yes", "--as-of", "+2h").failed(7, saying: "expired")
    #expect(try mailing.states() == [])
    try mailing.run("message", "send", Mailing.title, "--yes", "-q").succeeded()
    #expect(try mailing.states() == ["sent 2"])
  }

  @Test func erasingAPersonTakesTheirMailsOutOfTheMaildir() throws {
    let mailing = try Mailing(people: 2, content: "Dear {{firstName}}, unmistakable")
    try mailing.run("message", "send", Mailing.title, "--yes", "-q").succeeded()
    let outbox = mailing.sandbox.path("home/.local/share/caresphere/outbox")
    let seen = try #require(
      try FileManager.default.contentsOfDirectory(atPath: outbox + "/new").first { name in
        try String(contentsOfFile: outbox + "/new/" + name, encoding: .utf8).contains("P0")
      })
    try FileManager.default.moveItem(atPath: outbox + "/new/" + seen, toPath: outbox + "/cur/\(seen):2,S")
    try mailing.run("member", "delete", "p0@example.org", "--erase", "--dry-run").succeeded()
    #expect(FileManager.default.fileExists(atPath: outbox + "/cur/\(seen):2,S"))
    try mailing.run("member", "delete", "p0@example.org", "--erase").succeeded()
    #expect(try FileManager.default.contentsOfDirectory(atPath: outbox + "/cur").isEmpty)
    let left = try mailing.outbox()
    #expect(left.count == 1 && left.allSatisfy { $0.contains("Dear P1, unmistakable") })
  }

  @Test func itAsksBeforeItWritesToSeveral() throws {
    let mailing = try Mailing(people: 3)
    try mailing.run("member", "consent", "p2@example.org", "--channel", "email", "--opt-out", "-q")
      .succeeded()
    try mailing.run("message", "send", Mailing.title).failed(
      2, saying: "Send “News” to 2 people? 1 is skipped.")
    #expect(try mailing.states() == [])
    let terminal = try mailing.sandbox.terminal(["message", "send", Mailing.title])
    try terminal.expect("to 2 people?")
    try terminal.send("n\r")
    #expect(terminal.finish() == .exited(7))
    #expect(try mailing.states() == [])
    // One alone is not asked about.
    try mailing.sandbox.run(
      "message", "add", "--title", "Ana", "--content", "Hi", "--to-member", "p0@example.org", "-q"
    ).succeeded()
    try mailing.run("message", "send", "Ana", "-q").succeeded()
  }

  @Test func queuedIsDeliveredByTheNextRunAndQuietly() throws {
    let mailing = try Mailing(people: 3)
    let report = try mailing.data(0, "message", "send", Mailing.title, "--queue", "--yes")
    #expect(report["message"] as? String == "Message queued for sending")
    #expect(report["recipientCount"] as? Int == 3 && report["remaining"] as? Int == 3)
    #expect(try mailing.states() == ["pending 3"])
    let rehearsed = try mailing.data(0, "message", "deliver", "--dry-run")
    #expect(rehearsed["sent"] as? Int == 3)
    #expect(try mailing.states() == ["pending 3"])
    let outcome = try mailing.run("message", "deliver", "--quiet").succeeded()
    #expect(outcome.output.isEmpty && outcome.errorOutput.isEmpty, "\(outcome)")
    #expect(try mailing.states() == ["sent 3"])
    let idle = try mailing.run("message", "deliver", "--quiet").succeeded()
    #expect(idle.output.isEmpty && idle.errorOutput.isEmpty, "\(idle)")
  }

  @Test func oneWhoCannotBeWrittenToFailsAloneAndCanBeTriedAgain() throws {
    let mailing = try Mailing(people: 3)
    let server = try TestServer(
      "mail_server", in: mailing.sandbox,
      options: [
        "rules": [
          ["at": "RCPT", "match": "p1@", "reply": "550 5.1.1 No such user", "times": 1],
          ["at": "DATA", "match": "p2@", "reply": "554 5.7.1 Too good to be true", "times": 1],
        ]
      ])
    try mailing.mail(to: server.port)
    let outcome = try mailing.run("message", "send", Mailing.title, "--yes", "--json").failed(
      11, saying: "No such user", "Too good to be true")
    #expect(try outcome.error()["code"] as? String == "PARTIAL_FAILURE")
    #expect(try outcome.data()["sent"] as? Int == 1)
    #expect(try mailing.states() == ["failed 2", "sent 1"])
    #expect(
      try mailing.database.rows("SELECT address, source FROM suppressions") == [
        "p1@example.org|bounce"
      ])
    let retried = try mailing.run("message", "retry", Mailing.title, "--json").succeeded()
    #expect(retried.stderr.contains("p1@example.org is not tried again: the address is suppressed"))
    #expect(try retried.data()["sent"] as? Int == 1)
    #expect(try mailing.states() == ["failed 1", "sent 2"])
    try mailing.expectAgreement()
    try mailing.run("message", "retry", Mailing.title).succeeded()
    #expect(try server.taken().map(\.recipient) == ["p0@example.org", "p2@example.org"])
    // Once the address works again, nothing stands in the way.
    try mailing.run("message", "unsuppress", "P1@example.org", "-q").succeeded()
    try mailing.run("message", "retry", Mailing.title, "-q").succeeded()
    #expect(try mailing.states() == ["sent 3"])
    try mailing.run("message", "add", "--title", "Draft", "--content", "c", "--to-all", "-q").succeeded()
    try mailing.run("message", "retry", "Draft").failed(7, saying: "draft")
  }

  @Test func aTestCopyIsWhatWouldBeSentAndLeavesNoTrace() throws {
    let mailing = try Mailing(people: 2)
    let before = try mailing.database.digest()
    try mailing.run(
      "message", "test", Mailing.title, "--to", "me@grace.example", "--member", "p1@example.org",
      "-q"
    ).succeeded()
    try mailing.run("message", "test", Mailing.title, "--to", "me@grace.example", "--dry-run")
      .succeeded()
    #expect(try mailing.database.digest() == before)
    let mails = try mailing.outbox()
    #expect(mails.count == 1)
    let mail = try #require(mails.first)
    #expect(mail.contains("Subject: Hello P1\n") || mail.contains("Subject: Hello P1\r\n"))
    #expect(mail.contains("me@grace.example") && mail.contains("Dear P1"))
    try mailing.mail(to: FreePort.find())
    try mailing.run("message", "test", Mailing.title, "--to", "me@grace.example").failed(13)
  }

  @Test func aWayOutThatIsNotSetUpIsSaidBeforeAnythingChanges() throws {
    let mailing = try Mailing(people: 2, type: "sms")
    let before = try mailing.database.digest()
    let outcome = try mailing.run("message", "send", Mailing.title, "--yes", "--json").failed(13)
    #expect(try outcome.error()["code"] as? String == "SERVICE_UNAVAILABLE")
    #expect(try mailing.database.digest() == before)
  }

  @Test func unknownNamesAreFoundBeforeAnythingIsSent() throws {
    let mailing = try Mailing(people: 2, content: "Dear {{frstName}}")
    let before = try mailing.database.digest()
    try mailing.run("message", "send", Mailing.title, "--yes").failed(3, saying: "frstName")
    #expect(try mailing.database.digest() == before)
  }

  @Test func aTextIsPaidForAndItsNameAtTheGatewayIsKept() throws {
    let mailing = try Mailing(people: 3, type: "sms")
    let server = try TestServer(
      "gateway_server", in: mailing.sandbox, options: ["account": "AC1", "token": "secret"])
    try mailing.text(to: server.port)
    try mailing.run("message", "send", Mailing.title, "--yes").succeeded()
    #expect(
      try mailing.database.rows(
        "SELECT DISTINCT status, substr(provider_id, 1, 4) FROM message_recipients")
        == ["sent|SM00"])
    #expect(
      try mailing.database.rows("SELECT estimated_cost, currency FROM messages") == ["30000|USD"])
    let bodies = try server.requests().compactMap { ($0["form"] as? [String: String])?["Body"] }
    #expect(bodies.sorted() == ["Dear P0", "Dear P1", "Dear P2"])
  }
}
