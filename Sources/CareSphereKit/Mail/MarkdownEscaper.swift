/// Makes values that stand in Markdown what they are: text, in which nothing is markup (CommonMark 0.30). Entities
/// do it, not backslashes, because they are understood in the addresses of links as well.
enum MarkdownEscaper {
  /// A value as Markdown of one paragraph. Line breaks stay line breaks; blanks at the start of a line are left out,
  /// because they could make it code.
  /// - Parameter bytes: UTF-8.
  static func escaped(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = Place.lineStart
    var wantsBreak = false
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0A || byte == 0x0D {
        // A break at the beginning or the end of a value has nothing to part.
        if !result.isEmpty, byte == 0x0A || !follows(0x0A, index, bytes) { wantsBreak = true }
        place = .lineStart
        continue
      }
      if place == .lineStart, isBlank(byte) { continue }
      if wantsBreak {
        result.append(contentsOf: "\\\n".utf8)
        wantsBreak = false
      }
      if needsEntity(byte, place, index, bytes) {
        append(entity: byte, to: &result)
      } else {
        result.append(byte)
      }
      place = place.after(byte)
    }
    return result
  }

  /// What stands before a character, as far as it decides what the character could begin.
  private enum Place {
    case lineStart, afterDigits, afterBlank, inWord

    func after(_ byte: UInt8) -> Place {
      if MarkdownEscaper.isBlank(byte) { return .afterBlank }
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      return isDigit && (self == .lineStart || self == .afterDigits) ? .afterDigits : .inWord
    }
  }

  private static func needsEntity(
    _ byte: UInt8, _ place: Place, _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "!"), UInt8(ascii: "("),
      UInt8(ascii: ")"):
      return true
    case UInt8(ascii: "_"):
      // Within a word it is no markup, and the bare address of a mailbox stays one.
      return
        !(index > 0 && isLetterOrDigit(bytes[index - 1])
        && index + 1 < bytes.count && isLetterOrDigit(bytes[index + 1]))
    case UInt8(ascii: "."): return place == .lineStart || place == .afterDigits
    case UInt8(ascii: "\"")...UInt8(ascii: "/"), UInt8(ascii: ":")...UInt8(ascii: "@"),
      UInt8(ascii: "^"), UInt8(ascii: "{")...UInt8(ascii: "~"):
      return place == .lineStart || place == .afterBlank
    default: return false
    }
  }

  private static func follows(
    _ byte: UInt8, _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool { index + 1 < bytes.count && bytes[index + 1] == byte }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
      true
    default: false
    }
  }

  private static func append(entity byte: UInt8, to result: inout [UInt8]) {
    result.append(contentsOf: "&#".utf8)
    result.append(contentsOf: String(byte).utf8)
    result.append(UInt8(ascii: ";"))
  }
}
