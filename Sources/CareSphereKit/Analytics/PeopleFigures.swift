/// Who the people are, and how their number changes.
public struct PeopleFigures: Sendable {
  /// How the number of people changed in a period.
  public struct Growth: Equatable, Sendable {
    public var period: String
    public var joined: Int
    public var left: Int
    /// At the end of the period.
    public var total: Int
  }

  /// How many of those who joined in a period are active.
  public struct Cohort: Equatable, Sendable {
    public var cohort: String
    public var joined: Int
    public var stillActive: Int
  }

  /// How many there are of each kind, in the order to show them.
  public typealias Distribution = [(label: String, count: Int)]

  public var growthTrend: [Growth]
  public var statusDistribution: Distribution
  public var ageGroups: Distribution
  public var genderDistribution: Distribution
  public var cityDistribution: Distribution
  public var membershipTypes: Distribution
  public var groups: Distribution
  public var tags: Distribution
  public var retention: [Cohort]
}
