import TestSupport
import Testing

@testable import CareSphereKit

/// Dates against an oracle that goes through every day and asks whether it is somebody's.
@Suite struct DateTriggerTests {
  private static let zones = [
    "UTC", "Africa/Lagos", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Tokyo",
  ]

  /// Whether what began on `date` comes round on `day`, and under which key.
  private static func key(_ trigger: DateTrigger, _ date: BirthDate, on day: CalendarDate) -> String? {
    switch trigger.repetition {
    case .yearly:
      var isIt = (day.month, day.day) == (date.month, date.day)
      if (date.month, date.day) == (2, 29), !CalendarDate.isLeapYear(day.year) {
        isIt =
          trigger.leapDay == .february28 ? (day.month, day.day) == (2, 28) : (day.month, day.day) == (3, 1)
      }
      let years = date.year.map { day.year - $0 } ?? 1
      return isIt && years >= (trigger.skipsFirstYear ? 1 : 0) ? String(day.year) : nil
    case .once: return date.date == day ? day.description : nil
    case .every(let step, let times):
      guard let first = date.date else { return nil }
      let passed = day.daysSinceEpoch - first.daysSinceEpoch
      return passed >= 0 && passed % step == 0 && passed / step < times ? day.description : nil
    }
  }

  private static func oracle(
    _ trigger: DateTrigger, _ date: BirthDate, _ start: Timestamp, _ end: Timestamp, _ zone: Zone
  ) -> [DateOccurrence] {
    let first = zone.date(start).daysSinceEpoch - abs(trigger.offsetDays) - 3
    let last = zone.date(end).daysSinceEpoch + abs(trigger.offsetDays) + 3
    return (first...last).compactMap { number in
      guard let day = CalendarDate(daysSinceEpoch: number), let key = key(trigger, date, on: day),
        let moved = day.adding(days: trigger.offsetDays),
        let time = LocalTime(moved, hour: trigger.minuteOfDay / 60, minute: trigger.minuteOfDay % 60)
      else { return nil }
      let due = zone.timestamp(time)
      return due > start && due <= end ? DateOccurrence(key: key, due: due) : nil
    }
  }

  @Test(arguments: zones) func anyTriggerAndDate(_ name: String) throws {
    let zone = try Zone(named: name)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<400 {
      var trigger = DateTrigger(.dateOfBirth, skipsFirstYear: Bool.random(using: &random))
      trigger.offsetDays = Int.random(in: -400...400, using: &random) / Int.random(in: 1...40, using: &random)
      trigger.minuteOfDay = [0, 90, 150, 540, 1439].randomElement(using: &random) ?? 0
      trigger.leapDay = Bool.random(using: &random) ? .february28 : .march1
      switch Int.random(in: 0...2, using: &random) {
      case 0: trigger.repetition = .yearly
      case 1: trigger.repetition = .once
      default:
        trigger.repetition = .every(
          days: Int.random(in: 1...40, using: &random), times: Int.random(in: 1...60, using: &random))
      }
      let begun = try #require(CalendarDate(daysSinceEpoch: Int.random(in: 18_000...20_600, using: &random)))
      let leap = try #require(CalendarDate(year: 2024, month: 2, day: 29))
      var date = BirthDate(Bool.random(using: &random) ? begun : leap)
      if Int.random(in: 0...5, using: &random) == 0 {
        date = try #require(BirthDate(month: date.month, day: date.day))
      }
      let start = try #require(
        Timestamp(
          secondsSinceEpoch: Int.random(in: 18_200...20_600, using: &random) * 86_400
            + Int.random(in: 0..<86_400, using: &random)))
      let length = [60, 86_400, 5 * 86_400, 500 * 86_400].randomElement(using: &random) ?? 60
      let end = try #require(start.adding(seconds: length))
      let expected = Self.oracle(trigger, date, start, end, zone)
      let found = trigger.occurrences(of: date, after: start, upTo: end, in: zone)
      #expect(found == expected, "\(trigger) of \(date) after \(start) up to \(end)")
      let days = Set(trigger.dueDays(after: start, upTo: end, in: zone))
      for occurrence in expected where trigger.repetition != .yearly {
        #expect(days.contains(try #require(CalendarDate(occurrence.key))))
      }
    }
  }
}
