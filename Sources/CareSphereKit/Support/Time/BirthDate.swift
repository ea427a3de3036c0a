/// A birthday whose year may be unknown: `1990-05-15`, or `--05-15` (as ISO 8601:2000 and vCard write it).
public struct BirthDate: Hashable, Sendable, CustomStringConvertible {
  /// 1 to 9999; nil where only the day of the year is known.
  public let year: Int?
  /// 1 to 12.
  public let month: Int
  /// 1 to the length of the month; 29 February needs no year.
  public let day: Int

  /// A full date.
  public init(_ date: CalendarDate) {
    year = date.year
    month = date.month
    day = date.day
  }

  /// A day without a year; nil where no year has it.
  public init?(month: Int, day: Int) {
    guard day >= 1, day <= CalendarDate.daysInMonth(month, year: 2000) else { return nil }
    self.year = nil
    self.month = month
    self.day = day
  }

  /// Reads exactly `YYYY-MM-DD` or `--MM-DD`; nil for anything else.
  public init?(_ text: String) {
    if let date = CalendarDate(text) {
      self.init(date)
      return
    }
    let yearless: (Int, Int)? = DigitReader.read(text) { reader in
      guard reader.skip("-"), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
        let day = reader.number(2), reader.isAtEnd
      else { return nil }
      return (month, day)
    }
    guard let (month, day) = yearless else { return nil }
    self.init(month: month, day: day)
  }

  /// The date of birth; nil where the year is unknown.
  public var date: CalendarDate? {
    year.flatMap { CalendarDate(year: $0, month: month, day: day) }
  }

  /// Whole years lived on `today`; nil where the year is unknown, negative before the birth.
  ///
  /// Who was born on 29 February is a year older on 1 March of a year without that day.
  public func age(on today: CalendarDate) -> Int? {
    guard let year else { return nil }
    let hadBirthday = (today.month, today.day) >= (month, day)
    return today.year - year - (hadBirthday ? 0 : 1)
  }

  /// `YYYY-MM-DD` or `--MM-DD`.
  public var description: String {
    DigitWriter.string(capacity: 10) { writer in
      if let year { writer.number(year, width: 4) } else { writer.put("-") }
      writer.put("-")
      writer.number(month, width: 2)
      writer.put("-")
      writer.number(day, width: 2)
    }
  }
}
