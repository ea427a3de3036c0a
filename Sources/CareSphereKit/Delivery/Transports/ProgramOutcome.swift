/// What the end of a program that was given a message means, by the statuses of sysexits(3).
enum ProgramOutcome {
  /// - Parameters:
  ///   - name: the program's, for the words.
  ///   - isRepeatable: whether it may be given the same message again where nobody knows what it did with it.
  static func judge(_ ending: Program.Ending, name: String, isRepeatable: Bool) -> DeliveryOutcome {
    let words = ServerWords.line("\(name) \(ending.inWords)")
    switch ending.how {
    case .exited(0): return .accepted(providerID: nil)
    case .exited(let status): return judge(status: status, words)
    case .missing: return .unavailable(words)
    case .signaled, .timedOut: return isRepeatable ? .deferred(words) : .uncertain(words)
    }
  }

  private static func judge(status: Int32, _ words: String) -> DeliveryOutcome {
    switch status {
    case 67: .refused(words, isHardBounce: true)  // EX_NOUSER
    // EX_NOHOST: for a relaying program the name of its own server, which may be known again in a minute; EX_TEMPFAIL.
    case 68, 75: .deferred(words)
    // Faults of the system, of its files, of rights and of a configuration.
    case 71, 72, 73, 74, 77, 78: .unavailable(words)
    default: .refused(words, isHardBounce: false)
    }
  }
}
