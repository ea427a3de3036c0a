/// Finds the period that something lies in by the text that is stored of its time, where the whole of the range's first
/// and last day counts. Periods are numbered from 1; 0 is before the first, and `count + 1` after the last.
struct PeriodFinder {
  /// How many periods there are.
  let count: Int
  // Of each period where it begins, and last where the days of the range end; times as the number of their digits.
  private let days: [Int]
  private let moments: [Int]

  init(_ range: AnalyticsRange) {
    count = range.periods.count
    let beyond = range.periods.last?.lastDay.adding(days: 1)
    let firstDays = range.periods.map(\.firstDay)
    days = firstDays.map(Self.number) + [beyond.map(Self.number) ?? .max]
    moments = (firstDays + [beyond].compactMap { $0 }).map { Self.number(range.zone.startOfDay($0)) } + [.max]
  }

  /// The period of a day, `2025-11-13`, that ends with NUL.
  func period(ofDay text: UnsafePointer<UInt8>) -> Int { Self.place(of: Self.number(text), in: days) }

  /// The period that the day of a moment lies in, `2025-11-13T09:15:00Z`, that ends with NUL.
  func period(ofMoment text: UnsafePointer<UInt8>) -> Int {
    Self.place(of: Self.number(text), in: moments)
  }

  /// How many of the boundaries a time has reached.
  private static func place(of time: Int, in boundaries: [Int]) -> Int {
    var (low, high) = (0, boundaries.count)
    while low < high {
      let middle = (low + high) / 2
      if boundaries[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The digits of a text that ends with NUL as one number: 20251113 of `2025-11-13`.
  @inline(__always)
  static func number(_ text: UnsafePointer<UInt8>) -> Int {
    var number = 0
    var place = 0
    // A time has 14 digits; more is none and could not be counted.
    while place < 20, text[place] != 0 {
      let digit = text[place] &- UInt8(ascii: "0")
      if digit < 10 { number = number &* 10 &+ Int(digit) }
      place &+= 1
    }
    return number
  }

  static func number(_ day: CalendarDate) -> Int { (day.year * 100 + day.month) * 100 + day.day }

  private static func number(_ moment: Timestamp) -> Int {
    let second = moment.utcSecondOfDay
    return number(moment.utcDate) * 1_000_000 + second / 3600 * 10000 + second / 60 % 60 * 100 + second % 60
  }
}
