import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// Who takes part, with known answers.
@Suite struct EngagementFiguresTests {
  private let fixture: DeedsFixture

  init() throws { fixture = try DeedsFixture() }

  @Test func ofNobodyThereIsNothing() throws {
    let figures = try fixture.engagement(
      try DeedsFixture.range("2025-01-01T00:00:00Z", "2025-04-01T00:00:00Z"))
    #expect(figures.activePeople.map(\.period) == ["2025-01", "2025-02", "2025-03"])
    #expect(figures.activePeople.allSatisfy { $0.count == 0 && $0.people == 0 })
    #expect(figures.mostEngaged.isEmpty && figures.leastEngaged.isEmpty && figures.atRisk.isEmpty)
    #expect(figures.atRiskCount == 0 && figures.rules.isEmpty)
    #expect(figures.json.keys == EngagementFigures.keys)
    let json = JSONWriter.string(.object(figures.json))
    #expect(json.contains(#"{"period":"2025-01","count":0,"share":null}"#), "\(json)")
    #expect(json.contains(#""atRisk":{"count":0,"members":[]}"#), "\(json)")
  }

  @Test func whatIsSentIsNoDeed() throws {
    try fixture.write {
      for number in 1...4 { try fixture.member(number) }
      try fixture.message("news", at: "2025-01-02T00:00:00Z")
      for number in 1...4 { try fixture.recipient(number, of: "news", .sent) }
      try fixture.event(.delivered, of: "news", by: 1, at: "2025-01-02T00:00:01Z")
      try fixture.event(.hardBounced, of: "news", by: 1, at: "2025-01-02T00:00:02Z")
      try fixture.activity("message_sent", of: 1, at: "2025-01-02T00:00:00Z")
      try fixture.activity("message_failed", of: 1, at: "2025-01-02T00:00:00Z")
      try fixture.event(.opened, of: "news", by: 2, at: "2025-01-03T00:00:00Z")
      try fixture.event(.clicked, of: "news", by: 3, at: "2025-01-03T00:00:00Z", url: "a")
      try fixture.activity("visit", of: 4, at: "2025-01-03T00:00:00Z")
    }
    let figures = try fixture.engagement(
      try DeedsFixture.range("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z"))
    #expect(figures.activePeople == [.init(period: "2025-01", count: 3, people: 4)])
    #expect(figures.mostEngaged.map(\.id) == ["m2", "m3", "m4"])
    let silent = EngagementFigures.Person(id: "m1", name: "Ana 1", score: 0, lastActiveAt: nil)
    #expect(figures.leastEngaged.first == silent)
  }

  @Test func aScoreCountsDaysOfTheZone() throws {
    try fixture.write {
      try fixture.member(1)
      // In Kathmandu, 5:45 before Greenwich, both are of 11 January; in Greenwich they are not.
      for time in ["2025-01-10T18:15:00Z", "2025-01-11T18:14:59Z", "2025-01-11T18:15:00Z"] {
        try fixture.activity("visit", of: 1, at: time)
      }
    }
    for (zone, score) in [("Asia/Kathmandu", 2), ("UTC", 2), ("Pacific/Kiritimati", 2), ("America/Lima", 2)] {
      let range = try DeedsFixture.range("2025-01-10T00:00:00Z", "2025-01-13T00:00:00Z", .day, zone: zone)
      #expect(try fixture.engagement(range).mostEngaged.first?.score == score, "\(zone)")
    }
    let days = try DeedsFixture.range(
      "2025-01-10T00:00:00Z", "2025-01-13T00:00:00Z", .day, zone: "Asia/Kathmandu")
    let active = try fixture.engagement(days).activePeople.filter { $0.count > 0 }.map(\.period)
    #expect(active == ["2025-01-11", "2025-01-12"])
  }

  @Test func listsAreOrdered() throws {
    try fixture.write {
      for number in 1...6 { try fixture.member(number, number == 6 ? "archived" : "active") }
      try fixture.member(7, created: "2025-06-01T00:00:00Z")
      func visits(_ number: Int, _ days: Int...) throws {
        for day in days { try fixture.activity("visit", of: number, at: "2025-01-0\(day)T10:00:00Z") }
      }
      try visits(1, 1, 2)
      try visits(2, 1, 3)
      try visits(3, 5)
      try visits(6, 1, 2, 3, 4)
      try fixture.activity("visit", of: 4, at: "2024-03-01T00:00:00Z")
    }
    let figures = try fixture.engagement(
      try DeedsFixture.range("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z"))
    #expect(figures.mostEngaged.map(\.id) == ["m2", "m1", "m3"])
    #expect(figures.leastEngaged.map(\.id) == ["m5", "m4", "m3", "m1", "m2"])
    #expect(
      figures.leastEngaged.dropFirst().first
        == .init(id: "m4", name: "Ana 4", score: 0, lastActiveAt: "2024-03-01T00:00:00Z"))
    // The archived were active like anybody else.
    #expect(figures.activePeople.first?.count == 4)
  }

  @Test func atRiskIsWhoFellSilentNinetyDaysAgo() throws {
    try fixture.write {
      for number in 1...5 { try fixture.member(number) }
      try fixture.member(6, "archived")
      let times = [
        (1, "2025-01-01T00:00:00Z"), (2, "2025-01-01T00:00:01Z"), (3, "2024-01-01T00:00:00Z"),
        (4, "2024-06-01T00:00:00Z"), (4, "2025-04-02T00:00:00Z"), (6, "2024-01-01T00:00:00Z"),
      ]
      for (number, time) in times { try fixture.activity("visit", of: number, at: time) }
    }
    let figures = try fixture.engagement(
      try DeedsFixture.range("2025-03-01T00:00:00Z", "2025-04-01T00:00:00Z"))
    #expect(figures.atRiskCount == 3)
    #expect(figures.atRisk.map(\.id) == ["m1", "m4", "m3"])
  }

  @Test func moreAtRiskThanAreNamed() throws {
    try fixture.write {
      for number in 1...130 {
        try fixture.member(number)
        let moment = try #require(Timestamp(secondsSinceEpoch: 1_700_000_000 + number * 7919 % 130))
        try fixture.activity("visit", of: number, at: moment.description)
      }
    }
    let figures = try fixture.engagement(
      try DeedsFixture.range("2025-03-01T00:00:00Z", "2025-04-01T00:00:00Z"))
    #expect(figures.atRiskCount == 130 && figures.atRisk.count == 100)
    let times = figures.atRisk.compactMap(\.lastActiveAt)
    #expect(times == times.sorted(by: >) && times.count == 100)
  }

  @Test func rulesHaveWhatTheirMessagesBrought() throws {
    try fixture.write {
      for number in 1...3 { try fixture.member(number) }
      for rule in ["Birthday", "Anniversary"] { try fixture.rule(rule) }
      try fixture.message("one", at: "2025-01-05T00:00:00Z", rule: "Birthday")
      try fixture.message("two", at: "2025-01-06T00:00:00Z", rule: "Birthday")
      try fixture.message("old", at: "2024-12-31T23:59:59Z", rule: "Birthday")
      try fixture.message("other", at: "2025-01-05T00:00:00Z")
      for message in ["one", "two", "old", "other"] {
        try fixture.recipient(1, of: message, .clicked, ["sent", "opened", "clicked"])
      }
      try fixture.recipient(2, of: "one", .sent)
      try fixture.recipient(3, of: "two", .skipped, [])
      try fixture.count()
      for (status, number, time) in [
        (RuleLogStatus.success, 1, "2025-01-05T00:00:00Z"), (.success, 2, "2025-01-05T00:00:00Z"),
        (.skipped, 3, "2025-01-05T00:00:00Z"), (.failure, 3, "2025-01-31T23:59:59Z"),
        (.failure, 3, "2025-02-01T00:00:00Z"),
      ] { try fixture.log("Birthday", status, of: number, at: time) }
    }
    let range = try DeedsFixture.range("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z")
    let figures = try fixture.engagement(range)
    #expect(
      figures.rules == [
        .init(
          id: "Anniversary", name: "Anniversary", succeeded: 0, failed: 0, skipped: 0, sent: 0, opened: 0,
          clicked: 0),
        .init(
          id: "Birthday", name: "Birthday", succeeded: 2, failed: 1, skipped: 1, sent: 3, opened: 2,
          clicked: 2),
      ])
    let json = JSONWriter.string(.object(figures.json))
    #expect(json.contains(#""sent":3,"opened":2,"clicked":2,"openRate":66.7,"clickRate":66.7}"#), "\(json)")
    #expect(json.contains(#""sent":0,"opened":0,"clicked":0,"openRate":null,"clickRate":null}"#), "\(json)")
    let narrowed = try fixture.engagement(range, of: SQLFragment("m.id IN (?, ?)", ["m2", "m3"]))
    #expect(
      narrowed.rules.last
        == .init(
          id: "Birthday", name: "Birthday", succeeded: 1, failed: 1, skipped: 1, sent: 1, opened: 0,
          clicked: 0))
  }
}
