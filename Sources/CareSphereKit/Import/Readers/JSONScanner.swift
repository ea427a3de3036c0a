import TextFormats

/// Finds where a JSON value ends without judging it, so that a file need not be held whole to be
/// parsed value by value.
enum JSONScanner {
  /// The offset behind the white space that begins at `start`.
  static func skipWhitespace(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < text.count, isWhitespace(text[offset]) { offset += 1 }
    return offset
  }

  /// The offset behind the value that begins at `start`.
  /// - Parameters:
  ///   - text: `start` is a place in it, behind any white space.
  ///   - isLast: whether the file ends with `text`; a value that is cut off then ends with it.
  /// - Returns: nil where the value goes on beyond `text`.
  static func valueEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool) -> Int? {
    var depth = 0
    var offset = start
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "\""):
        guard let end = stringEnd(text, from: offset) else { return isLast ? text.count : nil }
        offset = end
        if depth == 0 { return offset }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        offset += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return offset }
        depth -= 1
        offset += 1
        if depth == 0 { return offset }
      case UInt8(ascii: ",") where depth == 0: return offset
      case let byte where depth == 0 && isWhitespace(byte): return offset
      default: offset += 1
      }
    }
    return isLast ? text.count : nil
  }

  private static func stringEnd(_ text: UnsafeBufferPointer<UInt8>, from opening: Int) -> Int? {
    var offset = opening + 1
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "\""): return offset + 1
      case UInt8(ascii: "\\"): offset += 2
      default: offset += 1
      }
    }
    return nil
  }

  private static func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
