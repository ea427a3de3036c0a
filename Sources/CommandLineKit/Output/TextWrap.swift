import TextFormats

/// Breaks text into lines for the terminal.
enum TextWrap {
  /// Breaks `text` at spaces, so that no line is wider than `width`; a word wider than that is broken too.
  /// - Returns: at least one line.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(1, width)
    if text.utf8.count <= width { return [text] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var word = word
      var columns = DisplayWidth.of(word)
      if !line.isEmpty, used + 1 + columns > width {
        lines.append(line)
        (line, used) = ("", 0)
      } else if !line.isEmpty {
        line += " "
        used += 1
      }
      while columns > width {
        let head = beginning(of: word, width: width)
        lines.append(String(word[..<head]))
        word = word[head...]
        columns = DisplayWidth.of(word)
      }
      line += word
      used += columns
    }
    return lines + [line]
  }

  /// The end of the longest beginning that fits, which is at least one character.
  private static func beginning(of word: Substring, width: Int) -> Substring.Index {
    var room = width
    var end = word.startIndex
    while end < word.endIndex {
      room -= DisplayWidth.of(word[end])
      if room < 0, end > word.startIndex { break }
      end = word.index(after: end)
    }
    return end
  }
}
