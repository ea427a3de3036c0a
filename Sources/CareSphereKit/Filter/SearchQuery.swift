import SQLiteStore

/// What somebody types to find a person: beginnings of words of the names and the e-mail address, and
/// any part of the phone number. Case and accents do not matter; all words must be found.
public struct SearchQuery: Equatable, Sendable {
  /// The most words that may be asked for.
  private static let maximumWords = 64
  /// Fewer digits would be a part of nearly every phone number.
  private static let fewestDigits = 3

  /// One thing to find.
  private enum Part: Equatable {
    /// A word, or several joined by punctuation.
    case word(String)
    /// Digits and the punctuation of phone numbers, as typed.
    case number([String])
  }

  private let parts: [Part]

  /// Takes a search apart.
  /// - Parameter text: words, separated by white space.
  /// - Throws: `CareError(.validation)` for one without any word or with more than 64.
  public init(_ text: String) throws {
    let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0 == "\0" }.map(String.init)
    guard !words.isEmpty else {
      throw CareError(
        .validation, "the search is empty", hint: "search for a part of a name, e-mail or phone")
    }
    guard words.count <= SearchQuery.maximumWords else {
      throw CareError(
        .validation, "the search has \(words.count) words; the most are \(SearchQuery.maximumWords)")
    }
    var parts: [Part] = []
    for word in words {
      if !SearchQuery.isNumber(word) {
        parts.append(.word(word))
      } else if case .number(let pieces)? = parts.last {
        parts[parts.count - 1] = .number(pieces + [word])
      } else {
        parts.append(.number([word]))
      }
    }
    self.parts = parts
  }

  /// The condition, over `members AS m` and the full-text index `member_search`.
  public func fragment() -> SQLFragment {
    var fragments: [SQLFragment] = []
    let words = parts.compactMap { part in if case .word(let word) = part { word } else { nil } }
    if !words.isEmpty { fragments.append(SearchQuery.match(words)) }
    for case .number(let pieces) in parts { fragments.append(SearchQuery.number(pieces)) }
    return .all(fragments)
  }

  /// All words as one query of FTS5. Each is a string in its syntax, in which nothing but `"` has a
  /// meaning; what punctuation joins becomes a phrase of which the last word is a beginning
  /// (https://sqlite.org/fts5.html#full_text_query_syntax). A word without a letter or digit matches nothing,
  /// so it is left out unless there are no others.
  private static func match(_ words: [String]) -> SQLFragment {
    let telling = words.filter(hasTokens)
    guard !telling.isEmpty else { return .nobody }
    let query = telling.map { quoted($0) + " *" }
    return SQLFragment(
      "m.row_id IN (SELECT rowid FROM member_search WHERE member_search MATCH ?)",
      [.text(query.joined(separator: " AND "))])
  }

  /// Scalar by scalar, as a quote and a combining mark after it are one character.
  private static func quoted(_ word: String) -> String {
    var result = "\""
    for scalar in word.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// Digits may begin a word (of an e-mail address, say) or be a part of the phone number, there also
  /// without the zeros of a trunk or international prefix, which `+234 801` does not have.
  private static func number(_ pieces: [String]) -> SQLFragment {
    let words = match(pieces)
    let digits = PhoneDigits.of(pieces.joined())
    let withoutZeros = String(digits.drop { $0 == "0" })
    var alternatives = [words.sql]
    var arguments = words.arguments
    for wanted in Set([digits, withoutZeros]).sorted() where wanted.utf8.count >= fewestDigits {
      // The index on phone_digits has all of them in a tenth of the pages of the table.
      alternatives.append(
        """
        m.row_id IN (SELECT row_id FROM members WHERE phone_digits IS NOT NULL AND instr(phone_digits, ?) > 0)
        """)
      arguments.append(.text(wanted))
    }
    return SQLFragment("(\(alternatives.joined(separator: " OR ")))", arguments)
  }

  /// Whether a word is digits and what stands between them in phone numbers.
  private static func isNumber(_ word: String) -> Bool {
    var hasDigit = false
    for scalar in word.unicodeScalars {
      switch scalar {
      case "0"..."9": hasDigit = true
      case "+", "-", "(", ")", ".", "/": break
      default: return false
      }
    }
    return hasDigit
  }

  /// Whether the tokenizer `unicode61` finds anything in a word: letters, numbers, private use.
  private static func hasTokens(_ word: String) -> Bool {
    word.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber,
        .letterNumber, .otherNumber, .privateUse:
        true
      default: false
      }
    }
  }
}
