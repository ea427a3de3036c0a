/// Mail to a program of the machine that takes it as sendmail does: recipients as arguments, the mail on stdin.
final class SendmailTransport: Transport {
  let command: [String]
  let environment: [String: String]
  private let limits: TransportLimits

  /// - Parameters:
  ///   - command: the program and its first arguments.
  ///   - environment: what it is started with.
  init(_ command: [String], environment: [String: String], limits: TransportLimits) {
    self.command = command
    self.environment = environment
    self.limits = limits
  }

  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome {
    if let refusal = EnvelopeAddress.refusal(of: outgoing) { return refusal }
    let sender = outgoing.sender.isEmpty || outgoing.sender.hasPrefix("-") ? [] : ["-f", outgoing.sender]
    let words = command + sender + ["--", outgoing.recipient]
    let ending = Program(words, environment: environment).run(
      input: MailText.withLocalLineEnds(outgoing.content), limit: limits.program, patience: limits.patience)
    return ProgramOutcome.judge(ending, name: command.first ?? "", isRepeatable: true)
  }
}
