/// The order in which the dates of a file are written: `--date-order`.
public enum DateOrder: String, CaseIterable, Sendable {
  case ymd, mdy, dmy
}

extension MemberValues {
  /// A date of birth, with or without its year; not in the future. The years 1604 and 1885 are what
  /// address books and church programs write where they know none.
  /// - Returns: `YYYY-MM-DD` or `--MM-DD`.
  public func dateOfBirth(_ raw: String) throws(ValueProblem) -> String? {
    if let date = CalendarDate(raw), date <= today, !MemberValues.isPlaceholder(date.year) { return raw }
    guard let text = try line(raw), !MemberValues.isZero(text) else { return nil }
    let reading = try read(text)
    guard let year = reading.year, !MemberValues.isPlaceholder(year) else {
      guard let birthday = BirthDate(month: reading.month, day: reading.day) else {
        throw noSuchDay(text)
      }
      return birthday.description
    }
    guard let date = CalendarDate(year: year, month: reading.month, day: reading.day) else {
      throw noSuchDay(text)
    }
    if date > today { throw ValueProblem("\(quoted(text)) is in the future") }
    return date.description
  }

  /// `0/0/00`, `0000-00-00`: what Outlook and databases write where there is no date.
  private static func isZero(_ text: String) -> Bool {
    text.utf8.count >= 6 && text.utf8.allSatisfy { "0/-.".utf8.contains($0) }
      && text.utf8.contains(UInt8(ascii: "0"))
  }

  private static func isPlaceholder(_ year: Int) -> Bool { year == 1604 || year == 1885 }

  /// A day of the calendar, `YYYY-MM-DD`. Typed, it may be relative to now, as `-30d`, or a moment.
  public func date(_ raw: String) throws(ValueProblem) -> String? {
    if CalendarDate(raw) != nil { return raw }
    guard let text = try line(raw), !MemberValues.isZero(text) else { return nil }
    if source == .typed, let date = try? TimeExpression.read(text)?.date(now: now, zone: zone) {
      return date.description
    }
    let reading = try read(text)
    guard let year = reading.year else {
      throw ValueProblem("\(quoted(text)) lacks its year: write it as YYYY-MM-DD")
    }
    guard let date = CalendarDate(year: year, month: reading.month, day: reading.day) else {
      throw noSuchDay(text)
    }
    return date.description
  }

  /// A moment, `YYYY-MM-DDTHH:MM:SSZ`. Offsets are reckoned out, fractions of a second cut off; a time
  /// without an offset is of the organization's zone, and so is the midnight of a bare date.
  public func timestamp(_ raw: String) throws(ValueProblem) -> String? {
    guard let text = try line(raw) else { return nil }
    if let moment = Timestamp(text) {
      let canonical = moment.description
      return canonical == raw ? raw : canonical
    }
    switch TimeExpression.read(text) {
    case .moment(let moment): return moment.description
    case .date(let date): return zone.startOfDay(date).description
    case .local(let local): return zone.timestamp(local).description
    case .relative, nil: break
    }
    if let local = MemberValues.localTime(text) { return zone.timestamp(local).description }
    throw ValueProblem("\(quoted(text)) is no time: write it as 2025-11-13T10:30:00Z")
  }

  /// `2025-11-13 10:30:00` or the same with a `T`, as databases write it.
  private static func localTime(_ text: String) -> LocalTime? {
    guard text.utf8.count == 19, text.utf8.dropFirst(10).first.map({ $0 == 0x20 || $0 == 0x54 }) == true,
      let date = CalendarDate(String(text.prefix(10))), let moment = Timestamp("\(date)T\(text.suffix(8))Z")
    else { return nil }
    let second = moment.utcSecondOfDay
    return LocalTime(date, hour: second / 3600, minute: second / 60 % 60, second: second % 60)
  }

  private func read(_ text: String) throws(ValueProblem) -> DateText.Reading {
    let order: DateOrder? = if case .file(let order) = source { order } else { nil }
    switch DateText.read(text, order: order) {
    case .success(let reading): return reading
    case .failure(let problem): throw ValueProblem(reason(problem, text))
    }
  }

  private func noSuchDay(_ text: String) -> ValueProblem {
    ValueProblem("\(quoted(text)) is no day of the calendar")
  }

  private func reason(_ problem: DateText.Problem, _ text: String) -> String {
    switch problem {
    case .notADate: "\(quoted(text)) is no date: write it as YYYY-MM-DD"
    case .noSuchDay: noSuchDay(text).reason
    case .dayNumber:
      "\(quoted(text)) is a spreadsheet's number of a day: format its column as a date, YYYY-MM-DD"
    case .twoDigitYear: "\(quoted(text)) has a year of two digits: write all four"
    case .lacksDay: "\(quoted(text)) lacks its day: write it as YYYY-MM-DD"
    case .lacksMonth: "\(quoted(text)) lacks its month: write it as YYYY-MM-DD"
    case .otherOrder(let order):
      "\(quoted(text)) is not written in the order that --date-order \(order.rawValue) says; YYYY-MM-DD always is read, "
        + "and --MM-DD of a birthday without its year"
    case .ambiguous(let dayFirst, let monthFirst):
      if source == .typed {
        "\(quoted(text)) could be \(dayFirst) or \(monthFirst): write it like that"
      } else {
        "\(quoted(text)) could be \(dayFirst) or \(monthFirst): say which with --date-order dmy or mdy"
      }
    }
  }
}
