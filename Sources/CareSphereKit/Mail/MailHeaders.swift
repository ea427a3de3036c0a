/// The fields of a mail's header, one after the other: as bytes in lines of at most 76 characters where that can be,
/// and as what they say. Nothing that is handed in can end a field: control characters become spaces.
struct MailHeaders {
  private static let maximumLine = 76

  /// The fields with their line ends.
  private(set) var bytes: [UInt8] = []
  /// The fields decoded.
  private(set) var decoded: [(name: String, value: String)] = []
  private var column = 0

  init() { bytes.reserveCapacity(1024) }

  /// Adds a field whose value is ASCII that stands as it is; a line may end at its spaces.
  mutating func add(_ name: String, plain value: String) {
    let value = Self.oneLine(value)
    begin(name, value)
    for word in value.utf8.split(separator: 0x20) { append(Array(word)) }
    end()
  }

  /// Adds a field of text (`unstructured` of RFC 5322, section 3.6.5).
  mutating func add(_ name: String, text value: String) {
    let value = Self.oneLine(value)
    begin(name, value)
    if let words = Self.foldableWords(value, first: Self.maximumLine - column - 1) {
      for word in words { append(word) }
    } else {
      for word in EncodedWords.of(value, room: Self.maximumLine - column - 1) { append(word) }
    }
    end()
  }

  /// Adds a field of one address with its name (`mailbox` of RFC 5322, section 3.4).
  /// - Parameter mailbox: its address as ``MailAddress`` makes it.
  mutating func add(_ name: String, mailbox: Mailbox) {
    let shown = Self.oneLine(mailbox.name ?? "").trimmingSpaces()
    begin(name, shown.isEmpty ? mailbox.address : "\(shown) <\(mailbox.address)>")
    if shown.isEmpty {
      append(Array(mailbox.address.utf8))
    } else {
      let words = Self.phrase(shown, room: Self.maximumLine - column - 1)
      for word in words { append(word, isMovable: words.count == 1) }
      append(Array("<\(mailbox.address)>".utf8))
    }
    end()
  }

  private mutating func begin(_ name: String, _ value: String) {
    decoded.append((name, value))
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ":"))
    column = name.utf8.count + 1
  }

  /// Appends a word on this line, or on the next where it would be too long.
  /// - Parameter isMovable: whether the field's first word may leave the line of the field's name, which readers of
  ///   raw mails expect it on.
  private mutating func append(_ word: [UInt8], isMovable: Bool = false) {
    let isFirst = bytes.last == UInt8(ascii: ":")
    if !isFirst || isMovable, column + 1 + word.count > Self.maximumLine {
      bytes.append(contentsOf: "\r\n".utf8)
      column = 0
    }
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: word)
    column += 1 + word.count
  }

  private mutating func end() { bytes.append(contentsOf: "\r\n".utf8) }

  // MARK: Text

  /// A text without anything that is not to be seen: line breaks and other control characters are spaces.
  static func oneLine(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in LineBreak.removed(from: text).unicodeScalars {
      scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(scalars)
  }

  /// The words of a text between whose spaces a line may end; nil where it has to be encoded: letters beyond ASCII,
  /// white space that would be lost, words that are too long, and what only looks encoded.
  private static func foldableWords(_ text: String, first room: Int) -> [[UInt8]]? {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    guard isPlain, text.utf8.first != 0x20, text.utf8.last != 0x20, !looksEncoded(text) else { return nil }
    if text.utf8.count <= room { return [Array(text.utf8)] }
    let words = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
    let isFoldable = words.allSatisfy { !$0.isEmpty && $0.count < maximumLine }
    return isFoldable && words[0].count <= room ? words : nil
  }

  /// A display name (`phrase`): plain words, a text in quotation marks, or encoded words.
  private static func phrase(_ name: String, room: Int) -> [[UInt8]] {
    let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    guard isPlain, name.utf8.count <= 60, !looksEncoded(name) else {
      // One word, if need be on a line of its own, because programs are about that show a space between two.
      let whole = EncodedWords.of(name, room: EncodedWords.maximumLength)
      return whole.count == 1 ? whole : EncodedWords.of(name, room: room)
    }
    let words = name.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
    if words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtomText) }) { return words.map(Array.init) }
    var quoted = [UInt8(ascii: "\"")]
    for byte in name.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
      quoted.append(byte)
    }
    return [quoted + [UInt8(ascii: "\"")]]
  }

  private static func looksEncoded(_ text: String) -> Bool {
    ByteSearch.contains(Array("=?".utf8), in: Array(text.utf8))
  }

  /// `atext` of RFC 5322, section 3.2.3.
  private static func isAtomText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }
}

extension String {
  fileprivate func trimmingSpaces() -> String {
    var bytes = utf8[...]
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return bytes.count == utf8.count ? self : String(decoding: bytes, as: UTF8.self)
  }
}
