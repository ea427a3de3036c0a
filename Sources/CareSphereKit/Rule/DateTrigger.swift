/// A day that comes to each person: which one, how long before or after, at what time, how often.
public struct DateTrigger: Equatable, Sendable {
  /// Whose day it is.
  public enum Field: Equatable, Sendable {
    case dateOfBirth, joinDate, createdAt, updatedAt
    /// `custom.NAME`.
    case custom(String)
  }

  /// How often it comes.
  public enum Repetition: Equatable, Sendable {
    case once, yearly
    /// The day itself and every so many days after it, so many times in all; both at least 1.
    case every(days: Int, times: Int)
  }

  /// What stands for 29 February in a year that has none.
  public enum LeapDay: String, CaseIterable, Sendable {
    case february28 = "02-28"
    case march1 = "03-01"
  }

  /// Of a birthday rule the date of birth, of an anniversary rule the join date.
  public var field: Field
  /// Whether the year in which it began is not yet one: of birthdays and anniversaries.
  public var skipsFirstYear: Bool
  /// Below 0 is before.
  public var offsetDays = 0
  /// In minutes from midnight, on the organization's clock.
  public var minuteOfDay = 0
  /// Of rules with the trigger `date` it is `once` where nothing else is said.
  public var repetition = Repetition.yearly
  /// Counts where it comes yearly; other dates are counted in days from the first.
  public var leapDay = LeapDay.february28

  /// A day that comes every year, at midnight.
  public init(_ field: Field, skipsFirstYear: Bool) {
    self.field = field
    self.skipsFirstYear = skipsFirstYear
  }
}

/// One coming round of a person's day.
public struct DateOccurrence: Equatable, Sendable {
  /// By what it is known: the year of a yearly one, else the date, before the offset.
  public var key: String
  /// When the rule is to act.
  public var due: Timestamp
}

extension DateTrigger {
  /// The occurrences of a person's day that fall due after `start`, up to and with `end`, in their order.
  /// - Parameters:
  ///   - date: the day, whose year may be unknown; then only yearly ones come.
  ///   - zone: the organization's.
  public func occurrences(
    of date: BirthDate, after start: Timestamp, upTo end: Timestamp, in zone: Zone
  ) -> [DateOccurrence] {
    guard let days = days(after: start, upTo: end, in: zone) else { return [] }
    return candidates(of: date, in: days).compactMap { key, day in
      guard let due = due(day, in: zone), due > start, due <= end else { return nil }
      return DateOccurrence(key: key, due: due)
    }
  }

  /// The days, before the offset, whose effect falls due after `start`, up to and with `end`.
  public func dueDays(after start: Timestamp, upTo end: Timestamp, in zone: Zone) -> [CalendarDate] {
    guard let days = days(after: start, upTo: end, in: zone) else { return [] }
    return (days.lowerBound.daysSinceEpoch...days.upperBound.daysSinceEpoch).compactMap { number in
      guard let day = CalendarDate(daysSinceEpoch: number), let due = due(day, in: zone), due > start,
        due <= end
      else { return nil }
      return day
    }
  }

  /// The days, before the offset, whose effect could fall due between two moments; a few too many rather than too few.
  /// - Returns: nil where there are none
  public func days(
    after start: Timestamp, upTo end: Timestamp, in zone: Zone
  ) -> ClosedRange<CalendarDate>? {
    guard start < end, let back = 0.subtractingWithoutOverflow(offsetDays) else { return nil }
    // A skipped hour can move what is due into the next day.
    let first = zone.date(start).adding(days: -1)?.adding(days: back)
    let last = zone.date(end).adding(days: 1)?.adding(days: back)
    switch (first, last) {
    case (let first?, let last?): return first...last
    case (nil, let last?): return CalendarDate.min...last
    case (let first?, nil): return first...CalendarDate.max
    case (nil, nil): return nil
    }
  }

  private func due(_ day: CalendarDate, in zone: Zone) -> Timestamp? {
    guard let day = day.adding(days: offsetDays),
      let time = LocalTime(day, hour: minuteOfDay / 60, minute: minuteOfDay % 60)
    else { return nil }
    return zone.timestamp(time)
  }

  private func candidates(
    of date: BirthDate, in days: ClosedRange<CalendarDate>
  ) -> [(key: String, day: CalendarDate)] {
    switch repetition {
    case .yearly:
      return (days.lowerBound.year...days.upperBound.year).compactMap { year in
        guard isReached(year, from: date.year), let day = self.day(of: date, in: year), days ~= day else {
          return nil
        }
        return (String(year), day)
      }
    case .once:
      guard let day = date.date, days ~= day else { return [] }
      return [(day.description, day)]
    case .every(let step, let times):
      guard let first = date.date, step >= 1, times >= 1 else { return [] }
      return Self.counts(from: first, step: step, times: times, in: days).compactMap { count in
        let (shift, overflow) = count.multipliedReportingOverflow(by: step)
        guard !overflow, let day = first.adding(days: shift) else { return nil }
        return (day.description, day)
      }
    }
  }

  /// Which of the repetitions fall into the days.
  private static func counts(
    from first: CalendarDate, step: Int, times: Int, in days: ClosedRange<CalendarDate>
  ) -> Range<Int> {
    let toLast = days.upperBound.daysSinceEpoch - first.daysSinceEpoch
    guard toLast >= 0 else { return 0..<0 }
    let toFirst = max(0, days.lowerBound.daysSinceEpoch - first.daysSinceEpoch)
    let low = (toFirst + step - 1) / step
    let high = min(toLast / step, times - 1)
    return low <= high ? low..<high + 1 : 0..<0
  }

  private func isReached(_ year: Int, from first: Int?) -> Bool {
    guard let first else { return true }
    return skipsFirstYear ? year > first : year >= first
  }

  private func day(of date: BirthDate, in year: Int) -> CalendarDate? {
    if let day = CalendarDate(year: year, month: date.month, day: date.day) { return day }
    switch leapDay {
    case .february28: return CalendarDate(year: year, month: 2, day: 28)
    case .march1: return CalendarDate(year: year, month: 3, day: 1)
    }
  }
}

extension Int {
  fileprivate func subtractingWithoutOverflow(_ other: Int) -> Int? {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? nil : difference
  }
}
