/// A mail's bytes between us and those who take it.
enum MailText {
  /// The bytes with LF for each CRLF, as programs and files of the machine have it.
  static func withLocalLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    let (carriageReturn, lineFeed) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == lineFeed, result.last == carriageReturn { result.removeLast() }
      result.append(byte)
    }
    return result
  }
}
