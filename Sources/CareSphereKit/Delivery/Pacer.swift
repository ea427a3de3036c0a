/// Spreads what is sent evenly over time, so that a rate is kept at every moment and not only on average.
struct Pacer {
  /// Nanoseconds from one to the next.
  private let interval: Int
  private var next: Int?

  /// - Parameter rate: nil where there is no limit.
  init(_ rate: Rate?) {
    let seconds = rate.map { $0.seconds.multipliedReportingOverflow(by: 1_000_000_000) }
    interval = seconds.map { $0.overflow ? Int.max : $0.partialValue / max(1, rate?.count ?? 1) } ?? 0
  }

  /// How many nanoseconds it is until the next one may go; 0 where it may go now.
  /// - Parameter now: nanoseconds of a clock that only goes forward.
  func wait(at now: Int) -> Int { next.map { max(0, $0 - now) } ?? 0 }

  /// Counts one that goes now. What a slow moment has kept back is made up for by one, not by a burst.
  mutating func take(at now: Int) {
    guard interval > 0 else { return }
    let start = max(next ?? now, now - interval)
    let (sum, overflow) = start.addingReportingOverflow(interval)
    next = overflow ? Int.max : sum
  }
}
