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
  var connection: CurlConnection

  init(_ gateway: Gateway, trust: Curl.Trust, limits: TransportLimits) {
    self.gateway = gateway
    connection = CurlConnection(trust: trust, limits: limits)
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
      let curl = try connection.opened()
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
}
