import Foundation
import TestSupport
import Testing

/// Power may fail at any moment of a send: nobody is lost, and at most the one in flight on each connection comes
/// twice, as the same mail.
@Suite struct KilledSendTests {
  private let kills = Effort.value("CARESPHERE_TEST_SEND_KILLS", default: 12)
  private let recipients = Effort.value("CARESPHERE_TEST_SEND_RECIPIENTS", default: 250)

  /// Starts runs and kills them, until one has sent everything.
  private func killing(_ mailing: Mailing) throws -> Int {
    var generator = SeededGenerator(seed: UInt64(Effort.value("CARESPHERE_TEST_SEED", default: 1)))
    var killed = 0
    var command = ["message", "send", Mailing.title, "--yes", "-q"]
    while killed < kills {
      let process = try mailing.sandbox.spawn(command, name: "run")
      usleep(UInt32.random(in: 20_000...260_000, using: &generator))
      process.kill(SIGKILL)
      if process.wait(seconds: 10) == .exited(0) { break }
      killed += 1
      if try mailing.states() != [] { command = ["message", "deliver", "-q"] }
    }
    if try mailing.states() == [] {
      try mailing.run("message", "send", Mailing.title, "--yes", "-q").succeeded()
    }
    try mailing.run("message", "deliver", "-q").succeeded()
    return killed
  }

  @Test(.timeLimit(.minutes(30)), arguments: [1, 3])
  func everybodyGetsItAndAtMostOneAConnectionTwice(connections: Int) throws {
    let mailing = try Mailing(people: recipients)
    let server = try TestServer("mail_server", in: mailing.sandbox)
    try mailing.mail(to: server.port, connections: connections, rate: "200/s")
    let killed = try killing(mailing)
    #expect(try mailing.states() == ["sent \(recipients)"])
    let taken = try server.taken()
    #expect(Set(taken.map(\.recipient)).count == recipients)
    #expect(
      taken.count <= recipients + killed * connections, "\(taken.count) mails after \(killed) kills"
    )
    // A second copy is the same mail.
    #expect(Set(taken.map(\.id)).count == recipients)
    try mailing.expectAgreement()
  }

  @Test(.timeLimit(.minutes(30))) func aTextComesOnceOrIsHeld() throws {
    let mailing = try Mailing(people: recipients / 3, type: "sms")
    let server = try TestServer("gateway_server", in: mailing.sandbox)
    try mailing.text(to: server.port, rate: "100/s")
    let killed = try killing(mailing)
    let requests = try server.requests().compactMap { ($0["form"] as? [String: String])?["To"] }
    #expect(Set(requests).count == requests.count, "a text came twice")
    let held = try mailing.database.count(
      "SELECT count(*) FROM message_recipients WHERE status = 'held'")
    let sent = try mailing.database.count(
      "SELECT count(*) FROM message_recipients WHERE status = 'sent'")
    #expect(sent + held == recipients / 3)
    #expect(held <= killed)
    #expect(requests.count >= sent && requests.count <= sent + held)
    try mailing.expectAgreement()
  }
}
