/// What a calendar and a clock on the wall show: a day, and the seconds since its midnight.
public struct LocalTime: Hashable, Comparable, Sendable {
  /// The calendar's day there, which may be another than that of UTC.
  public let date: CalendarDate
  /// 0 to 86399: how far the clock's hands have moved, which is not how long the day has lasted where
  /// the clock was changed.
  public let secondOfDay: Int

  /// 0 to 23, as the clock shows it.
  public var hour: Int { secondOfDay / 3600 }
  /// 0 to 59, as the clock shows it.
  public var minute: Int { secondOfDay / 60 % 60 }

  /// A day and a time; nil for an impossible time.
  public init?(_ date: CalendarDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second else { return nil }
    self.init(date, secondOfDay: hour * 3600 + minute * 60 + second)
  }

  init(_ date: CalendarDate, secondOfDay: Int) {
    self.date = date
    self.secondOfDay = secondOfDay
  }

  /// Whether one time comes before the other on the same clock.
  public static func < (left: LocalTime, right: LocalTime) -> Bool {
    (left.date, left.secondOfDay) < (right.date, right.secondOfDay)
  }

  /// The same figures read as UTC, in seconds since 1970.
  fileprivate var asUTC: Int { date.daysSinceEpoch * 86400 + secondOfDay }
}

extension Zone {
  /// The calendar's day and the clock's time at a moment; at both ends of the years 0001 to 9999 they stop there.
  public func local(_ moment: Timestamp) -> LocalTime {
    let seconds = moment.secondsSinceEpoch + offset(at: moment)
    let shown = Timestamp(secondsSinceEpoch: seconds) ?? (seconds < 0 ? .min : .max)
    return LocalTime(shown.utcDate, secondOfDay: shown.utcSecondOfDay)
  }

  /// The day at a moment.
  public func date(_ moment: Timestamp) -> CalendarDate { local(moment).date }

  /// The moment when the clock shows `time`: the first one in an hour that is repeated, and in an hour
  /// that is skipped the first moment after it.
  public func timestamp(_ time: LocalTime) -> Timestamp {
    let naive = time.asUTC
    let day = 86400
    let before = offset(clamped: naive - day)
    let after = offset(clamped: naive + day)
    // The larger offset gives the earlier moment, hence the first of a repeated hour.
    for candidate in [naive - max(before, after), naive - min(before, after)] {
      guard let moment = Timestamp(secondsSinceEpoch: candidate) else { continue }
      if candidate + offset(at: moment) == naive { return moment }
    }
    return change(between: naive - day, and: naive + day, from: before)
  }

  /// The first moment of a day: midnight, or later where the clock skips midnight.
  public func startOfDay(_ date: CalendarDate) -> Timestamp {
    timestamp(LocalTime(date, secondOfDay: 0))
  }

  /// The first moment between two whose offset is no longer `offset`, by halving.
  private func change(between first: Int, and last: Int, from offset: Int) -> Timestamp {
    var (low, high) = (first, last)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if self.offset(clamped: middle) == offset { low = middle } else { high = middle }
    }
    return Timestamp.clamped(high)
  }

  private func offset(clamped seconds: Int) -> Int { offset(at: Timestamp.clamped(seconds)) }
}

extension Timestamp {
  fileprivate static func clamped(_ seconds: Int) -> Timestamp {
    Timestamp(secondsSinceEpoch: seconds) ?? (seconds < 0 ? .min : .max)
  }
}
