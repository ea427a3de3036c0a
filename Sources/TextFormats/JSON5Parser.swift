/// Reads JSON5 1.0.0 (spec.json5.org), the JSON that people write by hand: comments, trailing commas, keys without
/// quotes, strings in single quotes and over several lines, hexadecimal numbers.
///
/// What may not be left to chance is refused as `JSONParser` refuses it: a key that stands twice in one object,
/// NUL, halves of surrogate pairs, invalid UTF-8. Of JSON5 itself three things are left out: `Infinity`, `NaN`
/// and raw control characters other than tab in strings. Numbers come out in the spelling of JSON: `+.5` as `0.5`,
/// `0x10` as `16`. It is made for files of a megabyte at most, not for speed.
public struct JSON5Parser {
  let scalars: [Unicode.Scalar]
  var offset = 0
  private var depth = 0

  private init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Reads one JSON5 text.
  /// - Parameter text: one value, with white space and comments around it if need be.
  /// - Throws: `JSONError` with the place of the first mistake.
  public static func parse(_ text: String) throws(JSONError) -> JSONValue {
    var parser = JSON5Parser(text)
    let value = try parser.value()
    try parser.skipSpace()
    if parser.peek() != nil { throw parser.error("\(parser.described()) after the end of the value") }
    return value
  }

  /// Reads one JSON5 text.
  /// - Parameter bytes: one value in UTF-8, with or without a byte-order mark.
  /// - Throws: `JSONError` with the place of the first mistake.
  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    if let text = String(validating: bytes, as: UTF8.self) { return try parse(text) }
    let wrong = bytes.withUnsafeBufferPointer { buffer -> TextPosition in
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: Span(_unsafeElements: buffer))
        return TextPosition()
      } catch {
        let before = buffer.prefix(error.byteOffsets.lowerBound)
        return TextPosition().advanced(over: UnsafeBufferPointer(rebasing: before))
      }
    }
    throw JSONError("invalid UTF-8", at: wrong)
  }

  // MARK: Values

  private mutating func value() throws(JSONError) -> JSONValue {
    try skipSpace()
    guard let scalar = peek() else { throw error("a value was expected, but the text ends") }
    switch scalar {
    case "{": return .object(try object())
    case "[": return .array(try array())
    case "\"", "'": return .string(try string())
    case "+", "-", ".", "0"..."9": return .number(try number())
    default: return try word()
    }
  }

  /// What is no literal is not repeated in the error: it may be a secret whose quotes were forgotten.
  private mutating func word() throws(JSONError) -> JSONValue {
    let start = offset
    guard isIdentifierStart(at: offset) else { throw error("a value was expected, not \(described())") }
    switch try identifier() {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "Infinity", "NaN": throw error("Infinity and NaN are no values here", at: start)
    default: throw error("a value was expected; a string stands in quotation marks", at: start)
    }
  }

  private mutating func array() throws(JSONError) -> [JSONValue] {
    try enter()
    var elements: [JSONValue] = []
    while try !closes("]") {
      elements.append(try value())
      if try separates(orCloses: "]") { return elements }
    }
    return elements
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    try enter()
    var members: [JSONObject.Member] = []
    var seen = KeySet()
    while try !closes("}") {
      let start = offset
      let key = try key()
      guard seen.insert(key, among: members) else {
        throw error("the key \"\(key)\" stands twice in one object", at: start)
      }
      try skipSpace()
      guard peek() == ":" else { throw error("\":\" was expected, \(found())") }
      offset += 1
      members.append(JSONObject.Member(key: key, value: try value()))
      if try separates(orCloses: "}") { break }
    }
    return JSONObject(uniqueMembers: members)
  }

  private mutating func key() throws(JSONError) -> String {
    if peek() == "\"" || peek() == "'" { return try string() }
    guard isIdentifierStart(at: offset) else { throw error("a key was expected, \(found())") }
    return try identifier()
  }

  private mutating func enter() throws(JSONError) {
    guard depth < JSONParser.maximumDepth else {
      throw error("nested deeper than \(JSONParser.maximumDepth) levels")
    }
    depth += 1
    offset += 1
  }

  /// Consumes `closer` where nothing stands before it.
  private mutating func closes(_ closer: Unicode.Scalar) throws(JSONError) -> Bool {
    try skipSpace()
    guard peek() == closer else { return false }
    offset += 1
    depth -= 1
    return true
  }

  /// Consumes a comma, or `closer`, for which it answers true.
  private mutating func separates(orCloses closer: Unicode.Scalar) throws(JSONError) -> Bool {
    if try closes(closer) { return true }
    guard peek() == "," else { throw error("\",\" or \"\(closer)\" was expected, \(found())") }
    offset += 1
    return false
  }

  // MARK: Places and errors

  /// The scalar at the current place, or `distance` behind it.
  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    let place = offset + distance
    return place < scalars.count ? scalars[place] : nil
  }

  /// An error at the current place, or at the scalar with this index.
  func error(_ message: String, at place: Int? = nil) -> JSONError {
    var before = String(String.UnicodeScalarView(scalars.prefix(place ?? offset)))
    return JSONError(message, at: before.withUTF8 { TextPosition().advanced(over: $0) })
  }

  /// The end of a sentence about what was expected.
  func found() -> String { peek() == nil ? "but the text ends" : "not \(described())" }

  /// The scalar at the current place, in words where it cannot be seen.
  func described() -> String {
    guard let scalar = peek() else { return "the end of the text" }
    switch scalar.value {
    case 0x21..<0x7F: return "\"\(scalar)\""
    case 0x20: return "a space"
    case 0x0A, 0x0D: return "a line end"
    case 0x80...: return "a character outside ASCII"
    default: return "a control character"
    }
  }
}
