import TextFormats

/// The time that figures are of, and the periods it is divided into, in the organization's zone.
public struct AnalyticsRange: Equatable, Sendable {
  /// How long a period is.
  public enum Unit: String, CaseIterable, Sendable {
    case day, week, month, year
  }

  /// One period, or the part of it that lies in the range.
  public struct Period: Equatable, Sendable {
    /// `2025-11-13`, the date of a week's Monday, `2025-11`, or `2025`.
    public var name: String
    /// The first day that counts.
    public var firstDay: CalendarDate
    /// The last day that counts.
    public var lastDay: CalendarDate
    /// The first moment that counts.
    public var start: Timestamp
    /// The moment after the last that counts.
    public var end: Timestamp
  }

  /// At most so many periods are told of.
  public static let maximumPeriods = 1000

  /// The first and the last period may be shorter: the range cuts them.
  public let unit: Unit
  /// The first moment that counts.
  public let since: Timestamp
  /// The moment after the last that counts.
  public let until: Timestamp
  /// In their order, without gaps; at least one.
  public let periods: [Period]
  /// The organization's; periods begin and end at its midnights.
  public let zone: Zone

  /// - Parameters:
  ///   - since: the first moment; by default the beginning of the month eleven before the last that counts, or of that
  ///     month's year where periods are years.
  ///   - until: the moment after the last; by default the moment after `clock`'s time, whose whole day counts where
  ///     dates are counted.
  /// - Throws: `CareError(.validation)` where the range is reversed or has too many periods.
  public init(
    since: Timestamp? = nil, until: Timestamp? = nil, unit: Unit = .month, clock: Clock
  ) throws {
    let zone = clock.zone
    let end = until ?? clock.effective.adding(seconds: 1) ?? .max
    let lastDay = zone.date(end.adding(seconds: -1) ?? .min)
    let start = since ?? zone.startOfDay(Self.defaultStart(unit, before: lastDay))
    guard start < end else {
      throw CareError(
        .validation, "the range ends at \(end), before it begins at \(start)",
        hint: "--since is the earlier of the two",
        details: .fields([.init("since", "is not before the end, \(end)")]))
    }
    self.unit = unit
    self.since = start
    self.until = end
    self.zone = zone
    periods = try Self.periods(from: start, to: end, lastDay: lastDay, unit: unit, zone: zone)
  }

  /// The range as every command of figures tells it.
  public var json: JSONObject {
    JSONObject([
      ("since", .string(since.description)), ("until", .string(until.description)),
      ("period", .string(unit.rawValue)), ("timezone", .string(zone.name)),
    ])
  }

  /// The first day of the default range.
  private static func defaultStart(_ unit: Unit, before day: CalendarDate) -> CalendarDate {
    let months = day.adding(months: -11) ?? .min
    return switch unit {
    case .day, .week, .month: beginning(of: .month, at: months)
    case .year: beginning(of: .year, at: months)
    }
  }

  /// The first day of the period that a day lies in.
  static func beginning(of unit: Unit, at day: CalendarDate) -> CalendarDate {
    switch unit {
    case .day: day
    case .week: day.adding(days: 1 - day.weekday) ?? .min
    case .month: CalendarDate(year: day.year, month: day.month, day: 1) ?? day
    case .year: CalendarDate(year: day.year, month: 1, day: 1) ?? day
    }
  }

  private static func following(_ day: CalendarDate, _ unit: Unit) -> CalendarDate? {
    switch unit {
    case .day: day.adding(days: 1)
    case .week: day.adding(days: 7)
    case .month: day.adding(months: 1)
    case .year: day.adding(years: 1)
    }
  }

  /// What a period that begins on `day` is called.
  static func name(_ unit: Unit, _ day: CalendarDate) -> String {
    switch unit {
    case .day, .week: day.description
    case .month: String(day.description.prefix(7))
    case .year: String(day.description.prefix(4))
    }
  }

  private static func periods(
    from start: Timestamp, to end: Timestamp, lastDay: CalendarDate, unit: Unit, zone: Zone
  ) throws -> [Period] {
    var periods: [Period] = []
    var first = beginning(of: unit, at: zone.date(start))
    while first <= lastDay {
      guard periods.count < maximumPeriods else {
        throw CareError(
          .validation, "the range has more than \(maximumPeriods) periods of a \(unit.rawValue)",
          hint: "shorten the range, or take a longer --period",
          details: .fields([.init("period", "makes more than \(maximumPeriods) periods")]))
      }
      let next = following(first, unit)
      let begins = max(start, zone.startOfDay(first))
      let ends = min(end, next.map(zone.startOfDay) ?? end)
      periods.append(
        Period(
          name: name(unit, first), firstDay: max(first, zone.date(start)),
          lastDay: min(lastDay, next?.adding(days: -1) ?? lastDay), start: begins, end: ends))
      guard let next else { break }
      first = next
    }
    return periods
  }
}
