import CareSphereKit

/// The time that figures are of, as the first line that a terminal shows of them.
enum RangeLine {
  /// `range 2024-12-01 to 2025-11-21, by month (Africa/Lagos)`.
  static func text(_ range: AnalyticsRange) -> String {
    let first = range.zone.date(range.since)
    let last = range.zone.date(range.until.adding(seconds: -1) ?? .min)
    return "range \(first) to \(last), by \(range.unit.rawValue) (\(range.zone.name))"
  }
}
