/// Counts by the hours of the day and the days of the week in a zone.
struct HourTally {
  /// By the hours of a week, from Monday's midnight.
  private var opens = [Int](repeating: 0, count: Self.hours)
  private var clicks = [Int](repeating: 0, count: Self.hours)
  private var offsets: ZoneOffsets

  private static let hours = 7 * 24
  /// A Monday before all times that can be stored, in seconds since 1970-01-01, which was a Thursday.
  private static let monday = (-3 - 7 * 110_000) * 86_400

  init(_ zone: Zone) { offsets = ZoneOffsets(zone) }

  /// Counts an opening at a stored time.
  mutating func addOpening(_ time: UnsafePointer<UInt8>?) {
    if let hour = hour(time) { opens[hour] &+= 1 }
  }

  /// Counts a click at a stored time.
  mutating func addClick(_ time: UnsafePointer<UInt8>?) {
    if let hour = hour(time) { clicks[hour] &+= 1 }
  }

  /// The hour of the week.
  @inline(__always)
  private mutating func hour(_ time: UnsafePointer<UInt8>?) -> Int? {
    guard let seconds = time.flatMap(StoredTime.seconds) else { return nil }
    return (offsets.local(seconds) &- Self.monday) / 3600 % Self.hours
  }

  /// 24, from midnight.
  var byHour: [MessagingFigures.Deeds] {
    (0..<24).map { hour in sum(stride(from: hour, to: Self.hours, by: 24)) }
  }

  /// 7, from Monday.
  var byWeekday: [MessagingFigures.Deeds] {
    (0..<7).map { day in sum(stride(from: day * 24, to: day * 24 + 24, by: 1)) }
  }

  private func sum(_ hours: StrideTo<Int>) -> MessagingFigures.Deeds {
    hours.reduce(into: MessagingFigures.Deeds(opens: 0, clicks: 0)) { sum, hour in
      sum.opens += opens[hour]
      sum.clicks += clicks[hour]
    }
  }
}
