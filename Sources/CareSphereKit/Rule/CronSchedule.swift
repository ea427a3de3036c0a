/// When something is to happen again and again, as crontab(5) of Debian's cron writes it: minute, hour, day of the
/// month, month, day of the week, each `*`, numbers, names, ranges, lists and steps; or `@daily` and the like.
public struct CronSchedule: Equatable, Sendable {
  /// As it was written.
  public let text: String
  let minutes: CronField
  let hours: CronField
  let days: CronField
  let months: CronField
  let weekdays: CronField

  /// Reads an expression.
  /// - Parameter text: five fields with white space between, or a nickname.
  /// - Throws: `ValueProblem` that names the field and what is wrong with it; also for a day that no year has.
  public init(parsing text: String) throws(ValueProblem) {
    let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
    let fields = try Self.fields(words)
    guard fields.count == 5 else {
      throw ValueProblem(
        "has \(fields.count) field\(fields.count == 1 ? "" : "s") instead of 5: minute, hour, day of the month, "
          + "month, day of the week, as in 0 9 * * 1")
    }
    self.text = words.joined(separator: " ")
    minutes = try CronField(parsing: fields[0], .minute)
    hours = try CronField(parsing: fields[1], .hour)
    days = try CronField(parsing: fields[2], .day)
    months = try CronField(parsing: fields[3], .month)
    weekdays = try CronField(parsing: fields[4], .weekday)
    guard hasDay else { throw ValueProblem("never comes: no year has that day") }
  }

  /// What stands for the nicknames of crontab(5); `@reboot` is none of a schedule's.
  private static let nicknames = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
  ]

  private static func fields(_ words: [String]) throws(ValueProblem) -> [String] {
    guard let first = words.first, first.hasPrefix("@") else { return words }
    guard words.count == 1, let meaning = nicknames[first.lowercased()] else {
      throw ValueProblem(
        "is no nickname of cron: use \(nicknames.keys.sorted().joined(separator: ", ")), or five fields")
    }
    return meaning.split(separator: " ").map(String.init)
  }

  /// Whether any day fits: where the day of the week does not help out, some month has to be long enough.
  private var hasDay: Bool {
    guard days.beginsWithStar || weekdays.beginsWithStar else { return true }
    return (1...12).contains { month in
      months.contains(month)
        && (1...CalendarDate.daysInMonth(month, year: 2000)).contains(where: days.contains)
    }
  }

  // MARK: When

  /// Whether it is a matter of every minute or every hour: such a job is not moved when clocks are changed, because
  /// it comes again soon anyway (crontab(5), cron(8)).
  private var isFrequent: Bool { minutes.beginsWithStar || hours.beginsWithStar }

  /// Whether the day fits: the day of the month and the day of the week, or, where both are restricted, either.
  func matches(_ date: CalendarDate) -> Bool {
    guard months.contains(date.month) else { return false }
    let byDay = days.contains(date.day)
    let byWeekday = weekdays.contains(date.weekday % 7)
    return days.beginsWithStar || weekdays.beginsWithStar ? byDay && byWeekday : byDay || byWeekday
  }

  /// The latest moment after `start`, up to and with `end`; nil where there is none.
  /// - Parameter zone: whose clock the fields mean.
  public func latest(after start: Timestamp, upTo end: Timestamp, in zone: Zone) -> Timestamp? {
    guard start < end else { return nil }
    // A clock change can move a moment into the next day.
    let first = zone.date(start).adding(days: -1) ?? .min
    var date = zone.date(end)
    while date >= first {
      if matches(date), let moment = latest(on: date, upTo: end, in: zone) {
        return moment > start ? moment : nil
      }
      guard let before = date.adding(days: -1) else { return nil }
      date = before
    }
    return nil
  }

  private func latest(on date: CalendarDate, upTo end: Timestamp, in zone: Zone) -> Timestamp? {
    isFrequent ? latestFrequent(on: date, upTo: end, in: zone) : latestFixed(on: date, upTo: end, in: zone)
  }

  /// What is not frequent comes, in the hour that a clock change skips, at the first moment after it; in the hour
  /// that it repeats, the first time.
  private func latestFixed(on date: CalendarDate, upTo end: Timestamp, in zone: Zone) -> Timestamp? {
    for hour in (0...23).reversed() where hours.contains(hour) {
      for minute in (0...59).reversed() where minutes.contains(minute) {
        guard let time = LocalTime(date, hour: hour, minute: minute) else { continue }
        let moment = zone.timestamp(time)
        if moment <= end { return moment }
      }
    }
    return nil
  }

  /// What is frequent comes whenever the clock shows it: never in a skipped hour, twice in a repeated one.
  private func latestFrequent(on date: CalendarDate, upTo end: Timestamp, in zone: Zone) -> Timestamp? {
    let start = zone.startOfDay(date).secondsSinceEpoch
    let nextDay = date.adding(days: 1).map { zone.startOfDay($0).secondsSinceEpoch - 1 }
    var seconds = min(end.secondsSinceEpoch, nextDay ?? end.secondsSinceEpoch)
    seconds -= (seconds % 60 + 60) % 60
    while seconds >= start {
      guard let moment = Timestamp(secondsSinceEpoch: seconds) else { return nil }
      let time = zone.local(moment)
      if hours.contains(time.hour), minutes.contains(time.minute) { return moment }
      seconds -= 60
    }
    return nil
  }
}
