/// How long the other side may take, in milliseconds.
struct TransportLimits: Sendable {
  /// For a connection, TLS included.
  var connect = 30_000
  /// For each reply.
  var reply = 60_000
  /// For the last reply, when all has been sent. RFC 5321, section 4.5.3.2.6 grants 10 minutes to mail of any size;
  /// ours is small, and what is cut short comes again with the same Message-ID.
  var completion = 120_000
  /// For a program.
  var program = 300_000
  /// Ends every wait sooner.
  var patience = Patience()

  /// - Parameter environment: its `CARESPHERE_SERVER_TIMEOUT` stands for all of them.
  init(environment: [String: String], patience: Patience) {
    self.patience = patience
    let given = environment["CARESPHERE_SERVER_TIMEOUT"].flatMap { DurationText.seconds($0) }
    guard let given, (1...86_400).contains(given) else { return }
    (connect, reply, completion, program) = (given * 1000, given * 1000, given * 1000, given * 1000)
  }

  /// Less of it for a server that has just let us wait in vain: whoever sends to it tries a few times before giving up.
  var shorter: TransportLimits {
    var limits = self
    (limits.connect, limits.reply, limits.completion) = (connect / 4, reply / 4, completion / 4)
    return limits
  }
}
