import SQLiteStore

/// What figures are of: a time, and the people it is narrowed to.
public struct AnalyticsScope {
  /// The time asked for. Distributions of people are as of now all the same, and “this month” is the clock's.
  public var range: AnalyticsRange
  /// A condition on `members AS m`; nil where everybody counts, the deleted included.
  public var people: SQLFragment?
  /// Ages, “this month” and the relative times of groups' filters count from its time to judge by.
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
