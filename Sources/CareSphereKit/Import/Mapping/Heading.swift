import TextFormats

/// Headings are matched without case, accents, spaces, `_` and hyphens.
enum Heading {
  /// The form that headings share which mean the same.
  static func key(_ heading: String) -> String {
    var key = CaseFolding.fold(heading)
    if !key.utf8.allSatisfy({ $0 < 0x80 }) { key = Normalization.nfd(key) }
    return String(String.UnicodeScalarView(key.unicodeScalars.filter(isKept)))
  }

  private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value > 0x20 && scalar.value != 0x7F && scalar != "_" && scalar != "-" }
    switch scalar.properties.generalCategory {
    // Accents, the longer hyphens, and what cannot be seen, such as a byte-order mark inside a file.
    case .nonspacingMark, .dashPunctuation, .format, .control: return false
    default: return !scalar.properties.isWhitespace
    }
  }
}
