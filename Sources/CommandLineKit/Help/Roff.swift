/// Text escaped for roff, so that it prints as it stands (groff_char(7), man(7)).
enum Roff {
  /// Text for a line of its own or a part of one: no macro at its start, and hyphens and quotes that can be copied.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += " "
      case _ where scalar.value > 0x7E: result += "\\[u\(hex(scalar))]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }

  /// An argument of a macro, in quotation marks.
  static func quote(_ text: String) -> String {
    let parts = escape(text).split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\\(dq") + "\""
  }

  static func bold(_ text: String) -> String { "\\fB" + escape(text) + "\\fR" }

  static func italic(_ text: String) -> String { "\\fI" + escape(text) + "\\fR" }

  /// Text as one or more sentences.
  static func sentence(_ text: String) -> String {
    escape(text) + (text.hasSuffix(".") || text.hasSuffix("?") ? "" : ".")
  }

  /// A line that is printed as it stands, between `.nf` and `.fi`. A long one is broken by a backslash, which roff
  /// takes back.
  static func fixed(_ text: String) -> String {
    broken(escape(text), separator: " \\\n")
  }

  /// A line that flows, broken into lines that are not too long for the style of manual pages. Macros stay whole.
  static func wrap(_ line: String) -> String {
    line.hasPrefix(".") || line.contains("\n") ? line : broken(line, separator: "\n")
  }

  private static func broken(_ text: String, separator: String) -> String {
    var result = ""
    var length = 0
    for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if length > 0, length + 1 + word.utf8.count > longestLine {
        result += separator + (word.hasPrefix(".") ? "\\&" : "")
        length = 0
      } else if index > 0 {
        result += " "
        length += 1
      }
      result += word
      length += word.utf8.count
    }
    return result
  }

  /// In bytes; the style of manual pages wants less than 80.
  static let longestLine = 76

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
