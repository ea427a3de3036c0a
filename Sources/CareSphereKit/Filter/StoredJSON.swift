import TextFormats

/// Finds one value in stored JSON without reading the rest of it into objects. What is no JSON has no
/// values; it never reads beyond the end.
struct StoredJSON {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private let bytes: Bytes
  private var position = 0

  private init(_ bytes: Bytes) { self.bytes = bytes }

  /// The value of a key of an object, as JSON; nil where the object lacks it.
  static func value(of key: Bytes, in object: Bytes) -> Bytes? {
    var scanner = StoredJSON(object)
    guard scanner.skip("{") else { return nil }
    repeat {
      guard scanner.peek() == UInt8(ascii: "\""), let name = scanner.next(), scanner.skip(":"),
        let value = scanner.next()
      else { return nil }
      if isKey(name, key) { return value }
    } while scanner.skip(",")
    return nil
  }

  /// Whether an element of an array, as JSON, passes a test.
  static func anyElement(of array: Bytes, _ test: (Bytes) -> Bool) -> Bool {
    var scanner = StoredJSON(array)
    guard scanner.skip("[") else { return false }
    repeat {
      guard let element = scanner.next() else { return false }
      if test(element) { return true }
    } while scanner.skip(",")
    return false
  }

  private static func isKey(_ name: Bytes, _ key: Bytes) -> Bool {
    let inside = name[1..<name.count - 1]
    if !inside.contains(UInt8(ascii: "\\")) { return inside.elementsEqual(key) }
    guard case .string(let text)? = try? JSONParser.parse(name) else { return false }
    return text.utf8.elementsEqual(key)
  }

  /// The next byte that is no white space, unread.
  private mutating func peek() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 0x20 { return byte }
      position += 1
    }
    return nil
  }

  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard let byte = peek(), UInt32(byte) == mark.value else { return false }
    position += 1
    return true
  }

  /// The next value, without the white space around it.
  private mutating func next() -> Bytes? {
    guard let first = peek() else { return nil }
    let start = position
    switch first {
    case UInt8(ascii: "\""):
      guard skipString() else { return nil }
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard skipNested() else { return nil }
    default: skipScalar()
    }
    return start < position ? Bytes(rebasing: bytes[start..<position]) : nil
  }

  private mutating func skipString() -> Bool {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") { position += 1 }
    }
    return false
  }

  private mutating func skipNested() -> Bool {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        guard skipString() else { return false }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      position += 1
      if depth == 0 { return true }
    }
    return false
  }

  private mutating func skipScalar() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), 0...0x20: return
      default: position += 1
      }
    }
  }
}
