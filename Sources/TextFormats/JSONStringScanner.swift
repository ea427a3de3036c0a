/// Reads one JSON string (RFC 8259 section 7) out of valid UTF-8.
struct JSONStringScanner {
  struct Failure: Error {
    var message: String
    var offset: Int
  }

  let bytes: UnsafeBufferPointer<UInt8>
  /// At first that of the opening quote, in the end that of the byte behind the closing one.
  var offset: Int

  mutating func string() throws(Failure) -> String {
    let opening = offset
    offset += 1
    let start = offset
    try skipRun(opening)
    if bytes[offset] == UInt8(ascii: "\"") {
      defer { offset += 1 }
      return Self.text(UnsafeBufferPointer(rebasing: bytes[start..<offset]))
    }
    var unescaped = Array(bytes[start..<offset])
    while bytes[offset] != UInt8(ascii: "\"") {
      try escape(into: &unescaped)
      let run = offset
      try skipRun(opening)
      unescaped.append(contentsOf: bytes[run..<offset])
    }
    offset += 1
    return unescaped.withUnsafeBufferPointer(Self.text)
  }

  /// The bytes are known to be valid, so nothing need be checked a second time.
  private static func text(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
    String(copying: UTF8Span(unchecked: Span(_unsafeElements: utf8)))
  }

  /// Goes on to the next quote or backslash; the byte at `offset` exists afterwards.
  private mutating func skipRun(_ opening: Int) throws(Failure) {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
      if byte < 0x20 {
        throw Failure(message: "a control character must be escaped in a string", offset: offset)
      }
      offset += 1
    }
    throw Failure(message: "the string that begins here has no end", offset: opening)
  }

  private mutating func escape(into result: inout [UInt8]) throws(Failure) {
    let start = offset
    guard offset + 1 < bytes.count else {
      throw Failure(message: "the text ends inside a string", offset: start)
    }
    let letter = bytes[offset + 1]
    offset += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"): result.append(contentsOf: Array(String(try scalar(start)).utf8))
    default: throw Failure(message: "unknown escape in a string", offset: start)
    }
  }

  /// The scalar of a `\u` escape, whose second half follows where it is a surrogate.
  private mutating func scalar(_ start: Int) throws(Failure) -> Character {
    let first = try hexadecimal(start)
    var code = UInt32(first)
    if first >= 0xD800 && first < 0xDC00 {
      guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
        bytes[offset + 1] == UInt8(ascii: "u")
      else { throw Failure(message: "a surrogate without its other half", offset: start) }
      offset += 2
      let second = try hexadecimal(offset - 2)
      guard second >= 0xDC00 && second < 0xE000 else {
        throw Failure(message: "a surrogate without its other half", offset: start)
      }
      code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw Failure(message: "a surrogate without its other half", offset: start)
    }
    if code == 0 { throw Failure(message: "NUL is not allowed", offset: start) }
    return Character(scalar)
  }

  private mutating func hexadecimal(_ start: Int) throws(Failure) -> UInt16 {
    guard offset + 4 <= bytes.count else {
      throw Failure(message: "the text ends inside a string", offset: start)
    }
    var result: UInt16 = 0
    for byte in bytes[offset..<offset + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw Failure(message: "\\u takes four hexadecimal digits", offset: start)
      }
      result = result << 4 | UInt16(digit)
    }
    offset += 4
    return result
  }
}
