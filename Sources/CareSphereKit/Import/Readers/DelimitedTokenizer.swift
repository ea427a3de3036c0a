import Glibc

/// Cuts text into rows and cells as RFC 4180 has it, with any delimiter and any line ends. It knows
/// nothing of files, headings or errors in words. It is the inner loop of an import: the unsafe
/// pointers of the reading side are confined to this file, and every offset is compared with the
/// text's length before it is used.
struct DelimitedTokenizer {
  /// A row, or what could be made of it.
  struct Row {
    var cells: [String]
    /// The offset behind the row's line end.
    var end: Int
    /// How many lines it takes, those within its quotes included.
    var lines: Int
    var defect: Defect?
    /// Whether there is nothing at all on its line.
    var isBlank = false
  }

  enum Defect {
    /// Something other than a delimiter follows a closing quote, at this offset.
    case textAfterQuote(Int)
    /// The quote at this offset is never closed.
    case unclosedQuote(Int)
  }

  let delimiter: UInt8
  /// How many cells to make room for.
  var expectedCells = 16

  private static let quote = UInt8(ascii: "\"")
  private static let feed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  /// Reads one row.
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - start: where the row begins, before the end of `text`.
  ///   - isLast: whether the file ends with `text`.
  /// - Returns: nil where the row goes on beyond `text`.
  func row(in text: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool) -> Row? {
    var row = Row(cells: [], end: start, lines: 1)
    row.cells.reserveCapacity(expectedCells)
    var offset = start
    while true {
      if offset < text.count && text[offset] == Self.quote {
        guard let end = quotedCell(in: text, from: offset, isLast: isLast, into: &row) else { return nil }
        offset = end
        if row.defect != nil { return row }
      } else {
        let end = cellEnd(in: text, from: offset)
        if end == text.count && !isLast { return nil }
        row.cells.append(Self.string(text, offset, end))
        offset = end
      }
      if offset < text.count && text[offset] == delimiter {
        offset += 1
        continue
      }
      guard let end = lineEnd(in: text, at: offset, isLast: isLast) else { return nil }
      row.end = end
      row.isBlank = offset == start
      return row
    }
  }

  // MARK: Cells

  /// Reads a cell in quotes. Between doubled quotes its text is copied run by run.
  /// - Returns: the offset behind it; nil where it goes on beyond `text`.
  private func quotedCell(
    in text: UnsafeBufferPointer<UInt8>, from opening: Int, isLast: Bool, into row: inout Row
  ) -> Int? {
    var unescaped: [UInt8] = []
    var runStart = opening + 1
    while true {
      guard let quote = Self.find(Self.quote, in: text, from: runStart) else {
        if !isLast { return nil }
        row.defect = .unclosedQuote(opening)
        return text.count
      }
      let next = quote + 1
      if next == text.count && !isLast { return nil }
      if next < text.count && text[next] == Self.quote {
        unescaped.append(contentsOf: text[runStart..<next])
        runStart = next + 1
        continue
      }
      row.lines += Self.lineEnds(text, opening, quote)
      if unescaped.isEmpty {
        row.cells.append(Self.string(text, runStart, quote))
      } else {
        unescaped.append(contentsOf: text[runStart..<quote])
        row.cells.append(String(decoding: unescaped, as: UTF8.self))
      }
      if next == text.count || isCellEnd(text[next]) { return next }
      return skipDefect(in: text, at: next, isLast: isLast, into: &row)
    }
  }

  /// After a cell that is misquoted the row is lost, but the next line is tried again.
  private func skipDefect(
    in text: UnsafeBufferPointer<UInt8>, at place: Int, isLast: Bool, into row: inout Row
  ) -> Int? {
    var offset = place
    while offset < text.count, text[offset] != Self.feed, text[offset] != Self.carriageReturn { offset += 1 }
    if offset == text.count && !isLast { return nil }
    guard let end = lineEnd(in: text, at: offset, isLast: isLast) else { return nil }
    let rest = Self.string(text, place, offset)
    row.cells.append((row.cells.popLast() ?? "") + rest)
    row.defect = .textAfterQuote(place)
    row.end = end
    return end
  }

  private func isCellEnd(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Self.feed || byte == Self.carriageReturn
  }

  /// The offset of the next delimiter or line end, or the end of the text. Eight bytes are compared
  /// at a time: exclusive or makes the bytes looked for zero, and the lowest zero byte of a word is
  /// where the first borrow comes from.
  private func cellEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let delimiters = ones &* UInt64(delimiter)
    let raw = UnsafeRawBufferPointer(text)
    var offset = start
    while offset &+ 8 <= text.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let delimited = word ^ delimiters
      let fed = word ^ (ones &* UInt64(Self.feed))
      let returned = word ^ (ones &* UInt64(Self.carriageReturn))
      let zeros =
        ((delimited &- ones) & ~delimited) | ((fed &- ones) & ~fed) | ((returned &- ones) & ~returned)
      let marks = zeros & highs
      if marks != 0 { return offset &+ marks.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < text.count, !isCellEnd(text[offset]) { offset &+= 1 }
    return offset
  }

  // MARK: Lines

  /// The offset behind the line end that is at `offset`.
  private func lineEnd(in text: UnsafeBufferPointer<UInt8>, at offset: Int, isLast: Bool) -> Int? {
    guard offset < text.count else { return isLast ? offset : nil }
    guard text[offset] == Self.carriageReturn else { return offset + 1 }
    guard offset + 1 < text.count else { return isLast ? offset + 1 : nil }
    return text[offset + 1] == Self.feed ? offset + 2 : offset + 1
  }

  private static func lineEnds(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var counter = LineCounter()
    counter.advance(over: UnsafeBufferPointer(rebasing: text[start..<end]))
    return counter.count
  }

  // MARK: Bytes

  private static func find(_ byte: UInt8, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < text.count, let base = text.baseAddress,
      let found = memchr(base + start, Int32(byte), text.count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: found)
  }

  /// The whole text was validated when it was decoded, and cells are cut at ASCII bytes, so they need
  /// not be validated again.
  private static func string(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> String {
    if start == end { return "" }
    let cell = UnsafeBufferPointer(rebasing: text[start..<end])
    return String(copying: UTF8Span(unchecked: Span(_unsafeElements: cell)))
  }
}
