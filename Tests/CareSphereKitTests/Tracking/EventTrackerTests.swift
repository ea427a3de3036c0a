import TestSupport
import Testing

@testable import CareSphereKit

/// What events do to recipients, messages and people.
@Suite struct EventTrackerTests {
  private let fixture: TrackingFixture
  private let member: String
  private let message: String
  private let recipient: String

  init() throws {
    fixture = try TrackingFixture()
    member = try fixture.member(email: "Ana@Example.org")
    let sent = try fixture.message(to: [member])
    message = sent.id
    recipient = try #require(sent.recipients.first)
  }

  private func event(_ kind: EventKind, _ seconds: Int, url: String? = nil, id: String? = nil)
    -> RecipientEvent
  {
    TrackingFixture.event(kind, recipient, at: seconds, url: url, id: id)
  }

  private func state() throws -> String {
    try fixture.rows(
      "SELECT status, delivered_at, opened_at, clicked_at, error_message FROM message_recipients"
    ).joined()
  }

  @Test func timesAreTheEarliestAndTheStatusTheFurthest() throws {
    try fixture.track([event(.clicked, 50, url: "https://a.example/"), event(.delivered, 10)])
    #expect(
      try state() == "clicked 2025-11-13T08:00:10Z 2025-11-13T08:00:50Z 2025-11-13T08:00:50Z -")
    try fixture.track([event(.opened, 20), event(.opened, 30), event(.delivered, 5)])
    #expect(
      try state() == "clicked 2025-11-13T08:00:05Z 2025-11-13T08:00:20Z 2025-11-13T08:00:50Z -")
    try fixture.expectCountersAgree()
  }

  @Test func anEventCountsOnceByItsIDOrByWhatItSays() throws {
    let named = event(.opened, 1, id: "x")
    #expect(try fixture.track([named, event(.opened, 2, id: "x")]) == [.applied, .duplicate])
    #expect(try fixture.track([event(.opened, 1), event(.opened, 1)]) == [.applied, .duplicate])
    let one = event(.clicked, 1, url: "https://a.example/")
    let other = event(.clicked, 1, url: "https://b.example/")
    #expect(try fixture.track([one, other, one]) == [.applied, .applied, .duplicate])
    #expect(try fixture.track([named]) == [.duplicate])
  }

  @Test func aHardBounceFailsUnlessSomebodyHasSeenTheMessage() throws {
    var bounce = event(.hardBounced, 5)
    bounce.detail = "550 5.1.1 nobody here"
    try fixture.track([event(.delivered, 1), bounce])
    #expect(try state() == "failed 2025-11-13T08:00:01Z - - 550 5.1.1 nobody here")
    try fixture.track([event(.delivered, 9)])
    #expect(try state().hasPrefix("failed"))
    try fixture.track([event(.opened, 20)])
    #expect(try state() == "opened 2025-11-13T08:00:01Z 2025-11-13T08:00:20Z - -")
    try fixture.expectCountersAgree()
  }

  @Test func aSoftBounceFailsOnlyWhatIsGivenUp() throws {
    try fixture.track([event(.softBounced, 1)])
    #expect(try state().hasPrefix("sent"))
    var last = event(.softBounced, 2)
    last.endsDelivery = true
    last.detail = "452 mailbox full"
    try fixture.track([last])
    #expect(try state() == "failed - - - 452 mailbox full")
  }

  @Test(arguments: [RecipientStatus.pending, .held, .skipped])
  func whatIsToldOfHasLeft(status: RecipientStatus) throws {
    let sent = try fixture.message(to: [member], at: 1, status: status)
    let waiting = try #require(sent.recipients.first)
    try fixture.track([TrackingFixture.event(.opened, waiting, at: 60)])
    let rows = try fixture.rows(
      """
      SELECT r.status, r.sent_at IS NOT NULL, r.next_attempt_at, m.status FROM message_recipients AS r
      JOIN messages AS m ON m.id = r.message_id WHERE r.id = '\(waiting)'
      """)
    #expect(rows == ["opened 1 - sent"])
    try fixture.expectCountersAgree()
    let activities = try fixture.rows(
      "SELECT activity_type FROM member_activities WHERE metadata LIKE '%\(sent.id)%' ORDER BY activity_type")
    #expect(activities == ["message_opened", "message_sent"])
  }

  @Test func historyHasTheFirstOpenAndEachLinkOnce() throws {
    let (one, two) = ("https://a.example/?a=1&b=2", "https://b.example/")
    try fixture.track([
      event(.opened, 30), event(.opened, 40), event(.clicked, 60, url: one), event(.clicked, 50, url: one),
      event(.clicked, 45, url: two), event(.opened, 20),
    ])
    let rows = try fixture.rows(
      """
      SELECT activity_type, substr(created_at, 18, 2), json_extract(metadata, '$.url'),
        json_extract(metadata, '$.messageTitle') FROM member_activities ORDER BY activity_type, created_at
      """)
    #expect(
      rows == [
        "message_clicked 45 \(two) News", "message_clicked 50 \(one) News", "message_opened 20 - News",
      ])
  }

  @Test func anUnsubscriptionOptsOutWithItsSource() throws {
    try fixture.track([event(.unsubscribed, 5)], source: "mailgun unsubscribe")
    let consents = "SELECT channel, state, source FROM member_consents"
    #expect(try fixture.rows(consents) == ["email out mailgun unsubscribe"])
    #expect(try fixture.rows("SELECT count(*) FROM suppressions") == ["0"])
    let entries = try fixture.rows(
      "SELECT entity, entity_id FROM audit_log WHERE json_extract(after, '$.consents') IS NOT NULL")
    #expect(entries == ["member \(member)"])
    #expect(try fixture.rows("SELECT revision FROM members") == ["2"])
  }

  @Test func aYoungerWishToBeWrittenToStays() throws {
    let store = ConsentStore(fixture.database, provenance: fixture.provenance)
    try fixture.database.write {
      try store.set(.in, .email, of: member, reason: nil, source: "member consent")
    }
    try fixture.track([event(.unsubscribed, 5)])
    #expect(try store.states(of: member) == [.email: .in])
    let later = Timestamp.now().adding(seconds: 3600)
    var event = event(.unsubscribed, 0)
    event.at = try #require(later)
    try fixture.track([event])
    #expect(try store.states(of: member) == [.email: .out])
  }

  @Test func aPersonsOwnWordTakesThePlaceOfAFiles() throws {
    let store = ConsentStore(fixture.database, provenance: fixture.provenance)
    try fixture.database.write {
      try store.set(
        .out, .email, of: member, reason: nil, source: ConsentDecision.source(ofImport: "a-batch"))
    }
    // As a change to the member, so that undoing the import leaves them opted out.
    for seconds in [5, 6] {
      try fixture.track([event(.unsubscribed, seconds)])
      #expect(try fixture.rows("SELECT state, source FROM member_consents") == ["out unsubscribe"])
      #expect(try fixture.rows("SELECT revision FROM members") == ["2"])
    }
  }

  @Test func anEarlierOptOutKeepsItsReason() throws {
    let store = ConsentStore(fixture.database, provenance: fixture.provenance)
    try fixture.database.write {
      try store.set(.out, .email, of: member, reason: "by phone", source: "member consent")
    }
    try fixture.track([event(.unsubscribed, 5), event(.complained, 6)])
    #expect(try fixture.rows("SELECT reason FROM member_consents") == ["by phone"])
  }

  @Test func aComplaintSuppressesAndOptsOut() throws {
    try fixture.track([event(.complained, 5)])
    #expect(try fixture.rows("SELECT state, source FROM member_consents") == ["out complaint"])
    #expect(try fixture.suppressions.find("ANA@example.ORG", channel: .email)?.source == "complaint")
    #expect(try state().hasPrefix("sent"))
  }

  @Test func aTextMessageBouncesOnItsOwnChannel() throws {
    let phoned = try fixture.member(email: "ben@example.org", phone: "+234 803 000 1234")
    let sent = try fixture.message(to: [phoned], type: .sms)
    let recipient = try #require(sent.recipients.first)
    try fixture.track([TrackingFixture.event(.hardBounced, recipient, at: 1)])
    #expect(try fixture.suppressions.find("+2348030001234", channel: .sms) != nil)
    #expect(try fixture.suppressions.find("ben@example.org", channel: .email) == nil)
  }

  /// Any order of any events gives the same: recipients, counters, history, consents, suppressions.
  @Test func theOrderOfEventsDoesNotMatter() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<12 {
      let members = try (0..<3).map { _ in try fixture.member(email: "m\(fixture.users.ids.next())@x.example")
      }
      let ids = try (0..<2).flatMap { try fixture.message(to: members, at: $0).recipients }
      var events: [RecipientEvent] = []
      for _ in 0..<Int.random(in: 4...16, using: &generator) {
        let kind = try #require(EventKind.allCases.randomElement(using: &generator))
        var event = TrackingFixture.event(
          kind, try #require(ids.randomElement(using: &generator)),
          at: Int.random(in: 10...30, using: &generator),
          url: kind == .clicked ? "https://\(Int.random(in: 1...2, using: &generator)).example/" : nil)
        event.endsDelivery = kind == .softBounced && event.at.secondsSinceEpoch.isMultiple(of: 2)
        event.detail = "5.1.1"
        events.append(event)
      }
      var seen: [String]?
      for _ in 0..<6 {
        events.shuffle(using: &generator)
        struct Undo: Error {}
        var found: [String] = []
        do {
          try fixture.database.write {
            try fixture.track(events, limit: 2)
            try fixture.track(Array(events.shuffled(using: &generator).prefix(5)), limit: 2)
            found = try snapshot()
            try fixture.expectCountersAgree()
            throw Undo()
          }
        } catch is Undo {}
        #expect(seen == nil || found == seen, "\(events.map { "\($0.kind) \($0.at)" })")
        seen = found
      }
    }
  }

  private func snapshot() throws -> [String] {
    try [
      "SELECT id, status, sent_at, delivered_at, opened_at, clicked_at, error_message FROM message_recipients",
      "SELECT id, status, opened_count, failed_count FROM messages",
      "SELECT member_id, activity_type, created_at, metadata FROM member_activities ORDER BY 1, 2, 3, 4",
      "SELECT member_id, state, source FROM member_consents",
      "SELECT digest, source FROM suppressions ORDER BY 1",
    ].flatMap { try fixture.rows($0) }
  }
}
