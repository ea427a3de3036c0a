import SQLiteStore

/// How the number of people changes, by period.
struct GrowthTally {
  /// By period, as `PeriodFinder` numbers them.
  private(set) var joined: [Int]
  private(set) var left: [Int]

  private let periods: PeriodFinder
  /// Of members whose status was changed to archived, the period of the latest such change, by their ids.
  private let archived: [String: Int]

  /// Reads when people were archived.
  init(_ range: AnalyticsRange, _ database: Database) throws {
    let periods = PeriodFinder(range)
    var archived: [String: Int] = [:]
    // A later change stands further down, and its period takes the place of the earlier one's.
    try database.query(
      "SELECT member_id, at FROM member_status_changes WHERE after = 'archived' ORDER BY row_id"
    ) { row in
      if let time = row.terminated(1) { archived[row.string(0)] = periods.period(ofMoment: time) }
    }
    self.periods = periods
    self.archived = archived
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

  /// Counts that a member who is archived has left.
  /// - Parameters:
  ///   - member: the id.
  ///   - made: when the record was made, which is when it was archived where nothing is known of it.
  ///   - joined: the period of joining.
  mutating func leave(_ member: @autoclosure () -> String, made: UnsafePointer<UInt8>?, joined: Int) {
    let known = archived.isEmpty ? nil : archived[member()]
    depart(in: known ?? made.map(periods.period(ofMoment:)) ?? 0, joined: joined)
  }

  /// Counts those who have been deleted, whoever they were.
  mutating func addDeleted(_ database: Database) throws {
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
  /// Counts everybody, by the indexes alone, and those who have been deleted.
  mutating func addEverybody(_ database: Database) throws {
    try database.query(
      "SELECT join_date, count(*) FROM members WHERE join_date IS NOT NULL GROUP BY join_date"
    ) { join(day: $0.terminated(0), made: nil, count: $0.integer(1)) }
    try database.query("SELECT created_at FROM members WHERE join_date IS NULL") {
      join(day: nil, made: $0.terminated(0))
    }
    try database.query(
      "SELECT id, join_date, created_at FROM members INDEXED BY members_archived WHERE member_status = 'archived'"
    ) { row in
      leave(
        row.string(0), made: row.terminated(2),
        joined: joiningPeriod(day: row.terminated(1), made: row.terminated(2)))
    }
    try addDeleted(database)
  }

  /// Counts the people in ``ChosenPeople``.
  mutating func addChosen(_ database: Database) throws {
    try database.query(
      """
      SELECT m.id, m.join_date, m.created_at, m.member_status = 'archived'
      FROM \(ChosenPeople.table) AS p CROSS JOIN members AS m ON m.id = p.id
      """
    ) { row in
      let period = join(day: row.terminated(1), made: row.terminated(2))
      if row.bool(3) { leave(row.string(0), made: row.terminated(2), joined: period) }
    }
  }
}
