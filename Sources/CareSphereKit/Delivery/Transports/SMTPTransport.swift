/// Mail to a server by SMTP (RFC 5321), one kept connection.
final class SMTPTransport: Transport {
  /// What the configuration says of the server.
  struct Server: Sendable {
    var address: ServerAddress
    var tls: Configuration.SMTP.TLS
    /// Nil where nobody logs in.
    var secret: Secret?
  }

  let server: Server
  var connection: CurlConnection

  init(_ server: Server, trust: Curl.Trust, limits: TransportLimits) {
    self.server = server
    connection = CurlConnection(trust: trust, limits: limits)
  }

  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome {
    if let refusal = EnvelopeAddress.refusal(of: outgoing) { return refusal }
    do throws(CareError) {
      let curl = try connection.opened()
      let login = try login()
      var answer = attempt(curl, outgoing, login, isFresh: false)
      if SMTPOutcome.isWorthAnotherConnection(answer) {
        answer = attempt(curl, outgoing, login, isFresh: true)
      }
      curl.limits = answer.isTimedOut ? connection.limits.shorter : connection.limits
      return SMTPOutcome.judge(answer, server: server.address)
    } catch {
      return .unavailable(error.message)
    }
  }

  func login() throws(CareError) -> Curl.Login? {
    guard let user = server.address.user, let secret = server.secret else { return nil }
    return Curl.Login(user: user, password: try secret.text())
  }

  private func attempt(_ curl: Curl, _ outgoing: Outgoing, _ login: Curl.Login?, isFresh: Bool) -> Curl.Answer
  {
    let answer = curl.mail(
      outgoing, url: server.address.url, tls: server.tls, login: login, isFresh: isFresh)
    if answer.status != 0 { curl.abandon() }
    return answer
  }
}
