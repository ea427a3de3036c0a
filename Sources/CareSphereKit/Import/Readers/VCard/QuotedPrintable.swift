/// The encoding of vCard 2.1 (RFC 2045 section 6.7), of one line whose soft line ends are joined.
enum QuotedPrintable {
  /// The bytes that a text stands for. What is no escape is taken as it is, as mail programs do.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8] {
    let bytes = Array(text)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "="), index + 2 < bytes.count,
        let high = Hex.value(of: bytes[index + 1]), let low = Hex.value(of: bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
