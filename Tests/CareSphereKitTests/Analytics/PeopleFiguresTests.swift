import SQLiteStore
import TextFormats
import Testing

@testable import CareSphereKit

/// The figures of people against answers worked out by hand.
@Suite struct PeopleFiguresTests {
  private func figures(_ fixture: AnalyticsFixture, _ scope: AnalyticsScope) throws -> PeopleFigures {
    try fixture.database.read { try PeopleFigures(scope, fixture.database) }
  }

  private func counts(_ distribution: PeopleFigures.Distribution) -> [String] {
    distribution.map { "\($0.label) \($0.count)" }
  }

  private func growth(_ figures: PeopleFigures) -> [String] {
    figures.growthTrend.map { "\($0.period) \($0.joined) \($0.left) \($0.total)" }
  }

  private func cohorts(_ figures: PeopleFigures) -> [String] {
    figures.retention.map { "\($0.cohort) \($0.joined) \($0.stillActive)" }
  }

  private func populate(_ fixture: AnalyticsFixture) throws {
    // Before the range, and within it by the record or by the date.
    try fixture.member(1, joined: "2019-05-01")
    try fixture.member(2, created: "2025-09-30T23:59:59Z")
    try fixture.member(3, "inactive", created: "2025-11-12T00:00:00Z", joined: "2025-10-01")
    // Archived twice: the last time counts.
    try fixture.member(4, "archived", created: "2025-09-02T00:00:00Z")
    try fixture.change(4, at: "2025-09-10T00:00:00Z", "active", "archived")
    try fixture.change(4, at: "2025-09-11T00:00:00Z", "archived", "active")
    try fixture.change(4, at: "2025-11-01T00:00:00Z", "active", "archived")
    // Archived once, and back again.
    try fixture.member(5, joined: "2025-09-03")
    try fixture.change(5, at: "2025-09-10T00:00:00Z", "active", "archived")
    try fixture.change(5, at: "2025-10-11T00:00:00Z", "archived", "active")
    // Made as an archived record, before and after the range began.
    try fixture.member(6, "archived", created: "2020-01-01T00:00:00Z", joined: "2018-01-01")
    try fixture.member(7, "archived", created: "2025-10-01T00:00:00Z", joined: "2018-01-01")
    // Archived after the range, and before joining.
    try fixture.member(8, "archived", joined: "2025-10-02")
    try fixture.change(8, at: "2025-12-01T00:00:00Z", "active", "archived")
    try fixture.member(9, "archived", created: "2025-09-01T00:00:00Z", joined: "2025-11-13")
    // Joins on the last day, and after it.
    try fixture.member(10, "pending", joined: "2025-11-13")
    try fixture.member(11, joined: "2025-11-14")
    try fixture.member(12, "archived", created: "2025-09-01T00:00:00Z", joined: "2026-01-01")
  }

  @Test func growthIsWhoJoinedAndWhoLeft() throws {
    let fixture = try AnalyticsFixture()
    try populate(fixture)
    let figures = try figures(fixture, fixture.scope(since: "2025-09-01T00:00:00Z"))
    #expect(growth(figures) == ["2025-09 3 0 5", "2025-10 2 1 6", "2025-11 2 2 6"])
    #expect(
      figures.growthTrend.map(\.json).first
        == .object(
          JSONObject([
            ("period", "2025-09"), ("joined", 3), ("left", 0), ("net", 3), ("total", 5),
          ])))
    #expect(cohorts(figures) == ["2025-09 3 2", "2025-10 2 0", "2025-11 2 0"])
    #expect(
      figures.retention.first?.json == [
        "cohort": "2025-09", "joined": 3, "stillActive": 2, "rate": .number("66.7"),
      ])
    #expect(counts(figures.statusDistribution) == ["active 4", "inactive 1", "pending 1", "archived 6"])
  }

  @Test func whoWasDeletedJoinedAndLeft() throws {
    let fixture = try AnalyticsFixture()
    try populate(fixture)
    try fixture.departure(at: "2025-10-05T00:00:00Z", created: "2025-09-05T00:00:00Z")
    try fixture.departure(
      at: "2025-11-05T00:00:00Z", "archived", created: "2020-01-01T00:00:00Z", joined: "2025-10-01",
      archived: "2025-10-20T00:00:00Z")
    try fixture.departure(at: "2025-11-20T00:00:00Z", created: "2020-01-01T00:00:00Z")
    let scope = try fixture.scope(since: "2025-09-01T00:00:00Z")
    let all = try figures(fixture, scope)
    #expect(growth(all) == ["2025-09 4 0 7", "2025-10 3 3 7", "2025-11 2 2 7"])
    #expect(cohorts(all) == ["2025-09 4 2", "2025-10 3 0", "2025-11 2 0"])
    #expect(all.statusDistribution.reduce(0) { $0 + $1.count } == 12)
    let chosen = try figures(fixture, fixture.scope(since: "2025-09-01T00:00:00Z", people: .everybody))
    #expect(growth(chosen) == ["2025-09 3 0 5", "2025-10 2 1 6", "2025-11 2 2 6"])
  }

  @Test func emptyPeriodsAreThereWithZero() throws {
    let fixture = try AnalyticsFixture()
    let figures = try figures(fixture, fixture.scope(since: "2025-11-10T00:00:00Z", unit: .day))
    #expect(growth(figures) == (10...13).map { "2025-11-\($0) 0 0 0" })
    #expect(
      figures.retention.first?.json == [
        "cohort": "2025-11-10", "joined": 0, "stillActive": 0, "rate": .null,
      ])
    #expect(counts(figures.statusDistribution) == ["active 0", "inactive 0", "pending 0", "archived 0"])
    #expect(figures.cityDistribution.isEmpty && figures.membershipTypes.isEmpty)
    #expect(figures.groups.isEmpty && figures.tags.isEmpty)
    #expect(figures.json.keys == PeopleFigures.keys)
  }

  @Test func agesAreThoseOfTheDay() throws {
    let fixture = try AnalyticsFixture()
    let birthdays: [String?] = [
      "2025-11-13", "2012-11-14", "2012-11-13", "2007-11-14", "2007-11-13", "2000-11-14", "2000-11-13",
      "1990-11-13",
      "1980-11-13", "1970-11-13", "1960-11-14", "1960-11-13", "1900-01-01", "--11-13", nil, "2025-11-14",
    ]
    for (number, birthday) in birthdays.enumerated() {
      try fixture.member(number, having: birthday.map { ["date_of_birth": $0] } ?? [:])
    }
    let figures = try figures(fixture, fixture.scope())
    #expect(
      counts(figures.ageGroups) == [
        "0-12 2", "13-17 2", "18-24 2", "25-34 1", "35-44 1", "45-54 1", "55-64 2", "65+ 2", "unknown 3",
      ])
    // As a birthday is counted elsewhere.
    let today = try fixture.scope().clock.today
    for (number, birthday) in birthdays.enumerated() {
      guard let birthday, let age = BirthDate(birthday)?.age(on: today), age >= 0 else {
        continue
      }
      let one = try self.figures(
        fixture, fixture.scope(people: SQLFragment("m.id = ?", [.text("m\(number)")])))
      let group = one.ageGroups.first { $0.count == 1 }?.label ?? ""
      let bounds = group.split(whereSeparator: { $0 == "-" || $0 == "+" }).compactMap { Int($0) }
      #expect(
        age >= bounds.first ?? 999 && age <= (bounds.count > 1 ? bounds[1] : 999), "\(birthday) \(group)")
    }
  }

  @Test func kindsAreCountedAndTheRestIsUnknown() throws {
    let fixture = try AnalyticsFixture()
    try fixture.member(1, having: ["gender": "male", "membership_type": "full", "tags": #"["choir","é"]"#])
    try fixture.member(
      2, "archived", having: ["gender": "female", "membership_type": "full", "tags": #"["choir"]"#])
    try fixture.member(
      3, having: ["gender": "prefer_not_to_say", "membership_type": "guest", "tags": #"["a \"b\""]"#])
    try fixture.member(4, having: ["gender": "other", "membership_type": "unknown"])
    try fixture.member(5)
    let figures = try figures(fixture, fixture.scope())
    #expect(
      counts(figures.genderDistribution) == [
        "male 1", "female 1", "other 1", "prefer_not_to_say 1", "unknown 1",
      ])
    #expect(counts(figures.membershipTypes) == ["full 2", "guest 1", "unknown 2"])
    #expect(counts(figures.tags) == ["choir 2", "a \"b\" 1", "é 1"])
  }

  @Test func citiesAreTheTwentyLargest() throws {
    let fixture = try AnalyticsFixture()
    var number = 0
    func live(_ count: Int, in city: String?) throws {
      for _ in 0..<count {
        number += 1
        try fixture.member(number, having: city.map { ["city": $0] } ?? [:])
      }
    }
    try live(2, in: "LAGOS")
    try live(3, in: "Lagos")
    try live(2, in: "Straße")
    try live(1, in: "STRASSE")
    for letter in "abcdefghijklmnopqrst" { try live(2, in: "City \(letter)") }
    try live(1, in: "Other")
    try live(1, in: "Unknown")
    try live(1, in: nil)
    let cities = counts(try figures(fixture, fixture.scope()).cityDistribution)
    #expect(cities.prefix(3) == ["Lagos 5", "Straße 3", "City a 2"])
    #expect(cities.count == 22)
    // Two of two people each that are not among the twenty, and one who lives in "Other".
    #expect(cities.suffix(2) == ["other 5", "unknown 2"])
  }

  @Test func groupsAreOfAllKinds() throws {
    let fixture = try AnalyticsFixture()
    for number in 1...4 { try fixture.member(number, having: ["city": number < 4 ? "Lagos" : "Oslo"]) }
    let groups: [(String, String?)] = [
      ("Choir", nil), ("Lagos", "city = lagos"), ("Lost", "group = nothing"), ("Empty", nil),
    ]
    for (name, query) in groups {
      try fixture.execute(
        """
        INSERT INTO member_groups (id, name, name_key, query, created_at, updated_at)
        VALUES (?1, ?1, lower(?1), ?2, '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z')
        """, [.text(name), .optional(query)])
    }
    for number in [1, 4] {
      try fixture.execute(
        """
        INSERT INTO member_group_assignments (id, member_id, group_id, assigned_at)
        VALUES (?, ?, 'Choir', '2025-01-01T00:00:00Z')
        """, [.text("a\(number)"), .text("m\(number)")])
    }
    #expect(
      counts(try figures(fixture, fixture.scope()).groups) == ["Lagos 3", "Choir 2", "Empty 0", "Lost 0"])
    let some = SQLFragment("m.id <> ?", [.text("m1")])
    #expect(
      counts(try figures(fixture, fixture.scope(people: some)).groups) == [
        "Lagos 2", "Choir 1", "Empty 0", "Lost 0",
      ])
  }

  /// More different texts than there were places for to begin with.
  @Test func talliesCountEveryText() {
    var tally = ByteTally()
    var generator = SystemRandomNumberGenerator()
    var expected: [String: Int] = [:]
    for _ in 0..<20_000 {
      let text = String(Int.random(in: 0..<3000, using: &generator), radix: 7)
      expected[text, default: 0] += 1
      Array(text.utf8).withUnsafeBufferPointer { tally.add($0) }
    }
    Array("".utf8).withUnsafeBufferPointer { tally.add($0) }
    expected[""] = 1
    #expect(Dictionary(uniqueKeysWithValues: tally.counts.map { ($0.text, $0.count) }) == expected)
  }
}
