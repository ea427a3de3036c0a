/// Looks for bytes that need attention, eight at a time. Most cells hold none, so this is where an export spends
/// its time.
///
/// With w the eight bytes and all arithmetic modulo 2^64, `(w - 0x01…) & ~w & 0x80…` is not zero exactly where a byte
/// of w is zero (Mycroft's test).
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Whether text holds a quotation mark, a backslash or a control character.
  static func containsJSONSpecial(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let control = (word &- ones &* 0x20) & ~word
      if (control | zero(word ^ ones &* 0x22) | zero(word ^ ones &* 0x5C)) & highs != 0 { return true }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return true }
      index += 1
    }
    return false
  }

  /// Whether a cell holds the delimiter, a quotation mark or a line break.
  static func containsCSVSpecial(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    let delimiters = ones &* UInt64(delimiter)
    var index = 0
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let found =
        zero(word ^ delimiters) | zero(word ^ ones &* 0x22) | zero(word ^ ones &* 0x0A)
        | zero(word ^ ones &* 0x0D)
      if found & highs != 0 { return true }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == delimiter || byte == 0x22 || byte == 0x0A || byte == 0x0D { return true }
      index += 1
    }
    return false
  }

  /// The index of the first tab, line break or backslash; the count where there is none.
  static func firstTSVSpecial(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case 0x09, 0x0A, 0x0D, 0x5C: return index
      default: index += 1
      }
    }
    return bytes.count
  }

  @inline(__always)
  private static func zero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
}
