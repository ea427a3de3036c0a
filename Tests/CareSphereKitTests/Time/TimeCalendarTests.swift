import CareSphereKit
import Glibc
import TestSupport
import Testing

@Suite struct TimeCalendarTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2000-03-01", 11017),
    ("0001-01-01", -719_162), ("9999-12-31", 2_932_896), ("1600-02-29", -135_081),
  ])
  func datesCountDays(text: String, days: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.daysSinceEpoch == days)
    #expect(CalendarDate(daysSinceEpoch: days) == date)
    #expect(date.description == text)
  }

  @Test func everyDayFollowsTheOneBefore() throws {
    var previous = try #require(CalendarDate(daysSinceEpoch: -135_141))
    // One cycle of the calendar, 400 years, with both kinds of century in it.
    for days in -135_140...11_018 {
      let date = try #require(CalendarDate(daysSinceEpoch: days))
      let isNextDay =
        date.year == previous.year && date.month == previous.month && date.day == previous.day + 1
      let isNextMonth =
        date.day == 1 && previous.day == CalendarDate.daysInMonth(previous.month, year: previous.year)
        && date.year * 12 + date.month == previous.year * 12 + previous.month + 1
      if !(isNextDay || isNextMonth) || date.daysSinceEpoch != days || date <= previous {
        Issue.record("\(previous) is followed by \(date)")
        return
      }
      previous = date
    }
    #expect(CalendarDate(daysSinceEpoch: 2_932_897) == nil)
    #expect(CalendarDate(daysSinceEpoch: .max) == nil)
    #expect(CalendarDate(daysSinceEpoch: .min) == nil)
  }

  @Test(arguments: [
    "", "2025-1-01", "2025-13-01", "2025-00-10", "2025-02-29", "1900-02-29", "2025-04-31", "0000-01-01",
    "2025-01-01 ", " 2025-01-01", "2025-01-00", "20250101", "+025-01-01", "２025-01-01", "2025-01-01T",
    "--05-15", "99999-01-01",
  ])
  func whatIsNoDateIsRefused(text: String) { #expect(CalendarDate(text) == nil) }

  @Test(arguments: [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", -1, "2024-02-29"),
    ("2024-01-15", -1, "2023-12-15"), ("2024-12-31", 2, "2025-02-28"), ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", 48, "2028-02-29"), ("9999-12-31", 1, nil), ("0001-01-01", -1, nil),
    ("2024-01-01", .max, nil),
    ("2024-01-01", .min, nil),
  ])
  func monthsEndWhereTheyEnd(text: String, months: Int, expected: String?) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.adding(months: months)?.description == expected)
  }

  @Test func extremeStepsAreRefused() throws {
    let date = try #require(CalendarDate("2024-02-29"))
    #expect(date.adding(days: .max) == nil)
    #expect(date.adding(days: .min) == nil)
    #expect(date.adding(years: .max) == nil)
    #expect(date.adding(years: 1)?.description == "2025-02-28")
    #expect(date.adding(days: 366)?.description == "2025-03-01")
  }

  @Test(arguments: [
    ("2025-11-13", 4), ("1970-01-01", 4), ("1969-12-29", 1), ("2000-01-02", 7), ("0001-01-01", 1),
  ])
  func weekdaysAreThoseOfISO(text: String, weekday: Int) throws {
    #expect(try #require(CalendarDate(text)).weekday == weekday)
  }

  @Test(arguments: [
    ("1990-05-15", true), ("--05-15", true), ("--02-29", true), ("--02-30", false), ("--13-01", false),
    ("--04-31", false), ("2023-02-29", false), ("-05-15", false), ("--5-15", false), ("--05-15x", false),
  ])
  func birthdaysMayLackTheirYear(text: String, isValid: Bool) {
    #expect(BirthDate(text)?.description == (isValid ? text : nil))
  }

  @Test(arguments: [
    ("2004-05-15", "2022-05-14", 17), ("2004-05-15", "2022-05-15", 18), ("2004-02-29", "2022-02-28", 17),
    ("2004-02-29", "2022-03-01", 18), ("2004-02-29", "2024-02-29", 20), ("2030-01-01", "2025-01-01", -5),
    ("--05-15", "2025-01-01", nil),
  ])
  func agesAreWholeYears(born: String, today: String, age: Int?) throws {
    let birth = try #require(BirthDate(born))
    let day = try #require(CalendarDate(today))
    #expect(birth.age(on: day) == age)
  }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2025-11-13T10:30:00Z", "2025-11-13T10:30:00Z"), ("2025-11-13T10:30:00.5Z", "2025-11-13T10:30:00Z"),
    ("2025-11-13T10:30:59.999999999Z", "2025-11-13T10:30:59Z"),
    ("2025-11-13T10:30:00+02:00", "2025-11-13T08:30:00Z"),
    ("2025-01-01T00:15:00+05:45", "2024-12-31T18:30:00Z"),
    ("2025-12-31T23:00:00-03:30", "2026-01-01T02:30:00Z"), ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
  ])
  func momentsAreNormalised(text: String, expected: String) {
    #expect(Timestamp(text)?.description == expected)
  }

  @Test(arguments: [
    "", "2025-11-13", "2025-11-13T10:30:00", "2025-11-13 10:30:00Z", "2025-11-13T24:00:00Z",
    "2025-11-13T10:60:00Z", "2025-11-13T10:30:60Z", "2025-11-13T10:30Z", "2025-11-13T10:30:00.Z",
    "2025-11-13T10:30:00+0200", "2025-11-13T10:30:00+24:00", "2025-11-13T10:30:00+02:60",
    "2025-11-13T10:30:00Zx", "2025-02-30T10:30:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
  ])
  func whatIsNoMomentIsRefused(text: String) { #expect(Timestamp(text) == nil) }

  @Test func momentsAgreeWithTheCLibrary() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let seconds = Int.random(in: -62_135_596_800...253_402_300_799, using: &generator)
      let moment = try #require(Timestamp(secondsSinceEpoch: seconds))
      var raw: time_t = seconds
      var parts = tm()
      gmtime_r(&raw, &parts)
      #expect(moment.utcDate.year == Int(parts.tm_year) + 1900 && moment.utcDate.day == Int(parts.tm_mday))
      #expect(moment.utcDate.month == Int(parts.tm_mon) + 1)
      #expect(moment.utcSecondOfDay == Int(parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec))
      #expect(Timestamp(moment.description) == moment)
    }
  }

  @Test func timeEndsSomewhere() {
    #expect(Timestamp(secondsSinceEpoch: .max) == nil)
    #expect(Timestamp.max.adding(seconds: 1) == nil)
    #expect(Timestamp.min.adding(seconds: .min) == nil)
  }
}
