/// Moments as a mail's header has them (RFC 5322, section 3.3): `Fri, 21 Nov 2025 14:13:23 +0100`.
enum MailDate {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// - Parameter zone: whose clock is shown; its offset is told in minutes.
  static func text(_ moment: Timestamp, _ zone: Zone) -> String {
    let minutes = zone.offset(at: moment) / 60
    let shown = moment.adding(seconds: minutes * 60) ?? moment
    let date = shown.utcDate
    let second = shown.utcSecondOfDay
    let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
    let distance = abs(minutes)
    let offset = (minutes < 0 ? "-" : "+") + twoDigits(distance / 60) + twoDigits(distance % 60)
    let year = String(date.year)
    let day =
      "\(date.day) \(months[date.month - 1]) \(String(repeating: "0", count: 4 - year.utf8.count))\(year)"
    return "\(weekdays[date.weekday - 1]), \(day) \(clock) \(offset)"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
