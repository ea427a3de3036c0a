import TextFormats

/// Says whether a value can be one of a field.
enum FilterValueCheck {
  /// The highest age that may be asked for; it keeps the years within the calendar.
  static let maximumAge = 9999

  /// What is wrong with a value, and what would be right; nil where nothing is.
  static func problem(
    with value: FilterValue, for field: FilterField, _ comparison: FilterOperator
  ) -> (reason: String, hint: String)? {
    let text = value.text
    let shown = "“\(VisibleText.of(String(text.prefix(100))))”"
    // A part of a date, a number or an id need not look like a whole one.
    let isPart = comparison == .contains || comparison == .startsWith
    switch field.kind {
    case .text, .identifier, .tag, .group, .custom, .customFields: return nil
    case .phone:
      return !text.utf8.contains { $0 &- UInt8(ascii: "0") < 10 }
        ? ("\(shown) has no digits of a phone number", "0801 234") : nil
    case .choice(let choices):
      return choice(text, among: choices) == nil
        ? ("\(shown) is no \(field.name)", choiceHint(text, choices)) : nil
    case .age:
      return age(text) == nil ? ("\(shown) is no age", "an age is a whole number: age >= 18") : nil
    case .moment:
      return isPart || TimeExpression.read(text) != nil
        ? nil : ("\(shown) is no time", "a time is \(TimeExpression.forms)")
    case .date, .birthday:
      if isPart || TimeExpression.read(text) != nil { return nil }
      guard case .birthday = field.kind, BirthDate(text) != nil else {
        return ("\(shown) is no date", "a date is YYYY-MM-DD, or relative as -30d (s m h d w mo y)")
      }
      return comparison == .equal || comparison == .notEqual
        ? nil : ("\(shown) lacks its year, so nothing is before or after it", "a date is YYYY-MM-DD")
    }
  }

  /// The choice that is meant, without regard to case.
  static func choice(_ text: String, among choices: [String]) -> String? {
    let folded = CaseFolding.fold(text)
    return choices.first { CaseFolding.fold($0) == folded }
  }

  /// A whole number of years.
  static func age(_ text: String) -> Int? {
    guard text.utf8.count <= 4, text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
    return Int(text)
  }

  private static func choiceHint(_ text: String, _ choices: [String]) -> String {
    let all = "it is one of \(FilterHint.list(choices))"
    return EditDistance.nearest(to: text, in: choices).map { "did you mean \($0)? \(all)" } ?? all
  }
}
