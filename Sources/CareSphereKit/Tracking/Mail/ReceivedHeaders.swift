/// The fields at the head of a mail or of one of its parts (RFC 5322, section 2.2), and the same shape in delivery
/// status notifications (RFC 3464) and feedback reports (RFC 5965). Folded lines are joined.
struct ReceivedHeaders: Equatable, Sendable {
  private(set) var fields: [(name: String, value: String)] = []

  /// More than any mail has.
  private static let maximumFields = 2000
  private static let maximumValue = 64 << 10

  /// Reads fields up to the blank line behind them, or up to what can be no field.
  /// - Returns: the fields, and the offset of what follows
  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (headers: ReceivedHeaders, end: Int) {
    var headers = ReceivedHeaders()
    var offset = start
    while let line = MailLines.line(bytes, at: offset) {
      if line.text.isEmpty { return (headers, line.end) }
      let isFolded = bytes[line.text.lowerBound] == 0x20 || bytes[line.text.lowerBound] == 0x09
      let text = UnsafeBufferPointer(rebasing: bytes[line.text])
      guard isFolded ? headers.extend(text) : headers.add(text) else { return (headers, offset) }
      offset = line.end
    }
    return (headers, offset)
  }

  /// The first value of a field, without white space around it; nil where it is absent or empty.
  func value(_ name: String) -> String? {
    let name = name.lowercased()
    return fields.lazy.filter { $0.name == name }.map { HeaderText.trimmed($0.value) }.first { !$0.isEmpty }
  }

  /// Whether there are no fields.
  var isEmpty: Bool { fields.isEmpty }

  private mutating func add(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F || $0 == 0x20 || $0 == 0x09 })
    else { return false }
    guard fields.count < Self.maximumFields else { return true }
    let name = HeaderText.trimmed(String(decoding: line[..<colon], as: UTF8.self)).lowercased()
    let value = String(decoding: line[(colon + 1)...].prefix(Self.maximumValue), as: UTF8.self)
    fields.append((name, value))
    return true
  }

  private mutating func extend(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let last = fields.indices.last else { return false }
    if fields[last].value.utf8.count < Self.maximumValue {
      let more = String(decoding: line.prefix(Self.maximumValue), as: UTF8.self)
      fields[last].value += " " + HeaderText.trimmed(more)
    }
    return true
  }

  static func == (left: ReceivedHeaders, right: ReceivedHeaders) -> Bool {
    left.fields.elementsEqual(right.fields) { $0 == $1 }
  }
}

/// Lines of a mail, which end in CR LF or in LF.
enum MailLines {
  /// The line at an offset; nil at the end.
  /// - Returns: its text without its end, and the offset of the next line
  static func line(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (text: Range<Int>, end: Int)? {
    guard start < bytes.count else { return nil }
    let feed = bytes[start...].firstIndex(of: 0x0A)
    var textEnd = feed ?? bytes.count
    if textEnd > start, bytes[textEnd - 1] == 0x0D { textEnd -= 1 }
    return (start..<textEnd, feed.map { $0 + 1 } ?? bytes.count)
  }
}

/// What mails are full of.
enum HeaderText {
  /// A text without the white space around it.
  static func trimmed(_ text: some StringProtocol) -> String {
    let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }

  /// The value of a structured field without its comments in parentheses: `smtp; 550 (no)` is `smtp; 550`.
  static func withoutComments(_ text: String) -> String {
    var depth = 0
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "(": depth += 1
      case ")" where depth > 0: depth -= 1
      default: if depth == 0 { result.append(scalar) }
      }
    }
    return trimmed(String(result))
  }

  /// The address in a value such as `rfc822; ada@example.org` or `Ada <ada@example.org>`; nil where there is none.
  static func address(_ text: String?) -> String? {
    guard var text else { return nil }
    if let semicolon = text.lastIndex(of: ";") { text = String(text[text.index(after: semicolon)...]) }
    if let open = text.lastIndex(of: "<") {
      text = String(text[text.index(after: open)...].prefix { $0 != ">" })
    }
    text = trimmed(text)
    guard text.contains("@"), text.utf8.count <= 320,
      !text.unicodeScalars.contains(where: { $0.value <= 0x20 })
    else { return nil }
    return text
  }
}
