/// Where a recipient can opt out, which the header of a mail and `{{unsubscribeUrl}}` say (RFC 2369, RFC 8058).
struct UnsubscribeLink {
  private static let token = "{{token}}"

  /// Whether one POST to the address is enough: an https URL (RFC 8058).
  let isOneClick: Bool
  /// The address, cut where the recipient's id belongs.
  private let parts: [String]

  /// The URL of the configuration, else mail to the sender.
  /// - Throws: `CareError(.validation)` where the sender's domain is none that mail knows.
  init(_ email: Configuration.Email) throws(CareError) {
    isOneClick = email.unsubscribe?.hasPrefix("https://") ?? false
    if let own = email.unsubscribe {
      let isBare = own.hasPrefix("mailto:") && !own.contains("?") && !own.contains(Self.token)
      parts = Self.parts(isBare ? Self.withSubject(own) : own)
    } else {
      let address = try MailAddress.sender(email).address
      let (local, domain) = MailAddress.parts(address)
      parts = Self.parts(Self.withSubject("mailto:\(Self.percentEncoded(local))@\(domain)"))
    }
  }

  /// The address for one recipient, in ASCII.
  /// - Parameter recipientID: what tells who it was.
  func url(_ recipientID: String) -> String {
    parts.joined(separator: Self.percentEncoded(recipientID))
  }

  private static func parts(_ pattern: String) -> [String] {
    var parts: [String] = []
    for part in pattern.split(separator: token, omittingEmptySubsequences: false) {
      parts.append(String(part))
    }
    return parts
  }

  private static func withSubject(_ mailto: String) -> String { "\(mailto)?subject=unsubscribe%20\(token)" }

  /// All but the unreserved characters of RFC 3986, section 2.3.
  private static func percentEncoded(_ text: some StringProtocol) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
