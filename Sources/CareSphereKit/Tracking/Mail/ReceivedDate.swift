/// Dates as mails have them (RFC 5322, sections 3.3 and 4.3): `Thu, 13 Nov 2025 09:15:00 +0100 (CET)`.
enum ReceivedDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  /// Of the zones that have names in old mails, in hours.
  private static let zones = [
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
  ]

  /// The moment; nil for what is no date. A zone that is not known counts as UTC.
  static func parse(_ text: String?) -> Timestamp? {
    guard let text else { return nil }
    var words = HeaderText.withoutComments(text).lowercased()
      .split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
    if let first = words.first, Int(first) == nil { words.removeFirst() }
    guard words.count >= 4, let day = Int(words[0]), let year = year(words[2]),
      let month = months.firstIndex(of: String(words[1].prefix(3))),
      let date = CalendarDate(year: year, month: month + 1, day: day)
    else { return nil }
    let time = words[3].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    // A leap second is told as the second before it.
    guard 2...3 ~= time.count,
      let local = Timestamp(
        date: date, hour: time[0], minute: time[1], second: time.count == 3 ? min(time[2], 59) : 0)
    else { return nil }
    return local.adding(seconds: -offset(words.count > 4 ? words[4] : ""))
  }

  private static func year(_ text: String) -> Int? {
    guard let year = Int(text), year >= 0 else { return nil }
    switch text.utf8.count {
    case 2: return year < 50 ? 2000 + year : 1900 + year
    case 3: return 1900 + year
    default: return year
    }
  }

  /// Seconds east of Greenwich.
  private static func offset(_ text: String) -> Int {
    if let hours = zones[text] { return hours * 3600 }
    guard text.utf8.count == 5, let sign = text.first, sign == "+" || sign == "-",
      let digits = Int(text.dropFirst()), digits >= 0
    else { return 0 }
    let seconds = digits / 100 * 3600 + digits % 100 * 60
    return sign == "-" ? -seconds : seconds
  }
}
