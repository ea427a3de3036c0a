import TextFormats

/// Walks through a JSON file token by token and value by value, with the place where it is.
struct JSONCursor {
  let source: TextSource
  /// Where the source's window begins.
  private(set) var position = TextPosition()

  init(_ source: TextSource) { self.source = source }

  /// The next byte that is no white space, which is passed; nil at the end.
  mutating func peek() throws(CareError) -> UInt8? {
    while true {
      let blank = source.withText { JSONScanner.skipWhitespace($0, from: 0) }
      if blank < source.count || source.isComplete {
        advance(blank)
        return source.withText { $0.first }
      }
      // A CR waits for the LF that may follow: together they are one line end.
      let endsInReturn = source.withText { $0.last == 0x0D }
      advance(endsInReturn ? blank - 1 : blank)
      try source.refill()
    }
  }

  /// Passes the next byte that is no white space, if it is this one.
  mutating func pass(_ byte: Unicode.Scalar) throws(CareError) -> Bool {
    guard try peek() == UInt8(ascii: byte) else { return false }
    advance(1)
    return true
  }

  /// Passes the next byte that is no white space, which must be this one.
  mutating func expect(_ byte: Unicode.Scalar) throws(CareError) {
    guard try pass(byte) else { throw mistake("\"\(byte)\" was expected") }
  }

  /// A value as it stands in the file, parsed or with the reason why it cannot be.
  struct Value {
    var position: TextPosition
    var parsed: Result<JSONValue, JSONError>
    /// Its text, where it cannot be parsed.
    var text = ""

    /// - Parameters:
    ///   - bytes: the value's text.
    ///   - position: where it begins in the file.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at position: TextPosition) {
      self.position = position
      do throws(JSONError) {
        parsed = .success(try JSONParser.parse(bytes, startingAt: position))
      } catch {
        parsed = .failure(error)
        text = String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  /// Passes the next value.
  /// - Throws: where it has no end or is too large; a mistake inside it is part of the result.
  mutating func value() throws(CareError) -> Value {
    _ = try peek()
    let length = try valueLength()
    if length == 0 { throw mistake("a value was expected") }
    let start = position
    let value = source.withText { Value(UnsafeBufferPointer(rebasing: $0[..<length]), at: start) }
    advance(length)
    return value
  }

  /// Passes the next value, which must be without mistake.
  mutating func wholeValue() throws(CareError) -> JSONValue {
    switch try value().parsed {
    case .success(let value): return value
    case .failure(let error): throw Self.mistake(error, in: source)
    }
  }

  /// Passes the next value, which must be a string: a key.
  mutating func key() throws(CareError) -> String {
    guard try peek() == UInt8(ascii: "\""), case .string(let key) = try wholeValue() else {
      throw mistake("a key in double quotes was expected")
    }
    return key
  }

  private func valueLength() throws(CareError) -> Int {
    let end = try source.ask(line: position.line) { text, isLast in
      JSONScanner.valueEnd(text, from: 0, isLast: isLast)
    }
    try source.checkRecordSize(end ?? 0, line: position.line)
    return end ?? 0
  }

  private mutating func advance(_ count: Int) {
    position = source.withText { position.advanced(over: UnsafeBufferPointer(rebasing: $0[..<count])) }
    source.consume(count)
  }

  /// A mistake at the place where the cursor is.
  func mistake(_ message: String) -> CareError {
    let ends = source.isComplete && source.count == 0
    let error = JSONError(ends ? "\(message), but the file ends" : message, at: position)
    return Self.mistake(error, in: source)
  }

  static func mistake(_ error: JSONError, in source: TextSource) -> CareError {
    CareError.unreadable(
      source.name, line: error.position.line, "column \(error.position.column): \(error.message)")
  }
}
