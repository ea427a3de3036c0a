import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// What changes between the queueing of a message and its delivery, and what a dead run leaves.
@Suite struct DeliveryChangeTests {
  private let fixture: DeliveryFixture
  private let server = ScriptedServer()

  init() throws { fixture = try DeliveryFixture() }

  @Test func whoOptsOutIsArchivedOrSuppressedMeanwhileIsSkipped() throws {
    let people = try fixture.people(4)
    let message = try fixture.queued()
    let consents = ConsentStore(fixture.database, provenance: fixture.messages.provenance)
    try fixture.database.write {
      try consents.set(.out, .email, of: people[0], reason: nil, source: "test")
      try fixture.database.execute(
        "UPDATE members SET member_status = 'archived' WHERE id = ?", [.text(people[1])])
    }
    try fixture.messages.suppress("P2@EXAMPLE.ORG", .email)
    let report = try fixture.run(server)
    #expect(report.counts.skipped == 3 && report.counts.sent == 1)
    #expect(server.arrived.map(\.recipient) == ["p3@example.org"])
    #expect(try fixture.rows("status, attempts") == ["skipped 0", "skipped 0", "skipped 0", "sent 1"])
    #expect(
      try fixture.rows("error_message") == [
        SkipReason.optedOut(.email), SkipReason.archived, "the address is suppressed: it bounced", "-",
      ])
    let after = try fixture.message(message)
    #expect(after.counts.recipients == 1 && after.counts.skipped == 3 && after.status == .sent)
    #expect(try fixture.countersAgree())
  }

  @Test func whoIsDeletedMeanwhileIsMissedByNobody() throws {
    let people = try fixture.people(3)
    let message = try fixture.queued()
    let deleting = ScriptedServer { [path = fixture.database.path, victim = people[2]] _, number in
      // While the first one is delivered; the third one is claimed already.
      if number == 0, let other = try? UserFixture.connect(path) {
        try? other.write { try other.execute("DELETE FROM members WHERE id = ?", [.text(victim)]) }
      }
      return .accepted(providerID: nil)
    }
    let report = try fixture.run(deleting)
    #expect(report.counts.sent == 2)
    #expect(try fixture.rows("status") == ["sent", "sent"])
    #expect(try fixture.message(message).counts.sent == 2)
  }

  @Test func whatADeadRunHadClaimedIsTakenUpOrHeld() throws {
    _ = try fixture.people(2)
    _ = try fixture.queued()
    try fixture.set("claimed_at = '2026-03-01T11:59:00Z'")
    #expect(try fixture.run(server).counts.sent == 2)

    let text = try fixture.queued("Text") { $0.type = .sms }
    try fixture.set(
      "claimed_at = '2026-03-01T11:59:00Z' WHERE recipient_phone LIKE '%1000' AND status = 'pending'")
    let gateway = ScriptedServer()
    let report = try fixture.run(gateway.plan(isRepeatable: false))
    #expect(report.counts.held == 1 && report.counts.sent == 1)
    #expect(gateway.arrived.map(\.recipient) == ["+14155551001"])
    #expect(try fixture.message(text).counts.held == 1)
    #expect(try fixture.countersAgree())
  }

  @Test func aMessagePastItsTimeIsNotSent() throws {
    _ = try fixture.people(3)
    let message = try fixture.queued { $0.expiresAt = "2026-03-01T13:00:00Z" }
    try fixture.wait(3600)
    let report = try fixture.run(server)
    #expect(report.counts.failed == 3 && server.arrived.isEmpty)
    #expect(try fixture.rows("status, attempts, error_message").first == "failed 0 \(DeliveryStart.late)")
    #expect(try fixture.message(message).status == .failed)
    #expect(try fixture.countersAgree())
  }

  @Test func scheduledMessagesAreBegunWhenTheirTimeHasComeAndABadOneStopsNoOther() throws {
    _ = try fixture.people(2)
    func scheduled(_ title: String, _ change: (inout MessageValues) -> Void = { _ in }) throws -> Message {
      let message = try fixture.messages.message(title) {
        $0.scheduledFor = "2026-03-01T13:00:00Z"
        change(&$0)
      }
      try fixture.database.write {
        try fixture.database.execute(
          "UPDATE messages SET status = 'scheduled' WHERE id = ?", [.text(message.id)])
      }
      return message
    }
    let bad = try scheduled("Bad") { $0.content = "Hello {{frstName}}" }
    let late = try scheduled("Late") { $0.expiresAt = "2026-03-01T12:30:00Z" }
    let good = try scheduled("Good")
    #expect(try fixture.run(server).messages.isEmpty)
    try fixture.wait(3600)
    let report = try fixture.run(server)
    #expect(report.counts.sent == 2)
    #expect(Set(report.problems.map(\.title)) == ["Bad", "Late"])
    #expect(report.problems.first { $0.title == "Bad" }?.problem?.contains("frstName") == true)
    #expect(try fixture.message(bad).status == .failed && fixture.message(late).status == .failed)
    #expect(try fixture.message(good).status == .sent)
    let entries = try fixture.database.first(
      "SELECT count(*) FROM audit_log WHERE entity = 'message' AND after LIKE '%\"failed\"%'"
    ) { $0.integer(0) }
    #expect(entries == 2)
  }

  @Test func aTimeToJudgeByDecidesWhatIsDueAndNobodyIsTriedTwiceForIt() throws {
    _ = try fixture.people(1)
    _ = try fixture.queued()
    let busy = ScriptedServer { _, _ in .deferred("451 later") }
    try fixture.run(busy)
    fixture.asOf = fixture.time.adding(seconds: 86_400)
    let report = try fixture.run(busy)
    #expect(report.counts.deferred == 1 && busy.arrived.count == 2)
    let next = try #require(fixture.time.adding(seconds: 600))
    #expect(try fixture.rows("next_attempt_at") == ["\(next)"], "recorded is the real time")
    fixture.asOf = fixture.time.adding(seconds: 6 * 86_400)
    try fixture.run(busy)
    #expect(try fixture.rows("status, error_message") == ["failed 451 later"])
  }

  @Test func whoFailedCanBeTriedAgainButNotWhoIsHeld() throws {
    _ = try fixture.people(4)
    let message = try fixture.queued()
    let script = ScriptedServer { outgoing, _ in
      switch outgoing.recipient {
      case "p0@example.org": .uncertain("no answer")
      case "p1@example.org": .refused("550 5.1.1 no such user", isHardBounce: true)
      case "p2@example.org": .refused("552 mailbox full", isHardBounce: false)
      default: .accepted(providerID: nil)
      }
    }
    try fixture.run(script)
    let failed = RetriedRecipients(
      fixture.database, .failed, ids: fixture.messages.ids, provenance: fixture.messages.provenance)
    let (retriable, obstacles) = try failed.look(at: message)
    #expect(retriable == 1 && obstacles.map(\.recipient) == ["p1@example.org"])
    let again = try fixture.database.write {
      try failed.retry(try fixture.message(message), at: fixture.time)
    }
    #expect(again.status == .sending && again.counts.pending == 1 && again.counts.failed == 1)
    #expect(
      try fixture.rows("status, attempts, error_message")[2] == "pending 0 552 mailbox full")
    #expect(try fixture.countersAgree())
    let report = try fixture.run(server)
    #expect(report.counts.sent == 1 && report.counts.total == 1)
    #expect(server.arrived.map(\.recipient) == ["p2@example.org"])
    #expect(try fixture.rows("status") == ["held", "failed", "sent", "sent"])
    #expect(try fixture.countersAgree())
    // Whose address works again can be written to after all.
    try fixture.database.write { try fixture.database.execute("DELETE FROM suppressions") }
    #expect(try failed.look(at: message).retriable == 1)
  }

  @Test func whoIsHeldIsWrittenToWhenSomebodyDecidesSo() throws {
    _ = try fixture.people(3)
    let message = try fixture.queued()
    let script = ScriptedServer { outgoing, _ in
      outgoing.recipient == "p0@example.org" ? .uncertain("no answer") : .accepted(providerID: nil)
    }
    try fixture.run(script)
    let held = RetriedRecipients(
      fixture.database, .held, ids: fixture.messages.ids, provenance: fixture.messages.provenance)
    #expect(try held.look(at: message).retriable == 1)
    let again = try fixture.database.write { try held.retry(try fixture.message(message), at: fixture.time) }
    #expect(again.status == .sending && again.counts.pending == 1 && again.counts.held == 0)
    #expect(try fixture.countersAgree())
    try fixture.run(server)
    #expect(server.arrived.map(\.recipient) == ["p0@example.org"])
    #expect(try fixture.rows("status") == ["sent", "sent", "sent"])
    #expect(try fixture.countersAgree())
    #expect(try held.look(at: message).retriable == 0)
  }

  /// A clock that ran ahead by years has put the next attempt where nobody would wait for it.
  @Test func whatAClockThatWasAheadHasPutOffIsTriedNow() throws {
    _ = try fixture.people(1)
    _ = try fixture.queued()
    let years = 4 * 365 * 86_400
    try fixture.wait(years)
    try fixture.run(ScriptedServer { _, _ in .deferred("451 later") })
    try fixture.wait(-years)
    try fixture.wait(60)
    try fixture.run(server)
    #expect(server.arrived.map(\.recipient) == ["p0@example.org"])
    #expect(try fixture.rows("status") == ["sent"])
  }

  @Test func oneMessageAloneIsDelivered() throws {
    _ = try fixture.people(2)
    let first = try fixture.queued("First")
    let second = try fixture.queued("Second")
    fixture.options.message = second.id
    #expect(try fixture.run(server).messages.map(\.title) == ["Second"])
    #expect(try fixture.message(first).counts.pending == 2)
  }
}
