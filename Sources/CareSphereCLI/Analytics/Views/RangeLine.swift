import CareSphereKit

extension AnalyticsRange {
  /// The first and the last day that anything of counts.
  var days: (first: CalendarDate, last: CalendarDate) {
    (zone.date(since), zone.date(until.adding(seconds: -1) ?? .min))
  }
}

/// The time that figures are of, as the first line that a terminal shows of them.
enum RangeLine {
  /// `range 2024-12-01 to 2025-11-21, by month (Africa/Lagos)`.
  static func text(_ range: AnalyticsRange) -> String {
    let (first, last) = range.days
    return "range \(first) to \(last), by \(range.unit.rawValue) (\(range.zone.name))"
  }
}
