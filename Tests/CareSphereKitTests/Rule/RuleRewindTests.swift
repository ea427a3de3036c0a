import SQLiteStore
import Testing
import TextFormats

@testable import CareSphereKit

/// The machine's clock runs ahead by years, cron comes by, and the clock is put right: rules go on as if that had not
/// been, nothing comes twice, and nothing that is still to come is lost.
@Suite struct RuleRewindTests {
  private static let ahead = "2030-05-15 12:00"

  private func judged(_ rule: Rule, _ world: RuleWorld) throws -> Timestamp {
    try world.current(rule).judgedUntil
  }

  @Test func aDayThatIsStillToComeComesOnItsDay() throws {
    let world = try RuleWorld()
    let rule = try world.rule(.birthday)
    try world.member { $0.dateOfBirth = "1990-05-15" }
    try world.run(at: "2026-05-10 08:00")
    #expect(try world.run(at: Self.ahead).succeeded == 1)
    #expect(try world.run(at: "2026-05-10 08:10").effects.isEmpty)
    #expect(try judged(rule, world) <= world.now)
    #expect(try world.run(at: "2026-05-15 00:00").succeeded == 1)
    #expect(try world.run(at: "2026-05-15 00:05").effects.isEmpty)
    // The day that the clock had taken for today has had its effect.
    #expect(try world.run(at: "2030-05-15 12:00").succeeded == 0)
    #expect(try world.count("member_notes") == 2)
  }

  @Test func whatHasHappenedDoesNotHappenAgain() throws {
    let world = try RuleWorld()
    try world.rule(.birthday)
    try world.rule(.schedule, #"{"cron":"0 7 * * *"}"#)
    try world.member { $0.dateOfBirth = "1990-05-10" }
    #expect(try world.run(at: "2026-05-10 08:00").succeeded == 2)
    try world.run(at: Self.ahead)
    // Neither for those for whom the conditions came to hold only later.
    world.now = try world.moment("2026-05-10 08:05")
    try world.member("Late") { $0.dateOfBirth = "1990-05-10" }
    #expect(try world.run(at: "2026-05-10 08:10").succeeded == 0)
    #expect(try world.run(at: "2026-05-11 07:00").succeeded == 2)
  }

  @Test func whatFellDueWhileTheClockWasWrongIsMadeUpFor() throws {
    let world = try RuleWorld()
    try world.rule(.schedule, #"{"cron":"0 9 * * *"}"#)
    try world.member()
    try world.run(at: "2026-05-10 08:55")
    try world.run(at: Self.ahead)
    #expect(try world.run(at: "2026-05-10 09:05").succeeded == 1)
    #expect(try world.run(at: "2026-05-10 09:10").effects.isEmpty)
  }

  @Test func aRuleThatWasChangedMeanwhileBeginsNow() throws {
    let world = try RuleWorld()
    let rule = try world.rule(.birthday, #"{"at":"09:00"}"#)
    for (name, day) in [("A", "1990-05-09"), ("B", "1990-05-12")] {
      try world.member(name) { $0.dateOfBirth = day }
    }
    try world.setActive(false, rule)
    world.now = try world.moment(Self.ahead)
    try world.setActive(true, rule)
    #expect(try world.run(at: "2026-05-10 08:00").succeeded == 0)
    #expect(try world.run(at: "2026-05-12 09:00").succeeded == 1)
  }

  /// Their records say for years that they are of a time still to come.
  @Test func whoWasAddedMeanwhileIsThereFromThenOn() throws {
    let world = try RuleWorld()
    try world.rule(.birthday)
    try world.rule(.schedule, #"{"cron":"0 9 * * *"}"#)
    try world.run(at: "2026-05-10 08:00")
    world.now = try world.moment(Self.ahead)
    try world.member("A") { $0.dateOfBirth = "1990-05-15" }
    try world.member("B") { $0.dateOfBirth = "1990-05-09" }
    #expect(try world.run().succeeded == 0)
    // What was before it was noticed that the clock was wrong was before they were there.
    #expect(try world.run(at: "2026-05-10 08:10").succeeded == 0)
    #expect(try world.run(at: "2026-05-10 09:00").succeeded == 2)
    #expect(try world.run(at: "2026-05-14 09:00").succeeded == 2)
    #expect(try world.run(at: "2026-05-15 00:00").succeeded == 1)
    #expect(try world.run(at: "2026-05-15 00:05").effects.isEmpty)
  }

  /// Nothing waits for a rule that is off, so that it is brought back only when it is enabled.
  @Test func aRuleThatIsDisabledGoesOnFromWhenItIsEnabled() throws {
    let world = try RuleWorld()
    let rule = try world.rule(.date, #"{"field":"custom.baptismDate","repeat":"yearly"}"#)
    for (name, day) in [("A", "1990-05-11"), ("B", "1990-05-20")] {
      try world.member(name) { $0.customFields = [CustomField(name: "baptismDate", value: .string(day))] }
    }
    try world.run(at: "2026-05-10 08:00")
    try world.run(at: Self.ahead)
    world.now = try world.moment("2026-05-10 08:10")
    try world.setActive(false, rule)
    try world.run(at: "2026-05-10 08:20")
    #expect(try judged(rule, world) > world.now)
    let due = try DueWork(
      world.database, configuration: Configuration(), clock: Clock(now: world.now, zone: world.zone))
    #expect(due.ahead == 0)
    world.now = try world.moment("2026-05-12 08:00")
    try world.setActive(true, rule)
    #expect(try judged(rule, world) == world.now)
    #expect(try world.run(at: "2026-05-12 08:05").succeeded == 0)
    #expect(try world.run(at: "2026-05-20 00:00").succeeded == 1)
  }

  @Test func whatIsToFollowAnEventFollowsIt() throws {
    let world = try RuleWorld()
    try world.rule(.event(.memberCreated), #"{"delay":60}"#)
    world.now = try world.moment(Self.ahead)
    try world.rule(.event(.memberCreated), does: .addTag, #"{"tag":"new"}"#)
    try world.member("A")
    #expect(try world.run().succeeded == 1)
    world.now = try world.moment("2026-05-10 08:00")
    try world.member("B")
    #expect(try world.run().succeeded == 1)
    // An hour after it was noticed that the clock was wrong, and no later.
    #expect(try world.run(at: "2026-05-10 08:59").effects.isEmpty)
    #expect(try world.run(at: "2026-05-10 09:00").succeeded == 2)
    #expect(try world.count("rule_occurrences WHERE state = 'waiting'") == 0)
  }

  @Test func anHourOrTwoAreLetBe() throws {
    let world = try RuleWorld()
    let rule = try world.rule(.schedule, #"{"cron":"0 9 * * *"}"#)
    try world.member()
    try world.run(at: "2026-05-10 09:30")
    let judged = try judged(rule, world)
    #expect(try world.run(at: "2026-05-10 07:30").effects.isEmpty)
    #expect(try self.judged(rule, world) == judged)
  }
}
