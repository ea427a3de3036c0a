import Foundation
import Testing

@testable import CareSphereKit

/// A cron that looks at the clock every minute, as cron(8) of Debian does: it goes from one minute to the next and
/// notices when the clock has been put forward or back. It shares nothing with what it judges but the expression's
/// text: the time of day is Foundation's, the fields are read its own way.
struct CronOracle {
  /// A minute, and what a clock on the wall shows then.
  struct Minute {
    var moment: Int
    /// Minutes of the clock since some midnight, for telling how far it moved.
    var clock: Int
    var month: Int
    var day: Int
    var weekday: Int
    var minuteOfDay: Int
  }

  let minutes: [Minute]

  /// - Parameters:
  ///   - start: a whole minute, in seconds since 1970.
  ///   - days: for how long the cron runs.
  init(zone name: String, start: Int, days: Int) throws {
    let zone = try #require(TimeZone(identifier: name))
    minutes = stride(from: start, to: start + days * 86_400, by: 60).map { moment in
      let seconds = moment + zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(moment)))
      return Self.minute(moment: moment, shown: seconds)
    }
  }

  /// What a clock shows that many seconds after it showed 1970-01-01 00:00, a Thursday.
  private static func minute(moment: Int, shown seconds: Int) -> Minute {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    // The civil date of a day number, by counting years of 400, 100, 4 and 1 from 1 March 0000.
    let shifted = days + 719_468
    let era = Int((Double(shifted) / 146_097).rounded(.down))
    let dayOfEra = shifted - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    return Minute(
      moment: moment, clock: seconds / 60, month: month < 10 ? month + 3 : month - 9,
      day: dayOfYear - (153 * month + 2) / 5 + 1, weekday: ((days + 4) % 7 + 7) % 7,
      minuteOfDay: (seconds - days * 86_400) / 60)
  }

  /// The moments at which a job runs.
  func moments(_ expression: String) -> [Int] {
    let fields = expression.split(separator: " ").map(String.init)
    let isWild = fields[0].hasPrefix("*") || fields[1].hasPrefix("*")
    var moments: [Int] = []
    // The minutes of the clock up to which fixed jobs have been dealt with.
    var done = (minutes.first?.clock ?? 0) - 1
    for minute in minutes {
      if isWild {
        if Self.runs(fields, minute) { moments.append(minute.moment) }
        continue
      }
      guard minute.clock > done else { continue }
      let isDue = (done + 1...minute.clock).contains { clock in
        Self.runs(fields, Self.minute(moment: 0, shown: clock * 60))
      }
      if isDue { moments.append(minute.moment) }
      done = minute.clock
    }
    return moments
  }

  private static func runs(_ fields: [String], _ minute: Minute) -> Bool {
    guard has(fields[0], minute.minuteOfDay % 60, 59), has(fields[1], minute.minuteOfDay / 60, 23),
      has(fields[3], minute.month, 12)
    else { return false }
    let byDay = has(fields[2], minute.day, 31)
    let byWeekday = has(fields[4], minute.weekday, 6) || minute.weekday == 0 && has(fields[4], 7, 7)
    let isEither = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    return isEither ? byDay || byWeekday : byDay && byWeekday
  }

  /// Whether a field of numbers, ranges and steps has a number.
  private static func has(_ field: String, _ number: Int, _ last: Int) -> Bool {
    field.split(separator: ",").contains { part in
      let halves = part.split(separator: "/")
      let step = halves.count > 1 ? Int(halves[1]) ?? 1 : 1
      let ends = halves[0].split(separator: "-").compactMap { Int($0) }
      let low = halves[0] == "*" ? (last == 12 || last == 31 ? 1 : 0) : ends[0]
      let high = halves[0] == "*" ? last : ends[ends.count - 1]
      return low <= number && number <= high && (number - low) % step == 0
    }
  }
}
