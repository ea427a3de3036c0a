/// What ends a line, in a header as in any program's eyes (Unicode Standard Annex 14, mandatory breaks).
public enum LineBreak {
  /// Whether a scalar ends a line.
  public static func isOne(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// A text as one line: each line break is a space.
  public static func removed(from text: String) -> String {
    guard text.unicodeScalars.contains(where: isOne) else { return text }
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      // The second half of a CR LF is the same break.
      if !(scalar == "\n" && previous == "\r") { result.append(isOne(scalar) ? " " : scalar) }
      previous = scalar
    }
    return String(result)
  }
}
