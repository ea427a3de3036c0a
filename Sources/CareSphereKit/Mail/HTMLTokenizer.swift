/// Cuts HTML into text and tags, as far as reading it needs. Comments, declarations and the content of what is never
/// shown are passed over.
struct HTMLTokenizer {
  enum Token {
    /// Text between tags, its character references not resolved yet.
    case text(Slice<UnsafeBufferPointer<UInt8>>)
    case start(HTMLElement, HTMLAttributes)
    case end(HTMLElement)
  }

  /// Names of tags are short; what is longer is none that matters here.
  private static let maximumName = 16

  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next piece; nil at the end.
  mutating func next() -> Token? {
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "<"), let token = tag() else {
        if offset < bytes.count { return text() }
        return nil
      }
      if let token { return token }
    }
    return nil
  }

  private mutating func text() -> Token {
    let start = offset
    offset += 1
    while offset < bytes.count, !beginsTag(offset) { offset += 1 }
    return .text(bytes[start..<offset])
  }

  /// Whether `<` stands here and something that makes it more than text.
  private func beginsTag(_ index: Int) -> Bool {
    guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else { return false }
    let next = bytes[index + 1]
    return Self.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
      || next == UInt8(ascii: "?")
  }

  /// The tag here; nothing of what is passed over; nil where no tag begins.
  private mutating func tag() -> Token?? {
    guard beginsTag(offset) else { return nil }
    let sign = bytes[offset + 1]
    if sign == UInt8(ascii: "!") || sign == UInt8(ascii: "?") {
      skipDeclaration()
      return .some(nil)
    }
    let isEnd = sign == UInt8(ascii: "/")
    var index = offset + (isEnd ? 2 : 1)
    let nameStart = index
    while index < bytes.count, !Self.endsName(bytes[index]) { index += 1 }
    let name = Self.name(bytes[nameStart..<index])
    let attributesStart = index
    let attributesEnd = skipAttributes(from: index)
    offset = min(attributesEnd + 1, bytes.count)
    let element = HTMLElement(name)
    if isEnd { return .some(.end(element)) }
    if element == .hidden {
      skipContent(of: name)
      return .some(nil)
    }
    return .some(.start(element, HTMLAttributes(bytes[attributesStart..<attributesEnd])))
  }

  private mutating func skipDeclaration() {
    let comment = Array("<!--".utf8)
    let isComment =
      offset + 4 <= bytes.count && bytes[offset..<(offset + 4)].elementsEqual(comment)
    let end = isComment ? Array("-->".utf8) : [UInt8(ascii: ">")]
    // `<!-->` is a whole comment.
    offset = find(end, from: offset + 2).map { $0 + end.count } ?? bytes.count
  }

  private mutating func skipContent(of name: String) {
    let end = Array("</".utf8) + Array(name.utf8)
    var index = offset
    while let found = find(end, from: index, ignoringCase: true) {
      let after = found + end.count
      if after >= bytes.count || Self.endsName(bytes[after]) {
        offset = found
        return
      }
      index = found + 1
    }
    offset = bytes.count
  }

  /// Where the tag's `>` is, outside of quotation marks.
  private func skipAttributes(from start: Int) -> Int {
    var index = start
    var quote: UInt8?
    var previous: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return index
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), previous == UInt8(ascii: "=") {
        quote = byte
      }
      if !Self.isSpace(byte) { previous = byte }
      index += 1
    }
    return bytes.count
  }

  private func find(_ pattern: [UInt8], from start: Int, ignoringCase: Bool = false) -> Int? {
    var index = start
    while index + pattern.count <= bytes.count {
      let isHere = pattern.indices.allSatisfy { place in
        let byte = bytes[index + place]
        return (ignoringCase ? Self.lowered(byte) : byte) == pattern[place]
      }
      if isHere { return index }
      index += 1
    }
    return nil
  }

  private static func name(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: bytes.prefix(maximumName).map(lowered), as: UTF8.self)
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let lowered = lowered(byte)
    return lowered >= UInt8(ascii: "a") && lowered <= UInt8(ascii: "z")
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}

/// The attributes of a tag, read when they are asked for.
struct HTMLAttributes {
  private let bytes: Slice<UnsafeBufferPointer<UInt8>>

  init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) { self.bytes = bytes }

  /// The value of an attribute, its character references resolved; nil where it is not there.
  /// - Parameter wanted: in small letters.
  subscript(wanted: String) -> String? {
    var rest = bytes
    while true {
      while let byte = rest.first, HTMLTokenizer.isSpace(byte) || byte == UInt8(ascii: "/") {
        rest.removeFirst()
      }
      if rest.isEmpty { return nil }
      let name = rest.prefix { !HTMLTokenizer.isSpace($0) && $0 != UInt8(ascii: "=") }
      rest = rest[name.endIndex...]
      rest = rest.drop(while: HTMLTokenizer.isSpace)
      var value = rest.prefix(0)
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst().drop(while: HTMLTokenizer.isSpace)
        if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
          value = rest.dropFirst().prefix { $0 != quote }
          rest = rest[value.endIndex...].dropFirst()
        } else {
          value = rest.prefix { !HTMLTokenizer.isSpace($0) }
          rest = rest[value.endIndex...]
        }
      } else if name.isEmpty {
        rest = rest.dropFirst()
      }
      if name.map(HTMLTokenizer.lowered).elementsEqual(wanted.utf8) {
        return String(decoding: HTMLReferences.resolved(value), as: UTF8.self)
      }
    }
  }
}
