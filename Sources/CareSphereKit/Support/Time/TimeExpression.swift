import TextFormats

/// A time as people type it: `2025-11-13T10:30:00Z`, `2025-11-13`, `2025-11-13 10:30`, `-30d`.
public enum TimeExpression: Equatable, Sendable {
  case moment(Timestamp)
  /// A day in the organization's zone.
  case date(CalendarDate)
  /// A day and time in the organization's zone.
  case local(LocalTime)
  /// So much before (negative) or after now.
  case relative(Int, Unit)

  /// The units of relative times.
  public enum Unit: String, CaseIterable, Sendable {
    case second = "s"
    case minute = "m"
    case hour = "h"
    case day = "d"
    case week = "w"
    case month = "mo"
    case year = "y"
  }

  /// What a time may look like, for messages.
  public static let forms =
    "YYYY-MM-DD, 'YYYY-MM-DD HH:MM', 2025-11-13T10:30:00Z, or relative as -30d or +2h (s m h d w mo y)"

  /// Reads a time.
  /// - Throws: `CareError(.validation)` saying what a time looks like.
  public init(_ text: String) throws {
    guard let expression = TimeExpression.read(text) else {
      throw CareError(
        .validation, "“\(VisibleText.of(String(text.prefix(100))))” is not a time", hint: TimeExpression.forms
      )
    }
    self = expression
  }

  /// Reads a time; nil for anything else, relative amounts of more than nine digits included.
  public static func read(_ text: String) -> TimeExpression? {
    if let date = CalendarDate(text) { return .date(date) }
    if let moment = Timestamp(text) { return .moment(moment) }
    if let local = readLocal(text) { return .local(local) }
    return readRelative(text)
  }

  private static func readLocal(_ text: String) -> LocalTime? {
    DigitReader.read(text) { reader in
      guard let date = CalendarDate(reading: &reader), reader.skip(" "), let hour = reader.number(2),
        reader.skip(":"), let minute = reader.number(2), reader.isAtEnd
      else { return nil }
      return LocalTime(date, hour: hour, minute: minute)
    }
  }

  private static func readRelative(_ text: String) -> TimeExpression? {
    guard let sign = text.first, sign == "-" || sign == "+" else { return nil }
    let rest = text.dropFirst()
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard (1...9).contains(digits.count), let amount = Int(digits),
      let unit = Unit(rawValue: String(rest.dropFirst(digits.count)))
    else { return nil }
    return .relative(sign == "-" ? -amount : amount, unit)
  }
}

extension TimeExpression {
  /// The moment meant: a bare date is the start of its day. Days, weeks, months and years are steps of
  /// the calendar that keep the time of day, whatever the clock does in between.
  /// - Parameters:
  ///   - now: what relative times count from.
  ///   - zone: the organization's zone.
  /// - Throws: `CareError(.validation)` where a relative time leaves the years 0001 to 9999.
  public func timestamp(now: Timestamp, zone: Zone) throws -> Timestamp {
    switch self {
    case .moment(let moment): return moment
    case .date(let date): return zone.startOfDay(date)
    case .local(let local): return zone.timestamp(local)
    case .relative(let amount, let unit):
      guard let moment = TimeExpression.step(now, amount, unit, zone) else { throw outOfRange }
      return moment
    }
  }

  /// The day meant, in the organization's zone; a moment or relative time is cut to its day.
  /// - Throws: `CareError(.validation)` where a relative time leaves the years 0001 to 9999.
  public func date(now: Timestamp, zone: Zone) throws -> CalendarDate {
    switch self {
    case .date(let date): date
    case .local(let local): local.date
    case .moment, .relative: zone.date(try timestamp(now: now, zone: zone))
    }
  }

  /// The moment before which something must lie, as `--until` means it: exclusive, but a bare date
  /// includes its day.
  /// - Throws: `CareError(.validation)` where a relative time leaves the years 0001 to 9999.
  public func until(now: Timestamp, zone: Zone) throws -> Timestamp {
    guard case .date(let date) = self else { return try timestamp(now: now, zone: zone) }
    return date.adding(days: 1).map(zone.startOfDay) ?? .max
  }

  private static func step(_ now: Timestamp, _ amount: Int, _ unit: Unit, _ zone: Zone) -> Timestamp? {
    let local = zone.local(now)
    let date: CalendarDate?
    switch unit {
    case .second: return now.adding(seconds: amount)
    case .minute: return now.adding(seconds: amount * 60)
    case .hour: return now.adding(seconds: amount * 3600)
    case .day: date = local.date.adding(days: amount)
    case .week: date = local.date.adding(days: amount * 7)
    case .month: date = local.date.adding(months: amount)
    case .year: date = local.date.adding(years: amount)
    }
    guard let date else { return nil }
    // A step of no days keeps even the second of two equal clock times.
    return date == local.date ? now : zone.timestamp(LocalTime(date, secondOfDay: local.secondOfDay))
  }

  private var outOfRange: CareError {
    CareError(.validation, "\(self) is outside the years 0001 to 9999", hint: TimeExpression.forms)
  }
}

extension TimeExpression: CustomStringConvertible {
  /// The expression as it may be typed.
  public var description: String {
    switch self {
    case .moment(let moment): return moment.description
    case .date(let date): return date.description
    case .local(let local):
      return DigitWriter.string(capacity: 16) { writer in
        local.date.write(to: &writer)
        writer.put(" ")
        writer.number(local.hour, width: 2)
        writer.put(":")
        writer.number(local.minute, width: 2)
      }
    case .relative(let amount, let unit): return "\(amount < 0 ? "" : "+")\(amount)\(unit.rawValue)"
    }
  }
}
