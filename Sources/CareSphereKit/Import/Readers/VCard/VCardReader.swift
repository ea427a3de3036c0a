import TextFormats

/// Reads people from vCards of versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350). Each card is an object
/// with our field names, as `VCardMapping` makes it. Cards of groups are passed over and counted.
final class VCardReader: RecordReader {
  let format = InputFormat.vcard
  let headings: Headings? = nil
  var ignored: [String] { names.names }
  private(set) var skippedEntries = 0
  var encoding: TextEncoding { lines.encoding }

  private var lines: VCardLineReader
  private var batcher = RecordBatcher()
  private var hasSeenCard = false
  private var names = NameList()

  /// - Parameter source: the file, at its beginning.
  init(_ source: TextSource) {
    source.decodesLater = true
    lines = VCardLineReader(source)
  }

  func nextBatch() throws -> [ImportRecord]? {
    try batcher.batch { (batch) throws(CareError) in
      while batch.count < RecordBatcher.batchSize, let record = try nextRecord() { batch.append(record) }
      if !hasSeenCard {
        throw CareError(.validation, "\(lines.name) is empty", hint: "BEGIN:VCARD was expected")
      }
    }
  }

  private func nextRecord() throws(CareError) -> ImportRecord? {
    while let line = try lines.next() {
      if Self.trimmed(line.text).isEmpty { continue }
      guard Self.isMark(line.text, "BEGIN") else {
        throw CareError.unreadable(lines.name, line: line.number, "BEGIN:VCARD was expected")
      }
      hasSeenCard = true
      let card = try card(from: line)
      if card.isGroup {
        skippedEntries += 1
        continue
      }
      return record(card)
    }
    return nil
  }

  /// A card as it was read.
  private struct Card {
    var line: Int
    var properties: [VCardProperty] = []
    /// Its lines, for the file of rejects; only of a card that cannot be read.
    var text: [String] = []
    var mistake: String?

    var isGroup: Bool {
      properties.contains { property in
        (property.name == "KIND" || property.name == "X-ADDRESSBOOKSERVER-KIND")
          && property.value.lowercased() == "group"
      }
    }
  }

  private func card(from begin: VCardLineReader.Line) throws(CareError) -> Card {
    var card = Card(line: begin.number, text: [begin.text])
    var size = 0
    var depth = 1
    lines.keepsFoldSpace = false
    while let line = try lines.next() {
      size += line.text.utf8.count
      try lines.checkSize(size, line: card.line)
      card.text.append(line.text)
      if Self.isMark(line.text, "BEGIN") {
        depth += 1  // An AGENT of version 2.1 is a card within the card.
      } else if Self.isMark(line.text, "END") {
        depth -= 1
        if depth == 0 { return card }
      } else if depth == 1, !Self.trimmed(line.text).isEmpty {
        add(line, to: &card)
      }
    }
    throw CareError.unreadable(lines.name, line: card.line, "the card that begins here has no END:VCARD")
  }

  private func add(_ line: VCardLineReader.Line, to card: inout Card) {
    guard var property = VCardProperty(line.text) else {
      card.mistake = card.mistake ?? "line \(line.number): \"NAME:value\" was expected"
      return
    }
    if property.name == "VERSION" { lines.keepsFoldSpace = property.value.hasPrefix("2") }
    if property.values(of: "ENCODING").contains("quoted-printable") {
      let bytes = QuotedPrintable.decode(property.value.utf8)
      property.value = VCardCharset.decode(bytes, charset: property.values(of: "CHARSET").first)
      if bytes.contains(0) { card.mistake = card.mistake ?? "line \(line.number): a NUL character" }
    }
    card.properties.append(property)
  }

  private func record(_ card: Card) -> ImportRecord {
    if let mistake = card.mistake {
      let text = card.text.joined(separator: "\n")
      return ImportRecord(line: card.line, content: .failure(reason: mistake, cells: [text]))
    }
    let mapping = VCardMapping(card.properties)
    for name in mapping.ignored.names { names.insert(name) }
    return ImportRecord(line: card.line, content: .object(mapping.fields))
  }

  private static func isMark(_ line: String, _ mark: String) -> Bool {
    trimmed(line).uppercased() == "\(mark):VCARD"
  }

  private static func trimmed(_ line: String) -> String {
    let kept = line.drop { $0 == " " || $0 == "\t" }
    return String(kept.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
