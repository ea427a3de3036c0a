import SQLiteStore

/// The numbers of the dashboard as they are, or were, at one time.
struct DashboardCount {
  private let database: Database
  private let people: SQLFragment?
  private let zone: Zone
  private let since: Timestamp
  private let until: Timestamp
  /// The day up to which its month counts.
  private let today: CalendarDate
  /// What is counted once for all times.
  private let records: Records

  /// - Parameters:
  ///   - people: a condition on `members AS m`; nil for everybody, the deleted included.
  ///   - since: the first moment of the range.
  ///   - until: the moment after the last; what is counted is counted as it was just before it.
  ///   - today: the day up to which its calendar month counts.
  init(
    _ database: Database, people: SQLFragment?, zone: Zone, since: Timestamp, until: Timestamp,
    today: CalendarDate
  ) throws {
    self.init(
      database, people: people, zone: zone, since: since, until: until, today: today,
      records: try people == nil ? Records(database) : Records())
  }

  private init(
    _ database: Database, people: SQLFragment?, zone: Zone, since: Timestamp, until: Timestamp,
    today: CalendarDate, records: Records
  ) {
    self.database = database
    self.people = people
    self.zone = zone
    self.since = since
    self.until = until
    self.today = today
    self.records = records
  }

  /// The same with everything a calendar month earlier: 31 March becomes the last of February.
  var monthBefore: DashboardCount {
    func earlier(_ moment: Timestamp) -> Timestamp {
      let local = zone.local(moment)
      guard let date = local.date.adding(months: -1) else { return .min }
      return zone.timestamp(LocalTime(date, secondOfDay: local.secondOfDay))
    }
    // The last moment that counts is moved, because the one after it may be of another month.
    let last = earlier(until.adding(seconds: -1) ?? .min)
    return DashboardCount(
      database, people: people, zone: zone, since: earlier(since), until: last.adding(seconds: 1) ?? .max,
      today: today.adding(months: -1) ?? .min, records: records)
  }

  /// The numbers by their figures; none for a rate of nothing.
  func values() throws -> [DashboardFigures.Figure: Double] {
    let members = try people.map(chosenMembers) ?? allMembers()
    let changes = try changes()
    let messages = try messagesSent()
    let rules = try activeRules()
    let rates = try rates()
    var values: [DashboardFigures.Figure: Double] = [
      .totalMembers: Double(members.total), .activeMembers: Double(members.active + changes),
      .newMembersThisMonth: Double(members.new), .messagesSentThisMonth: Double(messages),
      .automationRulesActive: Double(rules),
    ]
    values[.averageOpenRate] = rates?.open
    values[.averageClickRate] = rates?.click
    return values
  }

  private func count(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    try database.first(sql, arguments) { $0.integer(0) } ?? 0
  }

  // MARK: People

  /// How many there were, how many of them are active now, and how many had joined in the month.
  private typealias Members = (total: Int, active: Int, new: Int)

  /// Who is on record now, counted with as few looks at single records as can be.
  private struct Records {
    var all = 0
    var active = 0
    /// When the oldest record was made; nil where there is none.
    var first: String?

    init() {}

    init(_ database: Database) throws {
      // Most are active, so that the others are counted sooner.
      try database.query(
        """
        SELECT (SELECT count(*) FROM members), (SELECT min(created_at) FROM members),
          (SELECT count(*) FROM members WHERE member_status IN ('inactive', 'pending', 'archived'))
        """
      ) { row in
        all = row.integer(0)
        first = row.text(1)
        active = all - row.integer(2)
      }
    }
  }

  /// The days of the month up to today, and the moments at which they begin and end.
  private var month: (days: [SQLValue], moments: [SQLValue]) {
    let first = AnalyticsRange.beginning(of: .month, at: today)
    let end = today.adding(days: 1).map(zone.startOfDay) ?? .max
    return (
      [.text(first.description), .text(today.description)],
      [.text(zone.startOfDay(first).description), .text(end.description)]
    )
  }

  private static let joinedByDay = "join_date BETWEEN ? AND ?"
  private static let joinedByRecord = "join_date IS NULL AND created_at >= ? AND created_at < ?"

  /// Those for whom the condition holds, in one pass over them.
  private func chosenMembers(_ people: SQLFragment) throws -> Members {
    let (days, moments) = month
    let time = SQLValue.text(until.description)
    return try database.first(
      """
      SELECT count(*) FILTER (WHERE created_at < ?),
        count(*) FILTER (WHERE created_at < ? AND member_status = 'active'),
        count(*) FILTER (WHERE \(Self.joinedByDay) OR \(Self.joinedByRecord))
      FROM members AS m WHERE \(people.sql)
      """, [time, time] + days + moments + people.arguments
    ) { ($0.integer(0), $0.integer(1), $0.integer(2)) } ?? (0, 0, 0)
  }

  /// Everybody, the deleted included: the few records that were made since are taken from all there are.
  private func allMembers() throws -> Members {
    let (days, moments) = month
    let time = [SQLValue.text(until.description)]
    var made: Members = (
      records.all, records.active,
      try count("SELECT count(*) FROM members WHERE \(Self.joinedByDay)", days)
        + count("SELECT count(*) FROM members WHERE \(Self.joinedByRecord)", moments)
    )
    if let first = records.first, first < until.description {
      made.total = try count("SELECT count(*) FROM members WHERE created_at >= ?", time)
      made.active = try count(
        "SELECT count(*) FROM members WHERE member_status = 'active' AND created_at >= ?", time)
    }
    return (
      try records.all - made.total + departed("created_at < ?", time),
      // Of the deleted only the last status is kept; who was archived since is taken to have been active before.
      try records.active - made.active
        + departed("created_at < ? AND (status = 'active' OR archived_at >= ?)", time + time),
      try made.new + departed(Self.joinedByDay, days) + departed(Self.joinedByRecord, moments)
    )
  }

  /// Who was deleted since.
  private func departed(_ condition: String, _ arguments: [SQLValue]) throws -> Int {
    try count(
      "SELECT count(*) FROM member_departures WHERE at >= ? AND \(condition)",
      [.text(until.description)] + arguments)
  }

  /// How many more were active then than are now, of those who were on record then. The changes since of each add up
  /// to the difference between the status then and now, so that all of them are summed, whosever they are.
  private func changes() throws -> Int {
    var sql = """
      SELECT coalesce(sum((c.before = 'active') - (c.after = 'active')), 0) FROM member_status_changes AS c
      WHERE c.at >= ?1 AND c.member_created_at < ?1
      """
    if let people {
      sql += " AND EXISTS (SELECT 1 FROM members AS m WHERE m.id = c.member_id AND \(people.sql))"
    }
    return try count(sql, [.text(until.description)] + (people?.arguments ?? []))
  }

  // MARK: Messages and rules

  private func messagesSent() throws -> Int {
    var sql = """
      SELECT count(*) FROM messages AS g WHERE g.sent_at >= ? AND g.sent_at < ? AND g.status <> 'failed'
      """
    if let people {
      sql += """
         AND EXISTS (SELECT 1 FROM message_recipients AS r JOIN members AS m ON m.id = r.member_id
        WHERE r.message_id = g.id AND r.status <> 'skipped' AND \(people.sql))
        """
    }
    return try count(sql, month.moments + (people?.arguments ?? []))
  }

  /// Of those who were sent something in the range the shares that opened it and clicked, in percent to one decimal;
  /// nil where nothing was sent.
  private func rates() throws -> (open: Double, click: Double)? {
    var sql = "SELECT sum(g.sent_count), sum(g.opened_count), sum(g.clicked_count) FROM messages AS g"
    if let people {
      sql = """
        SELECT count(r.sent_at), count(r.opened_at), count(r.clicked_at) FROM messages AS g
        JOIN message_recipients AS r ON r.message_id = g.id JOIN members AS m ON m.id = r.member_id AND \(people.sql)
        """
    }
    let arguments =
      (people?.arguments ?? []) + [.text(since.description), .text(until.description)]
    return try database.first("\(sql) WHERE g.sent_at >= ? AND g.sent_at < ?", arguments) { row in
      func share(_ column: Int) -> Double {
        (Double(row.integer(column)) / Double(row.integer(0)) * 1000).rounded() / 10
      }
      return row.integer(0) > 0 ? (share(1), share(2)) : nil
    } ?? nil
  }

  private func activeRules() throws -> Int {
    try count(
      "SELECT count(*) FROM automation_rules WHERE is_active = 1 AND created_at < ?",
      [.text(until.description)])
  }
}
