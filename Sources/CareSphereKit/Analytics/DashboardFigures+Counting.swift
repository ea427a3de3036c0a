import SQLiteStore

extension DashboardFigures {
  /// How many activities are told of.
  static let maximumActivities = 10

  /// Counts the figures. Call it within `Database.read`.
  public init(_ scope: AnalyticsScope, _ database: Database) throws {
    let clock = scope.clock
    let now = try DashboardCount(
      database, people: scope.people, zone: clock.zone, since: scope.range.since, until: scope.range.until,
      today: clock.today)
    let (values, previous) = (try now.values(), try now.monthBefore.values())
    trends = Figure.allCases.map {
      Trend(name: $0.rawValue, value: values[$0], previous: previous[$0])
    }
    func count(_ figure: Figure) -> Int { values[figure].flatMap { Int(exactly: $0) } ?? 0 }
    range = scope.range
    totalMembers = count(.totalMembers)
    activeMembers = count(.activeMembers)
    newMembersThisMonth = count(.newMembersThisMonth)
    messagesSentThisMonth = count(.messagesSentThisMonth)
    averageOpenRate = values[.averageOpenRate]
    averageClickRate = values[.averageClickRate]
    automationRulesActive = count(.automationRulesActive)
    recentActivities = try ActivityStore(database).newest(
      Self.maximumActivities, before: scope.range.until.description, of: scope.people
    ).map { RecentActivity(activity: $0.activity, memberName: $0.memberName) }
  }
}
