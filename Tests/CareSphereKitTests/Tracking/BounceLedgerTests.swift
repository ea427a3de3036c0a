import Testing

@testable import CareSphereKit

/// How many bounces an address has before it is written to no more.
@Suite struct BounceLedgerTests {
  private let fixture: TrackingFixture
  private let recipients: [String]

  init() throws {
    fixture = try TrackingFixture()
    let member = try fixture.member(email: "ana@example.org")
    let fixture = fixture
    recipients = try (0..<5).flatMap { try fixture.message(to: [member], at: $0 * 100).recipients }
  }

  private func track(_ events: [(EventKind, recipient: Int, at: Int)]) throws {
    try fixture.track(events.map { TrackingFixture.event($0.0, recipients[$0.recipient], at: $0.at) })
  }

  private var source: String? {
    get throws { try fixture.suppressions.find("Ana@Example.ORG", channel: .email)?.source }
  }

  @Test func softBouncesAddUpOverMessages() throws {
    try track([(.softBounced, 0, 10), (.softBounced, 1, 110)])
    #expect(try source == nil)
    try track([(.softBounced, 2, 210)])
    #expect(try source == "soft-bounce")
  }

  @Test func aDeliveryBeginsAnew() throws {
    try track([
      (.softBounced, 0, 10), (.softBounced, 1, 110), (.delivered, 2, 210), (.softBounced, 3, 310),
    ])
    #expect(try source == nil)
    try track([(.softBounced, 3, 311), (.softBounced, 4, 410)])
    #expect(try source == "soft-bounce")
  }

  @Test func aDeliveryThatIsToldOfLateCountsToo() throws {
    try track([(.softBounced, 0, 10), (.softBounced, 1, 110), (.softBounced, 3, 310)])
    #expect(try source == "soft-bounce")
    try track([(.delivered, 2, 210)])
    #expect(try source == nil)
  }

  @Test func aHardBounceStaysWhateverIsDelivered() throws {
    try track([(.softBounced, 0, 10), (.softBounced, 1, 110), (.softBounced, 3, 310)])
    try track([(.hardBounced, 4, 410), (.delivered, 2, 210)])
    #expect(try source == "bounce")
  }

  @Test func whoIsLetGoOfStartsFromNothing() throws {
    try track([(.softBounced, 0, 10), (.softBounced, 1, 110), (.softBounced, 2, 210)])
    try fixture.database.write {
      _ = try fixture.suppressions.lift("ANA@example.org", ids: fixture.users.ids)
    }
    #expect(try source == nil)
    try track([(.softBounced, 3, 310)])
    #expect(try source == nil)
    let now = try #require(Timestamp.now().adding(seconds: 60))
    for second in 0..<3 {
      var event = TrackingFixture.event(.softBounced, recipients[4], at: 0)
      event.at = try #require(now.adding(seconds: second))
      try fixture.track([event])
    }
    #expect(try source == "soft-bounce")
  }
}
