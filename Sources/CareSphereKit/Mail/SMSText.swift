/// How a text travels by SMS, and in how many parts (3GPP TS 23.038 and 23.040).
public struct SMSText: Equatable, Sendable {
  /// The alphabet in which it travels.
  public enum Encoding: Sendable {
    /// The 7-bit alphabet: 160 characters, or 153 in each of several parts.
    case gsm
    /// 70 units of UTF-16, or 67 in each of several parts.
    case ucs2
  }

  /// The alphabet that has all of its characters.
  public let encoding: Encoding
  /// How many parts are sent, and paid; 0 of an empty text.
  public let segments: Int

  /// Judges a text.
  public init(_ text: String) {
    var sizes: [Int] = []
    for scalar in text.unicodeScalars {
      guard let size = Self.septets(scalar) else {
        encoding = .ucs2
        segments = Self.parts(text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }, alone: 70, each: 67)
        return
      }
      sizes.append(size)
    }
    encoding = .gsm
    segments = Self.parts(sizes, alone: 160, each: 153)
  }

  /// How many parts hold characters of these sizes; none is cut in two.
  private static func parts(_ sizes: [Int], alone: Int, each: Int) -> Int {
    let total = sizes.reduce(0, +)
    if total <= alone { return total == 0 ? 0 : 1 }
    var (parts, room) = (1, each)
    for size in sizes {
      if size > room {
        parts += 1
        room = each
      }
      room -= size
    }
    return parts
  }

  /// How many septets a character takes: two with the escape of the extension table; nil where it has none.
  private static func septets(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.isASCII {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "\n", "\r", "@", "$", "_", "!", "\"", "#", "%", "&", "'",
        "(", ")", "*", "+", ",", "-", ".", "/", ":", ";", "<", "=", ">", "?":
        return 1
      case "\u{0C}", "^", "{", "}", "\\", "[", "~", "]", "|": return 2
      default: return nil
      }
    }
    if scalar == "€" { return 2 }
    return basic.contains(scalar) ? 1 : nil
  }

  /// The basic table beyond ASCII.
  private static let basic = Set("£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà".unicodeScalars)
}
