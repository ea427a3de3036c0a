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

  /// - Parameters:
  ///   - people: a condition on `members AS m`; nil for everybody, the deleted included.
  ///   - since: the first moment of the range.
  ///   - until: the moment after the last; what is counted is counted as it was just before it.
  ///   - today: the day up to which its calendar month counts.
  init(
    _ database: Database, people: SQLFragment?, zone: Zone, since: Timestamp, until: Timestamp,
    today: CalendarDate
  ) {
    self.database = database
    self.people = people
    self.zone = zone
    self.since = since
    self.until = until
    self.today = today
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
      today: today.adding(months: -1) ?? .min)
  }

  /// A number; nil for a rate of nothing.
  func value(of figure: DashboardFigures.Figure) throws -> Double? {
    switch figure {
    case .totalMembers: Double(try totalMembers())
    case .activeMembers: Double(try activeMembers())
    case .newMembersThisMonth: Double(try newMembers())
    case .messagesSentThisMonth: Double(try messagesSent())
    case .averageOpenRate: try rate("opened")
    case .averageClickRate: try rate("clicked")
    case .automationRulesActive: Double(try activeRules())
    }
  }

  private func count(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    try database.first(sql, arguments) { $0.integer(0) } ?? 0
  }

  /// Members for whom a condition holds, of those who are counted.
  private func members(_ condition: String, _ arguments: [SQLValue]) throws -> Int {
    let people = people ?? .everybody
    return try count(
      "SELECT count(*) FROM members AS m WHERE \(condition) AND \(people.sql)", arguments + people.arguments)
  }

  // MARK: People

  private func totalMembers() throws -> Int {
    guard people == nil else { return try members("m.created_at < ?", [.text(until.description)]) }
    // Those who came since are few, and all of them are counted without looking at each.
    return try count("SELECT count(*) FROM members", [])
      - count("SELECT count(*) FROM members WHERE created_at >= ?", [.text(until.description)])
      + departed("1")
  }

  private func activeMembers() throws -> Int {
    let now = try members("m.member_status = 'active' AND m.created_at < ?", [.text(until.description)])
    let condition = people ?? .everybody
    // Who has changed since had, before the first change, another status than now.
    let changed = try count(
      """
      SELECT coalesce(sum((c.before = 'active') - (m.member_status = 'active')), 0)
      FROM (SELECT member_id, before, min(row_id) FROM member_status_changes WHERE at >= ?1 GROUP BY member_id) AS c
      JOIN members AS m ON m.id = c.member_id
      WHERE m.created_at < ?1 AND \(condition.sql)
      """, [.text(until.description)] + condition.arguments)
    // Of the deleted only the last status is kept; who was archived since is taken to have been active before.
    return try now + changed + departed("(status = 'active' OR archived_at >= ?1)")
  }

  /// Who was deleted since; nobody where people are chosen, because nothing is known of who they were.
  private func departed(_ condition: String) throws -> Int {
    guard people == nil else { return 0 }
    return try count(
      "SELECT count(*) FROM member_departures WHERE at >= ?1 AND created_at < ?1 AND \(condition)",
      [.text(until.description)])
  }

  /// The days of the month up to today, and the moments that they begin and end.
  private var month: (first: CalendarDate, start: Timestamp, end: Timestamp) {
    let first = AnalyticsRange.beginning(of: .month, at: today)
    return (first, zone.startOfDay(first), today.adding(days: 1).map(zone.startOfDay) ?? .max)
  }

  private func newMembers() throws -> Int {
    let month = month
    let days: [SQLValue] = [.text(month.first.description), .text(today.description)]
    let moments: [SQLValue] = [.text(month.start.description), .text(month.end.description)]
    let isDayWithin = "join_date BETWEEN ? AND ?"
    let isMomentWithin = "join_date IS NULL AND created_at >= ? AND created_at < ?"
    let joined =
      try members("m.\(isDayWithin)", days)
      + members("m.join_date IS NULL AND m.created_at >= ? AND m.created_at < ?", moments)
    guard people == nil else { return joined }
    return try joined
      + count(
        """
        SELECT count(*) FROM member_departures WHERE at >= ? AND (\(isDayWithin) OR \(isMomentWithin))
        """, [.text(until.description)] + days + moments)
  }

  // MARK: Messages and rules

  private func messagesSent() throws -> Int {
    let month = month
    var sql = """
      SELECT count(*) FROM messages AS g WHERE g.sent_at >= ? AND g.sent_at < ? AND g.status <> 'failed'
      """
    if let people {
      sql += """
         AND EXISTS (SELECT 1 FROM message_recipients AS r JOIN members AS m ON m.id = r.member_id
        WHERE r.message_id = g.id AND r.status <> 'skipped' AND \(people.sql))
        """
    }
    return try count(
      sql, [.text(month.start.description), .text(month.end.description)] + (people?.arguments ?? []))
  }

  /// Of those who were sent something in the range the share that a time was noted of, in percent to one decimal.
  private func rate(_ deed: String) throws -> Double? {
    var sql = "SELECT sum(g.sent_count), sum(g.\(deed)_count) FROM messages AS g"
    if let people {
      sql = """
        SELECT count(r.sent_at), count(r.\(deed)_at) FROM messages AS g
        JOIN message_recipients AS r ON r.message_id = g.id JOIN members AS m ON m.id = r.member_id AND \(people.sql)
        """
    }
    let arguments = (people?.arguments ?? []) + [.text(since.description), .text(until.description)]
    return try database.first("\(sql) WHERE g.sent_at >= ? AND g.sent_at < ?", arguments) { row in
      row.integer(0) > 0 ? (Double(row.integer(1)) / Double(row.integer(0)) * 1000).rounded() / 10 : nil
    } ?? nil
  }

  private func activeRules() throws -> Int {
    try count(
      "SELECT count(*) FROM automation_rules WHERE is_active = 1 AND created_at < ?",
      [.text(until.description)])
  }
}
