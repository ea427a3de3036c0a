/// Stored text made safe to look at: what would move the cursor, colour the screen, turn the reading direction or
/// stay unseen is spelled out, so that a terminal shows what is there (Unicode Technical Report 36, section 3.2).
public enum VisibleText {
  /// `text` with control, escape, bidirectional and other invisible formatting characters spelled out: `\x1b`,
  /// `\u{202E}`; tab as `\t`.
  /// - Parameters:
  ///   - newline: what stands for a line feed: `\n`, or `⏎` where the terminal has it.
  public static func of(_ text: String, newline: String = "\\n") -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    let scalars = text.unicodeScalars
    var previous: Unicode.Scalar?
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar == "\n" {
        result.append(contentsOf: newline.unicodeScalars)
      } else if let spelling = spelling(of: scalar), !joins(scalar, after: previous, in: scalars, at: index) {
        result.append(contentsOf: spelling.unicodeScalars)
      } else {
        result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }

  /// How a character that must not reach a terminal is spelled; nil for the others.
  private static func spelling(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09: "\\t"
    case 0x0D: "\\r"
    case 0x00...0x1F, 0x7F: "\\x" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
    case 0x20...0x7E: nil
    // Letters without a glyph.
    case 0x115F, 0x1160, 0x3164, 0xFFA0: escape(scalar)
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: escape(scalar)
      default: nil
      }
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  /// Persian and the scripts of India need the two joiners within words, and many emoji are joined by one;
  /// between anything else they only hide.
  private static func joins(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, in scalars: String.UnicodeScalarView,
    at index: String.UnicodeScalarView.Index
  ) -> Bool {
    guard scalar.value == 0x200C || scalar.value == 0x200D, let previous else { return false }
    let after = scalars.index(after: index)
    guard after < scalars.endIndex else { return false }
    return [previous, scalars[after]].allSatisfy { neighbour in
      neighbour.value >= 0x300 && spelling(of: neighbour) == nil
    }
  }
}
