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
      parts = Self.parts(Self.withSubject("mailto:\(PercentEncoding.component(local))@\(domain)"))
    }
  }

  /// The address for one recipient, in ASCII.
  /// - Parameter recipientID: what tells who it was.
  func url(_ recipientID: String) -> String {
    parts.joined(separator: PercentEncoding.component(recipientID))
  }

  private static func parts(_ pattern: String) -> [String] {
    pattern.split(separator: token, omittingEmptySubsequences: false).map(String.init)
  }

  private static func withSubject(_ mailto: String) -> String { "\(mailto)?subject=unsubscribe%20\(token)" }
}
