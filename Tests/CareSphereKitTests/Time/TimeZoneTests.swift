import CareSphereKit
import TestSupport
import Testing

@Suite struct TimeZoneTests {
  @Test(arguments: [
    // An ordinary day, summer and winter.
    ("Europe/Berlin", "2025-07-01 12:00", "2025-07-01T10:00:00Z"),
    ("Europe/Berlin", "2025-01-01 12:00", "2025-01-01T11:00:00Z"),
    // 02:00 to 03:00 is skipped: the first moment after it.
    ("Europe/Berlin", "2025-03-30 02:00", "2025-03-30T01:00:00Z"),
    ("Europe/Berlin", "2025-03-30 02:30", "2025-03-30T01:00:00Z"),
    ("Europe/Berlin", "2025-03-30 03:00", "2025-03-30T01:00:00Z"),
    // 02:00 to 03:00 comes twice: the first time.
    ("Europe/Berlin", "2025-10-26 02:30", "2025-10-26T00:30:00Z"),
    ("Europe/Berlin", "2025-10-26 03:00", "2025-10-26T02:00:00Z"),
    ("America/New_York", "2025-03-09 02:30", "2025-03-09T07:00:00Z"),
    ("America/New_York", "2025-11-02 01:30", "2025-11-02T05:30:00Z"),
    // Half an hour of daylight saving.
    ("Australia/Lord_Howe", "2025-10-05 02:15", "2025-10-04T15:30:00Z"),
    // A day that never was, and both ends of the day.
    ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30T10:00:00Z"),
    ("Pacific/Kiritimati", "2025-01-01 00:00", "2024-12-31T10:00:00Z"),
    ("Pacific/Pago_Pago", "2025-01-01 23:30", "2025-01-02T10:30:00Z"),
    // Beyond the tables of the zone files.
    ("Europe/Berlin", "2090-07-01 12:00", "2090-07-01T10:00:00Z"),
    ("Africa/Lagos", "2025-06-15 09:00", "2025-06-15T08:00:00Z"),
    ("UTC", "0001-01-01 00:00", "0001-01-01T00:00:00Z"),
  ])
  func localTimesHaveOneMoment(zone: String, local: String, expected: String) throws {
    let zone = try Zone(named: zone)
    let expression = try TimeExpression(local)
    #expect(try expression.timestamp(now: .min, zone: zone).description == expected)
  }

  @Test func daysMayBeginAfterMidnight() throws {
    let zone = try Zone(named: "America/Santiago")
    let date = try #require(CalendarDate("2024-09-08"))
    #expect(zone.startOfDay(date).description == "2024-09-08T04:00:00Z")
    #expect(zone.local(zone.startOfDay(date)).hour == 1)
  }

  @Test(arguments: ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "UTC"])
  func everyMomentReturnsFromItsLocalTime(name: String) throws {
    let zone = try Zone(named: name)
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<2000 {
      let moment = try #require(
        Timestamp(secondsSinceEpoch: .random(in: 0...4_000_000_000, using: &generator)))
      let back = zone.timestamp(zone.local(moment))
      // In a repeated hour the way back leads to the first of two moments.
      let isSame = back == moment || (back < moment && zone.local(back) == zone.local(moment))
      #expect(isSame, "\(moment) in \(name) came back as \(back)")
    }
  }

  @Test(arguments: [
    "Nowhere/Atlantis", "../../../etc/passwd", "/etc/localtime", "", "Europe", "Europe/../UTC",
    "tzdata.zi", "Europe/Berlin\u{0}", "Europe/Berlin\u{1B}[31m", "zone1970.tab", ".", "//etc/localtime",
  ])
  func zonesMustExist(name: String) {
    #expect(throws: CareError.self) { try Zone(named: name) }
  }

  @Test func zonesComeFromTheOrganizationThenTheEnvironment() throws {
    #expect(try Zone(organization: "Africa/Lagos", environment: ["TZ": "Asia/Tokyo"]).name == "Africa/Lagos")
    let tokyo = try Zone(organization: nil, environment: ["TZ": ":Asia/Tokyo"])
    #expect(tokyo.name == "Asia/Tokyo")
    #expect(tokyo.local(try #require(Timestamp(secondsSinceEpoch: 0))).hour == 9)
    let posix = try Zone(organization: nil, environment: ["TZ": "XYZ-3"])
    #expect(posix.local(try #require(Timestamp(secondsSinceEpoch: 0))).hour == 3)
    #expect(try !Zone(organization: nil, environment: [:]).name.isEmpty)
  }

  @Test func asOfDecidesWhatTodayIs() throws {
    let zone = try Zone(named: "Pacific/Auckland")
    let asOf = try #require(Timestamp("2025-03-01T12:00:00Z"))
    let clock = Clock(now: .now(), asOf: asOf, zone: zone)
    #expect(clock.effective == asOf)
    #expect(clock.today.description == "2025-03-02")
  }
}

@Suite struct TimeExpressionTests {
  private static let now = "2025-03-30T10:00:00Z"

  @Test(arguments: [
    ("-30d", "2025-02-28T11:00:00Z"), ("+2h", "2025-03-30T12:00:00Z"), ("-90s", "2025-03-30T09:58:30Z"),
    ("+5m", "2025-03-30T10:05:00Z"), ("-1w", "2025-03-23T11:00:00Z"), ("-1mo", "2025-02-28T11:00:00Z"),
    ("+1y", "2026-03-30T10:00:00Z"), ("-0d", "2025-03-30T10:00:00Z"), ("+0mo", "2025-03-30T10:00:00Z"),
    ("2025-11-13", "2025-11-12T23:00:00Z"), ("2025-11-13 09:30", "2025-11-13T08:30:00Z"),
    ("2025-11-13T10:30:00Z", "2025-11-13T10:30:00Z"),
    ("2025-11-13T10:30:00.25+02:00", "2025-11-13T08:30:00Z"),
  ])
  func timesAreResolvedInTheZone(text: String, expected: String) throws {
    let now = try #require(Timestamp(Self.now))
    let zone = try Zone(named: "Europe/Berlin")
    #expect(try TimeExpression(text).timestamp(now: now, zone: zone).description == expected)
  }

  @Test(arguments: [
    ("-30d", "2025-02-28"), ("+20h", "2025-03-31"), ("-1mo", "2025-02-28"), ("2025-11-13", "2025-11-13"),
    ("2025-11-13 23:59", "2025-11-13"), ("2025-11-13T23:30:00Z", "2025-11-14"),
  ])
  func datesAreCutToTheDay(text: String, expected: String) throws {
    let now = try #require(Timestamp(Self.now))
    let zone = try Zone(named: "Europe/Berlin")
    #expect(try TimeExpression(text).date(now: now, zone: zone).description == expected)
  }

  @Test func untilIncludesABareDate() throws {
    let zone = try Zone(named: "Europe/Berlin")
    let until = { (text: String) in try TimeExpression(text).until(now: .min, zone: zone).description }
    #expect(try until("2025-03-30") == "2025-03-30T22:00:00Z")
    #expect(try until("2025-03-30 12:00") == "2025-03-30T10:00:00Z")
    #expect(try until("9999-12-31") == "9999-12-31T23:59:59Z")
  }

  @Test(arguments: [
    "-99999999999999999999d", "-999999999y", "+999999999d", "+9999999999s", "-9223372036854775808mo",
  ])
  func timesThatLeadTooFarAreErrors(text: String) throws {
    let error = #expect(throws: CareError.self) {
      _ = try TimeExpression(text).timestamp(now: try #require(Timestamp(Self.now)), zone: .utc)
    }
    #expect(error?.code == .validation)
    #expect(error?.hint?.contains("YYYY-MM-DD") == true)
  }

  @Test(arguments: [
    "", "30d", "-d", "-30", "-30D", "-30 d", "- 30d", "-30months", "tomorrow", "2025-11-13 9:30",
    "2025-11-13 24:00", "13.11.2025", "--05-15", "-٣d", "2025-11-13T09:30", "\u{1B}[31m",
  ])
  func whatIsNoTimeIsAnError(text: String) {
    let error = #expect(throws: CareError.self) { try TimeExpression(text) }
    #expect(error?.code == .validation)
    #expect(error?.message.unicodeScalars.contains("\u{1B}") == false)
  }
}
