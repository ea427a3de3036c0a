/// What another program has said, fit to be kept beside a recipient: one line, not endless.
enum ServerWords {
  /// In Unicode scalars.
  static let longest = 500

  /// The text with each run of white space and control characters as one space.
  static func line(_ bytes: some Sequence<UInt8>) -> String {
    line(String(decoding: Array(bytes), as: UTF8.self))
  }

  /// The text with each run of white space and control characters as one space.
  static func line(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isGap = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
        isGap = !result.isEmpty
        continue
      }
      if isGap { result.append(" ") }
      isGap = false
      result.append(scalar)
      if result.count >= longest { return String(result) + "…" }
    }
    return String(result)
  }

  /// The first line that says anything.
  static func firstLine(_ bytes: [UInt8]) -> String {
    for part in bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      let words = line(part)
      if !words.isEmpty { return words }
    }
    return ""
  }
}
