/// Finds out how a table's cells are separated.
enum DelimiterDetection {
  /// In the order in which they win where they are equally frequent.
  private static let candidates: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]

  /// How much of a heading row is looked at, in bytes: more than ten thousand headings.
  private static let sampleSize = 1024 * 1024

  /// The delimiter of a heading row: the candidate that stands outside its quotes most often.
  /// - Parameters:
  ///   - text: begins with the heading row.
  ///   - isLast: whether the file ends with `text`.
  /// - Returns: nil where the row goes on beyond `text`.
  static func delimiter(of text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> UInt8? {
    var counts = candidates.map { _ in 0 }
    var isQuoted = false
    var previous: UInt8?
    for byte in text.prefix(sampleSize) {
      if byte == UInt8(ascii: "\"") {
        // In a cell that does not begin with one, a quote is a sign like any other.
        let begins = previous.map(candidates.contains) ?? true
        isQuoted = isQuoted ? false : begins || previous == byte
      } else if !isQuoted {
        if byte == 0x0A || byte == 0x0D { return mostFrequent(counts) }
        if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
      }
      previous = byte
    }
    return isLast || text.count >= sampleSize ? mostFrequent(counts) : nil
  }

  private static func mostFrequent(_ counts: [Int]) -> UInt8 {
    var best = 0
    for index in counts.indices where counts[index] > counts[best] { best = index }
    return candidates[best]
  }

  /// The delimiter that Excel's first line `sep=;` sets.
  /// - Parameter line: the cells of the first line, cut at a delimiter that does not occur.
  static func declared(by line: String) -> UInt8? {
    let bytes = Array(line.utf8)
    guard bytes.count == 5, line.lowercased().hasPrefix("sep="), let last = bytes.last,
      last != UInt8(ascii: "\""), last >= 0x20 || last == UInt8(ascii: "\t"), last < 0x7F
    else { return nil }
    return last
  }
}
