import Testing

@testable import CareSphereKit

@Suite struct UserLoginThrottleTests {
  private static let noon = 1_700_000_000_000

  private func attempt(_ fixture: UserFixture, _ email: String, at milliseconds: Int) -> ErrorCode? {
    fixture.code { try LoginThrottle(fixture.database, now: Self.noon + milliseconds).begin(email) }
  }

  @Test func fiveAreFreeAndThenTheDelayDoubles() throws {
    let fixture = try UserFixture()
    for attempt in 0..<5 { #expect(self.attempt(fixture, "ada@x.example", at: attempt) == nil) }
    var now = 4
    for delay in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900] {
      #expect(attempt(fixture, "Ada@X.example", at: now + delay * 1000 - 1) == .rateLimit, "\(delay)")
      now += delay * 1000
      #expect(attempt(fixture, "ada@x.example", at: now) == nil, "\(delay)")
    }
  }

  @Test func waitingAttemptsChangeNothing() throws {
    let fixture = try UserFixture()
    for attempt in 0..<5 { #expect(self.attempt(fixture, "ada@x.example", at: attempt) == nil) }
    for wait in 5..<100 { #expect(attempt(fixture, "ada@x.example", at: wait) == .rateLimit) }
    #expect(attempt(fixture, "ada@x.example", at: 1004) == nil)
  }

  @Test func otherAccountsAreNotHeldUp() throws {
    let fixture = try UserFixture()
    for attempt in 0..<6 { _ = self.attempt(fixture, "ada@x.example", at: attempt) }
    #expect(attempt(fixture, "eve@x.example", at: 6) == nil)
  }

  @Test func theRightPasswordOrADayClearsIt() throws {
    let fixture = try UserFixture()
    for attempt in 0..<6 { _ = self.attempt(fixture, "ada@x.example", at: attempt) }
    try LoginThrottle(fixture.database, now: Self.noon).clear("ADA@x.example")
    for attempt in 0..<5 { #expect(self.attempt(fixture, "ada@x.example", at: attempt) == nil) }
    for attempt in 0..<5 { #expect(self.attempt(fixture, "ada@x.example", at: 86_500_000 + attempt) == nil) }
  }

  @Test func saysWhenToTryAgain() throws {
    let fixture = try UserFixture()
    for attempt in 0..<5 { _ = self.attempt(fixture, "ada@x.example", at: attempt) }
    let error = #expect(throws: CareError.self) {
      try LoginThrottle(fixture.database, now: Self.noon + 10).begin("ada@x.example")
    }
    #expect(error?.message.contains("2023-11-14T22:13:22Z") == true)
    #expect(error?.details == .fields([.init("retryAt", "2023-11-14T22:13:22Z")]))
  }

  @Test func aClockSetBackLocksNobodyOut() throws {
    let fixture = try UserFixture()
    for attempt in 0..<5 { _ = self.attempt(fixture, "ada@x.example", at: attempt) }
    let back = -1_000_000_000
    #expect(attempt(fixture, "ada@x.example", at: back) == nil)
    // By its own time the delays go on where they were.
    #expect(attempt(fixture, "ada@x.example", at: back + 1999) == .rateLimit)
    #expect(attempt(fixture, "ada@x.example", at: back + 2000) == nil)
  }
}
