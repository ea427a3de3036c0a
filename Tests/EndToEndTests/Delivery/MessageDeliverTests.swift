import Foundation
import TestSupport
import Testing

/// Runs that overlap, end early, or come too late.
@Suite struct MessageDeliverTests {
  @Test(.timeLimit(.minutes(30))) func eightRunsAtOnceWriteToEverybodyOnce() throws {
    let mailing = try Mailing(people: 60)
    let server = try TestServer("mail_server", in: mailing.sandbox)
    try mailing.mail(to: server.port, connections: 2)
    try mailing.run("message", "send", Mailing.title, "--queue", "--yes", "-q").succeeded()
    let runs = try (0..<8).map {
      try mailing.sandbox.spawn(["message", "deliver", "--quiet"], name: "run\($0)")
    }
    for (number, run) in runs.enumerated() {
      #expect(run.wait(seconds: 120) == .exited(0))
      #expect(try mailing.sandbox.read("run\(number).err") == "")
      #expect(try mailing.sandbox.read("run\(number).out") == "")
    }
    let taken = try server.taken().map(\.recipient)
    #expect(taken.count == 60 && Set(taken).count == 60)
    try mailing.expectAgreement()
  }

  @Test(.timeLimit(.minutes(30))) func aSecondSenderWaitsForTheFirst() throws {
    let mailing = try Mailing(people: 20)
    try mailing.add("Second")
    let server = try TestServer("mail_server", in: mailing.sandbox)
    try mailing.mail(to: server.port, rate: "20/s")
    let first = try mailing.sandbox.spawn(
      ["message", "send", Mailing.title, "--yes", "-q"], name: "first")
    try server.wait(for: 2)
    let busy = try mailing.run("message", "deliver").succeeded()
    #expect(busy.stderr.contains("another run is delivering"))
    let second = try mailing.data(0, "message", "send", "Second", "--yes")
    #expect(second["sent"] as? Int == 20 && second["remaining"] as? Int == 0)
    #expect(first.wait(seconds: 60) == .exited(0))
    #expect(try server.mails().count == 40)
    try mailing.expectAgreement()
  }

  @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsARunWellAndTheNextGoesOn(signal: Int32) throws {
    let mailing = try Mailing(people: 30)
    let server = try TestServer("mail_server", in: mailing.sandbox)
    try mailing.mail(to: server.port, rate: "30/s")
    let run = try mailing.sandbox.spawn(["message", "send", Mailing.title, "--yes"], name: "send")
    try server.wait(for: 3)
    run.kill(signal)
    #expect(run.wait(seconds: 20) == .exited(128 + signal))
    let said = try mailing.sandbox.read("send.err")
    #expect(said.contains("interrupted") && said.contains("caresphere message deliver"), "\(said)")
    let taken = try server.mails().count
    #expect(taken < 30)
    #expect(try mailing.states() == ["pending \(30 - taken)", "sent \(taken)"])
    #expect(
      try mailing.database.count(
        "SELECT count(*) FROM message_recipients WHERE claimed_at IS NOT NULL") == 0)
    try mailing.run("message", "deliver", "-q").succeeded()
    let all = try server.taken().map(\.recipient)
    #expect(all.count == 30 && Set(all).count == 30)
    try mailing.expectAgreement()
  }

  @Test func theTimeOfARunIsKept() throws {
    let mailing = try Mailing(people: 40)
    let server = try TestServer("mail_server", in: mailing.sandbox)
    try mailing.mail(to: server.port, rate: "10/s")
    try mailing.run("message", "send", Mailing.title, "--queue", "--yes", "-q").succeeded()
    let outcome = try mailing.run("message", "deliver", "--max-time", "1s", "--json").succeeded()
    #expect(outcome.seconds < 6, "\(outcome)")
    let sent = try #require(try outcome.data()["sent"] as? Int)
    #expect((5...12).contains(sent), "\(outcome)")
    #expect(try outcome.data()["remaining"] as? Int == 40 - sent)
    try mailing.run("message", "deliver", "--max-time", "soon").failed(2, saying: "--max-time")
  }

  @Test func scheduledAndExpired() throws {
    let mailing = try Mailing(people: 2)
    try mailing.run("message", "schedule", Mailing.title, "--at", "+2h", "-q").succeeded()
    try mailing.run("message", "deliver", "-q").succeeded()
    #expect(try mailing.states() == [])
    let rehearsed = try mailing.data(0, "message", "deliver", "--as-of", "+3h", "--dry-run")
    #expect(rehearsed["sent"] as? Int == 2)
    #expect(try mailing.states() == [])
    try mailing.run("message", "deliver", "--as-of", "+3h", "-q").succeeded()
    #expect(try mailing.states() == ["sent 2"])
    // What is recorded is when it really happened.
    let now = ISO8601DateFormatter().string(from: Date().addingTimeInterval(3600))
    #expect(
      try mailing.database.count("SELECT count(*) FROM message_recipients WHERE sent_at > '\(now)'")
        == 0)

    try mailing.add("Late", "Dear", ["--expires", "+1h"])
    try mailing.run("message", "send", "Late", "--queue", "--yes", "-q").succeeded()
    let late = try mailing.run("message", "deliver", "--as-of", "+2h", "-q")
    late.failed(11, saying: "expired")
    #expect(try mailing.outbox().count == 2)
    #expect(try mailing.states() == ["failed 2", "sent 2"])
    try mailing.expectAgreement()
  }
}
