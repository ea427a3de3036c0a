/// A server's reply to a command (RFC 5321, section 4.2), with its enhanced status code (RFC 3463) where it has one.
struct SMTPReply: Equatable {
  var code: Int
  /// Class, subject and detail: 5, 1, 1.
  var enhanced: [Int] = []
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
      let found = Self.enhancedCode(text)
      if !found.isEmpty {
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

  private static func enhancedCode(_ text: String) -> [Int] {
    let first = text.prefix { $0 != " " }
    let parts = first.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 3 }) else { return [] }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(part) : nil
    }
    return numbers.count == 3 && [2, 4, 5].contains(numbers[0]) ? numbers : []
  }

  /// Whether the recipient's address is what is wrong: 5.1.x, but not 5.1.7 and 5.1.8, which are about the sender's.
  var isBadRecipient: Bool {
    enhanced.count == 3 && enhanced[0] == 5 && enhanced[1] == 1 && enhanced[2] != 7 && enhanced[2] != 8
  }

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
