import TestSupport
import Testing

@testable import CareSphereKit

/// Cron expressions as a whole, and when they come round.
@Suite struct CronScheduleTests {
  @Test(
    arguments: [
      ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@monthly", "0 0 1 * *"),
      ("@weekly", "0 0 * * 0"),
      ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@hourly", "0 * * * *"), ("@Daily", "0 0 * * *"),
      (" 0\t9  * * 1 ", "0 9 * * 1"), ("0 9 * JAN-mar Mon", "0 9 * 1-3 1"),
    ])
  func twoSpellingsMeanTheSame(one: String, other: String) throws {
    let (one, other) = (try CronSchedule(parsing: one), try CronSchedule(parsing: other))
    #expect(one.minutes == other.minutes && one.hours == other.hours && one.days == other.days)
    #expect(one.months == other.months && one.weekdays == other.weekdays)
  }

  @Test(
    arguments: [
      ("", "0 fields"), ("* * * *", "4 fields"), ("* * * * * *", "6 fields"), ("@reboot", "nickname"),
      ("@daily 0", "nickname"), ("@never", "@hourly"), ("0 25 * * *", "hour"), ("61 0 * * *", "minute"),
      ("0 0 0 * *", "day of the month"), ("0 0 1 13 *", "month"), ("0 0 * * 8", "day of the week"),
      ("0 0 30 2 *", "never"), ("0 0 31 2,4,6,9,11 *", "never"), ("0 0 30-31 feb *", "never"),
    ])
  func whatIsNoneIsRefused(text: String, saying words: String) {
    let error = #expect(throws: ValueProblem.self) { try CronSchedule(parsing: text) }
    #expect(error?.reason.contains(words) == true, "\(String(describing: error))")
  }

  @Test(arguments: ["0 0 29 2 *", "0 0 31 2 1", "0 0 */31 2 *", "0 0 31 1,2 *"])
  func whatComesSometimesIsTaken(text: String) throws { _ = try CronSchedule(parsing: text) }

  @Test(
    arguments: [
      // Of both days restricted one is enough; with a star in either both have to fit.
      (
        "30 4 1,15 * 5", "2025-07-16", ["2025-07-15", "2025-07-11", "2025-07-04", "2025-07-01", "2025-06-27"]
      ),
      ("0 0 13 * 5", "2025-05-17", ["2025-05-16", "2025-05-13", "2025-05-09"]),
      ("0 0 */2 * 1", "2025-09-30", ["2025-09-29", "2025-09-15", "2025-09-01", "2025-08-25"]),
      ("0 0 1-7 * */7", "2025-09-30", ["2025-09-07", "2025-08-03"]),
      ("0 0 1 1 *", "2025-03-01", ["2025-01-01", "2024-01-01"]),
      ("0 0 29 2 *", "2025-06-01", ["2024-02-29", "2020-02-29"]),
      ("0 0 29 2 *", "2101-01-01", ["2096-02-29"]),
      ("0 0 31 * *", "2025-07-30", ["2025-05-31", "2025-03-31", "2025-01-31"]),
      ("0 0 * * 7", "2025-11-24", ["2025-11-23", "2025-11-16"]), ("0 0 * * 0", "2025-11-24", ["2025-11-23"]),
      ("0 0 * * sat-sun", "2025-11-24", ["2025-11-23", "2025-11-22", "2025-11-16"]),
      ("0 0 1 */6 *", "2025-11-24", ["2025-07-01", "2025-01-01"]),
      ("0 0 1 feb-apr,DEC *", "2025-11-24", ["2025-04-01", "2025-03-01", "2025-02-01", "2024-12-01"]),
    ] as [(String, String, [String])])
  func theseDaysComeLast(text: String, today: String, expected: [String]) throws {
    let schedule = try CronSchedule(parsing: text)
    let midnight = try CronSchedule(
      parsing: (["0", "0"] + text.split(separator: " ").dropFirst(2)).joined(separator: " "))
    var end = try #require(Timestamp("\(today)T00:00:00Z"))
    for day in expected {
      #expect(schedule.matches(try #require(CalendarDate(day))))
      let latest = try #require(midnight.latest(after: .min, upTo: end, in: .utc))
      #expect(latest.description == "\(day)T00:00:00Z")
      end = try #require(latest.adding(seconds: -1))
    }
  }

  @Test(
    arguments: [
      // The hour that is skipped: the first moment after it. What comes every hour or minute does not come in it.
      ("Europe/Berlin", "30 2 * * *", "2025-03-30T12:00:00Z", "2025-03-30T01:00:00Z"),
      ("Europe/Berlin", "30 2 * * *", "2025-03-30T00:59:00Z", "2025-03-29T01:30:00Z"),
      ("Europe/Berlin", "30 * * * *", "2025-03-30T01:00:00Z", "2025-03-30T00:30:00Z"),
      ("Europe/Berlin", "*/30 2 * * *", "2025-03-30T12:00:00Z", "2025-03-29T01:30:00Z"),
      // The hour that is repeated: the first time. What comes every hour or minute comes twice.
      ("Europe/Berlin", "30 2 * * *", "2025-10-26T12:00:00Z", "2025-10-26T00:30:00Z"),
      ("Europe/Berlin", "30 * * * *", "2025-10-26T01:30:00Z", "2025-10-26T01:30:00Z"),
      ("Europe/Berlin", "0-59/30 2 * * *", "2025-10-26T12:00:00Z", "2025-10-26T00:30:00Z"),
      ("Europe/Berlin", "*/30 2 * * *", "2025-10-26T12:00:00Z", "2025-10-26T01:30:00Z"),
      // Midnight itself is skipped, or a whole day is.
      ("America/Santiago", "0 0 * * *", "2024-09-08T12:00:00Z", "2024-09-08T04:00:00Z"),
      ("America/Santiago", "30 0 8 9 *", "2024-09-08T12:00:00Z", "2024-09-08T04:00:00Z"),
      ("Pacific/Apia", "0 12 30 12 *", "2011-12-30T11:00:00Z", "2011-12-30T10:00:00Z"),
      ("Pacific/Kiritimati", "0 0 1 1 *", "2025-06-01T00:00:00Z", "2024-12-31T10:00:00Z"),
      ("Asia/Kathmandu", "0 9 * * *", "2025-06-01T03:15:00Z", "2025-06-01T03:15:00Z"),
    ])
  func clockChangesAreMetAsCronMeetsThem(zone: String, text: String, end: String, expected: String) throws {
    let schedule = try CronSchedule(parsing: text)
    let end = try #require(Timestamp(end))
    let latest = schedule.latest(after: .min, upTo: end, in: try Zone(named: zone))
    #expect(latest?.description == expected)
  }

  @Test func theBeginningIsLeftOutAndTheEndIsNot() throws {
    let schedule = try CronSchedule(parsing: "0 9 * * *")
    let nine = try #require(Timestamp("2025-06-01T09:00:00Z"))
    let before = try #require(nine.adding(seconds: -1))
    #expect(schedule.latest(after: before, upTo: nine, in: .utc) == nine)
    #expect(schedule.latest(after: nine, upTo: nine, in: .utc) == nil)
    #expect(schedule.latest(after: nine, upTo: try #require(nine.adding(seconds: 86_399)), in: .utc) == nil)
    #expect(schedule.latest(after: nine, upTo: before, in: .utc) == nil)
    #expect(schedule.latest(after: .min, upTo: .min, in: .utc) == nil)
  }

  /// Zones and days around which their clocks are changed.
  private static let changes: [(zone: String, start: String)] = [
    ("Europe/Berlin", "2025-03-28T00:00:00Z"), ("Europe/Berlin", "2025-10-24T00:00:00Z"),
    ("America/New_York", "2024-03-08T00:00:00Z"), ("America/New_York", "2024-11-01T00:00:00Z"),
    ("Australia/Lord_Howe", "2025-04-03T00:00:00Z"), ("Australia/Lord_Howe", "2025-10-02T00:00:00Z"),
    ("America/Santiago", "2024-04-05T00:00:00Z"), ("America/Santiago", "2024-09-06T00:00:00Z"),
    ("Asia/Kathmandu", "2024-02-27T00:00:00Z"), ("America/St_Johns", "2025-10-31T00:00:00Z"),
  ]

  private static let expressions = [
    "* * * * *", "0 * * * *", "*/30 * * * *", "15 */2 * * *", "30 2 * * *", "0-59/20 1-3 * * *", "0 0 * * *",
    "59 23 * * *", "0 3 * * 0", "30 1 * * 6,7", "0 2 29 2 *", "5 0 1,29-31 * 1", "15 2 */3 * 0-5/2",
    "45 1 28-31 3,10 *", "*/7 2 * * *", "0 1,2,3 * * *", "10 0-4 * 2-11/3 *",
  ]

  @Test(arguments: changes)
  func whatACronThatNeverSleepsDoesIsFound(zone name: String, start: String) throws {
    let days = 5
    let start = try #require(Timestamp(start)).secondsSinceEpoch
    let oracle = try CronOracle(zone: name, start: start, days: days)
    let zone = try Zone(named: name)
    var generator = SeededGenerator(seed: 5)
    for text in Self.expressions {
      let schedule = try CronSchedule(parsing: text)
      // The first day is left to the oracle's clock to settle.
      let moments = oracle.moments(text).filter { $0 >= start + 86_400 }
      let ends =
        moments.prefix(20) + moments.suffix(20)
        + (0..<20).map { _ in .random(in: start + 86_400..<start + days * 86_400, using: &generator) }
      for end in ends {
        let begin = Int.random(in: start + 86_400...end, using: &generator) - 1
        let expected = moments.last { $0 > begin && $0 <= end }
        let found = schedule.latest(
          after: try #require(Timestamp(secondsSinceEpoch: begin)),
          upTo: try #require(Timestamp(secondsSinceEpoch: end)), in: zone)
        #expect(found?.secondsSinceEpoch == expected, "\(text) in \(name), from \(begin) to \(end)")
      }
    }
  }
}
