import SQLiteStore
import TextFormats
import Testing

@testable import CareSphereKit
@testable import SQLiteStore

/// The dashboard against answers worked out by hand.
@Suite struct DashboardFiguresTests {
  private func dashboard(_ fixture: AnalyticsFixture, _ scope: AnalyticsScope) throws -> DashboardFigures {
    try fixture.database.read { try DashboardFigures(scope, fixture.database) }
  }

  /// The trend of each figure: value, previous, change and direction.
  private func trends(_ figures: DashboardFigures) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: figures.trends.map { trend in
        guard case .object(let object) = trend.json else { return (trend.name, []) }
        return (trend.name, object.members.map { JSONWriter.string($0.value).filter { $0 != "\"" } })
      })
  }

  private func populate(_ fixture: AnalyticsFixture) throws {
    try fixture.member(1, joined: "2020-01-05")
    try fixture.member(2, created: "2025-11-10T08:00:00Z")
    try fixture.member(3, "inactive", created: "2025-10-05T08:00:00Z", joined: "2025-10-05")
    try fixture.member(4, "archived", created: "2025-01-01T08:00:00Z")
    try fixture.change(4, at: "2025-11-01T00:00:00Z", "active", "archived")
    try fixture.member(5, created: "2025-02-01T08:00:00Z")
    try fixture.change(5, at: "2025-10-20T00:00:00Z", "pending", "inactive")
    try fixture.change(5, at: "2025-11-02T00:00:00Z", "inactive", "active")
    // After the moment that is looked at.
    try fixture.member(6, created: "2025-12-01T08:00:00Z")
  }

  private func populateMessages(_ fixture: AnalyticsFixture) throws {
    try fixture.message("draft", at: nil, "draft")
    try fixture.message("november", at: "2025-11-03T00:00:00Z", sent: 10, opened: 4, clicked: 1)
    try fixture.message("failed", at: "2025-11-05T00:00:00Z", "failed")
    try fixture.message("october", at: "2025-10-02T00:00:00Z", sent: 20, opened: 5)
    // After the same days of that month.
    try fixture.message("later", at: "2025-10-20T00:00:00Z", sent: 10, opened: 10, clicked: 10)
    try fixture.message("old", at: "2024-11-30T23:59:59Z", sent: 5)
  }

  @Test func figuresAreNowAndThoseOfAMonthBefore() throws {
    let fixture = try AnalyticsFixture()
    try populate(fixture)
    try populateMessages(fixture)
    try fixture.departure(at: "2025-11-05T00:00:00Z", created: "2025-03-01T00:00:00Z", joined: "2025-10-02")
    try fixture.departure(
      at: "2025-11-06T00:00:00Z", "archived", created: "2025-03-01T00:00:00Z",
      archived: "2025-04-01T00:00:00Z")
    try fixture.rule("old", created: "2025-09-01T00:00:00Z")
    try fixture.rule("new", created: "2025-11-05T00:00:00Z")
    try fixture.rule("off", isActive: false, created: "2025-09-01T00:00:00Z")
    let figures = try dashboard(fixture, fixture.scope())
    let expected = [
      // In October there were 1, 3, 4, 5 and two who have been deleted since.
      "totalMembers": ["5", "6", "-16.7", "decrease"],
      // Now 1, 2, 5; then 1, 4 and one who has been deleted since.
      "activeMembers": ["3", "3", "0.0", "none"],
      // Now 2; then 3 and one who has been deleted since.
      "newMembersThisMonth": ["1", "2", "-50.0", "decrease"],
      "messagesSentThisMonth": ["1", "1", "0.0", "none"],
      // 19 and 11 of 40; a month before, of a range that begins a month before, 5 and 0 of 25.
      "averageOpenRate": ["47.5", "20.0", "137.5", "increase"],
      "averageClickRate": ["27.5", "0.0", "null", "increase"],
      "automationRulesActive": ["2", "1", "100.0", "increase"],
    ]
    #expect(trends(figures) == expected)
    #expect(figures.trends.map(\.name) == DashboardFigures.Figure.allCases.map(\.rawValue))
    #expect(figures.json.keys == DashboardFigures.keys)
    for trend in figures.trends {
      guard case .object(let object) = trend.json else { continue }
      #expect(figures.json[trend.name] == object["value"])
    }
  }

  @Test func ofNothingThereIsNoRate() throws {
    let fixture = try AnalyticsFixture()
    let figures = try dashboard(fixture, fixture.scope())
    for trend in figures.trends {
      let isRate = trend.name.hasSuffix("Rate")
      #expect(trend.value == (isRate ? nil : 0) && trend.previous == trend.value)
      #expect(trend.change == nil && trend.direction == .none)
    }
    #expect(figures.recentActivities.isEmpty)
  }

  /// What is chosen by a condition is counted in another way, and comes to the same where it is everybody.
  @Test func choosingEverybodyChangesNothing() throws {
    let fixture = try AnalyticsFixture()
    try populate(fixture)
    try fixture.message("one", at: "2025-11-03T00:00:00Z", sent: 2, opened: 1)
    try fixture.recipient(1, of: "one", having: ["sent", "opened"])
    try fixture.recipient(2, of: "one", having: ["sent"])
    try fixture.recipient(3, of: "one", "skipped", having: [])
    try fixture.message("two", at: "2025-10-03T00:00:00Z", sent: 1, clicked: 1)
    try fixture.recipient(1, of: "two", having: ["sent", "clicked"])
    for day in 1...5 { try fixture.activity("a\(day)", of: day, at: "2025-11-0\(day)T00:00:00Z") }
    let ranges: [(String?, String?)] = [
      (nil, nil), ("2025-10-01T00:00:00Z", "2025-10-31T00:00:00Z"),
      ("2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z"),
    ]
    for (since, until) in ranges {
      let all = try dashboard(fixture, fixture.scope(since: since, until: until))
      let chosen = try dashboard(fixture, fixture.scope(since: since, until: until, people: .everybody))
      #expect(all.json == chosen.json)
    }
  }

  @Test func everythingIsOfThoseWhoAreChosen() throws {
    let fixture = try AnalyticsFixture()
    try populate(fixture)
    try fixture.departure(at: "2025-11-05T00:00:00Z", created: "2025-03-01T00:00:00Z")
    try fixture.message("one", at: "2025-11-03T00:00:00Z", sent: 2, opened: 2)
    try fixture.recipient(4, of: "one", having: ["sent", "opened"])
    try fixture.recipient(1, of: "one", having: ["sent"])
    try fixture.message("two", at: "2025-11-04T00:00:00Z", sent: 1)
    try fixture.recipient(1, of: "two", having: ["sent"])
    try fixture.recipient(4, of: "two", "skipped", having: [])
    try fixture.activity("theirs", of: 1, at: "2025-11-01T00:00:00Z")
    try fixture.activity("ours", of: 4, at: "2025-11-01T00:00:00Z")
    let people = SQLFragment("(m.id = ? OR m.id = ?)", [.text("m4"), .text("m5")])
    let figures = try dashboard(fixture, fixture.scope(people: people))
    let trends = trends(figures)
    #expect(trends["totalMembers"] == ["2", "2", "0.0", "none"])
    #expect(trends["activeMembers"] == ["1", "1", "0.0", "none"])
    #expect(trends["newMembersThisMonth"] == ["0", "0", "null", "none"])
    #expect(trends["messagesSentThisMonth"] == ["1", "0", "null", "increase"])
    #expect(trends["averageOpenRate"] == ["100.0", "null", "null", "none"])
    #expect(figures.recentActivities.map(\.activity.id) == ["ours"])
  }

  @Test func aMonthBeforeTheThirtyFirstIsTheLastDay() throws {
    let fixture = try AnalyticsFixture(now: "2025-03-31T12:00:00Z")
    for (number, day) in ["01-31", "02-01", "02-28", "03-01", "03-31", "04-01"].enumerated() {
      try fixture.member(number, joined: "2025-\(day)")
    }
    let figures = try dashboard(fixture, fixture.scope())
    #expect(trends(figures)["newMembersThisMonth"] == ["2", "2", "0.0", "none"])
  }

  @Test func daysAreThoseOfTheZone() throws {
    let fixture = try AnalyticsFixture(now: "2025-11-30T23:30:00Z")
    try fixture.member(1, created: "2025-11-30T22:59:59Z")
    try fixture.member(2, created: "2025-11-30T23:00:00Z")
    let utc = try dashboard(fixture, fixture.scope())
    #expect(utc.newMembersThisMonth == 2)
    let lagos = try dashboard(fixture, fixture.scope(zone: Zone(named: "Africa/Lagos")))
    #expect(lagos.newMembersThisMonth == 1)
  }

  @Test func theNewestActivitiesAreTold() throws {
    let fixture = try AnalyticsFixture()
    try fixture.member(1)
    for number in 0..<14 { try fixture.activity("a\(number)", of: 1, at: "2025-11-01T00:00:0\(number / 2)Z") }
    try fixture.activity("future", of: 1, at: "2025-11-13T12:00:01Z")
    let activities = try dashboard(fixture, fixture.scope()).recentActivities
    #expect(activities.map(\.activity.id) == (4..<14).reversed().map { "a\($0)" })
    #expect(activities.allSatisfy { $0.memberName == "Ana 1" && $0.activity.memberID == "m1" })
  }

  /// None of its statements looks at every row of a table.
  @Test func itIsAnsweredByIndexes() throws {
    let fixture = try AnalyticsFixture()
    try populate(fixture)
    _ = try dashboard(fixture, fixture.scope())
    let statements = fixture.database.preparedSQL.filter { $0.contains("SELECT") && !$0.contains("EXPLAIN") }
    #expect(statements.count >= 10)
    for sql in statements {
      let plan = try fixture.database.prepare("EXPLAIN QUERY PLAN \(sql)")
      while try plan.step() {
        let step = plan.string(3)
        let isScan = step.hasPrefix("SCAN ") && !step.contains("COVERING INDEX")
        #expect(!isScan || step == "SCAN CONSTANT ROW", "\(step) in \(sql)")
        #expect(!step.contains("TEMP B-TREE"), "\(step) in \(sql)")
      }
    }
  }
}
