/// Base64 (RFC 4648, section 4; RFC 2045, section 6.8).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Appends bytes in base64, in one line.
  static func append(_ bytes: some RandomAccessCollection<UInt8>, to output: inout [UInt8]) {
    alphabet.withUnsafeBufferPointer { alphabet in
      var rest = bytes.makeIterator()
      while let first = rest.next() {
        let (second, third) = (rest.next(), rest.next())
        output.append(alphabet[Int(first >> 2)])
        output.append(alphabet[Int(first & 0x03) << 4 | Int((second ?? 0) >> 4)])
        guard let second else { return output.append(contentsOf: "==".utf8) }
        output.append(alphabet[Int(second & 0x0F) << 2 | Int((third ?? 0) >> 6)])
        guard let third else { return output.append(UInt8(ascii: "=")) }
        output.append(alphabet[Int(third & 0x3F)])
      }
    }
  }

  /// Appends bytes in base64, in lines of 76 characters that each end with CR LF.
  static func appendLines(_ bytes: [UInt8], to output: inout [UInt8]) {
    var start = 0
    while start < bytes.count {
      let end = min(start + 57, bytes.count)
      append(bytes[start..<end], to: &output)
      output.append(contentsOf: "\r\n".utf8)
      start = end
    }
  }

  /// How long ``appendLines(_:to:)`` makes so many bytes.
  static func lengthInLines(_ count: Int) -> Int {
    (count + 2) / 3 * 4 + (count + 56) / 57 * 2
  }
}
