import TextFormats

/// Cuts a template into text and tags, and sees which tags stand on a line of their own.
struct MustacheScanner {
  enum Kind { case variable, unescaped, section, inverted, close, partial, comment, delimiters }

  struct Tag {
    var kind: Kind
    /// What the tag holds besides its sign, without white space at its ends.
    var name: String
    var position: TextPosition
    var isAtLineStart: Bool
    /// Whether the line has nothing else, and so goes with the tag.
    var isStandalone: Bool
    /// The white space before a standalone partial.
    var indentation: Range<Int>?
  }

  let bytes: [UInt8]
  /// Where a tag begins that never ends.
  private(set) var unclosed: MustacheProblem?
  private var offset = 0
  private var opening: [UInt8] = Array("{{".utf8)
  private var closing: [UInt8] = Array("}}".utf8)
  /// The last place whose line and column were counted.
  private var counted = TextPosition()

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func setDelimiters(_ opening: [UInt8], _ closing: [UInt8]) {
    self.opening = opening
    self.closing = closing
  }

  /// The text up to the next tag, and that tag; nil at the end.
  mutating func next() -> (text: Range<Int>, tag: Tag?)? {
    guard offset < bytes.count else { return nil }
    let start = offset
    guard let tagStart = find(opening, from: start) else {
      offset = bytes.count
      return (start..<bytes.count, nil)
    }
    guard let (kind, content, tagEnd) = tag(at: tagStart) else {
      unclosed = MustacheProblem(
        position(tagStart),
        "the tag is never closed: \(String(decoding: closing, as: UTF8.self)) is missing")
      offset = bytes.count
      return (start..<tagStart, nil)
    }
    let lineStart = blankLineStart(before: tagStart)
    let lineEnd = Self.canStandAlone(kind) && lineStart != nil ? blankLineEnd(after: tagEnd) : nil
    var tag = Tag(
      kind: kind, name: name(content), position: position(tagStart), isAtLineStart: isLineStart(tagStart),
      isStandalone: false)
    guard let lineStart, let lineEnd else {
      offset = tagEnd
      return (start..<tagStart, tag)
    }
    tag.isStandalone = true
    if kind == .partial { tag.indentation = lineStart..<tagStart }
    offset = lineEnd
    return (start..<max(start, lineStart), tag)
  }

  /// Whether a line begins here.
  func isLineStart(_ offset: Int) -> Bool {
    offset == 0 || (offset <= bytes.count && bytes[offset - 1] == UInt8(ascii: "\n"))
  }

  /// Whether a name holds the beginning of another tag.
  func beginsTag(in name: String) -> Bool {
    var rest = Array(name.utf8)[...]
    while rest.count >= opening.count {
      if rest.starts(with: opening) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  // MARK: Tags

  private static func canStandAlone(_ kind: Kind) -> Bool { kind != .variable && kind != .unescaped }

  /// The tag that begins here: what it is, what it holds, where it ends.
  private func tag(at start: Int) -> (kind: Kind, content: Range<Int>, end: Int)? {
    let inside = start + opening.count
    let sign = inside < bytes.count ? bytes[inside] : 0
    switch sign {
    case UInt8(ascii: "{"): return tag(.unescaped, from: inside + 1, to: [UInt8(ascii: "}")] + closing)
    case UInt8(ascii: "="): return tag(.delimiters, from: inside + 1, to: [UInt8(ascii: "=")] + closing)
    case UInt8(ascii: "!"): return tag(.comment, from: inside + 1, to: closing)
    case UInt8(ascii: "&"): return tag(.unescaped, from: inside + 1, to: closing)
    case UInt8(ascii: "#"): return tag(.section, from: inside + 1, to: closing)
    case UInt8(ascii: "^"): return tag(.inverted, from: inside + 1, to: closing)
    case UInt8(ascii: "/"): return tag(.close, from: inside + 1, to: closing)
    case UInt8(ascii: ">"): return tag(.partial, from: inside + 1, to: closing)
    default: return tag(.variable, from: inside, to: closing)
    }
  }

  private func tag(_ kind: Kind, from start: Int, to closing: [UInt8]) -> (Kind, Range<Int>, Int)? {
    guard let end = find(closing, from: start) else { return nil }
    return (kind, start..<end, end + closing.count)
  }

  private func name(_ content: Range<Int>) -> String {
    var content = bytes[content]
    while let first = content.first, Self.isSpace(first) { content.removeFirst() }
    while let last = content.last, Self.isSpace(last) { content.removeLast() }
    return String(decoding: content, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  // MARK: Lines

  /// The start of the line, where only blanks stand between it and `offset`.
  private func blankLineStart(before offset: Int) -> Int? {
    var start = offset
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    return isLineStart(start) ? start : nil
  }

  /// Behind the line's end, where only blanks stand between `offset` and it.
  private func blankLineEnd(after offset: Int) -> Int? {
    var end = offset
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    if end < bytes.count, bytes[end] == 0x0D { end += 1 }
    if end == bytes.count { return bytes[end - 1] == 0x0D ? nil : end }
    return bytes[end] == 0x0A ? end + 1 : nil
  }

  // MARK: Bytes

  private func find(_ pattern: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first else { return nil }
    let last = bytes.count - pattern.count
    var offset = start
    while offset <= last {
      if bytes[offset] == first, bytes[offset..<(offset + pattern.count)].elementsEqual(pattern) {
        return offset
      }
      offset += 1
    }
    return nil
  }

  private mutating func position(_ offset: Int) -> TextPosition {
    if offset > counted.offset {
      counted = bytes.withUnsafeBufferPointer { bytes in
        counted.advanced(over: UnsafeBufferPointer(rebasing: bytes[counted.offset..<offset]))
      }
    }
    return counted
  }
}
