/// `BDAY` in its many forms (RFC 6350 section 4.3, ISO 8601).
enum VCardDate {
  enum Reading: Equatable {
    /// `YYYY-MM-DD`, or `--MM-DD` without a year; not judged further.
    case date(String)
    /// A form that says less than month and day, or says it in words.
    case incomplete
    /// Anything else, for who judges dates to name it.
    case other(String)
  }

  /// Reads a birthday.
  static func read(_ property: VCardProperty) -> Reading {
    if property.values(of: "VALUE").contains("text") { return .incomplete }
    let value = VCardText.unescape(property.value)
    // A time of day may follow; a birthday has none.
    let date = value.prefix { $0 != "T" && $0 != "t" }
    let isYearless = date.hasPrefix("--")
    let digits = date.filter { $0 != "-" }
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return .other(value) }
    let month = digits.suffix(4).prefix(2)
    let day = digits.suffix(2)
    switch (isYearless, digits.count, date.count) {
    case (true, 4, 6), (true, 4, 7): return .date("--\(month)-\(day)")
    case (true, 2, 4...5), (false, 4, 4), (false, 6, 7), (false, 2, 2): return .incomplete
    case (false, 8, 8), (false, 8, 10):
      let year = String(digits.prefix(4))
      if property.values(of: "X-APPLE-OMIT-YEAR").contains(year) { return .date("--\(month)-\(day)") }
      return .date("\(year)-\(month)-\(day)")
    default: return .other(value)
    }
  }
}
