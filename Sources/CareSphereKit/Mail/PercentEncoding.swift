/// Bytes as they stand in a URL or a form (RFC 3986, section 2.1).
enum PercentEncoding {
  /// All but letters, digits and `-._~` as a percent sign and two digits.
  static func component(_ text: some StringProtocol) -> String { component(Array(text.utf8)) }

  /// All but letters, digits and `-._~` as a percent sign and two digits.
  static func component(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), Hex.capitalDigit(byte >> 4), Hex.capitalDigit(byte & 15)]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
