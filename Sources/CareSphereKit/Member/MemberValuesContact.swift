import TextFormats

// MARK: - E-mail

extension MemberValues {
  /// An e-mail address as mail really uses them (RFC 5321, RFC 6531 for letters beyond ASCII): no
  /// quoted names, no address literals, a domain with a dot. Its domain is put in small letters.
  public func email(_ raw: String) throws(ValueProblem) -> String? {
    if MemberValues.isPlainEmail(raw) { return raw }
    guard let text = try line(raw, limit: 255) else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: throw ValueProblem("\(quoted(text)) has no @; write one as name@example.org")
    case 2: break
    default: throw ValueProblem("\(quoted(text)) has more than one @; a record has one address")
    }
    try checkLocalPart(parts[0], of: text)
    let domain = Normalization.nfc(parts[1].lowercased())
    try checkDomain(domain, of: text)
    return domain == parts[1] ? text : "\(parts[0])@\(domain)"
  }

  private func checkLocalPart(_ local: Substring, of address: String) throws(ValueProblem) {
    if local.isEmpty { throw ValueProblem("\(quoted(address)) has nothing before the @") }
    if local.unicodeScalars.count > 64 {
      throw ValueProblem("\(quoted(address)) has more than 64 characters before the @")
    }
    for scalar in local.unicodeScalars {
      let isAllowed =
        scalar.isASCII ? MemberValues.isAtomText(UInt8(scalar.value)) || scalar == "." : isVisible(scalar)
      if !isAllowed { throw ValueProblem(forbidden(scalar, in: address)) }
    }
    if local.split(separator: ".", omittingEmptySubsequences: false).contains(where: \.isEmpty) {
      throw ValueProblem("\(quoted(address)) has a dot too many before the @")
    }
  }

  private func checkDomain(_ domain: String, of address: String) throws(ValueProblem) {
    if domain.isEmpty { throw ValueProblem("\(quoted(address)) has nothing after the @") }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    for label in labels {
      if label.isEmpty { throw ValueProblem("\(quoted(address)) has a dot too many after the @") }
      if label.utf8.first == UInt8(ascii: "-") || label.utf8.last == UInt8(ascii: "-") {
        throw ValueProblem("\(quoted(address)) has a hyphen at an end of a part of its domain")
      }
      if label.unicodeScalars.count > 63 {
        throw ValueProblem("\(quoted(address)) has a domain part of more than 63 characters")
      }
      for scalar in label.unicodeScalars {
        let isAllowed =
          scalar.isASCII
          ? MemberValues.isLetterOrDigit(UInt8(scalar.value)) || scalar == "-" : isVisible(scalar)
        if !isAllowed { throw ValueProblem(forbidden(scalar, in: address)) }
      }
    }
    if labels.count < 2 && domain != "localhost" {
      throw ValueProblem("\(quoted(address)) has an unfinished domain; write one as example.org")
    }
    if let last = labels.last, last.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      throw ValueProblem("\(quoted(address)) has a number in place of a domain name")
    }
  }

  /// Letters, digits, marks and signs; neither white space nor what cannot be seen.
  private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  private func forbidden(_ scalar: Unicode.Scalar, in address: String) -> String {
    if scalar.properties.isWhitespace { return "\(quoted(address)) has a space in it" }
    if scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F {
      return "\(quoted(address)) has a “\(scalar)” in it, which an address cannot have"
    }
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padding = String(repeating: "0", count: max(0, 4 - code.utf8.count))
    return "\(quoted(address)) has the character U+\(padding)\(code) in it, which an address cannot have"
  }

  /// Whether the address is valid as it stands, its domain in small ASCII letters, by one look at each
  /// byte. What this refuses is not wrong yet.
  private static func isPlainEmail(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.count <= 64 else { return false }
      let dot = UInt8(ascii: ".")
      let hyphen = UInt8(ascii: "-")
      var (previous, isDomain, hasDot) = (dot, false, false)
      for byte in bytes {
        if byte == dot {
          if previous == dot || (isDomain && previous == hyphen) { return false }
          hasDot = isDomain
        } else if byte == UInt8(ascii: "@") {
          if isDomain || previous == dot { return false }
          isDomain = true
          previous = dot
          continue
        } else if isDomain {
          if byte == hyphen {
            if previous == dot { return false }
          } else if !isSmallLetterOrDigit(byte) {
            return false
          }
        } else if !isAtomText(byte) {
          return false
        }
        previous = byte
      }
      return hasDot && previous >= UInt8(ascii: "a")
    } ?? false
  }

  /// `atext` of RFC 5322, section 3.2.3.
  private static func isAtomText(_ byte: UInt8) -> Bool {
    if isLetterOrDigit(byte) { return true }
    switch byte {
    case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
      UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
      return true
    default: return false
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isSmallLetterOrDigit(byte) || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
  }

  private static func isSmallLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }
}

// MARK: - Phone

extension MemberValues {
  /// A phone number as it was written: digits, `+ - ( ) . /`, spaces, perhaps an extension. It is never
  /// turned into a number, so zeros and plus signs at its front stay.
  public func phone(_ raw: String) throws(ValueProblem) -> String? {
    if MemberValues.isPlainPhone(raw) { return raw }
    guard let text = try line(raw, limit: 20) else { return nil }
    var digits = 0
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar >= "0" && scalar <= "9" {
        digits += 1
      } else if digits > 0, isExtension(scalar, rest) {
        return text
      } else if !isPhoneSign(scalar) {
        throw ValueProblem(phoneReason(text, scalar))
      }
    }
    guard digits >= 3 else {
      throw ValueProblem("\(quoted(text)) is no phone number: it has fewer than three digits")
    }
    return text
  }

  /// Whether the number is valid as it stands and has nothing unusual.
  private static func isPlainPhone(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.count <= 20, let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20
      else { return false }
      var digits = 0
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
        case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"),
          UInt8(ascii: "-")...UInt8(ascii: "/"):
          break
        default: return false
        }
      }
      return digits >= 3
    } ?? false
  }

  /// Besides what people type, the hyphens, unbreakable spaces and direction marks that address books
  /// put into numbers.
  private func isPhoneSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "+", "-", "(", ")", ".", "/", "\u{A0}", "\u{202F}", "\u{2010}"..."\u{2013}",
      "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
      true
    default: false
    }
  }

  /// `x12`, `ext 12`, `ext. 12`, `extension 12`: the word, which has begun, and one to six digits.
  private func isExtension(_ first: Unicode.Scalar, _ rest: Substring.UnicodeScalarView) -> Bool {
    guard first == "x" || first == "X" || first == "e" || first == "E" else { return false }
    let text = (String(first) + String(rest)).lowercased()
    for word in ["extension", "ext.", "ext", "x.", "x"] where text.hasPrefix(word) {
      let number = text.dropFirst(word.count).drop { $0 == " " }
      return (1...6).contains(number.utf8.count) && number.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
    return false
  }

  private func phoneReason(_ text: String, _ scalar: Unicode.Scalar) -> String {
    let isScientific =
      (scalar == "E" || scalar == "e")
      && text.unicodeScalars.allSatisfy { "0123456789.,+-eE".unicodeScalars.contains($0) }
    if isScientific {
      return "\(quoted(text)) is what a spreadsheet made of a phone number: format its column as text"
    }
    return "\(quoted(text)) is no phone number: only digits, spaces, + - ( ) . / and an extension fit"
  }
}
