import TextFormats

/// How the value of a custom field compares with what a filter asks for. Values have the types that JSON
/// gave them, the filter has text: numbers compare as numbers wherever both are, all else as folded text,
/// in which ISO dates have their order too. Of a list, one matching element is enough.
struct CustomComparison {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// `=`, `<`, `contains` and so on.
  let symbol: Bytes
  /// Folded text.
  let wanted: Bytes

  /// Whether there is nothing in a value: `null`, `""`, `[]` or `{}`.
  static func isEmpty(_ json: Bytes) -> Bool {
    switch json.first {
    case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{"):
      json.dropFirst().dropLast().allSatisfy { $0 <= 0x20 }
        && (json.count == 2 || json.first != UInt8(ascii: "\""))
    default: json.isEmpty || json.elementsEqual("null".utf8)
    }
  }

  /// Whether a JSON value passes.
  func matches(_ json: Bytes) -> Bool {
    switch json.first {
    case UInt8(ascii: "["): StoredJSON.anyElement(of: json) { matchesSingle($0) }
    default: matchesSingle(json)
    }
  }

  private func matchesSingle(_ json: Bytes) -> Bool {
    switch json.first {
    case UInt8(ascii: "\""): FoldedText.withFolded(json: json, matchesText) ?? false
    case UInt8(ascii: "["), UInt8(ascii: "{"), nil: false
    default: json.elementsEqual("null".utf8) ? false : matchesText(json)
    }
  }

  private func matchesText(_ text: Bytes) -> Bool {
    switch symbol.first {
    case UInt8(ascii: "c"): FoldedText.contains(text, wanted)
    case UInt8(ascii: "s"): text.starts(with: wanted)
    default: passes(order(text, wanted))
    }
  }

  /// Whether the operator allows that order: below 0, 0 or above 0.
  private func passes(_ order: Int) -> Bool {
    let allowsEqual = symbol.last == UInt8(ascii: "=")
    switch symbol.first {
    case UInt8(ascii: "<"): return order < 0 || (allowsEqual && order == 0)
    case UInt8(ascii: ">"): return order > 0 || (allowsEqual && order == 0)
    default: return order == 0
    }
  }

  private func order(_ left: Bytes, _ right: Bytes) -> Int {
    if let first = JSONNumber(left), let second = JSONNumber(right) { return first.order(second) }
    if left.elementsEqual(right) { return 0 }
    return left.lexicographicallyPrecedes(right) ? -1 : 1
  }
}

/// A number as JSON spells it (RFC 8259); `007` and `+1` are none.
struct JSONNumber {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private let spelling: Bytes
  private let isInteger: Bool
  private var isNegative: Bool { spelling.first == UInt8(ascii: "-") }

  init?(_ bytes: Bytes) {
    var reader = DigitReader(bytes)
    _ = reader.skip("-")
    let leadsWithZero = reader.peek == UInt8(ascii: "0")
    let digits = reader.skipDigits()
    guard digits > 0, digits == 1 || !leadsWithZero else { return nil }
    isInteger = reader.isAtEnd
    if reader.skip("."), reader.skipDigits() == 0 { return nil }
    if reader.skip("e") || reader.skip("E") {
      _ = reader.skip("-") || reader.skip("+")
      guard reader.skipDigits() > 0 else { return nil }
    }
    guard reader.isAtEnd else { return nil }
    spelling = bytes
  }

  /// Below 0, 0 or above 0, as this number is less than, equal to or greater than the other. Whole
  /// numbers compare exactly, whatever their length; others as far as 64 binary digits tell them apart.
  func order(_ other: JSONNumber) -> Int {
    guard isInteger && other.isInteger else {
      let (left, right) = (value, other.value)
      return left == right ? 0 : left < right ? -1 : 1
    }
    let (left, right) = (digits, other.digits)
    if left.elementsEqual("0".utf8) && right.elementsEqual("0".utf8) { return 0 }
    if isNegative != other.isNegative { return isNegative ? -1 : 1 }
    var magnitude = left.count - right.count
    if magnitude == 0, !left.elementsEqual(right) {
      magnitude = left.lexicographicallyPrecedes(right) ? -1 : 1
    }
    return isNegative ? -magnitude : magnitude
  }

  private var digits: Slice<Bytes> { isNegative ? spelling.dropFirst() : spelling[...] }
  private var value: Double { Double(String(decoding: spelling, as: UTF8.self)) ?? .nan }
}
