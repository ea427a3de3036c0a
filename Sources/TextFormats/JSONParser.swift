/// Reads JSON as RFC 8259 has it and nothing more lenient: no comments, no trailing commas, no
/// invalid UTF-8, no lone surrogates. Two things that the RFC leaves open are refused, because this is
/// people's data and a silent choice would lose some of it: a key that stands twice in one object
/// (section 4), and NUL inside a string (section 9). Numbers keep their spelling.
public struct JSONParser {
  /// How deep arrays and objects may be nested in each other.
  public static let maximumDepth = 128

  private let bytes: UnsafeBufferPointer<UInt8>
  private let origin: TextPosition
  private var offset = 0
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>, origin: TextPosition) {
    self.bytes = bytes
    self.origin = origin
  }

  /// Reads one JSON text.
  /// - Parameter text: one value, with white space around it if need be.
  /// - Throws: `JSONError` with the place of the first mistake.
  public static func parse(_ text: String) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8))
  }

  /// Reads one JSON text.
  /// - Parameter bytes: one value in UTF-8, without a byte-order mark.
  /// - Throws: `JSONError` with the place of the first mistake.
  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try parse(buffer) }
  }

  /// Reads one JSON text out of a larger one: a line of JSON Lines, an element of an array.
  /// - Parameters:
  ///   - bytes: one value in UTF-8, with white space around it if need be.
  ///   - origin: where `bytes` begins in the larger text; errors count from there.
  /// - Throws: `JSONError` with the place of the first mistake.
  public static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, startingAt origin: TextPosition = TextPosition()
  ) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes, origin: origin)
    try parser.validateUTF8()
    let value = try parser.value()
    parser.skipWhitespace()
    if let byte = parser.peek() {
      throw parser.error("\(describe(byte)) after the end of the value")
    }
    return value
  }

  // MARK: Values

  private mutating func value() throws(JSONError) -> JSONValue {
    skipWhitespace()
    guard let byte = peek() else { throw error("a value was expected, but the text ends") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw error("a value was expected, not \(Self.describe(byte))")
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    let end = offset + word.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard end <= bytes.count, bytes[offset..<end].elementsEqual(expected) else {
      throw error("a value was expected; is \(word) meant?")
    }
    offset = end
    return value
  }

  private mutating func array() throws(JSONError) -> [JSONValue] {
    try enter()
    var elements: [JSONValue] = []
    if try closes(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value())
      if try separates(orCloses: UInt8(ascii: "]")) { return elements }
    }
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    try enter()
    var members: [JSONObject.Member] = []
    var seen = KeySet()
    if try closes(UInt8(ascii: "}")) { return JSONObject() }
    while true {
      skipWhitespace()
      let keyOffset = offset
      guard peek() == UInt8(ascii: "\"") else {
        throw error("a key in double quotes was expected, \(found())")
      }
      let key = try string()
      guard seen.insert(key, among: members) else {
        throw error("the key \"\(key)\" stands twice in one object", at: keyOffset)
      }
      skipWhitespace()
      guard peek() == UInt8(ascii: ":") else { throw error("\":\" was expected, \(found())") }
      offset += 1
      members.append(JSONObject.Member(key: key, value: try value()))
      if try separates(orCloses: UInt8(ascii: "}")) { return JSONObject(uniqueMembers: members) }
    }
  }

  private mutating func enter() throws(JSONError) {
    guard depth < Self.maximumDepth else {
      throw error("nested deeper than \(Self.maximumDepth) levels")
    }
    depth += 1
    offset += 1
  }

  /// Consumes `closer` where nothing stands before it.
  private mutating func closes(_ closer: UInt8) throws(JSONError) -> Bool {
    skipWhitespace()
    guard peek() == closer else { return false }
    offset += 1
    depth -= 1
    return true
  }

  /// Consumes a comma, or `closer`, for which it answers true.
  private mutating func separates(orCloses closer: UInt8) throws(JSONError) -> Bool {
    if try closes(closer) { return true }
    guard peek() == UInt8(ascii: ",") else {
      throw error("\",\" or \"\(Character(Unicode.Scalar(closer)))\" was expected, \(found())")
    }
    offset += 1
    return false
  }

  private mutating func number() throws(JSONError) -> String {
    let start = offset
    if peek() == UInt8(ascii: "-") { offset += 1 }
    if peek() == UInt8(ascii: "0") {
      offset += 1
      if let byte = peek(), Self.isDigit(byte) {
        throw error("a number has no leading zeros", at: start)
      }
    } else {
      try digits()
    }
    if peek() == UInt8(ascii: ".") {
      offset += 1
      try digits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      offset += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func digits() throws(JSONError) {
    let start = offset
    while let byte = peek(), Self.isDigit(byte) { offset += 1 }
    if offset == start { throw error("a digit was expected, \(found())") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private mutating func string() throws(JSONError) -> String {
    var scanner = JSONStringScanner(bytes: bytes, offset: offset)
    do throws(JSONStringScanner.Failure) {
      let text = try scanner.string()
      offset = scanner.offset
      return text
    } catch {
      throw self.error(error.message, at: error.offset)
    }
  }

  // MARK: Bytes

  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipWhitespace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  /// Once for the whole text, so that strings need not be judged again one by one.
  private func validateUTF8() throws(JSONError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: Span(_unsafeElements: bytes))
    } catch {
      throw self.error("invalid UTF-8", at: error.byteOffsets.lowerBound)
    }
  }

  // MARK: Errors

  private func error(_ message: String, at place: Int? = nil) -> JSONError {
    let before = UnsafeBufferPointer(rebasing: bytes.prefix(place ?? offset))
    return JSONError(message, at: origin.advanced(over: before))
  }

  private func found() -> String {
    peek().map { "not \(Self.describe($0))" } ?? "but the text ends"
  }

  private static func describe(_ byte: UInt8) -> String {
    switch byte {
    case 0x21..<0x7F: "\"\(Character(Unicode.Scalar(byte)))\""
    case 0x20: "a space"
    case 0x0A, 0x0D: "a line end"
    case 0xEF: "a byte-order mark or other character outside ASCII"
    case 0x80...: "a character outside ASCII"
    default: "a control character"
    }
  }
}

extension JSONObject {
  /// The object that a text is; nil where it is none.
  public init?(parsing text: String) { self.init(try? JSONParser.parse(text)) }

  /// The object that some bytes are; nil where they are none.
  public init?(parsing bytes: [UInt8]) { self.init(try? JSONParser.parse(bytes)) }

  private init?(_ value: JSONValue?) {
    guard case .object(let object)? = value else { return nil }
    self = object
  }
}
