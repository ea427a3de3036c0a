/// Text beyond ASCII in a header (RFC 2047): `=?utf-8?q?Gr=C3=BC=C3=9Fe?=`.
enum EncodedWords {
  /// The most characters that one may have.
  static let maximumLength = 75
  private static let base64Mark = Array("=?utf-8?b?".utf8)
  private static let quotedMark = Array("=?utf-8?q?".utf8)
  private static let end = Array("?=".utf8)

  /// A text as encoded words, each of whole characters; white space between them is not part of it.
  /// - Parameters:
  ///   - text: without line breaks.
  ///   - room: how many characters the first word may have, as long as it has any.
  static func of(_ text: String, room: Int) -> [[UInt8]] {
    let isBase64 = base64Length(text.utf8.count) < text.utf8.reduce(0) { $0 + quotedLength($1) }
    let overhead = base64Mark.count + end.count
    var words: [[UInt8]] = []
    var part: [UInt8] = []
    var length = 0
    var limit = min(room, maximumLength) - overhead
    for scalar in text.unicodeScalars {
      let bytes = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      let added = bytes.reduce(0) { $0 + quotedLength($1) }
      let grown = isBase64 ? base64Length(part.count + bytes.count) : length + added
      if grown > limit, !part.isEmpty {
        words.append(word(part, isBase64))
        part = []
        length = 0
        limit = maximumLength - overhead
      }
      part.append(contentsOf: bytes)
      length += added
    }
    if !part.isEmpty { words.append(word(part, isBase64)) }
    return words
  }

  private static func word(_ bytes: [UInt8], _ isBase64: Bool) -> [UInt8] {
    var word = isBase64 ? base64Mark : quotedMark
    if isBase64 {
      Base64.append(bytes, to: &word)
    } else {
      for byte in bytes { appendQuoted(byte, to: &word) }
    }
    return word + end
  }

  private static func base64Length(_ count: Int) -> Int { (count + 2) / 3 * 4 }

  private static func quotedLength(_ byte: UInt8) -> Int { byte == 0x20 || isPlain(byte) ? 1 : 3 }

  private static func appendQuoted(_ byte: UInt8, to word: inout [UInt8]) {
    if byte == 0x20 {
      word.append(UInt8(ascii: "_"))
    } else if isPlain(byte) {
      word.append(byte)
    } else {
      QuotedPrintableText.appendEscape(byte, to: &word)
    }
  }

  /// What needs no escape where a display name stands, which is the strictest place (section 5, rule 3).
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
