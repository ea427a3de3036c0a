/// Reads times as they are stored, many millions of them.
enum StoredTime {
  /// The seconds since 1970 of `2025-11-13T10:30:00Z`, and of whatever else RFC 3339 allows; nil for anything else.
  /// - Parameter text: ends with NUL; nothing after that is looked at.
  @inline(__always)
  static func seconds(_ text: UnsafePointer<UInt8>) -> Int? {
    guard let century = pair(text, 0), let year = pair(text, 2), text[4] == UInt8(ascii: "-"),
      let month = pair(text, 5), text[7] == UInt8(ascii: "-"), let day = pair(text, 8),
      text[10] == UInt8(ascii: "T"), let hour = pair(text, 11), text[13] == UInt8(ascii: ":"),
      let minute = pair(text, 14), text[16] == UInt8(ascii: ":"), let second = pair(text, 17),
      text[19] == UInt8(ascii: "Z"), text[20] == 0, 1...12 ~= month, 1...31 ~= day, hour < 24, minute < 60,
      second < 60
    else { return Timestamp(String(cString: text))?.secondsSinceEpoch }
    let days = CalendarDate.daysSinceEpoch(year: century &* 100 &+ year, month: month, day: day)
    return days &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ second
  }

  /// The number that two digits make.
  @inline(__always)
  private static func pair(_ text: UnsafePointer<UInt8>, _ position: Int) -> Int? {
    let tens = text[position] &- UInt8(ascii: "0")
    guard tens <= 9 else { return nil }
    let ones = text[position + 1] &- UInt8(ascii: "0")
    return ones <= 9 ? Int(tens) &* 10 &+ Int(ones) : nil
  }
}
