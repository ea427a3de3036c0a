/// Comparison without case.
public enum CaseFolding {
  /// A form that two texts share exactly when they differ in nothing but case: full case folding as
  /// the Unicode Standard defines it (section 3.13, caseless matching), of the canonical composition.
  /// It is for comparing and for keys, never for showing.
  public static func fold(_ text: String) -> String {
    if let folded = foldedASCII(text) { return folded }
    var result = String.UnicodeScalarView()
    for scalar in Normalization.nfc(text).unicodeScalars { append(scalar, to: &result) }
    return Normalization.nfc(String(result))
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    if scalar.isASCII {
      result.append(Unicode.Scalar(foldedASCII(UInt8(scalar.value))))
    } else if scalar.value < tabulatedEnd, let folded = tabulated[Int(scalar.value)] {
      result.append(folded)
    } else {
      appendMapped(scalar, to: &result)
    }
  }

  /// The scalars below this are those of nearly all names that have letters of two cases: Latin, Greek,
  /// Cyrillic and Armenian.
  private static let tabulatedEnd: UInt32 = 0x590

  /// Foldings that are one scalar: the standard library makes strings of them, which takes a thousand
  /// instructions each.
  private static let tabulated: [Unicode.Scalar?] = (0..<tabulatedEnd).map { value in
    guard let scalar = Unicode.Scalar(value) else { return nil }
    var folded = String.UnicodeScalarView()
    appendMapped(scalar, to: &folded)
    return folded.count == 1 ? folded.first : nil
  }

  /// The standard library has the case mappings but not the foldings. Lower, upper, lower comes to
  /// the same: the first step takes U+1E9E to the sharp s, the second joins what has one capital
  /// form, the third is the small one. The dotless i has the capital of the other i, but is no form of it.
  private static func appendMapped(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    if scalar == "\u{131}" || !scalar.properties.changesWhenCaseMapped {
      result.append(scalar)
    } else {
      for lower in scalar.properties.lowercaseMapping.unicodeScalars {
        for upper in lower.properties.uppercaseMapping.unicodeScalars {
          result.append(contentsOf: upper.properties.lowercaseMapping.unicodeScalars)
        }
      }
    }
  }

  /// The small letter of an ASCII capital; any other byte as it is.
  public static func foldedASCII(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  /// Nil for a text that is not ASCII alone; the text itself where nothing is to be folded.
  private static func foldedASCII(_ text: String) -> String? {
    let folded: String?? = text.utf8.withContiguousStorageIfAvailable { bytes in
      var bits: UInt8 = 0
      var hasCapital = false
      for byte in bytes {
        bits |= byte
        hasCapital = hasCapital || foldedASCII(byte) != byte
      }
      if bits >= 0x80 { return nil }
      if !hasCapital { return text }
      return String(unsafeUninitializedCapacity: bytes.count) { target in
        for index in bytes.indices { target[index] = foldedASCII(bytes[index]) }
        return bytes.count
      }
    }
    return folded ?? nil
  }
}
