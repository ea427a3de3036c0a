import SQLiteStore

/// What figures are of: a time, and the people it is narrowed to.
public struct AnalyticsScope {
  public var range: AnalyticsRange
  /// A condition on `members AS m`; nil where everybody counts, the deleted included.
  public var people: SQLFragment?
  public var clock: Clock

  /// - Parameters:
  ///   - range: the time.
  ///   - people: a condition on `members AS m`, made by the filter compiler; nil for everybody.
  ///   - clock: what time it is.
  public init(range: AnalyticsRange, people: SQLFragment? = nil, clock: Clock) {
    self.range = range
    self.people = people
    self.clock = clock
  }
}
