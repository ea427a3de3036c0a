import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// What a run makes of a server's answers.
@Suite struct DeliveryRunTests {
  private let fixture: DeliveryFixture

  init() throws { fixture = try DeliveryFixture() }

  @Test(arguments: [1, 3]) func everybodyIsWrittenToOnce(connections: Int) throws {
    let people = try fixture.people(40)
    let message = try fixture.queued()
    let server = ScriptedServer()
    let report = try fixture.run(server.plan(connections: connections))
    #expect(report.counts.sent == 40 && report.remaining == 0 && report.ending == .complete)
    #expect(report.messages.map(\.status) == [.sent])
    #expect(Set(server.accepted).count == 40 && server.arrived.count == 40)
    #expect(server.connections <= connections)
    #expect(
      try fixture.rows("status, attempts, error_message, claimed_at, next_attempt_at")
        == Array(repeating: "sent 1 - - -", count: 40))
    let after = try fixture.message(message)
    #expect(after.status == .sent && after.counts.sent == 40 && after.counts.pending == 0)
    #expect(try fixture.countersAgree())
    let activities = try fixture.database.first(
      """
      SELECT count(DISTINCT member_id), min(metadata) FROM member_activities WHERE activity_type = 'message_sent'
      """
    ) { ($0.integer(0), $0.string(1)) }
    #expect(activities?.0 == people.count)
    #expect(activities?.1 == "{\"messageId\":\"\(message.id)\",\"messageTitle\":\"News\"}")
  }

  @Test func aConnectionGetsItsNextMessageOnlyWhenTheLastResultIsCommitted() throws {
    _ = try fixture.people(30)
    _ = try fixture.queued()
    let path = fixture.database.path
    let server = ScriptedServer { _, number in
      // As another process would see it.
      let done = try? UserFixture.connect(path).first(
        "SELECT count(*) FROM message_recipients WHERE status = 'sent'"
      ) { $0.integer(0) }
      return done == number ? .accepted(providerID: nil) : .refused("\(done ?? -1)", isHardBounce: false)
    }
    #expect(try fixture.run(server).counts.sent == 30)
  }

  @Test func whatIsRefusedForNowWaitsTwiceAsLongEachTime() throws {
    _ = try fixture.people(1)
    let message = try fixture.queued()
    let server = ScriptedServer { _, _ in .deferred("451 greylisted") }
    for (attempt, wait) in [300, 600, 1200, 2400, 4800, 9600, 14_400, 14_400].enumerated() {
      let report = try fixture.run(server)
      #expect(report.counts.deferred == 1 && report.remaining == 1)
      let next = try #require(fixture.time.adding(seconds: wait))
      #expect(
        try fixture.rows("status, attempts, next_attempt_at, error_message, claimed_at")
          == ["pending \(attempt + 1) \(next) 451 greylisted -"])
      try fixture.wait(wait - 1)
      #expect(try fixture.run(server).messages.isEmpty, "tried before its time")
      try fixture.wait(1)
    }
    try fixture.wait(432_000)
    let report = try fixture.run(server)
    #expect(report.counts.failed == 1)
    #expect(report.failures.map(\.reason) == ["451 greylisted"])
    #expect(try fixture.message(message).status == .failed)
    #expect(try fixture.countersAgree())
  }

  @Test func aRefusalFailsThatOneAloneAndABadAddressIsSuppressed() throws {
    _ = try fixture.people(4)
    let message = try fixture.queued()
    let server = ScriptedServer { outgoing, _ in
      switch outgoing.recipient {
      case "p1@example.org": .refused("550 5.1.1 no such user", isHardBounce: true)
      case "p2@example.org": .refused("554 5.7.1 spam", isHardBounce: false)
      default: .accepted(providerID: nil)
      }
    }
    let report = try fixture.run(server)
    #expect(report.counts.sent == 2 && report.counts.failed == 2)
    #expect(
      try fixture.rows("status, error_message") == [
        "sent -", "failed 550 5.1.1 no such user", "failed 554 5.7.1 spam", "sent -",
      ])
    #expect(try fixture.message(message).status == .sent)
    let suppressions = SuppressionStore(fixture.database, provenance: fixture.messages.provenance)
    #expect(try suppressions.find("P1@Example.org", channel: .email)?.reason == "550 5.1.1 no such user")
    #expect(try suppressions.count() == 1)
    #expect(try fixture.countersAgree())
  }

  @Test func aServerThatHangsUpIsCalledAgain() throws {
    _ = try fixture.people(12)
    _ = try fixture.queued()
    // As one does that takes three mails a connection.
    let server = ScriptedServer { _, number in
      number % 4 == 3 ? .unavailable("421 too many") : .accepted(providerID: nil)
    }
    let report = try fixture.run(server)
    #expect(report.counts.sent == 12 && report.unavailable.isEmpty)
    #expect(Set(server.accepted).count == 12 && server.accepted.count == 12)
  }

  @Test(arguments: [1, 3]) func aDeadServerEndsItsDeliveryAndHarmsNobody(connections: Int) throws {
    _ = try fixture.people(9)
    let mail = try fixture.queued("Mail")
    let text = try fixture.queued("Text") { $0.type = .sms }
    let dead = ScriptedServer { _, number in
      number < 2 ? .accepted(providerID: nil) : .unavailable("421 going down")
    }
    let alive = ScriptedServer()
    let report = try fixture.run {
      $0 == .email ? dead.plan(connections: connections) : alive.plan(isRepeatable: false)
    }
    #expect(report.unavailable.map(\.code) == [.unavailable])
    #expect(report.unavailable.first?.message.contains("421 going down") == true)
    // Each connection calls three times more.
    #expect((2 + 4...2 + 4 * connections).contains(dead.arrived.count), "\(dead.arrived.count)")
    #expect(alive.accepted.count == 9)
    #expect(try fixture.message(text).status == .sent)
    #expect(try fixture.message(mail).status == .sending && report.remaining == 7)
    let left = try fixture.rows("status, attempts, first_attempt_at, claimed_at, error_message")
      .filter { $0.hasPrefix("pending") }
    #expect(left == Array(repeating: "pending 0 - - -", count: 7))
    #expect(try fixture.countersAgree())
    let next = ScriptedServer()
    #expect(try fixture.run(next).counts.sent == 7)
    #expect(Set(dead.accepted + next.accepted).count == 9)
  }

  @Test func aTypeWithoutAWayOutWaits() throws {
    _ = try fixture.people(2)
    let text = try fixture.queued("Text") { $0.type = .sms }
    _ = try fixture.queued("Mail")
    let server = ScriptedServer()
    let report = try fixture.run {
      guard $0 == .email else { throw CareError(.unavailable, "no way for texts") }
      return server.plan()
    }
    #expect(report.counts.sent == 2 && report.unavailable.map(\.message) == ["no way for texts"])
    #expect(try fixture.message(text).counts.pending == 2)
  }

  @Test func whatMayHaveArrivedIsHeld() throws {
    _ = try fixture.people(2)
    let message = try fixture.queued { $0.type = .sms }
    let server = ScriptedServer { _, number in
      number == 0 ? .uncertain("the connection broke") : .accepted(providerID: "SM1")
    }
    let report = try fixture.run(server.plan(isRepeatable: false))
    #expect(report.counts.held == 1 && report.counts.sent == 1)
    #expect(
      try fixture.rows("status, error_message, provider_id") == ["held the connection broke -", "sent - SM1"])
    #expect(try fixture.message(message).status == .sent)
    #expect(try fixture.run(server).messages.isEmpty)
    #expect(try fixture.countersAgree())
  }

  @Test func aRateIsKeptAcrossConnections() throws {
    _ = try fixture.people(8)
    _ = try fixture.queued()
    let server = ScriptedServer()
    try fixture.run(server.plan(connections: 4, rate: Rate(count: 50, seconds: 1)))
    let times = server.times
    #expect(times.count == 8)
    let first = try #require(times.first)
    let last = try #require(times.last)
    #expect(last - first >= 120_000_000, "8 at 50 a second in \(last - first) ns")
  }

  @Test func theTimeEndsARunAndTheNextGoesOn() throws {
    _ = try fixture.people(5)
    _ = try fixture.queued()
    fixture.options.maximumSeconds = 0
    let server = ScriptedServer()
    let report = try fixture.run(server)
    #expect(report.ending == .timeOver)
    #expect(try fixture.rows("status, claimed_at") == Array(repeating: "pending -", count: 5))
    fixture.options.maximumSeconds = 60
    #expect(try fixture.run(server).counts.sent == 5)
  }
}
