/// Text beyond ASCII in a header (RFC 2047): `=?utf-8?q?Gr=C3=BC=C3=9Fe?=`.
enum EncodedWords {
  /// The most characters that one may have.
  static let maximumLength = 75
  private static let base64Mark = Array("=?utf-8?b?".utf8)
  private static let quotedMark = Array("=?utf-8?q?".utf8)
  private static let end = Array("?=".utf8)

  /// A text as encoded words, each of whole characters; white space between them is not part of it. A word ends
  /// behind a space where it can, because programs are about that show a space between two of them in a name.
  /// - Parameters:
  ///   - text: without line breaks.
  ///   - room: how many characters the first word may have, as long as it has any.
  static func of(_ text: String, room: Int) -> [[UInt8]] {
    let isBase64 = base64Length(text.utf8.count) < quotedLength(text.utf8)
    func length(_ bytes: some Sequence<UInt8>, _ count: Int) -> Int {
      isBase64 ? base64Length(count) : quotedLength(bytes)
    }
    let overhead = base64Mark.count + end.count
    var words: [[UInt8]] = []
    var part: [UInt8] = []
    var limit = min(room, maximumLength) - overhead
    for scalar in text.unicodeScalars {
      let bytes = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      // What is left behind a cut can still be too long for the character that comes.
      while !part.isEmpty, length(part + bytes, part.count + bytes.count) > limit {
        let cut = part.lastIndex(of: 0x20).map { $0 + 1 } ?? part.count
        words.append(word(part[..<cut], isBase64))
        part.removeSubrange(..<cut)
        limit = maximumLength - overhead
      }
      part.append(contentsOf: bytes)
    }
    if !part.isEmpty { words.append(word(part[...], isBase64)) }
    return words
  }

  private static func word(_ bytes: ArraySlice<UInt8>, _ isBase64: Bool) -> [UInt8] {
    var word = isBase64 ? base64Mark : quotedMark
    if isBase64 {
      Base64.append(bytes, to: &word)
    } else {
      for byte in bytes { appendQuoted(byte, to: &word) }
    }
    return word + end
  }

  private static func base64Length(_ count: Int) -> Int { (count + 2) / 3 * 4 }

  private static func quotedLength(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 == 0x20 || isPlain($1) ? 1 : 3) }
  }

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
