/// One text of a mail: its header fields and its body (RFC 2045).
struct MailPart {
  /// `text/plain` or `text/html`.
  let type: StaticString
  private let text: MailBodyText
  private let encoding: Encoding

  private enum Encoding: String { case sevenBit = "7bit", quotedPrintable = "quoted-printable", base64 }

  /// - Parameter text: its lines end with CR LF.
  init(_ type: StaticString, _ text: MailBodyText) {
    self.type = type
    self.text = text
    if text.travelsAsItIs {
      encoding = .sevenBit
    } else {
      encoding =
        text.quotedPrintableLength <= Base64.lengthInLines(text.bytes.count) ? .quotedPrintable : .base64
    }
  }

  /// How many bytes the body is about to have.
  var expectedLength: Int { text.bytes.count * 3 / 2 + 256 }

  /// Whether the text stands in the mail so that it could hold the boundary of a multipart.
  func couldHold(boundary: [UInt8]) -> Bool {
    encoding == .sevenBit && ByteSearch.contains(boundary, in: text.bytes)
  }

  /// Appends the header fields, each with its line end.
  func appendHeader(to mail: inout [UInt8]) {
    mail.append(contentsOf: "Content-Type: \(type); charset=utf-8\r\n".utf8)
    mail.append(contentsOf: "Content-Transfer-Encoding: \(encoding.rawValue)\r\n".utf8)
  }

  /// Appends the body as it travels.
  func appendBody(to mail: inout [UInt8]) {
    switch encoding {
    case .sevenBit: mail.append(contentsOf: text.bytes)
    case .quotedPrintable: QuotedPrintableText.append(text.bytes, to: &mail)
    case .base64: Base64.appendLines(text.bytes, to: &mail)
    }
  }
}

/// A text whose lines end with CR LF, and what decides how it can travel.
struct MailBodyText {
  /// The longest line that needs no encoding (RFC 5322, section 2.1.1).
  private static let maximumLine = 78

  private(set) var bytes: [UInt8] = []
  /// Whether it has nothing but printable ASCII, in lines that are short enough.
  private(set) var travelsAsItIs = true
  /// About how long it is in quoted-printable.
  private(set) var quotedPrintableLength = 0

  /// - Parameter text: UTF-8; each CR LF, CR or LF ends a line.
  /// - Throws: `CareError(.validation)` where it has a NUL, which no mail may have.
  init(_ text: [UInt8]) throws(CareError) {
    bytes.reserveCapacity(text.count + text.count / 16)
    var hasNUL = false
    var special = 0
    text.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        var end = start
        while end < text.count, text[end] != 0x0A, text[end] != 0x0D {
          let byte = text[end]
          if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "=") {
            special += byte == 0x09 ? 0 : 1
            if byte != UInt8(ascii: "="), byte != 0x09 { travelsAsItIs = false }
            if byte == 0 { hasNUL = true }
          }
          end += 1
        }
        let line = text[start..<end]
        if line.count > Self.maximumLine || line.starts(with: "From ".utf8) { travelsAsItIs = false }
        bytes.append(contentsOf: line)
        if end < text.count { bytes.append(contentsOf: "\r\n".utf8) }
        start = end + 1
        if end + 1 < text.count, text[end] == 0x0D, text[end + 1] == 0x0A { start = end + 2 }
      }
    }
    if hasNUL { throw CareError(.validation, "the text has a NUL character, which mail cannot carry") }
    let length = bytes.count + 2 * special
    quotedPrintableLength = length + length / 73 * 3
  }
}

/// Looks for bytes within bytes.
enum ByteSearch {
  static func contains(_ pattern: [UInt8], in bytes: [UInt8]) -> Bool {
    guard let first = pattern.first, bytes.count >= pattern.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      (0...(bytes.count - pattern.count)).contains { start in
        bytes[start] == first && bytes[start..<(start + pattern.count)].elementsEqual(pattern)
      }
    }
  }
}
