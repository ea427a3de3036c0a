/// How the body of a part is written (RFC 2045, section 6).
enum TransferEncoding {
  /// The bytes that a body stands for. What does not belong into an encoding is passed over, as mail programs do.
  /// - Parameter name: of `Content-Transfer-Encoding`; one that is not known changes nothing.
  static func decode(_ body: UnsafeBufferPointer<UInt8>, _ name: String?) -> [UInt8] {
    switch name.map({ HeaderText.withoutComments($0).lowercased() }) {
    case "base64": base64(body)
    case "quoted-printable": QuotedPrintable.decode(withoutSoftBreaks(body))
    default: Array(body)
    }
  }

  private static func withoutSoftBreaks(_ body: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    while let line = MailLines.line(body, at: offset) {
      var text = body[line.text]
      while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
      let isSoft = text.last == UInt8(ascii: "=")
      result += isSoft ? text.dropLast() : text
      if !isSoft { result += body[line.text.upperBound..<line.end] }
      offset = line.end
    }
    return result
  }

  private static func base64(_ body: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var held: UInt32 = 0
    for byte in body {
      guard let value = value(of: byte) else {
        if byte == UInt8(ascii: "=") { (bits, held) = (0, 0) }
        continue
      }
      bits = bits << 6 | value
      held += 6
      guard held >= 8 else { continue }
      held -= 8
      result.append(UInt8(truncatingIfNeeded: bits >> held))
      bits &= (1 << held) - 1
    }
    return result
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 65...90: UInt32(byte) - 65
    case 97...122: UInt32(byte) - 71
    case 48...57: UInt32(byte) + 4
    case 43: 62
    case 47: 63
    default: nil
    }
  }
}
