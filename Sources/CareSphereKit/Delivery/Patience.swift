import Synchronization

/// How long whoever runs a delivery still waits for servers and programs that do not answer: as long as each is
/// given, until an end is set.
public final class Patience: Sendable {
  /// Milliseconds of the monotonic clock.
  private let end = Atomic(Int.max)

  /// Waits for as long as each is given.
  public init() {}

  /// From that many milliseconds on nothing is waited for any more; an end that is set already stays where the new
  /// one would be later.
  public func end(inMilliseconds milliseconds: Int) {
    let (sum, isTooLarge) = Self.now.addingReportingOverflow(max(0, milliseconds))
    end.min(isTooLarge ? .max : sum, ordering: .relaxed)
  }

  /// Whether the end has come.
  public var isOver: Bool { Self.now >= end.load(ordering: .relaxed) }

  private static var now: Int { Monotonic.nanoseconds() / 1_000_000 }
}
