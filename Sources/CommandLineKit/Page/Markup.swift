import TextFormats

/// Text as it stands in HTML and SVG.
enum Markup {
  /// Text that can't be taken for markup, in an element or in a quoted attribute; control, bidirectional and other
  /// invisible characters are spelled out.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in VisibleText.of(text, newline: "⏎").unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default:
        // What no document may hold (HTML Standard, section 13.2.3.5).
        if scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value) {
          result.append("\u{FFFD}")
        } else {
          result.append(scalar)
        }
      }
    }
    return String(result)
  }

  /// The longest beginning of a text that fits into a width on the screen, with `…` where it is cut. The text
  /// is visible, not yet escaped.
  /// - Parameter ems: the width in units of the size of the font.
  static func cut(_ text: String, ems: Double) -> String {
    let text = VisibleText.of(text, newline: "⏎")
    var width = 0.0
    var end = text.startIndex
    for index in text.indices {
      width += Self.width(of: text[index])
      if width > ems { return text[..<end] + "…" }
      if width <= ems - 1 { end = text.index(after: index) }
    }
    return text
  }

  /// About what it is at most in common sans-serif fonts, in units of the size of the font.
  private static func width(of character: Character) -> Double {
    switch character {
    case "i", "j", "l", "t", "f", "r", ".", ",", ":", ";", "'", "|", "!", " ", "I": 0.36
    case "m", "w", "M", "W", "@", "%", "…", "—": 1
    case "a"..."z", "0"..."9", "-", "_", "/": 0.58
    case "A"..."Z": 0.74
    default: max(0.7, 0.55 * Double(min(4, DisplayWidth.of(character))))
    }
  }

  /// A number of a drawing, to a tenth.
  static func number(_ value: Double) -> String {
    let text = FigureText.decimal(value, places: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
