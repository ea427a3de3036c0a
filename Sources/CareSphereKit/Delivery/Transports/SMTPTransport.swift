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
  private let trust: Curl.Trust
  private let limits: TransportLimits
  private var curl: Curl?

  init(_ server: Server, trust: Curl.Trust, limits: TransportLimits) {
    self.server = server
    self.trust = trust
    self.limits = limits
  }

  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome {
    for address in [outgoing.sender, outgoing.recipient] where !EnvelopeAddress.isSafe(address) {
      return .refused("\(ServerWords.line(address)) cannot stand in an envelope", isHardBounce: false)
    }
    do throws(CareError) {
      let curl = try opened()
      let login = try login()
      var answer = attempt(curl, outgoing, login, isFresh: false)
      if SMTPOutcome.isWorthAnotherConnection(answer) {
        answer = attempt(curl, outgoing, login, isFresh: true)
      }
      curl.limits = answer.isTimedOut ? limits.shorter : limits
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

  func opened() throws(CareError) -> Curl {
    if let curl { return curl }
    let made = try Curl(trust: trust, limits: limits)
    curl = made
    return made
  }
}

/// What may stand between `<` and `>` of an envelope.
enum EnvelopeAddress {
  /// Whether the text is one word that cannot end the brackets or the line; the empty sender is one too.
  static func isSafe(_ address: String) -> Bool {
    address.unicodeScalars.allSatisfy { scalar in
      scalar != "<" && scalar != ">" && !scalar.properties.isWhitespace
        && scalar.properties.generalCategory != .control
    }
  }
}
