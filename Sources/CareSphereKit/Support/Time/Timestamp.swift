import Glibc

/// A moment, to the second: `2025-11-13T10:30:00Z` (RFC 3339), years 0001 to 9999, UTC.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX).
  public let secondsSinceEpoch: Int

  /// 0001-01-01T00:00:00Z.
  public static let min = Timestamp(unchecked: -62_135_596_800)
  /// 9999-12-31T23:59:59Z.
  public static let max = Timestamp(unchecked: 253_402_300_799)

  /// The moment, or nil outside the years 0001 to 9999.
  public init?(secondsSinceEpoch seconds: Int) {
    guard Timestamp.min.secondsSinceEpoch...Timestamp.max.secondsSinceEpoch ~= seconds else { return nil }
    self.init(unchecked: seconds)
  }

  /// A day and time of UTC; nil for an impossible time.
  public init?(date: CalendarDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second else { return nil }
    self.init(unchecked: date.daysSinceEpoch * 86400 + hour * 3600 + minute * 60 + second)
  }

  /// Reads RFC 3339: `2025-11-13T10:30:00Z`, with any fraction of a second (cut off) and with an
  /// offset such as `+02:00` in place of `Z`; nil for anything else.
  public init?(_ text: String) {
    let moment = DigitReader.read(text) { Timestamp(reading: &$0) }
    guard let moment else { return nil }
    self = moment
  }

  /// Reads RFC 3339 from UTF-8 bytes, as ``init(_:)`` does.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var reader = DigitReader(bytes)
    self.init(reading: &reader)
  }

  private init?(reading reader: inout DigitReader) {
    guard let date = CalendarDate(reading: &reader), reader.skip("T"), let hour = reader.number(2),
      reader.skip(":"), let minute = reader.number(2), reader.skip(":"), let second = reader.number(2),
      let local = Timestamp(date: date, hour: hour, minute: minute, second: second)
    else { return nil }
    if reader.skip("."), reader.skipDigits() == 0 { return nil }
    guard let offset = Timestamp.readOffset(&reader), reader.isAtEnd else { return nil }
    self.init(secondsSinceEpoch: local.secondsSinceEpoch - offset)
  }

  /// `Z`, `+hh:mm` or `-hh:mm`, as seconds east of Greenwich.
  private static func readOffset(_ reader: inout DigitReader) -> Int? {
    if reader.skip("Z") { return 0 }
    let isWest = reader.peek == UInt8(ascii: "-")
    guard reader.skip("-") || reader.skip("+"), let hours = reader.number(2), hours < 24, reader.skip(":"),
      let minutes = reader.number(2), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return isWest ? -seconds : seconds
  }

  private init(unchecked seconds: Int) { secondsSinceEpoch = seconds }

  /// The time of the machine's clock.
  public static func now() -> Timestamp {
    Timestamp(secondsSinceEpoch: time(nil)) ?? .max
  }

  /// The moment `seconds` later; nil outside the years 0001 to 9999.
  public func adding(seconds: Int) -> Timestamp? {
    let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
    return overflow ? nil : Timestamp(secondsSinceEpoch: sum)
  }

  /// The day in UTC.
  public var utcDate: CalendarDate { parts.date }

  /// Seconds since midnight UTC, 0 to 86399.
  public var utcSecondOfDay: Int { parts.second }

  private var parts: (date: CalendarDate, second: Int) {
    var (days, second) = secondsSinceEpoch.quotientAndRemainder(dividingBy: 86400)
    if second < 0 {
      second += 86400
      days -= 1
    }
    return (CalendarDate(daysSinceEpoch: days) ?? .max, second)
  }

  /// Whether one moment comes before the other.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`.
  public var description: String {
    let (date, second) = parts
    return DigitWriter.string(capacity: 20) { writer in
      date.write(to: &writer)
      writer.put("T")
      writer.number(second / 3600, width: 2)
      writer.put(":")
      writer.number(second / 60 % 60, width: 2)
      writer.put(":")
      writer.number(second % 60, width: 2)
      writer.put("Z")
    }
  }
}
