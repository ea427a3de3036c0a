@_spi(_Unicode) import Swift

/// Unicode normalisation (Unicode Standard Annex #15).
public enum Normalization {
  /// The canonical composition of a text. Nearly all text has it already; that is noticed without
  /// making anything new.
  public static func nfc(_ text: String) -> String {
    if isBelowCombiningMarks(text) { return text }
    var contiguous = text
    contiguous.makeContiguousUTF8()
    if hasKnownNFC(contiguous) { return text }
    return String(String.UnicodeScalarView(text._nfc))
  }

  /// The canonical decomposition of a text: accents become scalars of their own, which can be left out.
  public static func nfd(_ text: String) -> String {
    String(String.UnicodeScalarView(text._nfd))
  }

  private static func hasKnownNFC(_ text: String) -> Bool {
    var span = text.utf8Span
    return span.checkForNFC(quickCheck: true)
  }

  /// Scalars below U+0300 neither combine nor decompose; in UTF-8 they begin below 0xCC, and their
  /// other bytes are below 0xC0.
  private static func isBelowCombiningMarks(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      var highest: UInt8 = 0
      for byte in bytes { highest = max(highest, byte) }
      return highest < 0xCC
    } ?? text.utf8.allSatisfy { $0 < 0xCC }
  }
}
