/// The days up to today, counted backwards, in the organization's zone.
struct DemoCalendar {
  /// As far as it reaches back: six years and what is imported from before.
  static let days = 2200

  let now: Timestamp
  let today: CalendarDate
  let zone: Zone
  /// When each day began, today first.
  private let beginnings: [Timestamp]

  /// - Parameter clock: its real time and zone.
  init(_ clock: Clock) {
    now = clock.now
    zone = clock.zone
    let today = clock.zone.date(clock.now)
    self.today = today
    beginnings = (0...Self.days).map { clock.zone.startOfDay(today.adding(days: -$0) ?? .min) }
  }

  /// The day so long ago.
  func day(_ daysAgo: Int) -> CalendarDate { today.adding(days: -daysAgo) ?? .min }

  /// A moment of a day; of one that is further away, of the furthest.
  /// - Parameters:
  ///   - daysAgo: which day.
  ///   - hour: so many hours after it began.
  ///   - second: and so many seconds.
  func moment(_ daysAgo: Int, hour: Int, second: Int = 0) -> Timestamp {
    let beginning = beginnings[min(max(daysAgo, 0), Self.days)]
    return beginning.adding(seconds: hour * 3600 + second) ?? beginning
  }
}
