/// A server's reply to a command (RFC 5321, section 4.2), with its enhanced status code (RFC 3463) where it has one.
struct SMTPReply: Equatable {
  var code: Int
  var enhanced: StatusCode?
  /// All lines as one, the codes first.
  var words: String

  /// - Parameters:
  ///   - code: the reply's.
  ///   - lines: as they came, each with the code before it.
  init(code: Int, lines: [UInt8]) {
    self.code = code
    var texts: [String] = []
    for line in lines.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      var text = ServerWords.line(line.dropFirst(4))
      if let found = Self.enhancedCode(text) {
        if texts.isEmpty {
          enhanced = found
        } else if found == enhanced {
          text = text.split(separator: " ", maxSplits: 1).dropFirst().joined()
        }
      }
      if !text.isEmpty { texts.append(text) }
    }
    words = ServerWords.line(([String(code)] + texts).joined(separator: " "))
  }

  /// The code at the beginning of a line; what stands later may be of something that the server quotes.
  private static func enhancedCode(_ text: String) -> StatusCode? {
    StatusCode(in: String(text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }))
  }

  /// Whether the recipient's address is what is wrong.
  var isBadRecipient: Bool { enhanced?.isBadAddress ?? false }

  /// Whether it asks for a login, or refuses one (RFC 4954, section 6).
  var isAboutLogin: Bool { [530, 534, 535, 538].contains(code) }

  /// The server's name for what it has taken: `queued as 4XyZ`, `id=1abc-02`, or a last word that looks like one.
  var queueID: String? {
    for mark in ["queued as ", "id="] {
      guard let range = words.firstRange(of: mark) else { continue }
      let id = words[range.upperBound...].prefix { Self.isOfID($0) }
      if !id.isEmpty { return String(id.prefix(200)) }
    }
    guard let last = words.split(separator: " ").last, last.count >= 10, last.allSatisfy(Self.isOfID),
      last.contains(where: \.isNumber)
    else { return nil }
    return String(last.prefix(200))
  }

  private static func isOfID(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_.@".contains(character))
  }
}
