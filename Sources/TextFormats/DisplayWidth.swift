/// How many columns text takes on a terminal (Unicode Standard Annex 11, East Asian Width).
public enum DisplayWidth {
  /// The columns of a text without control characters; make it visible first (`VisibleText`).
  public static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one grapheme cluster: combining marks take none, East Asian wide characters and emoji two.
  public static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x300, scalars.count == 1 { return 1 }
    if first.properties.isEmoji, scalars.count > 1, scalars.dropFirst().contains(where: makesEmoji) {
      return 2
    }
    return min(scalars.reduce(0) { $0 + width(of: $1) }, 2 * scalars.count)
  }

  /// The longest beginning of `text` that fits into `columns`, followed by `ellipsis` where something is cut off.
  /// - Parameters:
  ///   - columns: how many there are; fewer than the ellipsis takes cut the ellipsis too.
  ///   - ellipsis: what marks the cut, `…` or `...`.
  public static func cut(_ text: String, to columns: Int, ellipsis: String) -> String {
    if text.utf8.count <= columns || of(text) <= columns { return text }
    let mark = String(ellipsis.prefix(max(0, columns)))
    var room = max(0, columns) - of(mark)
    var end = text.startIndex
    while end < text.endIndex {
      room -= of(text[end])
      if room < 0 { break }
      end = text.index(after: end)
    }
    return text[..<end] + mark
  }

  /// The variation selector for emoji, the zero-width joiner, skin tones, the second half of a flag.
  private static func makesEmoji(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFE0F, 0x200D, 0x1F1E6...0x1F1FF: true
    default: scalar.properties.isEmojiModifier
    }
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // Hangul vowels and finals join the syllable that they follow.
    if (0x1160...0x11FF).contains(value) { return 0 }
    if value < 0x1100 { return 1 }
    if (0x1F1E6...0x1F1FF).contains(value) { return 1 }
    return scalar.properties.isEmojiPresentation || isWide(value) ? 2 : 1
  }

  /// The blocks of East Asian wide and fullwidth characters that are no emoji.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4C6,
      0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
