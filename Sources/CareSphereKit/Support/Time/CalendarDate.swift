/// A day of the proleptic Gregorian calendar, years 0001 to 9999: `2025-11-13` (ISO 8601).
public struct CalendarDate: Hashable, Sendable {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to the length of the month.
  public let day: Int

  /// 0001-01-01.
  public static let min = CalendarDate(uncheckedYear: 1, month: 1, day: 1)
  /// 9999-12-31.
  public static let max = CalendarDate(uncheckedYear: 9999, month: 12, day: 31)

  /// The day, or nil where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month,
      day >= 1, day <= CalendarDate.daysInMonth(month, year: year)
    else { return nil }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  /// Reads exactly `YYYY-MM-DD`; nil for anything else.
  public init?(_ text: String) {
    let date = DigitReader.read(text) { reader in
      CalendarDate(reading: &reader).flatMap { reader.isAtEnd ? $0 : nil }
    }
    guard let date else { return nil }
    self = date
  }

  /// Reads exactly `YYYY-MM-DD` from UTF-8 bytes; nil for anything else.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var reader = DigitReader(bytes)
    guard let date = CalendarDate(reading: &reader), reader.isAtEnd else { return nil }
    self = date
  }

  /// The day that lies `days` after 1970-01-01; nil outside the years 0001 to 9999.
  ///
  /// The algorithm is Howard Hinnant's `civil_from_days`: eras of 400 years of 146,097 days, counted
  /// from March so that the leap day comes last.
  public init?(daysSinceEpoch days: Int) {
    guard CalendarDate.epochDays ~= days else { return nil }
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(uncheckedYear: year, month: month, day: day)
  }

  init?(reading reader: inout DigitReader) {
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init(uncheckedYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01.
  public var daysSinceEpoch: Int { Self.daysSinceEpoch(year: year, month: month, day: day) }

  /// Days since 1970-01-01 (Hinnant's `days_from_civil`). Four centuries are added and taken away, so that no number is
  /// negative in between; it is part of whatever reads many millions of times.
  /// - Parameters:
  ///   - year: 0 to 9999.
  ///   - month: 1 to 12.
  ///   - day: 1 to 31; those behind the month's last are days of the next.
  @inline(__always)
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let marchYear = UInt32(truncatingIfNeeded: month <= 2 ? year &+ 399 : year &+ 400)
    let marchMonth = UInt32(truncatingIfNeeded: month > 2 ? month &- 3 : month &+ 9)
    let dayOfYear = (153 &* marchMonth &+ 2) / 5 &+ UInt32(truncatingIfNeeded: day) &- 1
    let century = marchYear / 100
    let days = marchYear &* 365 &+ marchYear / 4 &- century &+ century / 4 &+ dayOfYear
    return Int(days) &- 719_468 &- 146_097
  }

  /// The day of the week as ISO 8601 counts it: 1 is Monday, 7 is Sunday.
  public var weekday: Int {
    let sinceMonday = (daysSinceEpoch + 3) % 7
    return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
  }

  /// The days since 1970-01-01 that dates can have.
  static let epochDays = -719_162...2_932_896

  /// Whether the year has a 29 February.
  public static func isLeapYear(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The number of days in a month; 0 where there is no such month.
  public static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1, 3, 5, 7, 8, 10, 12: 31
    default: 0
    }
  }
}

extension CalendarDate {
  /// The day `days` later; nil outside the years 0001 to 9999.
  public func adding(days: Int) -> CalendarDate? {
    let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
    return overflow ? nil : CalendarDate(daysSinceEpoch: sum)
  }

  /// The same day `months` later, or the last day of that month where it is shorter; nil outside the
  /// years 0001 to 9999.
  public func adding(months: Int) -> CalendarDate? {
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, total >= 12 else { return nil }
    let (newYear, newMonth) = (total / 12, total % 12 + 1)
    let last = CalendarDate.daysInMonth(newMonth, year: newYear)
    return CalendarDate(year: newYear, month: newMonth, day: Swift.min(day, last))
  }

  /// The same day `years` later, 28 February for a 29th where there is none; nil outside the years
  /// 0001 to 9999.
  public func adding(years: Int) -> CalendarDate? {
    let (months, overflow) = years.multipliedReportingOverflow(by: 12)
    return overflow ? nil : adding(months: months)
  }
}

extension CalendarDate: Comparable, CustomStringConvertible {
  /// Whether one day comes before the other.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    DigitWriter.string(capacity: 10) { write(to: &$0) }
  }

  func write(to writer: inout DigitWriter) {
    writer.number(year, width: 4)
    writer.put("-")
    writer.number(month, width: 2)
    writer.put("-")
    writer.number(day, width: 2)
  }
}
