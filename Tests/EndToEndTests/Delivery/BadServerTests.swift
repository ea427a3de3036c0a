import Foundation
import TestSupport
import Testing

/// Servers that hang up, hang, go away or fill up, and a disk that does.
@Suite struct BadServerTests {
  @Test func aServerThatIsDeadPausesEverybodyAndHarmsNobody() throws {
    let mailing = try Mailing(people: 4)
    let port = try FreePort.find()
    try mailing.mail(to: port)
    let outcome = try mailing.run("message", "send", Mailing.title, "--yes", "--json").failed(
      13, saying: "127.0.0.1:\(port)", "4 recipients wait", "caresphere message deliver")
    #expect(try outcome.error()["code"] as? String == "SERVICE_UNAVAILABLE")
    #expect(try outcome.data()["remaining"] as? Int == 4)
    #expect(
      try mailing.database.rows(
        "SELECT DISTINCT status, attempts, first_attempt_at, claimed_at FROM message_recipients")
        == ["pending|0||"])
    // What cron runs says it in a line, and not with the figures of everything that waits.
    let quiet = try mailing.run("message", "deliver", "-q").failed(13, saying: "4 recipients wait")
    #expect(quiet.stdout == "" && quiet.errorLines.count <= 2, "\(quiet)")
    let server = try TestServer("mail_server", in: mailing.sandbox)
    try mailing.mail(to: server.port)
    try mailing.run("message", "deliver", "-q").succeeded()
    #expect(try server.mails().count == 4)
  }

  @Test func aServerThatSendsUsAwayIsCalledAgain() throws {
    let mailing = try Mailing(people: 10)
    let server = try TestServer(
      "mail_server", in: mailing.sandbox,
      options: [
        "rules": [["at": "MAIL", "after": 4, "reply": "421 4.7.0 Too many mails", "do": "close"]]
      ])
    try mailing.mail(to: server.port)
    try mailing.run("message", "send", Mailing.title, "--yes", "-q").succeeded()
    let taken = try server.taken().map(\.recipient)
    #expect(taken.count == 10 && Set(taken).count == 10)
    #expect(try server.journal("connect").count >= 3)
    try mailing.expectAgreement()
  }

  @Test func aServerThatSendsUsAwayForGoodPausesTheRun() throws {
    let mailing = try Mailing(people: 10)
    let server = try TestServer("mail_server", in: mailing.sandbox)
    let closing = try TestServer(
      "mail_server", in: mailing.sandbox,
      options: ["rules": [["at": "CONNECT", "reply": "421 4.3.2 Going down", "do": "close"]]])
    try mailing.mail(to: closing.port)
    try mailing.run("message", "send", Mailing.title, "--yes", "-q").failed(
      13, saying: "Going down")
    #expect(try closing.journal("connect").count >= 4)
    #expect(try mailing.states() == ["pending 10"])
    try mailing.mail(to: server.port)
    try mailing.run("message", "deliver", "-q").succeeded()
    #expect(try server.mails().count == 10)
  }

  @Test func greylistingIsTriedAgainAfterAWhile() throws {
    let mailing = try Mailing(people: 3)
    let server = try TestServer(
      "mail_server", in: mailing.sandbox,
      options: [
        "rules": [["at": "RCPT", "match": "p1@", "reply": "450 4.2.0 Greylisted", "times": 1]]
      ])
    try mailing.mail(to: server.port, delivery: "{ retryFirst: \"1s\" }")
    let report = try mailing.data(0, "message", "send", Mailing.title, "--yes")
    #expect(report["deferred"] as? Int == 1 && report["sent"] as? Int == 2)
    #expect(
      try mailing.database.value(
        "SELECT error_message FROM message_recipients WHERE status = 'pending'"
      )
      .contains("Greylisted"))
    // Whoever opens another mail meanwhile has not got this one.
    let event = #"{"email":"p1@example.org","timestamp":1900000000,"event":"open","sg_event_id":"other"}"#
    try mailing.sandbox.run(
      "message", "track", "-", "--preset", "sendgrid", stdin: "[\(event)]"
    ).failed(11)
    #expect(try mailing.states() == ["pending 1", "sent 2"])
    usleep(2_100_000)
    try mailing.run("message", "deliver", "-q").succeeded()
    #expect(try mailing.states() == ["sent 3"])
    try mailing.expectAgreement()
  }

  @Test func aServerThatHangsOrClosesLosesNobody() throws {
    let mailing = try Mailing(people: 6)
    let server = try TestServer(
      "mail_server", in: mailing.sandbox,
      options: [
        "rules": [
          ["at": "DATA", "match": "p1@", "do": "hang", "times": 1],
          ["at": "DATA", "match": "p3@", "do": "close", "times": 1],
          ["at": "MAIL", "do": "garbage", "after": 2, "times": 1],
        ]
      ])
    try mailing.mail(to: server.port, delivery: "{ retryFirst: \"1s\" }")
    var runs = 0
    var outcome = try mailing.run("message", "send", Mailing.title, "--yes", "-q")
    while try mailing.states() != ["sent 6"], runs < 8 {
      #expect([0, 13].contains(outcome.status), "\(outcome)")
      usleep(1_100_000)
      outcome = try mailing.run("message", "deliver", "-q")
      runs += 1
    }
    #expect(try mailing.states() == ["sent 6"])
    #expect(Set(try server.taken().map(\.recipient)).count == 6)
    try mailing.expectAgreement()
  }

  @Test func aTextOfWhichNothingIsKnownIsHeld() throws {
    let mailing = try Mailing(people: 3, type: "sms")
    let server = try TestServer(
      "gateway_server", in: mailing.sandbox,
      options: ["rules": [["at": "TAKEN", "match": "P1", "do": "close"]]])
    try mailing.text(to: server.port)
    let report = try mailing.data(0, "message", "send", Mailing.title, "--yes")
    #expect(report["held"] as? Int == 1 && report["sent"] as? Int == 2)
    try mailing.run("message", "deliver", "-q").succeeded()
    #expect(try server.requests().count == 3)
    #expect(try mailing.states() == ["held 1", "sent 2"])
    try mailing.expectAgreement()
  }

  @Test func aDiskThatFillsStopsTheRunAndTheNextGoesOn() throws {
    let sandbox = try Sandbox()
    let disk = try SmallDisk(in: sandbox, kibibytes: 24 * 1024)
    let mailing = try Mailing(people: 200, databasePath: disk.path + "/care.db", in: sandbox)
    let server = try TestServer("mail_server", in: sandbox)
    try mailing.mail(to: server.port, connections: 2, rate: "200/s")
    try mailing.run("message", "send", Mailing.title, "--queue", "--yes", "-q").succeeded()
    let run = try sandbox.spawn(["message", "deliver", "--json"], name: "deliver")
    try server.wait(for: 20)
    try disk.fill()
    let ending = run.wait(seconds: 60)
    try sandbox.execute(["rm", disk.path + "/filler"]).succeeded()
    let said = try sandbox.read("deliver.err")
    #expect(ending == .exited(9), "\(said)")
    #expect(said.contains("DATABASE_ERROR"))
    try mailing.run("message", "deliver", "-q").succeeded()
    #expect(try mailing.states() == ["sent 200"])
    let taken = try server.taken()
    #expect(Set(taken.map(\.recipient)).count == 200)
    #expect(taken.count <= 202, "more than one a connection came twice")
    #expect(Set(taken.map(\.id)).count == 200)
    try mailing.expectAgreement()
  }
}
