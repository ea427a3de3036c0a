import Testing

@testable import CareSphereKit

/// The arithmetic of rates and waits.
@Suite struct PacerTests {
  @Test func aRateIsSpreadEvenly() {
    var pacer = Pacer(Rate(count: 20, seconds: 1))
    var now = 1_000_000_000
    var sent: [Int] = []
    // A caller who asks every millisecond.
    while now < 3_000_000_000 {
      if pacer.wait(at: now) == 0 {
        pacer.take(at: now)
        sent.append(now)
      }
      now += 1_000_000
    }
    #expect((40...41).contains(sent.count))
    #expect(zip(sent, sent.dropFirst()).allSatisfy { $1 - $0 >= 49_000_000 })
  }

  @Test func aPauseIsNotMadeUpForByABurst() {
    var pacer = Pacer(Rate(count: 10, seconds: 1))
    pacer.take(at: 0)
    let late = 10_000_000_000
    var burst = 0
    while pacer.wait(at: late) == 0 {
      pacer.take(at: late)
      burst += 1
    }
    #expect(burst == 2)
  }

  @Test func withoutARateNothingWaits() {
    var pacer = Pacer(nil)
    for _ in 0..<1000 {
      #expect(pacer.wait(at: 5) == 0)
      pacer.take(at: 5)
    }
  }

  @Test func waitsDoubleUpToTheirLimit() throws {
    var configuration = Configuration.Delivery()
    configuration.retryFirst = 0
    configuration.retryMax = 3
    configuration.giveUpAfter = 100
    let start = try #require(Timestamp("2026-03-01T12:00:00Z"))
    let schedule = RetrySchedule(configuration)
    func wait(_ attempts: Int) -> RetrySchedule.Step {
      schedule.step(attempts: attempts, first: start, now: start)
    }
    func again(_ seconds: Int) throws -> RetrySchedule.Step {
      .again(at: try #require(start.adding(seconds: seconds)))
    }
    #expect(try wait(1) == again(1), "a wait of nothing would go round in circles")
    #expect(try wait(2) == again(2))
    #expect(try wait(3) == again(3))
    #expect(try wait(.max) == again(3))
    let end = try #require(start.adding(seconds: 100))
    #expect(schedule.step(attempts: 2, first: start, now: end) == .giveUp)
  }

  @Test func batchesFollowTheSpeed() {
    var batch = ClaimBatch()
    #expect(batch.next(at: 0) == 8)
    #expect(batch.next(at: 1_000_000) == 16)
    #expect(batch.next(at: 5_000_000_000) == 8)
    #expect(batch.next(at: 6_500_000_000) == 8)
  }
}
