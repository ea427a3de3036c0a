/// Counts on which days of a range people did something: one person after the other, who is forgotten when the next
/// one begins.
struct EngagementTally {
  /// Of each period, how many people did something in it.
  private(set) var active: [Int]
  /// On how many days of the range the person at hand did something.
  private(set) var score = 0
  /// When that person last did, in seconds since 1970, before the end of the range; `never` for nobody.
  private(set) var last = Self.never

  static let never = Int.min

  private let since: Int
  private let until: Int
  /// The first day of the range, as days since 1970.
  private let firstDay: Int
  /// Which period each day belongs to.
  private let periodOfDay: [Int]
  /// The number of the last person who did something on each day and in each period.
  private var onDay: [Int32]
  private var inPeriod: [Int32]
  private var person: Int32 = 0
  private var offsets: ZoneOffsets

  init(_ range: AnalyticsRange) {
    since = range.since.secondsSinceEpoch
    until = range.until.secondsSinceEpoch
    let first = range.periods.first?.firstDay.daysSinceEpoch ?? 0
    var periodOfDay: [Int] = []
    for (index, period) in range.periods.enumerated() {
      let end = period.lastDay.daysSinceEpoch + 1 - first
      while periodOfDay.count < end { periodOfDay.append(index) }
    }
    firstDay = first
    self.periodOfDay = periodOfDay
    onDay = [Int32](repeating: 0, count: periodOfDay.count)
    inPeriod = [Int32](repeating: 0, count: range.periods.count)
    active = [Int](repeating: 0, count: range.periods.count)
    offsets = ZoneOffsets(range.zone)
  }

  /// Goes on to the next person.
  @inline(__always)
  mutating func begin() {
    person &+= 1
    score = 0
    last = Self.never
  }

  /// Counts that the person did something at a moment.
  @inline(__always)
  mutating func add(_ seconds: Int) {
    guard seconds < until else { return }
    if seconds > last { last = seconds }
    guard seconds >= since else { return }
    let local = offsets.local(seconds)
    let day = (local >= 0 ? local / 86_400 : (local &- 86_399) / 86_400) &- firstDay
    guard onDay.indices.contains(day), onDay[day] != person else { return }
    onDay[day] = person
    score &+= 1
    let period = periodOfDay[day]
    guard inPeriod[period] != person else { return }
    inPeriod[period] = person
    active[period] &+= 1
  }
}
