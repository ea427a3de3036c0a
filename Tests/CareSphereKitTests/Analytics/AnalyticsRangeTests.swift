import Testing

@testable import CareSphereKit

/// Ranges and the periods that they are divided into.
@Suite struct AnalyticsRangeTests {
  private static let now = "2025-11-13T10:30:00Z"

  private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

  private func range(
    _ since: String? = nil, _ until: String? = nil, _ unit: AnalyticsRange.Unit = .month, zone: String = "UTC"
  ) throws -> AnalyticsRange {
    try AnalyticsRange(
      since: since.map(moment), until: until.map(moment), unit: unit,
      clock: Clock(now: moment(Self.now), zone: Zone(named: zone)))
  }

  @Test func byDefaultItIsTheLastTwelveMonths() throws {
    let range = try range()
    #expect(range.since.description == "2024-12-01T00:00:00Z")
    #expect(range.until.description == "2025-11-13T10:30:01Z")
    #expect(range.periods.map(\.name).first == "2024-12" && range.periods.map(\.name).last == "2025-11")
    #expect(range.periods.count == 12)
    #expect(range.periods.last?.lastDay.description == "2025-11-13")
    let years = try self.range(unit: .year)
    #expect(years.periods.map(\.name) == ["2024", "2025"])
    #expect(try self.range(unit: .day).periods.count == 348)
  }

  private func range(unit: AnalyticsRange.Unit) throws -> AnalyticsRange { try range(nil, nil, unit) }

  @Test func whatIsAskedForCountsFromAsOf() throws {
    let clock = Clock(now: try moment(Self.now), asOf: try moment("2020-02-29T12:00:00Z"), zone: .utc)
    let range = try AnalyticsRange(clock: clock)
    #expect(range.since.description == "2019-03-01T00:00:00Z")
    #expect(range.periods.last?.name == "2020-02")
  }

  @Test func weeksBeginOnMondayWhateverTheYear() throws {
    let range = try range("2024-12-25T00:00:00Z", "2025-01-08T00:00:00Z", .week)
    #expect(range.periods.map(\.name) == ["2024-12-23", "2024-12-30", "2025-01-06"])
    #expect(range.periods.first?.firstDay.description == "2024-12-25")
    #expect(range.periods.first?.start.description == "2024-12-25T00:00:00Z")
    #expect(range.periods.last?.lastDay.description == "2025-01-07")
  }

  @Test func aRangeMayBeginAndEndAnywhere() throws {
    let range = try range("2025-10-13T15:00:00Z", "2025-11-02T08:00:00Z")
    #expect(range.periods.map(\.name) == ["2025-10", "2025-11"])
    #expect(range.periods.map(\.start.description) == ["2025-10-13T15:00:00Z", "2025-11-01T00:00:00Z"])
    #expect(range.periods.map(\.end.description) == ["2025-11-01T00:00:00Z", "2025-11-02T08:00:00Z"])
    #expect(range.periods.map(\.firstDay.description) == ["2025-10-13", "2025-11-01"])
    #expect(range.periods.map(\.lastDay.description) == ["2025-10-31", "2025-11-02"])
  }

  @Test func daysAreThoseOfTheZone() throws {
    let lagos = try range("2025-11-01T23:00:00Z", "2025-11-02T23:00:00Z", .day, zone: "Africa/Lagos")
    #expect(lagos.periods.map(\.name) == ["2025-11-02"])
    #expect(lagos.json["timezone"] == "Africa/Lagos")
    // The last Sunday of March has 23 hours, that of October 25.
    let spring = try range("2025-03-28T23:00:00Z", "2025-03-31T22:00:00Z", .day, zone: "Europe/Berlin")
    #expect(spring.periods.map(hours) == [24, 23, 24])
    let autumn = try range("2025-10-24T22:00:00Z", "2025-10-27T23:00:00Z", .day, zone: "Europe/Berlin")
    #expect(autumn.periods.map(hours) == [24, 25, 24])
    // A day whose midnight is skipped begins an hour later.
    let skipped = try range("2018-11-03T03:00:00Z", "2018-11-05T02:00:00Z", .day, zone: "America/Sao_Paulo")
    #expect(skipped.periods.map(\.name) == ["2018-11-03", "2018-11-04"])
    #expect(skipped.periods.map(hours) == [24, 23])
  }

  private func hours(_ period: AnalyticsRange.Period) -> Int {
    (period.end.secondsSinceEpoch - period.start.secondsSinceEpoch) / 3600
  }

  @Test(arguments: [
    "UTC", "Europe/Berlin", "Africa/Lagos", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu",
  ])
  func periodsFollowEachOtherWithoutGaps(zone: String) throws {
    for unit in AnalyticsRange.Unit.allCases {
      let range = try range("2011-12-20T03:04:05Z", "2013-04-01T23:59:59Z", unit, zone: zone)
      #expect(range.periods.first?.start == range.since && range.periods.last?.end == range.until)
      for (one, next) in zip(range.periods, range.periods.dropFirst()) {
        // Apia left out 30 December 2011.
        #expect(one.end == next.start && one.name < next.name && one.start <= one.end, "\(one) \(next)")
        #expect(one.lastDay.adding(days: 1) == next.firstDay)
      }
    }
  }

  private func fields(_ error: CareError?) -> [String] {
    if case .fields(let problems)? = error?.details { problems.map(\.field) } else { [] }
  }

  @Test func aRangeThatEndsBeforeItBeginsIsNone() throws {
    let ranges: [(String, String?)] = [
      ("2025-11-02T00:00:00Z", "2025-11-01T00:00:00Z"), ("2025-11-02T00:00:00Z", "2025-11-02T00:00:00Z"),
      ("2026-01-01T00:00:00Z", nil),
    ]
    for (since, until) in ranges {
      let error = #expect(throws: CareError.self) { try range(since, until) }
      #expect(error?.code == .validation)
      #expect(fields(error) == ["since"])
    }
  }

  @Test func thereAreAtMostAThousandPeriods() throws {
    #expect(try range("2023-01-01T00:00:00Z", "2025-09-27T00:00:00Z", .day).periods.count == 1000)
    for (since, unit) in [
      ("2022-12-31T00:00:00Z", AnalyticsRange.Unit.day), ("1025-01-01T00:00:00Z", .day),
      ("1025-01-01T00:00:00Z", .week), ("1025-01-01T00:00:00Z", .month), ("0001-01-01T00:00:00Z", .year),
    ] {
      let error = #expect(throws: CareError.self) { try range(since, "2025-09-27T00:00:00Z", unit) }
      #expect(error?.code == .validation)
      #expect(fields(error) == ["period"])
    }
  }

  @Test func theEndsOfTimeAreNoneOfOurs() throws {
    let clock = Clock(now: try moment(Self.now), zone: try Zone(named: "Pacific/Kiritimati"))
    let last = try AnalyticsRange(
      since: moment("9999-01-01T00:00:00Z"), until: .max, unit: .month, clock: clock)
    #expect(last.periods.last?.name == "9999-12")
    let first = try AnalyticsRange(
      since: .min, until: moment("0001-03-01T00:00:00Z"), unit: .day, clock: clock)
    #expect(first.periods.first?.name == "0001-01-01")
    #expect(throws: CareError.self) {
      try AnalyticsRange(since: .min, until: .max, unit: .year, clock: clock)
    }
    // Whether there is one or not, it is said and does not trap.
    _ = try? AnalyticsRange(clock: Clock(now: .min, zone: clock.zone))
  }

  /// What is stored as text is found in the period that the range has for it.
  @Test(arguments: ["UTC", "Europe/Berlin", "America/Sao_Paulo"])
  func timesAreFoundInTheirPeriods(zone: String) throws {
    for unit in AnalyticsRange.Unit.allCases {
      let range = try range("2018-10-20T15:00:00Z", "2018-12-02T01:30:00Z", unit, zone: zone)
      let finder = PeriodFinder(range)
      for hours in stride(from: -60, to: 24 * 50, by: 1) {
        let time = try #require(range.since.adding(seconds: hours * 3600))
        let day = range.zone.date(time)
        let last = range.periods.last.map { day > $0.lastDay } == true
        let expected = range.periods.count { day >= $0.firstDay } + (last ? 1 : 0)
        #expect(finder.period(ofDay: day.description) == expected, "\(day)")
        #expect(finder.period(ofMoment: time.description) == expected, "\(time)")
      }
    }
  }
}
