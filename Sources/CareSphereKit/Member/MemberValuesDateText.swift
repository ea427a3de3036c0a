/// Dates as people and programs write them: `13/11/2025`, `1.2.1990`, `Nov 13, 2025`, `--05-15`,
/// `1990-05-15T00:00:00Z`. It never guesses: where two readings are possible, it says so.
struct DateText {
  /// What was read; whether the calendar has such a day is still to be asked.
  struct Reading: Equatable {
    var year: Int?
    var month: Int
    var day: Int
  }

  enum Problem: Error, Equatable {
    case notADate, noSuchDay, dayNumber, twoDigitYear, lacksDay, lacksMonth
    /// The figures contradict the order that was asked for.
    case otherOrder(DateOrder)
    /// The two days that it could be, written as `YYYY-MM-DD` or `--MM-DD`.
    case ambiguous(dayFirst: String, monthFirst: String)
  }

  /// No date of any kind is longer; what is, is refused unread.
  private static let longest = 64

  private struct Number: Equatable {
    var value: Int
    var digits: Int
  }

  /// - Parameters:
  ///   - text: a date, without white space at its ends; a time after it is passed over.
  ///   - order: the order of day, month and year in figures; nil where nobody said.
  static func read(_ text: String, order: DateOrder?) -> Result<Reading, Problem> {
    do throws(Problem) {
      return .success(try reading(text, order))
    } catch {
      return .failure(error)
    }
  }

  private static func reading(_ text: String, _ order: DateOrder?) throws(Problem) -> Reading {
    guard text.utf8.count <= longest else { throw .notADate }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      // JavaScript and spreadsheets put unbreakable spaces into dates.
      if scalar == "\u{A0}" || scalar == "\u{202F}" {
        bytes.append(UInt8(ascii: " "))
      } else if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else {
        throw .notADate
      }
    }
    let date = try withoutTime(bytes[...])
    if date.starts(with: "--".utf8) { return try yearless(date.dropFirst(2)) }
    let (numbers, months) = try parts(date)
    switch months.count {
    case 0: return try figures(numbers, order)
    case 1: return try withMonth(months[0], numbers)
    default: throw .notADate
    }
  }

  /// Cuts off a time: what follows a `T` between digits, or begins with the digits before the first `:`.
  private static func withoutTime(_ text: ArraySlice<UInt8>) throws(Problem) -> ArraySlice<UInt8> {
    var end = text.endIndex
    for index in text.indices.dropFirst().dropLast() where text[index] | 0x20 == UInt8(ascii: "t") {
      if isDigit(text[index - 1]) && isDigit(text[index + 1]) {
        guard text[(index + 1)...].allSatisfy({ "0123456789:.,Zz+-".utf8.contains($0) }) else {
          throw .notADate
        }
        return text[..<index]
      }
    }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return text }
    end = colon
    while end > text.startIndex, isDigit(text[end - 1]) { end -= 1 }
    let isTime = text[end...].allSatisfy { "0123456789:. +-apmzutcgAPMZUTCG".utf8.contains($0) }
    guard isTime, end > text.startIndex, " ,".utf8.contains(text[end - 1]) else { throw .notADate }
    while end > text.startIndex, " ,".utf8.contains(text[end - 1]) { end -= 1 }
    return text[..<end]
  }

  /// `--MM-DD` and `--MMDD`, of which the hyphens are read already; `---DD` has no month.
  private static func yearless(_ text: ArraySlice<UInt8>) throws(Problem) -> Reading {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard text.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "-") }) else { throw .notADate }
    if parts.count == 1, text.count == 4 {
      return Reading(month: value(text.prefix(2)), day: value(text.suffix(2)))
    }
    if parts.count == 1, (1...2).contains(text.count) { throw .lacksDay }
    if parts.count == 2, parts[0].isEmpty, (1...2).contains(parts[1].count) { throw .lacksMonth }
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) }) else { throw .notADate }
    return Reading(month: value(parts[0]), day: value(parts[1]))
  }

  // MARK: Figures only

  private static func figures(_ numbers: [Number], _ order: DateOrder?) throws(Problem) -> Reading {
    switch numbers.count {
    case 1: return try figures(numbers[0])
    case 2:
      if numbers.contains(where: { $0.digits == 4 }) { throw .lacksDay }
      guard numbers.allSatisfy({ $0.digits <= 2 }) else { throw .notADate }
      // A day and a month: the order of all three says which comes first.
      return try settle(numbers[0].value, numbers[1].value, nil, order == .ymd ? .mdy : order)
    case 3:
      if numbers[0].digits == 4, numbers[1].digits <= 2, numbers[2].digits <= 2 {
        return Reading(year: numbers[0].value, month: numbers[1].value, day: numbers[2].value)
      }
      guard numbers[0].digits <= 2, numbers[1].digits <= 2 else { throw .notADate }
      if numbers[2].digits <= 2 { throw .twoDigitYear }
      guard numbers[2].digits == 4 else { throw .notADate }
      return try settle(numbers[0].value, numbers[1].value, numbers[2].value, order)
    default: throw .notADate
    }
  }

  /// `19900515`, and what lacks something.
  private static func figures(_ number: Number) throws(Problem) -> Reading {
    switch number.digits {
    case 8:
      let (year, rest) = number.value.quotientAndRemainder(dividingBy: 10_000)
      return Reading(year: year, month: rest / 100, day: rest % 100)
    case 6: throw .twoDigitYear
    case 5: throw .dayNumber
    case 4: throw .lacksMonth
    default: throw .notADate
    }
  }

  /// Which of two figures is the day and which the month.
  private static func settle(
    _ first: Int, _ second: Int, _ year: Int?, _ order: DateOrder?
  ) throws(Problem) -> Reading {
    let dayFirst = Reading(year: year, month: second, day: first)
    let monthFirst = Reading(year: year, month: first, day: second)
    switch order {
    case .ymd?: throw .otherOrder(.ymd)
    case .dmy?:
      if second > 12, first <= 12 { throw .otherOrder(.dmy) }
      return dayFirst
    case .mdy?:
      if first > 12, second <= 12 { throw .otherOrder(.mdy) }
      return monthFirst
    case nil:
      if first > 12, second > 12 { throw .noSuchDay }
      if first > 12 { return dayFirst }
      if second > 12 || first == second { return monthFirst }
      guard let one = name(dayFirst), let other = name(monthFirst) else { throw .noSuchDay }
      throw .ambiguous(dayFirst: one, monthFirst: other)
    }
  }

  private static func name(_ reading: Reading) -> String? {
    guard let year = reading.year else {
      return BirthDate(month: reading.month, day: reading.day)?.description
    }
    return CalendarDate(year: year, month: reading.month, day: reading.day)?.description
  }

  // MARK: A month's name

  private static func withMonth(_ month: Int, _ numbers: [Number]) throws(Problem) -> Reading {
    let years = numbers.filter { $0.digits == 4 }
    let days = numbers.filter { $0.digits <= 2 }
    guard years.count + days.count == numbers.count, years.count <= 1 else { throw .notADate }
    switch (days.count, years.first) {
    case (1, let year): return Reading(year: year?.value, month: month, day: days[0].value)
    case (2, nil): throw .twoDigitYear
    case (0, .some): throw .lacksDay
    default: throw .notADate
    }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// The numbers and the months' names among them. Figures alone are parted by one kind of sign.
  private static func parts(_ text: ArraySlice<UInt8>) throws(Problem) -> ([Number], [Int]) {
    var numbers: [Number] = []
    var months: [Int] = []
    var signs: Set<UInt8> = []
    var rest = text
    while let byte = rest.first {
      if isDigit(byte) {
        let run = rest.prefix(while: isDigit)
        guard run.count <= 9, numbers.count < 4 else { throw .notADate }
        numbers.append(Number(value: value(run), digits: run.count))
        rest = rest.dropFirst(run.count)
      } else if isLetter(byte) {
        let run = rest.prefix(while: isLetter)
        if let month = try word(run, isAfterNumber: isDigit(text[max(run.startIndex - 1, text.startIndex)])) {
          months.append(month)
        }
        rest = rest.dropFirst(run.count)
      } else {
        guard " ,./-".utf8.contains(byte) else { throw .notADate }
        if byte != UInt8(ascii: " ") { signs.insert(byte) }
        rest = rest.dropFirst()
      }
    }
    let isMixed = months.isEmpty && (signs.count > 1 || signs.contains(UInt8(ascii: ",")))
    if isMixed { throw .notADate }
    return (numbers, months)
  }

  /// The number of the month that a word names; nil for a weekday, `of`, and the end of `1st`.
  private static func word(
    _ bytes: ArraySlice<UInt8>, isAfterNumber: Bool
  ) throws(Problem) -> Int? {
    let word = String(decoding: bytes.map { $0 | 0x20 }, as: UTF8.self)
    if isAfterNumber, ["st", "nd", "rd", "th"].contains(word) { return nil }
    if word == "of" { return nil }
    if word == "sept" { return 9 }
    guard word.utf8.count >= 3 else { throw .notADate }
    if let index = months.firstIndex(where: { isName(word, $0) }) { return index + 1 }
    if weekdays.contains(where: { isName(word, $0) }) { return nil }
    throw .notADate
  }

  /// A name in full or its first three letters.
  private static func isName(_ word: String, _ name: String) -> Bool {
    word == name || word == String(name.prefix(3))
  }

  // MARK: Digits

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  /// At most nine digits.
  private static func value(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }
}
