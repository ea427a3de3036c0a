import TextFormats

/// Reads people from JSON: a bare array, our envelope (`{"success":…,"data":{"members":[…]}}`), or one
/// object alone. Elements are parsed one by one; one that is no object, or cannot be parsed though it
/// is clear where it ends, is a row error.
final class JSONRecordReader: RecordReader {
  let format = InputFormat.json
  let headings: Headings? = nil
  let ignored: [String] = []
  let skippedEntries = 0
  var encoding: TextEncoding { cursor.source.decoder.encoding }

  private static let envelopeKeys: Set<String> = ["success", "data", "error", "metadata", "members"]

  private var cursor: JSONCursor
  private var state = State.start
  /// How many objects of the envelope are open around the array.
  private var enclosing = 0
  private var batcher = RecordBatcher()

  private enum State { case start, firstElement, nextElement, done }

  /// - Parameter source: the file, at its beginning.
  init(_ source: TextSource) {
    cursor = JSONCursor(source)
  }

  func nextBatch() throws -> [ImportRecord]? {
    try batcher.batch { (batch) throws(CareError) in
      while batch.count < RecordBatcher.batchSize, let record = try nextRecord() { batch.append(record) }
    }
  }

  private func nextRecord() throws(CareError) -> ImportRecord? {
    switch state {
    case .done: return nil
    case .start: return try begin()
    case .firstElement, .nextElement: return try nextElement()
    }
  }

  // MARK: Arrays and envelopes

  private func begin() throws(CareError) -> ImportRecord? {
    guard let first = try cursor.peek() else {
      throw CareError(.validation, "\(cursor.source.name) is empty", hint: "an array of objects was expected")
    }
    switch first {
    case UInt8(ascii: "["):
      return try beginArray()
    case UInt8(ascii: "{"):
      guard let key = try firstKey(), Self.envelopeKeys.contains(key) else {
        let record = ImportRecord(try cursor.value())
        try finish()
        return record
      }
      return try walkEnvelope()
    default:
      throw cursor.mistake("an array of objects was expected")
    }
  }

  private func beginArray() throws(CareError) -> ImportRecord? {
    try cursor.expect("[")
    state = .firstElement
    return try nextElement()
  }

  private func nextElement() throws(CareError) -> ImportRecord? {
    if try cursor.pass("]") { return try walkOut() }
    if state == .nextElement {
      guard try cursor.pass(",") else { throw cursor.mistake("\",\" or \"]\" was expected") }
      if try cursor.peek() == UInt8(ascii: "]") {
        throw cursor.mistake("an element was expected after \",\"")
      }
    }
    if try cursor.peek() == nil { throw cursor.mistake("\"]\" was expected") }
    state = .nextElement
    return ImportRecord(try cursor.value())
  }

  /// Goes down to the array of members, past whatever else the envelope has. `data` may also be an
  /// array, or one person (what `member show` prints).
  private func walkEnvelope() throws(CareError) -> ImportRecord? {
    try cursor.expect("{")
    enclosing += 1
    while true {
      let key = try cursor.key()
      try cursor.expect(":")
      let next = try cursor.peek()
      switch (key, next) {
      case ("members", UInt8(ascii: "[")), ("data", UInt8(ascii: "[")): return try beginArray()
      case ("data", UInt8(ascii: "{")):
        if try firstKey() == "members" { return try walkEnvelope() }
        let record = ImportRecord(try cursor.value())
        _ = try walkOut()
        return record
      default: _ = try cursor.wholeValue()
      }
      guard try cursor.pass(",") else { throw cursor.mistake("no \"data\" with \"members\" was found") }
    }
  }

  /// Goes through what stands behind the array, so that a file cut off is noticed.
  private func walkOut() throws(CareError) -> ImportRecord? {
    while enclosing > 0 {
      if try cursor.pass("}") {
        enclosing -= 1
        continue
      }
      guard try cursor.pass(",") else { throw cursor.mistake("\",\" or \"}\" was expected") }
      _ = try cursor.key()
      try cursor.expect(":")
      _ = try cursor.wholeValue()
    }
    try finish()
    return nil
  }

  private func finish() throws(CareError) {
    state = .done
    if try cursor.peek() != nil { throw cursor.mistake("nothing was expected after the end of the value") }
  }

  /// The first key of the object where the cursor is, which stays there; nil where it has none.
  private func firstKey() throws(CareError) -> String? {
    try Self.firstKey(of: cursor.source, line: cursor.position.line)
  }

  /// The first key of the object with which a source's window begins; nil where it has none.
  static func firstKey(of source: TextSource, line: Int) throws(CareError) -> String? {
    let key: String?? = try source.ask(line: line) { text, isLast in
      let opening = JSONScanner.skipWhitespace(text, from: 0)
      let start = JSONScanner.skipWhitespace(text, from: min(opening + 1, text.count))
      guard start < text.count, let end = JSONScanner.valueEnd(text, from: start, isLast: isLast) else {
        return nil
      }
      let parsed = try? JSONParser.parse(UnsafeBufferPointer(rebasing: text[start..<end]))
      guard case .string(let key)? = parsed else { return .some(nil) }
      return key
    }
    return key ?? nil
  }

  static func isEnvelopeKey(_ key: String?) -> Bool { key.map(envelopeKeys.contains) ?? false }
}
