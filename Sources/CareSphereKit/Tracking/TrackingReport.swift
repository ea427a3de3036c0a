/// What became of a file of events.
public struct TrackingReport: Equatable, Sendable {
  /// How many there were, the bad ones included.
  public var events = 0
  /// Stored, with all that follows from them.
  public var applied = 0
  /// Stored before.
  public var duplicates = 0
  /// Known to change nothing: `processed`, `deferred`.
  public var ignored = 0
  /// About nobody whom we know.
  public var unmatched = 0
  /// Not readable.
  public var rejected = 0
  /// Why the unmatched and the rejected are, in the order of the file; `maximumErrors` at most.
  public var errors: [CareError.LineProblem] = []

  /// Of more than that only the numbers are kept, so that a file of nothing but mistakes takes no memory.
  public static let maximumErrors = 1000

  /// Nothing was read yet.
  public init() {}

  /// How many were not stored though they should have been.
  public var failed: Int { unmatched + rejected }

  mutating func add(_ problem: CareError.LineProblem) {
    if errors.count < Self.maximumErrors { errors.append(problem) }
  }
}
