import SQLiteStore

extension DashboardFigures {
  /// How many activities are told of.
  static let maximumActivities = 10

  /// Counts the figures. Call it within `Database.read`.
  public init(_ scope: AnalyticsScope, _ database: Database) throws {
    let clock = scope.clock
    let now = DashboardCount(
      database, people: scope.people, zone: clock.zone, since: scope.range.since, until: scope.range.until,
      today: clock.today)
    let before = now.monthBefore
    trends = try Figure.allCases.map { figure in
      Trend(name: figure.rawValue, value: try now.value(of: figure), previous: try before.value(of: figure))
    }
    let values = Dictionary(uniqueKeysWithValues: zip(Figure.allCases, trends.map(\.value)))
    func count(_ figure: Figure) -> Int { (values[figure] ?? nil).flatMap { Int(exactly: $0) } ?? 0 }
    range = scope.range
    totalMembers = count(.totalMembers)
    activeMembers = count(.activeMembers)
    newMembersThisMonth = count(.newMembersThisMonth)
    messagesSentThisMonth = count(.messagesSentThisMonth)
    averageOpenRate = values[.averageOpenRate] ?? nil
    averageClickRate = values[.averageClickRate] ?? nil
    automationRulesActive = count(.automationRulesActive)
    recentActivities = try ActivityStore(database).newest(
      Self.maximumActivities, before: scope.range.until.description, of: scope.people
    ).map { RecentActivity(activity: $0.activity, memberName: $0.memberName) }
  }
}
