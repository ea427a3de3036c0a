/// Who takes part.
public struct EngagementFigures: Sendable {
  /// How many people were active in a period.
  public struct Activity: Equatable, Sendable {
    public var period: String
    public var count: Int
    /// The people there were at its end, without the archived and deleted.
    public var people: Int
  }

  /// Somebody and how much they take part.
  public struct Person: Equatable, Sendable {
    public var id: String
    public var name: String
    /// The number of days in the range, in the organization's zone, on which they were active.
    public var score: Int
    /// When they last were, before the end of the range; nil for never.
    public var lastActiveAt: String?
  }

  /// What people answered to a rule in the range.
  public struct RuleResponse: Equatable, Sendable {
    public var id: String
    public var name: String
    public var succeeded: Int
    public var failed: Int
    public var skipped: Int
    /// Recipients of its messages.
    public var sent: Int
    public var opened: Int
    public var clicked: Int
  }

  public var activePeople: [Activity]
  public var mostEngaged: [Person]
  public var leastEngaged: [Person]
  /// How many were active once and have been silent for 90 days.
  public var atRiskCount: Int
  /// The first 100 of them, the longest silent last.
  public var atRisk: [Person]
  public var rules: [RuleResponse]
}
