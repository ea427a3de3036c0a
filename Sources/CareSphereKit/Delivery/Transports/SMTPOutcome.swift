/// What an attempt by SMTP means for the mail.
enum SMTPOutcome {
  /// `CURLcode`s that are told apart.
  private enum Status {
    static let proxy: Int32 = 5
    static let resolve: Int32 = 6
    static let connect: Int32 = 7
    static let tlsConnect: Int32 = 35
    static let send: Int32 = 55
    static let certificate: Int32 = 60
    static let tlsRefused: Int32 = 64
    static let login: Int32 = 67
    static let authorities: Int32 = 77
  }

  /// Whether the same attempt on a new connection cannot reach anybody twice and may well succeed: a kept connection
  /// had ended in between, or the server takes only so many mails on one (421, RFC 5321, section 3.8).
  static func isWorthAnotherConnection(_ answer: Curl.Answer) -> Bool {
    guard answer.status != 0, answer.isReused, !answer.isTimedOut else { return false }
    if answer.reply == 421 { return true }
    return !answer.isSent && !(400...599).contains(answer.reply)
  }

  /// - Parameter server: for the words.
  static func judge(_ answer: Curl.Answer, server: ServerAddress) -> DeliveryOutcome {
    let reply = answer.reply > 0 ? SMTPReply(code: Int(answer.reply), lines: answer.words) : nil
    if answer.status == 0 { return .accepted(providerID: reply?.queueID) }
    let place = "\(server.host):\(server.port)"
    if let words = connectionProblem(answer, reply, place, server) { return .unavailable(words) }
    if let reply, answer.isSent || answer.status == Status.send {
      if reply.isAboutLogin { return .unavailable("\(place) wants a login that it accepts: \(reply.words)") }
      switch reply.code {
      case 400...499: return .deferred(reply.words)
      case 500...599:
        let isSender = answer.problem.hasPrefix("MAIL")
        return .refused(reply.words, isHardBounce: reply.isBadRecipient && !isSender)
      default: break
      }
    }
    // Nobody knows whether it was taken. Whoever gets it again gets the same Message-ID; to be put off rather than to
    // stop the run is right, since this very mail may be what the server stumbles over.
    let reason = answer.isTimedOut ? "it did not answer in time" : ServerWords.line(answer.problem)
    if answer.isSent {
      return .deferred("\(place) had all of the mail and did not say whether it takes it: \(reason)")
    }
    let said = reply.map { "; its last words: \($0.words)" } ?? ""
    return .unavailable("\(place) does not answer as a mail server does: \(reason)\(said)")
  }

  /// What keeps everybody's mail from leaving; nil where it is this mail's matter.
  private static func connectionProblem(
    _ answer: Curl.Answer, _ reply: SMTPReply?, _ place: String, _ server: ServerAddress
  ) -> String? {
    let problem = ServerWords.line(answer.problem)
    if answer.reply == 421 { return "\(place) closes the connection: \(reply?.words ?? "421")" }
    switch answer.status {
    case Status.proxy, Status.resolve, Status.connect: return "cannot connect to \(place): \(problem)"
    case Status.tlsConnect: return "no TLS with \(place): \(problem)"
    case Status.certificate: return "the certificate of \(place) is not trusted: \(problem)"
    case Status.authorities: return "the authorities for certificates cannot be read: \(problem)"
    case Status.tlsRefused: return "\(place) offers no TLS, which email.smtp.tls requires: \(problem)"
    case Status.login:
      let words = reply.map { $0.code >= 400 ? $0.words : problem } ?? problem
      return "\(place) refuses the login of \(server.user ?? "nobody"): \(words)"
    default: return nil
    }
  }
}
