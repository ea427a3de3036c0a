import SQLiteStore

/// How the number of people changes, by period.
struct GrowthTally {
  /// By period, as `PeriodFinder` numbers them.
  private(set) var joined: [Int]
  private(set) var left: [Int]

  private let periods: PeriodFinder

  init(_ range: AnalyticsRange) {
    periods = PeriodFinder(range)
    joined = [Int](repeating: 0, count: periods.count + 2)
    left = joined
  }

  /// The number of people at the end of each period of the range.
  var totals: [Int] {
    var total = (joined.first ?? 0) - (left.first ?? 0)
    return (1..<(periods.count + 1)).map { period in
      total += joined[period] - left[period]
      return total
    }
  }

  // MARK: One after the other

  /// Counts people who joined at the same time.
  /// - Parameters:
  ///   - day: the joining date, ending with NUL; nil where there is none.
  ///   - made: when the record was made, ending with NUL; it counts where there is no date.
  /// - Returns: the period
  @discardableResult mutating func join(
    day: UnsafePointer<UInt8>?, made: UnsafePointer<UInt8>?, count: Int = 1
  ) -> Int {
    let period = joiningPeriod(day: day, made: made)
    joined[period] += count
    return period
  }

  // MARK: Who has left

  /// Counts that those who are archived now have left.
  /// - Parameter people: a condition on `members AS m`; nil for everybody, the deleted included.
  mutating func addDepartures(of people: SQLFragment?, _ database: Database) throws {
    let condition = people ?? .everybody
    try database.query(
      """
      SELECT m.join_date, m.created_at, \(MemberStatusHistory.archivedAt)
      FROM members AS m INDEXED BY members_archived WHERE m.member_status = 'archived' AND \(condition.sql)
      """, condition.arguments
    ) { row in
      let period = joiningPeriod(day: row.terminated(0), made: row.terminated(1))
      if let time = row.terminated(2) { depart(in: periods.period(ofMoment: time), joined: period) }
    }
    guard people == nil else { return }
    try database.query("SELECT join_date, created_at, coalesce(archived_at, at) FROM member_departures") {
      let period = join(day: $0.terminated(0), made: $0.terminated(1))
      if let time = $0.terminated(2) { depart(in: periods.period(ofMoment: time), joined: period) }
    }
  }

  private func joiningPeriod(
    day: UnsafePointer<UInt8>?, made: UnsafePointer<UInt8>?
  ) -> Int {
    if let day { return periods.period(ofDay: day) }
    return made.map(periods.period(ofMoment:)) ?? 0
  }

  /// Nobody leaves before they have joined, whatever the dates say.
  private mutating func depart(in period: Int, joined: Int) { left[max(period, joined)] += 1 }
}

extension GrowthTally {
  /// Counts everybody, the deleted included, by the indexes alone.
  mutating func addEverybody(_ database: Database) throws {
    try database.query(
      "SELECT join_date, count(*) FROM members WHERE join_date IS NOT NULL GROUP BY join_date"
    ) { join(day: $0.terminated(0), made: nil, count: $0.integer(1)) }
    try database.query("SELECT created_at FROM members WHERE join_date IS NULL") {
      join(day: nil, made: $0.terminated(0))
    }
    try addDepartures(of: nil, database)
  }

  /// Counts the people in ``ChosenPeople``.
  mutating func addChosen(_ database: Database) throws {
    try database.query(
      "SELECT m.join_date, m.created_at FROM \(ChosenPeople.table) AS p CROSS JOIN members AS m ON m.id = p.id"
    ) { join(day: $0.terminated(0), made: $0.terminated(1)) }
    try addDepartures(of: SQLFragment("m.id IN \(ChosenPeople.ids)"), database)
  }
}
