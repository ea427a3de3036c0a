/// A cursor over ASCII text of fixed shape, such as dates; it reads or refuses, and allocates nothing.
struct DigitReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  /// The next byte, unread.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Reads exactly `count` digits; nil, with nothing read, where there are none. At most 9 digits.
  mutating func number(_ count: Int) -> Int? {
    guard count <= 9, bytes.count - position >= count else { return nil }
    var value = 0
    for offset in 0..<count {
      let digit = bytes[position + offset] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    position += count
    return value
  }

  /// Reads `byte` if it comes next.
  mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    guard let next = peek, UInt32(next) == byte.value else { return false }
    position += 1
    return true
  }

  /// Reads digits as long as there are some and says how many.
  mutating func skipDigits() -> Int {
    let start = position
    while let next = peek, next &- UInt8(ascii: "0") < 10 { position += 1 }
    return position - start
  }

  /// Runs `body` over the UTF-8 of `text`.
  static func read<T>(_ text: String, _ body: (inout DigitReader) -> T?) -> T? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = DigitReader(bytes)
      return body(&reader)
    }
  }
}

/// Writes numbers of fixed width into a string's storage.
struct DigitWriter {
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private(set) var position = 0

  init(_ bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

  /// Writes `value`, which is not negative, with leading zeros to `width` digits.
  mutating func number(_ value: Int, width: Int) {
    var rest = value
    for offset in stride(from: width - 1, through: 0, by: -1) {
      bytes[position + offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    position += width
  }

  mutating func put(_ byte: Unicode.Scalar) {
    bytes[position] = UInt8(truncatingIfNeeded: byte.value)
    position += 1
  }

  /// A string of at most `capacity` bytes.
  static func string(capacity: Int, _ body: (inout DigitWriter) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { bytes in
      var writer = DigitWriter(bytes)
      body(&writer)
      return writer.position
    }
  }
}
