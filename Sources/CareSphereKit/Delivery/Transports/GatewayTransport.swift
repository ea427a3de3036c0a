import TextFormats

/// Texts to a web service shaped like Twilio's API: a form with `To`, `From` and `Body`, Basic authentication, and a
/// JSON object with a `sid` for what was taken.
final class GatewayTransport: Transport {
  /// What the configuration says of the service.
  struct Gateway: Sendable {
    /// Where messages are posted.
    var url: String
    var accountSid: String
    var token: Secret
    /// What stands before both numbers: `whatsapp:`, or nothing.
    var prefix: String
  }

  let gateway: Gateway
  private let trust: Curl.Trust
  private let limits: TransportLimits
  private var curl: Curl?

  init(_ gateway: Gateway, trust: Curl.Trust, limits: TransportLimits) {
    self.gateway = gateway
    self.trust = trust
    self.limits = limits
  }

  /// The place that messages are posted to: the address itself where it names one, else that of Twilio's API below it.
  static func url(_ address: ServerAddress, accountSid: String) -> String {
    let path = address.target.prefix { $0 != "?" }
    if path.hasSuffix("/Messages.json") || path.hasSuffix("/Messages") { return address.url }
    var base = address
    base.target = ""
    let folder = path.hasSuffix("/") ? path.dropLast() : path
    return base.url + folder + "/2010-04-01/Accounts/\(PercentEncoding.component(accountSid))/Messages.json"
  }

  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome {
    do throws(CareError) {
      let curl = try opened()
      let login = Curl.Login(user: gateway.accountSid, password: try gateway.token.text())
      let answer = curl.post(
        form(outgoing), url: gateway.url, login: login,
        headers: [
          "Content-Type: application/x-www-form-urlencoded", "Accept: application/json",
          "Idempotency-Key: \(outgoing.recipientID)", "I-Twilio-Idempotency-Token: \(outgoing.recipientID)",
        ])
      return HTTPOutcome.judge(answer, url: gateway.url)
    } catch {
      return .unavailable(error.message)
    }
  }

  private func form(_ outgoing: Outgoing) -> [UInt8] {
    let fields = [
      ("To", Array(prefixed(outgoing.recipient).utf8)), ("From", Array(prefixed(outgoing.sender).utf8)),
      ("Body", outgoing.content),
    ]
    return Array(fields.map { "\($0)=\(PercentEncoding.component($1))" }.joined(separator: "&").utf8)
  }

  private func prefixed(_ number: String) -> String {
    number.hasPrefix(gateway.prefix) ? number : gateway.prefix + number
  }

  func opened() throws(CareError) -> Curl {
    if let curl { return curl }
    let made = try Curl(trust: trust, limits: limits)
    curl = made
    return made
  }
}

/// Bytes as they stand in a URL or a form (RFC 3986, section 2.1).
enum PercentEncoding {
  /// All but letters, digits and `-._~` as a percent sign and two digits.
  static func component(_ text: String) -> String { component(Array(text.utf8)) }

  /// All but letters, digits and `-._~` as a percent sign and two digits.
  static func component(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
