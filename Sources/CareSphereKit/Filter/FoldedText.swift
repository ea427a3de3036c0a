import TextFormats

/// Compares texts with folded ones without making anything new where they are ASCII, as nearly all are.
enum FoldedText {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  enum Test {
    case equal, contains, startsWith
  }

  /// Whether a text passes a test.
  /// - Parameters:
  ///   - text: UTF-8, in any case.
  ///   - wanted: UTF-8, folded.
  static func matches(_ text: Bytes, _ test: Test, _ wanted: Bytes) -> Bool {
    withFolded(text) { compare($0, test, wanted) }
  }

  /// Whether a JSON string, quotes included, passes a test; false for any other JSON value.
  static func matches(json: Bytes, _ test: Test, _ wanted: Bytes) -> Bool {
    withFolded(json: json) { compare($0, test, wanted) } ?? false
  }

  /// Runs `body` with the folded form of a text.
  static func withFolded<T>(_ text: Bytes, _ body: (Bytes) -> T) -> T {
    var isASCII = true
    var isFolded = true
    for byte in text {
      isASCII = isASCII && byte < 0x80
      isFolded = isFolded && CaseFolding.foldedASCII(byte) == byte
    }
    guard isASCII else {
      var folded = CaseFolding.fold(String(decoding: text, as: UTF8.self))
      return folded.withUTF8(body)
    }
    if isFolded { return body(text) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { copy in
      for (index, byte) in text.enumerated() { copy[index] = CaseFolding.foldedASCII(byte) }
      return body(Bytes(copy))
    }
  }

  /// Runs `body` with the folded text of a JSON string; nil for any other JSON value.
  static func withFolded<T>(json: Bytes, _ body: (Bytes) -> T) -> T? {
    guard json.count >= 2, json.first == UInt8(ascii: "\""), json.last == UInt8(ascii: "\"") else {
      return nil
    }
    let inside = Bytes(rebasing: json[1..<json.count - 1])
    if !inside.contains(UInt8(ascii: "\\")) { return withFolded(inside, body) }
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
    guard let first = wanted.first else { return true }
    guard wanted.count <= text.count else { return false }
    for start in 0...(text.count - wanted.count)
    where text[start] == first && text[start..<start + wanted.count].elementsEqual(wanted) {
      return true
    }
    return false
  }
}
