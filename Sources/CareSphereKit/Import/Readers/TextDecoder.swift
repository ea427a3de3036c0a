import Glibc

/// Turns the bytes of a file into UTF-8, chunk by chunk, and finds out on the way how they are encoded:
/// by a byte-order mark, else UTF-8, else Windows-1252.
///
/// A file is taken for Windows-1252 at its first byte that is no UTF-8, if all before it was ASCII:
/// what has been handed out until then is right either way, so nothing need be read twice and
/// standard input works like a file. A file that has UTF-8 characters as well as bytes that are none
/// is damaged, and an error instead of a guess.
struct TextDecoder {
  /// A byte that cannot be decoded.
  struct Failure: Error {
    /// The byte's place in the chunk.
    var offset: Int
    var reason: String
    var hint: String?
  }

  private enum Mode {
    case utf8(guessed: Bool)
    case windows1252(guessed: Bool)
    case utf16(bigEndian: Bool)
  }

  private let choice: TextEncoding
  private var mode: Mode
  private var hasSeenMultibyte = false

  /// A decoder for a file that is encoded as `choice` says, or as it turns out.
  init(_ choice: TextEncoding) {
    self.choice = choice
    mode =
      switch choice {
      case .auto: .utf8(guessed: true)
      case .utf8: .utf8(guessed: false)
      case .utf16: .utf16(bigEndian: false)
      case .windows1252: .windows1252(guessed: false)
      }
  }

  /// What the file is, as far as it is known by now.
  var encoding: TextEncoding {
    switch mode {
    case .utf8: .utf8
    case .windows1252: .windows1252
    case .utf16: .utf16
    }
  }

  /// Looks at how the file begins.
  /// - Parameter head: its first 4 bytes or more, if it has as many.
  /// - Returns: the length of its byte-order mark.
  mutating func begin(_ head: UnsafeBufferPointer<UInt8>) throws(Failure) -> Int {
    let four = Array(head.prefix(4))
    let canBeUTF8 = choice == .auto || choice == .utf8
    let canBeUTF16 = choice == .auto || choice == .utf16
    if canBeUTF8 && four.starts(with: [0xEF, 0xBB, 0xBF]) {
      mode = .utf8(guessed: false)
      return 3
    }
    if canBeUTF16 && (four.starts(with: [0xFF, 0xFE]) || four.starts(with: [0xFE, 0xFF])) {
      mode = .utf16(bigEndian: four.first == 0xFE)
      return 2
    }
    // Headings begin in ASCII, whose every other byte in UTF-16 is NUL.
    let nulls = four.map { $0 == 0 }
    let looksBigEndian = nulls == [true, false, true, false]
    if choice == .utf16 { mode = .utf16(bigEndian: looksBigEndian) }
    if choice == .auto && (looksBigEndian || nulls == [false, true, false, true]) {
      throw Failure(
        offset: looksBigEndian ? 0 : 1,
        reason: "NUL byte",
        hint: "the file looks like UTF-16 without a byte-order mark; --encoding utf-16 reads it")
    }
    return 0
  }

  /// Decodes the next chunk.
  /// - Parameters:
  ///   - raw: bytes that begin where the last call left off.
  ///   - isLast: whether nothing follows, so that a character cut off at the end is a mistake.
  ///   - text: takes the text, as UTF-8; on failure all that comes before the wrong byte.
  /// - Returns: how many bytes of `raw` are done with; the others, 3 at most, belong to a character
  ///   that goes on in the next chunk.
  mutating func decode(
    _ raw: UnsafeBufferPointer<UInt8>, isLast: Bool, into text: inout [UInt8]
  ) throws(Failure) -> Int {
    switch mode {
    case .utf8(let guessed): try decodeUTF8(raw, isLast: isLast, guessed: guessed, into: &text)
    case .windows1252(let guessed):
      try decodeWindows1252(raw, from: 0, isLast: isLast, guessed: guessed, into: &text)
    case .utf16(let bigEndian):
      try decodeUTF16(raw, isLast: isLast, bigEndian: bigEndian, into: &text)
    }
  }

  // MARK: UTF-8

  private mutating func decodeUTF8(
    _ raw: UnsafeBufferPointer<UInt8>, isLast: Bool, guessed: Bool, into text: inout [UInt8]
  ) throws(Failure) -> Int {
    let limit = Self.firstNull(raw) ?? raw.count
    let clean = UnsafeBufferPointer(rebasing: raw[..<limit])
    var valid = limit
    do throws(UTF8.ValidationError) {
      let span = try UTF8Span(validating: Span(_unsafeElements: clean))
      if !span.isKnownASCII { hasSeenMultibyte = true }
    } catch {
      valid = error.byteOffsets.lowerBound
      if !Self.isASCII(raw[..<valid]) { hasSeenMultibyte = true }
      let goesOn = error.kind == .truncatedScalar && error.byteOffsets.upperBound == raw.count && !isLast
      if !goesOn {
        guard guessed && !hasSeenMultibyte else {
          text.append(contentsOf: raw[..<valid])
          throw invalidUTF8(raw[valid], at: valid, guessed: guessed)
        }
        text.append(contentsOf: raw[..<valid])
        mode = .windows1252(guessed: true)
        return try decodeWindows1252(raw, from: valid, isLast: isLast, guessed: true, into: &text)
      }
    }
    text.append(contentsOf: raw[..<valid])
    if limit < raw.count && valid == limit { throw Self.null(at: limit) }
    return valid
  }

  private func invalidUTF8(_ byte: UInt8, at offset: Int, guessed: Bool) -> Failure {
    Failure(
      offset: offset, reason: "invalid UTF-8 (byte \(Self.hexadecimal(byte)))",
      hint: guessed ? "text before it is UTF-8; if all is Windows-1252, say --encoding windows-1252" : nil)
  }

  // MARK: Windows-1252

  private mutating func decodeWindows1252(
    _ raw: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool, guessed: Bool,
    into text: inout [UInt8]
  ) throws(Failure) -> Int {
    var offset = start
    while offset < raw.count {
      let byte = raw[offset]
      if byte == 0 { throw Self.null(at: offset) }
      if byte < 0x80 {
        text.append(byte)
        offset += 1
        continue
      }
      guard let scalar = Windows1252.scalar(byte) else {
        throw Failure(
          offset: offset, reason: "byte \(Self.hexadecimal(byte)) is no character of Windows-1252", hint: nil)
      }
      if guessed {
        guard Windows1252.isLikely(byte) else {
          throw Failure(
            offset: offset,
            reason: "byte \(Self.hexadecimal(byte)) is neither UTF-8 nor a letter of Windows-1252",
            hint: "--encoding windows-1252 takes it for \(scalar)")
        }
        if Self.leadsEuropeanUTF8(byte) {
          if offset + 1 == raw.count && !isLast { return offset }
          if offset + 1 < raw.count && raw[offset + 1] & 0xC0 == 0x80 {
            throw Failure(
              offset: offset, reason: "UTF-8 after bytes that are none",
              hint: "the file mixes encodings; if all of it is Windows-1252, say --encoding windows-1252")
          }
        }
      }
      Self.append(scalar, to: &text)
      offset += 1
    }
    return offset
  }

  /// Whether a byte begins U+0080 to U+017F in UTF-8, the letters that are most likely in a file of
  /// this code page's part of the world. As A with tilde, circumflex, ring or diaeresis it is hardly
  /// ever followed by a sign. Other pairs may well be a letter and a closing quote.
  private static func leadsEuropeanUTF8(_ byte: UInt8) -> Bool { byte >= 0xC2 && byte <= 0xC5 }

  // MARK: UTF-16

  private func decodeUTF16(
    _ raw: UnsafeBufferPointer<UInt8>, isLast: Bool, bigEndian: Bool, into text: inout [UInt8]
  ) throws(Failure) -> Int {
    func unit(_ offset: Int) -> UInt32? {
      guard offset + 1 < raw.count else { return nil }
      let (first, second) = (UInt32(raw[offset]), UInt32(raw[offset + 1]))
      return bigEndian ? first << 8 | second : second << 8 | first
    }
    var offset = 0
    while let first = unit(offset) {
      var code = first
      var length = 2
      if first & 0xFC00 == 0xD800 {
        guard let second = unit(offset + 2) else {
          if !isLast { return offset }
          throw Failure(offset: offset, reason: "invalid UTF-16 (half a character)", hint: nil)
        }
        if second & 0xFC00 == 0xDC00 {
          code = 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)
          length = 4
        }
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw Failure(offset: offset, reason: "invalid UTF-16 (half a character)", hint: nil)
      }
      if code == 0 { throw Self.null(at: offset) }
      Self.append(scalar, to: &text)
      offset += length
    }
    if isLast && offset < raw.count {
      throw Failure(offset: offset, reason: "invalid UTF-16 (half a character)", hint: nil)
    }
    return offset
  }

  // MARK: Bytes

  private static func append(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
    UTF8.encode(scalar).map { text.append(contentsOf: $0) }
  }

  /// The place of the first NUL.
  static func firstNull(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, 0, bytes.count) else { return nil }
    return UnsafeRawPointer(base).distance(to: found)
  }

  static func null(at offset: Int) -> Failure {
    Failure(offset: offset, reason: "NUL byte", hint: "is this a text file?")
  }

  static func isASCII(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var bits: UInt8 = 0
    for byte in bytes { bits |= byte }
    return bits < 0x80
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    "0x" + String(byte, radix: 16, uppercase: true)
  }
}
