/// The escapes of vCard values (RFC 6350 section 3.4).
enum VCardText {
  /// A text value without its escapes.
  static func unescape(_ value: some StringProtocol) -> String {
    guard value.utf8.contains(UInt8(ascii: "\\")) else { return String(value) }
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in value.unicodeScalars {
      switch (isEscaped, scalar) {
      case (false, "\\"):
        isEscaped = true
        continue
      case (true, "n"), (true, "N"): result.append("\n")
      case (true, "\\"), (true, ","), (true, ";"), (true, ":"): result.append(scalar)
      case (true, _): result.append(contentsOf: ["\\", scalar])
      case (false, _): result.append(scalar)
      }
      isEscaped = false
    }
    if isEscaped { result.append("\\") }
    return String(result)
  }

  /// Cuts a value, still escaped, where a separator is not escaped.
  static func split(_ value: some StringProtocol, at separator: Unicode.Scalar) -> [String] {
    var parts: [String] = []
    var part = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in value.unicodeScalars {
      if scalar == separator && !isEscaped {
        parts.append(String(part))
        part.removeAll()
        continue
      }
      part.append(scalar)
      isEscaped = scalar == "\\" && !isEscaped
    }
    parts.append(String(part))
    return parts
  }

  /// A text value with its escapes. A vCard has one kind of line end, so that CR LF and CR become it.
  /// - Parameter isList: whether commas and semicolons mean something where the value stands; a URI
  ///   keeps its own.
  static func escape(_ text: String, isList: Bool = true) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r": result.append(contentsOf: ["\\", "n"])
      case "\\": result.append(contentsOf: ["\\", "\\"])
      case "," where isList, ";" where isList: result.append(contentsOf: ["\\", scalar])
      default: result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }
}
