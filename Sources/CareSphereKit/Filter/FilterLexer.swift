import TextFormats

/// Cuts the text of a filter expression into tokens.
struct FilterLexer {
  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Whether a scalar can stand in a value without quotes: letters with their marks, digits, and
  /// `_ . - : + @ / *`.
  static func isBare(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-", ":", "+", "@", "/", "*": return true
      default: return false
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }

  /// The next token; `.end` at the end, again and again.
  /// - Throws: a `FilterProblem` for what can't stand there.
  mutating func next() throws(FilterProblem) -> FilterToken {
    while let scalar = peek, scalar.properties.isWhitespace { position += 1 }
    let start = position
    guard let scalar = peek else { return token(.end, "", from: start) }
    switch scalar {
    case "(": return single(.open)
    case ")": return single(.close)
    case ",": return single(.comma)
    case "'", "\"": return token(.quoted, try quoted(), from: start)
    case "=", "!", "<", ">": return try comparison()
    default: break
    }
    guard FilterLexer.isBare(scalar) else { throw stray(scalar) }
    while let scalar = peek, FilterLexer.isBare(scalar) { position += 1 }
    let word = text(start..<position)
    if FilterField.customName(word) == "", peek == "\"" || peek == "'" {
      return token(.customField, try quoted(), from: start)
    }
    return token(.word, word, from: start)
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private func token(_ kind: FilterToken.Kind, _ text: String, from start: Int) -> FilterToken {
    FilterToken(kind: kind, text: text, column: start + 1)
  }

  private mutating func single(_ kind: FilterToken.Kind) -> FilterToken {
    position += 1
    return token(kind, text(position - 1..<position), from: position - 1)
  }

  private mutating func comparison() throws(FilterProblem) -> FilterToken {
    let start = position
    while let scalar = peek, "=!<>".unicodeScalars.contains(scalar), position - start < 2 { position += 1 }
    // In `=<` or `=!` the first is an operator and the second stands where a value should.
    for length in [position - start, 1] {
      let symbol = text(start..<start + length)
      guard let comparison = FilterOperator(rawValue: symbol) else { continue }
      position = start + length
      return token(.comparison(comparison), symbol, from: start)
    }
    throw FilterProblem(
      column: start + 1, reason: "“!” is no operator", hint: "write != for unequal, or not before a condition"
    )
  }

  private mutating func quoted() throws(FilterProblem) -> String {
    let start = position
    let quote = scalars[position]
    position += 1
    var inside = String.UnicodeScalarView()
    while let scalar = peek {
      position += 1
      if scalar == quote { return String(inside) }
      guard scalar == "\\" else {
        inside.append(scalar)
        continue
      }
      guard let escaped = peek else { break }
      inside.append(try escape(escaped))
      position += 1
    }
    throw FilterProblem(column: start + 1, reason: "the quote is never closed")
  }

  private func escape(_ scalar: Unicode.Scalar) throws(FilterProblem) -> Unicode.Scalar {
    switch scalar {
    case "\\", "\"", "'": return scalar
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    default:
      throw FilterProblem(
        column: position, reason: "\\\(VisibleText.of(String(scalar))) is no escape",
        hint: "the escapes are \\\\ \\\" \\' \\n \\t and \\r")
    }
  }

  private func stray(_ scalar: Unicode.Scalar) -> FilterProblem {
    let hint =
      switch scalar {
      case "&": "write and"
      case "|": "write or"
      case "\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}", "\u{AB}", "\u{BB}":
        "quotes are straight: ' or \""
      case "~": "write contains or startsWith"
      case "[", "]", "{", "}": "lists and groups of conditions are in ( and )"
      default: "a value with other than letters, digits and _ . - : + @ / * is put in quotes"
      }
    return FilterProblem(
      column: position + 1, reason: "“\(VisibleText.of(String(scalar)))” cannot stand here", hint: hint)
  }
}
