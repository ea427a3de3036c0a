import Foundation
import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// Runs: by hand, of one rule, on trial; interleaved, and through a year.
@Suite struct RuleRunTests {
  // MARK: By hand

  @Test func byHandForAllWhomTheConditionsChoose() throws {
    let world = try RuleWorld()
    let rule = try world.rule(.birthday, where: "city = Lagos")
    try world.setActive(false, rule)
    for (name, city) in [("A", "Lagos"), ("B", "Abuja"), ("C", "Lagos")] {
      try world.member(name) { $0.city = city }
    }
    try world.member("D") {
      $0.city = "Lagos"
      $0.memberStatus = .archived
    }
    let run = try world.makeRun("rule execute")
    #expect(try run.size(of: rule) == 2)
    let report = try run.execute(rule, for: nil)
    #expect(report.succeeded == 2 && report.skipped == 0)
    #expect(report.effects.allSatisfy { $0.occurrence == "manual 2026-01-01T00:00:00Z" })
    // Again at the same second is once more.
    #expect(try world.makeRun().execute(rule, for: nil).succeeded == 2)
    #expect(try world.count("member_notes") == 4)
  }

  @Test func byHandForTheChosen() throws {
    let world = try RuleWorld()
    let rule = try world.rule(.birthday, where: "city = Lagos")
    let ids = [
      try world.member("A") {
        $0.city = "Lagos"
        $0.dateOfBirth = "1990-05-15"
      }, try world.member("B") { $0.city = "Abuja" },
    ]
    world.now = try world.moment("2026-05-14 12:00")
    let report = try world.makeRun().execute(rule, for: try ids.map(world.find))
    #expect(report.succeeded == 1 && report.skipped == 1)
    // The birthday itself comes as ever.
    #expect(try world.run(at: "2026-05-15 00:00").succeeded == 1)
  }

  // MARK: Parts and trials

  @Test func oneRuleAlone() throws {
    let world = try RuleWorld()
    let rules = [
      try world.rule(.event(.memberCreated)),
      try world.rule(.event(.memberCreated), does: .addTag, #"{"tag":"x"}"#),
    ]
    try world.member()
    #expect(try world.run(only: rules[1]).effects.map(\.ruleID) == [rules[1].id])
    #expect(try world.run(only: rules[1]).evaluated == 0)
    #expect(try world.run().effects.map(\.ruleID) == [rules[0].id])
  }

  @Test func aTrialLeavesNothing() throws {
    let world = try RuleWorld()
    try world.rule(.event(.memberCreated))
    try world.rule(.schedule, #"{"cron":"@hourly"}"#, does: .sendMessage, #"{"subject":"a","content":"b"}"#)
    try world.member()
    world.now = try world.moment("2026-01-01 02:00")
    let tables = ["rule_occurrences", "automation_logs", "member_notes", "messages", "message_recipients"]
    let report = try world.database.write(commit: false) { try world.makeRun().run() }
    #expect(report.succeeded == 2)
    for table in tables { #expect(try world.count(table) == 0) }
    #expect(try world.run().effects == report.effects)
  }

  @Test func nothingDueWritesNothing() throws {
    let world = try RuleWorld()
    try world.rule(.birthday)
    try world.rule(.schedule, #"{"cron":"0 9 * * *"}"#)
    try world.rule(.event(.memberCreated))
    try world.member { $0.dateOfBirth = "1990-05-15" }
    try world.run(at: "2026-01-01 00:10")
    let other = try UserFixture.connect(world.database.path)
    let before = try other.pragma("data_version")
    try world.run(at: "2026-01-01 08:59")
    #expect(try other.pragma("data_version") == before)
    try world.run(at: "2026-01-01 09:00")
    #expect(try other.pragma("data_version") != before)
  }

  // MARK: Events

  @Test func everyChangeIsHeard() throws {
    let world = try RuleWorld()
    let group = try world.group("Choir")
    for type in RuleEventType.allCases {
      try world.rule(.event(type))
    }
    let id = try world.member(groups: [group.id]) { $0.tags = ["a"] }
    try world.update(id) {
      $0.tags = ["A", "b"]
      $0.memberStatus = .inactive
      $0.customFields = [CustomField(name: "pet", value: "cat")]
    }
    let member = try world.find(id)
    try world.database.write {
      try world.members().decide(.out, .sms, by: member, reason: nil)
      try GroupStore(world.database, ids: world.ids, provenance: world.provenance()).delete(group)
    }
    #expect(
      try world.texts("SELECT event || ' ' || detail FROM rule_events ORDER BY row_id") == [
        "member_created {}", #"tag_added {"tag":"a"}"#, #"group_joined {"group":"\#(group.id)"}"#,
        #"member_updated {"fields":["memberStatus","tags","customFields","custom.pet"]}"#,
        #"status_changed {"from":"active","to":"inactive"}"#, #"tag_added {"tag":"b"}"#,
        #"member_updated {"fields":["optOuts"]}"#, #"group_left {"group":"\#(group.id)"}"#,
      ])
  }

  @Test func nothingIsKeptForNobody() throws {
    let world = try RuleWorld()
    let rule = try world.rule(.event(.tagAdded))
    try world.member()
    #expect(try world.count("rule_events") == 0)
    try world.setActive(false, rule)
    try world.member("B") { $0.tags = ["x"] }
    #expect(try world.count("rule_events") == 0)
  }

  @Test func mergingIsSilentAndKeepsWhatWaits() throws {
    let world = try RuleWorld()
    try world.rule(.event(.memberCreated), #"{"delay":60}"#)
    try world.rule(.event(.memberUpdated))
    let (keep, other) = (try world.member("A"), try world.member("B") { $0.city = "Lagos" })
    try world.run()
    let (kept, gone) = (try world.find(keep), try world.find(other))
    _ = try world.database.write {
      try MemberMerge(world.database, ids: world.ids, provenance: world.provenance()).merge(
        [gone], into: kept)
    }
    #expect(try world.count("rule_events WHERE event = 'member_updated'") == 0)
    let report = try world.run(at: "2026-01-01 01:00")
    // Who was merged was nobody new.
    #expect(report.effects.map(\.memberID) == [keep])
  }

  // MARK: Interleaving

  /// The rules and people of one seed.
  private static func populate(_ world: RuleWorld, _ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<6 {
      let offset = Int.random(in: -40...40, using: &random)
      let at = ["00:00", "02:30", "09:00", "23:59"].randomElement(using: &random) ?? "00:00"
      let rest = #""offsetDays":\#(offset),"at":"\#(at)""#
      switch Int.random(in: 0...4, using: &random) {
      case 0: try world.rule(.birthday, "{\(rest)}")
      case 1: try world.rule(.anniversary, "{\(rest)}")
      case 2: try world.rule(.date, #"{"field":"custom.day",\#(rest)}"#)
      case 3: try world.rule(.date, #"{"field":"joinDate","repeat":{"everyDays":3,"times":12},\#(rest)}"#)
      default: try world.rule(.inactivity, #"{"days":\#(Int.random(in: 1...60, using: &random))}"#)
      }
    }
    for number in 0..<30 {
      func day(_ years: ClosedRange<Int>) -> String {
        let (year, month) = (Int.random(in: years, using: &random), Int.random(in: 1...12, using: &random))
        let day = Int.random(in: 1...CalendarDate.daysInMonth(month, year: year), using: &random)
        return CalendarDate(year: year, month: month, day: day)?.description ?? ""
      }
      let (born, joined, custom) = (day(1940...2020), day(2024...2026), day(2026...2026))
      try world.member("M\(number)") {
        $0.dateOfBirth = number % 7 == 0 ? "--02-29" : born
        $0.joinDate = joined
        $0.customFields = [CustomField(name: "day", value: .string(custom))]
      }
    }
  }

  /// Who was reached by which rule for which occurrence.
  private static func reached(_ world: RuleWorld) throws -> [String] {
    try world.texts(
      """
      SELECT r.name || ' ' || m.first_name || ' ' || o.occurrence || ' ' || o.due_at
      FROM rule_occurrences AS o JOIN automation_rules AS r ON r.id = o.rule_id JOIN members AS m ON m.id = o.member_id
      WHERE o.state = 'done' ORDER BY 1
      """)
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func runsAtAnyTimeHaveTheEffectsOfDailyOnes(seed: UInt64) throws
  {
    let zone = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Beirut"][Int(seed) % 4]
    let (daily, other) = (
      try RuleWorld(zone: zone, now: "2026-02-15 10:00"), try RuleWorld(zone: zone, now: "2026-02-15 10:00")
    )
    try Self.populate(daily, seed)
    try Self.populate(other, seed)
    let end = try daily.moment("2026-06-15 10:00")
    while daily.now < end {
      daily.now = try #require(daily.now.adding(seconds: 86_400))
      try daily.run()
    }
    var random = SeededGenerator(seed: seed)
    while other.now < end {
      let step = [0, 1, 60, 3600, 40_000, 100_000, 259_200].randomElement(using: &random) ?? 60
      other.now = min(end, try #require(other.now.adding(seconds: step)))
      try other.run()
    }
    let reached = try Self.reached(daily)
    #expect(reached.count > 20)
    #expect(try Self.reached(other) == reached)
    #expect(try daily.count("member_notes") == reached.count && other.count("member_notes") == reached.count)
  }

  // MARK: A year

  @Test func aYearDayByDayReachesEachJustAsOften() throws {
    let count = Int(ProcessInfo.processInfo.environment["CARESPHERE_TEST_RULE_MEMBERS"] ?? "") ?? 300
    let world = try RuleWorld(zone: "Africa/Lagos", now: "2026-12-31 12:00")
    try world.rule(.birthday, #"{"offsetDays":-3,"at":"09:00"}"#, does: .addTag, #"{"tag":"soon"}"#)
    try world.rule(.birthday)
    try world.rule(.anniversary, does: .sendMessage, #"{"subject":"Thanks","content":"Hi {{firstName}}"}"#)
    try world.rule(.schedule, #"{"cron":"0 9 1 * *"}"#, where: "city = Lagos")
    var random = SeededGenerator(seed: 11)
    let first = try #require(CalendarDate(year: 1950, month: 1, day: 1)).daysSinceEpoch
    var anniversaries = 0
    try world.database.write {
      let members = try world.members()
      for number in 0..<count {
        var draft = MemberDraft()
        draft.firstName = "M\(number)"
        draft.email = "m\(number)@example.org"
        draft.city = number % 10 == 0 ? "Lagos" : "Abuja"
        draft.dateOfBirth =
          CalendarDate(daysSinceEpoch: first + Int.random(in: 0..<25_000, using: &random))?.description
        if number % 3 == 0 {
          draft.joinDate =
            CalendarDate(daysSinceEpoch: 18_000 + Int.random(in: 0..<2_000, using: &random))?.description
          anniversaries += 1
        }
        _ = try members.add(draft)
      }
    }
    for _ in 0..<365 {
      world.now = try #require(world.now.adding(seconds: 86_400))
      try world.run()
    }
    func effects(_ type: String, _ action: String) throws -> Int {
      try world.count(
        """
        automation_logs AS l JOIN automation_rules AS r ON r.id = l.rule_id
        WHERE r.trigger_type = '\(type)' AND r.action_type = '\(action)' AND l.status = 'success'
        """)
    }
    // 2027 has every day but 29 February, which comes on the 28th.
    #expect(try effects("birthday", "add_note") == count)
    #expect(try effects("birthday", "add_tag") == count)
    #expect(try effects("anniversary", "send_message") == anniversaries)
    #expect(try world.count("message_recipients") == anniversaries)
    #expect(try effects("schedule", "add_note") == 12 * ((count + 9) / 10))
    #expect(try world.count("automation_logs WHERE status <> 'success'") == 0)
    #expect(
      try world.count("(SELECT DISTINCT rule_id, member_id, occurrence FROM automation_logs)")
        == world.count("automation_logs"))
  }
}
