/// White space, comments, names, numbers and strings of JSON5.
extension JSON5Parser {
  // MARK: White space and comments

  mutating func skipSpace() throws(JSONError) {
    while let scalar = peek() {
      if scalar == "/" {
        try skipComment()
      } else if Self.isSpace(scalar) || Self.endsLine(scalar) {
        offset += 1
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(JSONError) {
    let start = offset
    switch peek(1) {
    case "/":
      while let scalar = peek(), !Self.endsLine(scalar) { offset += 1 }
    case "*":
      offset += 2
      while peek() != "*" || peek(1) != "/" {
        if peek() == nil { throw error("the comment that begins here has no end", at: start) }
        offset += 1
      }
      offset += 2
    default: throw error("a comment begins with // or /*")
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\u{0B}", "\u{0C}", " ", "\u{A0}", "\u{FEFF}": true
    default: scalar.value >= 0x80 && scalar.properties.generalCategory == .spaceSeparator
    }
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  // MARK: Names (IdentifierName of ECMAScript 5.1, section 7.6)

  /// Whether a name begins at this place.
  func isIdentifierStart(at place: Int) -> Bool {
    guard place < scalars.count else { return false }
    return scalars[place] == "\\" || Self.startsIdentifier(scalars[place])
  }

  mutating func identifier() throws(JSONError) -> String {
    var name = String.UnicodeScalarView()
    while let scalar = peek() {
      let start = offset
      var character = scalar
      if scalar == "\\" {
        offset += 1
        guard peek() == "u" else { throw error("a key has no escapes but \\u", at: start) }
        character = try unicodeEscape(start)
      } else {
        guard Self.continuesIdentifier(scalar) else { break }
        offset += 1
      }
      let fits = name.isEmpty ? Self.startsIdentifier(character) : Self.continuesIdentifier(character)
      if !fits { throw error("a key with this character stands in quotation marks", at: start) }
      name.append(character)
    }
    return String(name)
  }

  private static func startsIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_", "$": return true
    default:
      guard scalar.value >= 0x80 else { return false }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
        return true
      default: return false
      }
    }
  }

  private static func continuesIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    if startsIdentifier(scalar) { return true }
    switch scalar {
    case "0"..."9", "\u{200C}", "\u{200D}": return true
    default:
      guard scalar.value >= 0x80 else { return false }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return true
      default: return false
      }
    }
  }

  // MARK: Numbers

  /// A number in the spelling of JSON, and as it stands where it is spelled so.
  mutating func number() throws(JSONError) -> String {
    let start = offset
    let sign = peek() == "-" ? "-" : ""
    if peek() == "-" || peek() == "+" { offset += 1 }
    let magnitude: String
    if peek() == "0", peek(1) == "x" || peek(1) == "X" {
      magnitude = try hexadecimal(start)
    } else if peek() == "I" || peek() == "N" {
      throw error("Infinity and NaN are no values here", at: start)
    } else {
      magnitude = try decimal(start)
    }
    if isIdentifierStart(at: offset) || peek().map(Self.isDigit) == true {
      throw error("a number ends before this")
    }
    return sign + magnitude
  }

  private mutating func decimal(_ start: Int) throws(JSONError) -> String {
    let whole = digits()
    if whole.count > 1, whole.first == "0" { throw error("a number has no leading zeros", at: start) }
    var text = whole.isEmpty ? "0" : whole
    if peek() == "." {
      offset += 1
      let fraction = digits()
      if whole.isEmpty && fraction.isEmpty { throw error("a digit was expected, \(found())") }
      if !fraction.isEmpty { text += "." + fraction }
    } else if whole.isEmpty {
      throw error("a digit was expected, \(found())")
    }
    guard let letter = peek(), letter == "e" || letter == "E" else { return text }
    offset += 1
    text.unicodeScalars.append(letter)
    if let sign = peek(), sign == "+" || sign == "-" {
      text.unicodeScalars.append(sign)
      offset += 1
    }
    let exponent = digits()
    if exponent.isEmpty { throw error("a digit was expected, \(found())") }
    return text + exponent
  }

  private mutating func digits() -> String {
    var result = String.UnicodeScalarView()
    while let scalar = peek(), Self.isDigit(scalar) {
      result.append(scalar)
      offset += 1
    }
    return String(result)
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONError) -> String {
    offset += 2
    var result = String.UnicodeScalarView()
    while let scalar = peek(), Self.hexadecimalValue(scalar) != nil {
      result.append(scalar)
      offset += 1
    }
    if result.isEmpty { throw error("a hexadecimal digit was expected, \(found())") }
    guard let value = UInt64(String(result), radix: 16) else {
      throw error("a hexadecimal number has at most 64 bits", at: start)
    }
    return String(value)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

  private static func hexadecimalValue(_ scalar: Unicode.Scalar) -> UInt32? {
    scalar.isASCII ? Character(scalar).hexDigitValue.map(UInt32.init) : nil
  }

  // MARK: Strings

  /// A string in the quotation marks, single or double, that stand at the current place.
  mutating func string() throws(JSONError) -> String {
    let start = offset
    let quote = peek()
    offset += 1
    var text = String.UnicodeScalarView()
    while let scalar = peek(), scalar != quote {
      if scalar == "\\" {
        if let escaped = try escape() { text.append(escaped) }
      } else if scalar == "\n" || scalar == "\r" {
        throw error("the string that begins here has no end on its line", at: start)
      } else if scalar.value < 0x20 && scalar != "\t" {
        throw error("a control character must be escaped in a string")
      } else {
        text.append(scalar)
        offset += 1
      }
    }
    if peek() == nil { throw error("the string that begins here has no end", at: start) }
    offset += 1
    return String(text)
  }

  /// What an escape stands for; nil for a line that goes on in the next one.
  private mutating func escape() throws(JSONError) -> Unicode.Scalar? {
    let start = offset
    offset += 1
    guard let letter = peek() else { throw error("the text ends inside a string", at: start) }
    if letter == "u" { return try unicodeEscape(start) }
    offset += 1
    switch letter {
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return try scalar(of: try hexadecimalDigits(2, start), start)
    case "\0", "0"..."9": throw error("NUL and octal escapes are not allowed", at: start)
    case "\r":
      if peek() == "\n" { offset += 1 }
      return nil
    case "\n", "\u{2028}", "\u{2029}": return nil
    default: return letter
    }
  }

  /// The scalar of a `\u` escape, whose second half follows where it is a surrogate; the current place is the `u`.
  private mutating func unicodeEscape(_ start: Int) throws(JSONError) -> Unicode.Scalar {
    offset += 1
    let first = try hexadecimalDigits(4, start)
    guard first >= 0xD800, first < 0xDC00, peek() == "\\", peek(1) == "u" else {
      return try scalar(of: first, start)
    }
    offset += 2
    let second = try hexadecimalDigits(4, start)
    guard second >= 0xDC00, second < 0xE000 else { return try scalar(of: first, start) }
    return try scalar(of: 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), start)
  }

  private func scalar(of code: UInt32, _ start: Int) throws(JSONError) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(code) else {
      throw error("a surrogate without its other half", at: start)
    }
    if code == 0 { throw error("NUL is not allowed", at: start) }
    return scalar
  }

  private mutating func hexadecimalDigits(_ count: Int, _ start: Int) throws(JSONError) -> UInt32 {
    var result: UInt32 = 0
    for _ in 0..<count {
      guard let digit = peek().flatMap(Self.hexadecimalValue) else {
        throw error("this escape takes \(count) hexadecimal digits", at: start)
      }
      result = result << 4 | digit
      offset += 1
    }
    return result
  }
}
