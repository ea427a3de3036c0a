/// What a server says of a mail in figures (RFC 3463): `5.1.1`.
struct StatusCode: Equatable, Sendable {
  /// 2 for success, 4 for what may change, 5 for good.
  var level: Int
  var subject: Int
  var detail: Int

  /// The first code in a text; nil where there is none.
  /// - Parameter text: `5.1.1`, `smtp; 550 5.1.1 <ada@example.org>: no such user`, `(#5.1.1)`.
  init?(in text: String?) {
    guard let text else { return nil }
    let words = text.split { character in !(character.isASCII && (character.isNumber || character == ".")) }
    for word in words {
      let parts = word.split(separator: ".", omittingEmptySubsequences: false)
      // A full stop may end the sentence.
      let figures = (parts.last == "" ? parts.dropLast() : parts[...]).map { Int($0) ?? 1000 }
      guard figures.count == 3, figures[0] == 2 || figures[0] == 4 || figures[0] == 5, figures[1] < 1000,
        figures[2] < 1000
      else { continue }
      (level, subject, detail) = (figures[0], figures[1], figures[2])
      return
    }
    return nil
  }

  /// Whether it says as good as nothing.
  var isGeneral: Bool { subject == 0 && detail == 0 }

  /// Whether the address itself is bad for good: 5.1.x, but for x.1.7 and x.1.8, which are about the sender's.
  var isBadAddress: Bool { level == 5 && subject == 1 && detail != 7 && detail != 8 }
}
