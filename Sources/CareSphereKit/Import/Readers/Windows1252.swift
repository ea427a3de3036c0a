/// The code page that older spreadsheets on Windows write (WHATWG Encoding Standard, section 9, less
/// the five bytes that it turns into control characters).
enum Windows1252 {
  /// The scalar of a byte; nil for the five that have none.
  static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard byte >= 0x80 && byte < 0xA0 else { return Unicode.Scalar(byte) }
    return high[Int(byte) - 0x80]
  }

  /// The scalar of a byte; for one of the five that have none the control character of that number, as the standard
  /// has it.
  static func lenientScalar(_ byte: UInt8) -> Unicode.Scalar { scalar(byte) ?? Unicode.Scalar(byte) }

  private static let high: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
    nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]

  /// Whether a byte is one of those that a text about people is made of: ASCII, the letters, and the
  /// quotes, dashes, dots and spaces that word processors put between letters. Other signs (currency,
  /// mathematics, fractions) are what broken UTF-8 looks like in this code page, so they are no
  /// reason to take a file for it without being told.
  static func isLikely(_ byte: UInt8) -> Bool { likely[Int(byte)] }

  private static let likely: [Bool] = (UInt8.min...UInt8.max).map { byte in
    guard let scalar = scalar(byte) else { return false }
    return byte < 0x80 || scalar.properties.isAlphabetic || typography.contains(scalar)
  }

  private static let typography: Set<Unicode.Scalar> = [
    "‘", "’", "“", "”", "‚", "„", "…", "–", "—", "•", "«", "»", "‹", "›", "¡", "¿", "°", "´", "·", "\u{A0}",
  ]
}
