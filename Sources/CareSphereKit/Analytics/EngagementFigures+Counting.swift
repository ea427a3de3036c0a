import SQLiteStore

extension EngagementFigures {
  /// Counts the figures. Call it within `Database.read`.
  public init(_ scope: AnalyticsScope, _ database: Database) throws {
    var count = EngagementCount(scope.range)
    var growth = GrowthTally(scope.range)
    rules = try ChosenPeople.lend(scope, database) { isNarrowed in
      try count.run(database, isNarrowed: isNarrowed)
      if isNarrowed { try growth.addChosen(database) } else { try growth.addEverybody(database) }
      return try RuleResponses(scope.range, database, isNarrowed: isNarrowed).all()
    }
    range = scope.range
    activePeople = zip(scope.range.periods, zip(count.tally.active, growth.totals)).map { period, numbers in
      Activity(period: period.name, count: numbers.0, people: numbers.1)
    }
    func persons(_ ranking: Ranking<EngagementCount.Rank, EngagementCount.Entry>) throws -> [Person] {
      try ranking.entries.map { try Self.person($0.value, database) }
    }
    mostEngaged = try persons(count.mostEngaged)
    leastEngaged = try persons(count.leastEngaged)
    atRiskCount = count.atRiskCount
    atRisk = try persons(count.atRisk)
  }

  private static func person(_ entry: EngagementCount.Entry, _ database: Database) throws -> Person {
    let name = try database.first(
      "SELECT first_name, last_name FROM members WHERE id = ?", [.text(entry.id)]
    ) { Member.fullName(first: $0.string(0), last: $0.string(1)) }
    return Person(
      id: entry.id, name: name ?? "", score: entry.score,
      lastActiveAt: Timestamp(secondsSinceEpoch: entry.last)?.description)
  }
}
