/// What stands in expressions and settings in the place of somebody who was erased: it is nobody's address, so that they
/// find nobody by it, as before.
enum ErasedWord {
  /// Puts `erased` in the place of an address or an id, whatever its letter case.
  /// - Parameter part: replaced where it stands for itself, not within a longer value.
  static func replacing(_ part: String, in text: String) -> String {
    func small(_ text: String) -> [UInt8] { text.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 } }
    let (bytes, folded, wanted) = (Array(text.utf8), small(text), small(part))
    var result: [UInt8] = []
    var next = 0
    while next < bytes.count {
      let rest = folded[next...]
      let isAlone =
        !(result.last.map(isPartOfValue) ?? false)
        && !(rest.dropFirst(wanted.count).first.map(isPartOfValue) ?? false)
      if !wanted.isEmpty, isAlone, rest.starts(with: wanted) {
        result += Array("erased".utf8)
        next += wanted.count
      } else {
        result.append(bytes[next])
        next += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a byte goes on with a word of an expression.
  private static func isPartOfValue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
      true
    default: "_.-+@".utf8.contains(byte)
    }
  }
}
