/// Reads the content lines of vCards: joins folded lines and soft line ends, and only then decodes,
/// because older programs fold between the bytes of a character.
struct VCardLineReader {
  /// A content line, unfolded.
  struct Line {
    /// The physical line, from 1, on which it starts.
    var number: Int
    var text: String
  }

  /// Version 2.1 folds where a space is and keeps it; later versions put one in that goes again.
  var keepsFoldSpace = false
  private(set) var number = 1
  private let source: TextSource
  private var decoder: TextDecoder?
  private var offset = 0

  init(_ source: TextSource) { self.source = source }

  var name: String { source.name }
  var encoding: TextEncoding { (decoder ?? source.decoder).encoding }

  /// Refuses a card that is larger than any record is.
  func checkSize(_ size: Int, line: Int) throws(CareError) { try source.checkRecordSize(size, line: line) }

  /// The next content line; nil at the end of the file. Empty lines are lines.
  mutating func next() throws(CareError) -> Line? {
    let start = number
    var pieces = Pieces()
    guard let first = try physicalLine() else { return nil }
    pieces.append(first.bytes[...], offset: first.offset)
    let isQuotedPrintable = Self.isQuotedPrintable(first.bytes)
    while true {
      if isQuotedPrintable, pieces.bytes.last == UInt8(ascii: "="), let next = try physicalLine() {
        pieces.bytes.removeLast()
        pieces.append(next.bytes[...], offset: next.offset)
      } else if try continues(), let next = try physicalLine() {
        let skipped = keepsFoldSpace ? 0 : 1
        pieces.append(next.bytes.dropFirst(skipped), offset: next.offset + skipped)
      } else {
        break
      }
      try source.checkRecordSize(pieces.bytes.count, line: start)
    }
    return Line(number: start, text: try decode(pieces, from: start))
  }

  // MARK: Physical lines

  private mutating func physicalLine() throws(CareError) -> (bytes: [UInt8], offset: Int)? {
    let found = try source.ask(line: number) { text, isLast in
      if text.isEmpty { return nil as (line: [UInt8], length: Int)? }
      guard let end = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
        return isLast ? (Array(text), text.count) : nil
      }
      if text[end] == 0x0A { return (Array(text[..<end]), end + 1) }
      if end + 1 == text.count && !isLast { return nil }
      let isPair = end + 1 < text.count && text[end + 1] == 0x0A
      return (Array(text[..<end]), isPair ? end + 2 : end + 1)
    }
    guard let found else { return nil }
    source.consume(found.length)
    defer {
      offset += found.length
      number += 1
    }
    return (found.line, offset)
  }

  /// Whether the next physical line belongs to this one.
  private func continues() throws(CareError) -> Bool {
    try source.ask(line: number) { text, _ in text.first.map { $0 == 0x20 || $0 == 0x09 } } ?? false
  }

  private static func isQuotedPrintable(_ line: [UInt8]) -> Bool {
    let head = line.prefix { $0 != UInt8(ascii: ":") }
    return String(decoding: head, as: UTF8.self).uppercased().contains("QUOTED-PRINTABLE")
  }

  // MARK: Text

  /// What a content line was put together from.
  private struct Pieces {
    var bytes: [UInt8] = []
    var origins: [(start: Int, offset: Int)] = []

    mutating func append(_ piece: ArraySlice<UInt8>, offset: Int) {
      origins.append((bytes.count, offset))
      bytes.append(contentsOf: piece)
    }
  }

  private mutating func decode(_ pieces: Pieces, from line: Int) throws(CareError) -> String {
    if source.decoder.encoding == .utf16 { return String(decoding: pieces.bytes, as: UTF8.self) }
    var decoder = self.decoder ?? source.decoder
    if let text = VCardCharset.decode(line: pieces.bytes) { return text }
    var text: [UInt8] = []
    do throws(TextDecoder.Failure) {
      _ = try pieces.bytes.withUnsafeBufferPointer { (bytes) throws(TextDecoder.Failure) in
        try decoder.decode(bytes, isLast: true, into: &text)
      }
    } catch {
      let index = pieces.origins.lastIndex { $0.start <= error.offset } ?? 0
      let origin = pieces.origins[index]
      throw CareError.unreadable(
        name, line: line + index,
        "\(error.reason) at byte offset \(origin.offset + error.offset - origin.start)", hint: error.hint)
    }
    self.decoder = decoder
    return String(decoding: text, as: UTF8.self)
  }
}
