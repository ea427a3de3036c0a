/// Text of many letters and few others, in ASCII (RFC 2045, section 6.7).
enum QuotedPrintableText {
  private static let maximumLine = 76

  /// Appends text in quoted-printable.
  /// - Parameter text: its lines end with CR LF, and it has no other CR or LF.
  static func append(_ text: [UInt8], to output: inout [UInt8]) {
    text.withUnsafeBufferPointer { text in
      var column = 0
      var index = 0
      while index < text.count {
        let byte = text[index]
        if byte == 0x0D || byte == 0x0A {
          output.append(byte)
          column = 0
          index += 1
          continue
        }
        // What stands as it is goes in one piece, as far as this line has room for it and a soft break.
        var end = index
        let limit = min(text.count, index + maximumLine - 1 - column)
        while end < limit, isPlain(text[end], endsLine: false) { end += 1 }
        if end > index, end < text.count, text[end] == 0x0D, isBlank(text[end - 1]) { end -= 1 }
        if end == text.count, end > index, isBlank(text[end - 1]) { end -= 1 }
        if column == 0, end > index, isMangled(text, index) { end = index }
        if end > index {
          output.append(contentsOf: text[index..<end])
          column += end - index
          index = end
          continue
        }
        let isPlain =
          isPlain(byte, endsLine: endsLine(text, index)) && !(column == 0 && isMangled(text, index))
        let room = maximumLine - (endsLine(text, index) ? 0 : 1)
        if column + (isPlain ? 1 : 3) > room {
          output.append(contentsOf: "=\r\n".utf8)
          column = 0
          continue
        }
        if isPlain { output.append(byte) } else { appendEscape(byte, to: &output) }
        column += isPlain ? 1 : 3
        index += 1
      }
    }
  }

  private static func endsLine(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    index + 1 == text.count || text[index + 1] == 0x0D
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Appends `=XX`.
  static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "="))
    output.append(Hex.capitalDigit(byte >> 4))
    output.append(Hex.capitalDigit(byte & 15))
  }

  private static func isPlain(_ byte: UInt8, endsLine: Bool) -> Bool {
    switch byte {
    case 0x20, 0x09: !endsLine
    case UInt8(ascii: "="): false
    default: byte > 0x20 && byte < 0x7F
    }
  }

  /// Whether something on the way could change a line that begins so: a dot, which SMTP doubles, and the `From ` of
  /// mailbox files.
  private static func isMangled(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    if text[index] == UInt8(ascii: ".") { return true }
    guard text[index] == UInt8(ascii: "F"), index + 5 <= text.count else { return false }
    return text[index..<(index + 5)].elementsEqual("From ".utf8)
  }
}
