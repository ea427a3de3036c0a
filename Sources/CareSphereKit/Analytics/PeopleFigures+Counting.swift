import SQLiteStore
import TextFormats

extension PeopleFigures {
  /// How many cities are told of by their names.
  static let maximumCities = 20

  /// Counts the figures. Call it within `Database.read`.
  public init(_ scope: AnalyticsScope, _ database: Database) throws {
    let groupConditions = try GroupConditions(scope, database)
    let tally = try Self.tally(scope, groupConditions, database)
    range = scope.range
    growthTrend = []
    retention = []
    let totals = tally.growth.totals
    for (index, period) in scope.range.periods.enumerated() {
      let (joined, left) = (tally.growth.joined[index + 1], tally.growth.left[index + 1])
      growthTrend.append(Growth(period: period.name, joined: joined, left: left, total: totals[index]))
      retention.append(
        Cohort(cohort: period.name, joined: joined, stillActive: tally.stillActive[index + 1]))
    }
    statusDistribution = Array(zip(MemberStatus.allCases.map(\.rawValue), tally.statuses))
    let ages = zip(PeopleTally.ageGroups.map(\.label), tally.ages).reversed()
    ageGroups = ages + [(Self.unknown, tally.ages.last ?? 0)]
    genderDistribution = Array(zip(Gender.allCases.map(\.rawValue) + [Self.unknown], tally.genders))
    cityDistribution = Self.cities(tally.cities.counts, people: tally.people)
    membershipTypes = Self.kinds(tally.membershipTypes.counts, people: tally.people)
    groups = Self.ordered(
      try Self.assignedCounts(scope, database)
        + zip(groupConditions.names, tally.groups).map { (key: $0, value: $1) })
    tags = Self.tags(tally.tagLists.counts)
  }

  /// The pass over all of them.
  private static func tally(
    _ scope: AnalyticsScope, _ groups: GroupConditions, _ database: Database
  ) throws -> PeopleTally {
    var growth = GrowthTally(scope.range)
    try growth.addDepartures(of: scope.people, database)
    var tally = PeopleTally(growth, today: scope.clock.today, groups: groups.names.count)
    let columns = ([PeopleTally.columns] + groups.columns).joined(separator: ", ")
    let people = scope.people ?? .everybody
    try database.query(
      "SELECT \(columns) FROM members AS m WHERE \(people.sql)",
      groups.conditions.flatMap(\.arguments) + people.arguments
    ) { tally.add($0) }
    return tally
  }

  // MARK: Distributions

  /// What those are counted under of whom it is not known.
  static let unknown = "unknown"

  /// The most frequent first.
  private static func ordered(_ counts: some Sequence<(key: String, value: Int)>) -> Distribution {
    counts.map { (label: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.label) < ($0.count, $1.label) }
  }

  /// Those who have a kind, and last those who have none. A kind that is called so is none.
  private static func kinds(_ counts: [(text: String, count: Int)], people: Int) -> Distribution {
    let known = counts.filter { $0.text != unknown }
    let rest = people - known.reduce(0) { $0 + $1.count }
    let kinds = ordered(known.map { (key: $0.text, value: $0.count) })
    return rest > 0 ? kinds + [(unknown, rest)] : kinds
  }

  /// The largest cities, whatever the letter case in which their names are written, then all others as one.
  private static func cities(_ counts: [(text: String, count: Int)], people: Int) -> Distribution {
    struct City {
      var name: String
      var nameCount: Int
      var count: Int
    }
    let other = "other"
    var cities: [String: City] = [:]
    for (text, count) in counts {
      let key = CaseFolding.fold(text)
      guard var city = cities[key] else {
        cities[key] = City(name: text, nameCount: count, count: count)
        continue
      }
      city.count += count
      if (count, city.name) > (city.nameCount, text) { (city.name, city.nameCount) = (text, count) }
      cities[key] = city
    }
    // What is no city's name is counted where it says.
    cities[unknown] = nil
    let known = cities.values.reduce(0) { $0 + $1.count }
    let others = cities.removeValue(forKey: other)?.count ?? 0
    let all = ordered(cities.values.map { (key: $0.name, value: $0.count) })
    let rest = all.dropFirst(maximumCities).reduce(others) { $0 + $1.count }
    return all.prefix(maximumCities) + (rest > 0 ? [(other, rest)] : [])
      + (people > known ? [(unknown, people - known)] : [])
  }

  private static func tags(_ lists: [(text: String, count: Int)]) -> Distribution {
    var counts: [String: Int] = [:]
    for (text, count) in lists {
      for tag in Member.strings(text) { counts[tag, default: 0] += count }
    }
    return ordered(counts)
  }

  // MARK: Groups

  /// How many of the people who are counted are assigned to each group that is not dynamic.
  private static func assignedCounts(
    _ scope: AnalyticsScope, _ database: Database
  ) throws -> [(key: String, value: Int)] {
    let groups = try GroupFinder(database).all().filter { !$0.isDynamic }
    // Groups themselves count everybody who is assigned to them.
    guard let people = scope.people else { return groups.map { ($0.name, $0.assignedCount) } }
    var counts: [String: Int] = [:]
    try database.query(
      """
      SELECT a.group_id, count(*) FROM member_group_assignments AS a JOIN members AS m ON m.id = a.member_id
      WHERE \(people.sql) GROUP BY a.group_id
      """, people.arguments
    ) { counts[$0.string(0)] = $0.integer(1) }
    return groups.map { ($0.name, counts[$0.id] ?? 0) }
  }
}
