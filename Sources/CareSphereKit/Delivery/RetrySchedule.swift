/// When something is tried again that was refused for now, and when that ends.
struct RetrySchedule: Sendable {
  /// What is to be done next.
  enum Step: Equatable {
    case again(at: Timestamp)
    case giveUp
  }

  let configuration: Configuration.Delivery

  init(_ configuration: Configuration.Delivery) { self.configuration = configuration }

  /// Up to where a next attempt can lie that a right clock has stored.
  func limit(_ now: Timestamp) -> Timestamp {
    ClockDrift.limit(now, ahead: max(configuration.retryFirst, configuration.retryMax))
  }

  /// The wait doubles from `retryFirst` up to `retryMax`, until `giveUpAfter` has passed since the first attempt.
  /// - Parameters:
  ///   - attempts: how many there were, the one just made included.
  ///   - first: when the first one was made.
  ///   - now: when the one just made ended.
  ///   - judgedAt: the time by which it is given up; `now` by default.
  func step(attempts: Int, first: Timestamp, now: Timestamp, judgedAt: Timestamp? = nil) -> Step {
    let end = first.adding(seconds: configuration.giveUpAfter)
    guard let end, judgedAt ?? now < end else { return .giveUp }
    // A wait of nothing would try again within the same second, and so on for days.
    var wait = max(1, configuration.retryFirst)
    let longest = max(wait, configuration.retryMax)
    for _ in 1..<max(2, min(attempts, 64)) where attempts > 1 {
      let (double, overflow) = wait.multipliedReportingOverflow(by: 2)
      wait = overflow ? longest : min(double, longest)
    }
    return now.adding(seconds: wait).map { .again(at: $0) } ?? .giveUp
  }
}
