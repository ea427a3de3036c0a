import TextFormats

/// Reads people from JSON Lines: one object a line. Blank lines are passed over; a line that is no
/// object is a row error.
final class JSONLinesReader: RecordReader {
  let format = InputFormat.jsonl
  let headings: Headings? = nil
  let ignored: [String] = []
  let skippedEntries = 0
  var encoding: TextEncoding { source.decoder.encoding }

  private let source: TextSource
  private var line = 1
  private var offset = 0
  private var hasSeenText = false
  private var batcher = RecordBatcher()

  /// - Parameter source: the file, at its beginning.
  init(_ source: TextSource) { self.source = source }

  func nextBatch() throws -> [ImportRecord]? {
    try batcher.batch { (batch) throws(CareError) in
      while batch.count < RecordBatcher.batchSize, let record = try nextRecord() { batch.append(record) }
      if !hasSeenText {
        throw CareError(.validation, "\(source.name) is empty", hint: "one JSON object a line was expected")
      }
    }
  }

  private func nextRecord() throws(CareError) -> ImportRecord? {
    while let length = try lineLength() {
      let start = TextPosition(line: line, offset: offset)
      let record = source.withText { Self.record(UnsafeBufferPointer(rebasing: $0[..<length]), at: start) }
      source.consume(length)
      offset += length
      line += 1
      if let record {
        hasSeenText = true
        return record
      }
    }
    return nil
  }

  /// How long the next line is, its end included; nil at the end of the file.
  private func lineLength() throws(CareError) -> Int? {
    let length = try source.ask(line: line) { text, isLast in
      text.firstIndex(of: 0x0A).map { $0 + 1 } ?? (isLast && !text.isEmpty ? text.count : nil)
    }
    try source.checkRecordSize(length ?? 0, line: line)
    return length
  }

  /// The record of one line; nil for a blank one.
  private static func record(_ line: UnsafeBufferPointer<UInt8>, at start: TextPosition) -> ImportRecord? {
    guard JSONScanner.skipWhitespace(line, from: 0) < line.count else { return nil }
    var end = line.count
    while end > 0, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
    return ImportRecord(JSONCursor.Value(UnsafeBufferPointer(rebasing: line[..<end]), at: start))
  }
}
