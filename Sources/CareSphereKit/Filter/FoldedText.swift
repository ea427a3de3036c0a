import TextFormats

/// Compares the text of a JSON string with a folded text, without decoding it where it is ASCII.
enum FoldedText {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  enum Test {
    case equal, contains, startsWith
  }

  /// Whether a JSON string, quotes included, passes a test; false for any other JSON value.
  static func matches(_ json: Bytes, _ test: Test, _ wanted: Bytes) -> Bool {
    withFolded(json) { compare($0, test, wanted) } ?? false
  }

  /// Runs `body` with the folded text of a JSON string; nil for any other JSON value.
  static func withFolded<T>(_ json: Bytes, _ body: (Bytes) -> T) -> T? {
    guard json.count >= 2, json.first == UInt8(ascii: "\""), json.last == UInt8(ascii: "\"") else {
      return nil
    }
    let inside = Bytes(rebasing: json[1..<json.count - 1])
    var isPlain = true
    var isFolded = true
    for byte in inside {
      if byte >= 0x80 || byte == UInt8(ascii: "\\") {
        isPlain = false
        break
      }
      if CaseFolding.foldedASCII(byte) != byte { isFolded = false }
    }
    if isPlain && isFolded { return body(inside) }
    if isPlain {
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: inside.count) { copy in
        for (index, byte) in inside.enumerated() { copy[index] = CaseFolding.foldedASCII(byte) }
        return body(Bytes(copy))
      }
    }
    guard case .string(let text)? = try? JSONParser.parse(json) else { return nil }
    var folded = CaseFolding.fold(text)
    return folded.withUTF8(body)
  }

  private static func compare(_ text: Bytes, _ test: Test, _ wanted: Bytes) -> Bool {
    switch test {
    case .equal: text.count == wanted.count && text.elementsEqual(wanted)
    case .startsWith: text.starts(with: wanted)
    case .contains: contains(text, wanted)
    }
  }

  static func contains(_ text: Bytes, _ wanted: Bytes) -> Bool {
    guard wanted.count <= text.count else { return false }
    for start in 0...(text.count - wanted.count)
    where text[start..<start + wanted.count].elementsEqual(wanted) {
      return true
    }
    return false
  }
}
