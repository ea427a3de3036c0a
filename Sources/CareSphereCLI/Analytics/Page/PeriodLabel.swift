import CareSphereKit

/// Dates as a page writes them.
enum PeriodLabel {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A period by its name: `2025-11` as `Nov 2025`, `2025-11-13` as `13 Nov 2025`; anything else as it is.
  static func of(_ name: String) -> String {
    let parts = name.split(separator: "-")
    guard parts.count > 1, let month = Int(parts[1]), months.indices.contains(month - 1) else { return name }
    let rest = "\(months[month - 1]) \(parts[0])"
    guard parts.count > 2, let day = Int(parts[2]) else { return rest }
    return "\(day) \(rest)"
  }

  /// When something happened that did in a period, within a sentence: `on 13 Nov 2025`, `in the week of 10 Nov 2025`,
  /// `in Nov 2025`, `in 2025`.
  static func during(_ name: String, _ unit: AnalyticsRange.Unit) -> String {
    switch unit {
    case .day: "on \(of(name))"
    case .week: "in the week of \(of(name))"
    case .month, .year: "in \(of(name))"
    }
  }

  /// The time that figures are of: `1 Dec 2024 to 21 Nov 2025`.
  static func range(_ range: AnalyticsRange) -> String {
    let (first, last) = range.days
    return first == last ? of(first.description) : "\(of(first.description)) to \(of(last.description))"
  }

  /// A moment in a zone: `21 Nov 2025, 17:23`.
  static func moment(_ moment: Timestamp, _ zone: Zone) -> String {
    let local = zone.local(moment)
    let minute = local.minute < 10 ? "0\(local.minute)" : "\(local.minute)"
    return "\(of(local.date.description)), \(local.hour):\(minute)"
  }
}
