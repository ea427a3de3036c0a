import TextFormats

/// The whole at a glance.
public struct DashboardFigures: Sendable {
  /// A figure now and as it was a month ago.
  public struct Trend: Equatable, Sendable {
    /// Which figure: `totalMembers`.
    public var name: String
    /// nil where there is none, such as a rate of nothing.
    public var value: Double?
    public var previous: Double?
  }

  /// An activity and whose it is.
  public struct RecentActivity: Sendable {
    public var activity: Activity
    public var memberName: String
  }

  public var totalMembers: Int
  public var activeMembers: Int
  public var newMembersThisMonth: Int
  public var messagesSentThisMonth: Int
  /// In percent; nil where nothing was sent.
  public var averageOpenRate: Double?
  public var averageClickRate: Double?
  public var automationRulesActive: Int
  /// The newest first.
  public var recentActivities: [RecentActivity]
  /// One for each figure above that is a number, in that order.
  public var trends: [Trend]
}
