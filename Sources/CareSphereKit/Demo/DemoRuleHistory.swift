import SQLiteStore
import TextFormats

/// What the rules did in the weeks before: messages, notifications, the ledger, the log, and their figures.
final class DemoRuleHistory {
  /// How many entries the log has.
  private(set) var entries = 0

  private let database: Database
  private let ids: UUIDv7Generator
  private let calendar: DemoCalendar
  private let rules: [String: Rule]
  private let log: RuleLog
  private let insertOccurrence: Statement
  private let insertEvent: Statement
  private var lastRuns: [String: Timestamp] = [:]

  /// - Parameter rules: by name.
  init(_ database: Database, ids: UUIDv7Generator, calendar: DemoCalendar, rules: [String: Rule]) throws {
    self.database = database
    self.ids = ids
    self.calendar = calendar
    self.rules = rules
    log = RuleLog(database)
    insertOccurrence = try database.prepare(
      """
      INSERT INTO rule_occurrences (rule_id, member_id, occurrence, state, due_at, attempts, trigger_data)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    insertEvent = try database.prepare("INSERT INTO rule_events (event, member_id, at) VALUES (?, ?, ?)")
  }

  /// One thing that a rule did or left for somebody.
  private struct Deed {
    var rule: Rule
    var memberID: String
    var key: String
    var due: Timestamp
    /// When a run came by.
    var executed: Timestamp?
    var data: JSONObject?
    /// Why there was no effect.
    var reason: String?
    /// What came of it.
    var result: JSONObject?
  }

  // MARK: What each rule did

  /// The mails to those whose birthday it was.
  func keepBirthdays(_ post: DemoPost, _ roster: inout DemoRoster) throws {
    guard let rule = rules[DemoRules.birthday] else { return }
    let isActive = try database.prepare(
      "SELECT member_status = 'active', date_of_birth FROM members WHERE id = ?")
    for daysAgo in stride(from: DemoRules.birthdayDays, through: 1, by: -1) {
      let due = calendar.moment(daysAgo, hour: 9)
      var people: [Int] = []
      var others: [Int] = []
      var dates: [Int: String] = [:]
      for person in roster.birthdays[daysAgo] ?? [] where roster.created(person) <= due {
        if let since = roster.archived[person], since <= due { continue }
        isActive.reset()
        try isActive.bind(roster.id(person), at: 1)
        guard try isActive.step() else { continue }
        if isActive.bool(0) { people.append(person) } else { others.append(person) }
        dates[person] = isActive.string(1)
      }
      isActive.reset()
      let year = String(calendar.day(daysAgo).year)
      let deeds = (people + others).map { person in
        Deed(
          rule: rule, memberID: roster.id(person), key: year, due: due,
          data: JSONObject([("date", .optional(dates[person]))]))
      }
      for deed in deeds.dropFirst(people.count) {
        var deed = deed
        deed.reason = "the conditions do not hold"
        try write(deed)
      }
      try send(
        DemoTemplates.birthday, rule, daysAgo, hour: 9, people, Array(deeds.prefix(people.count)), post,
        &roster)
    }
  }

  /// The mails to those who joined.
  func welcome(_ post: DemoPost, _ roster: inout DemoRoster) throws {
    guard let rule = rules[DemoRules.welcome] else { return }
    let first = calendar.moment(DemoRules.welcomeDays, hour: 0)
    var days: [Int: [Int]] = [:]
    for person in 0..<roster.count where roster.created(person) >= first {
      // Their hour has come by the evening, and by the next run of cron.
      let daysAgo = (1...DemoRules.welcomeDays).first {
        calendar.moment($0, hour: 0) <= roster.created(person)
      }
      if let daysAgo { days[daysAgo, default: []].append(person) }
    }
    var last = 0
    for daysAgo in days.keys.sorted(by: >) {
      let people = days[daysAgo] ?? []
      var deeds: [Deed] = []
      for person in people {
        let (id, created) = (roster.id(person), roster.created(person))
        try insertEvent.bind([
          .text(RuleEventType.memberCreated.rawValue), .text(id), .text(created.description),
        ])
        try insertEvent.run()
        last = max(last, database.lastInsertedRow)
        deeds.append(
          Deed(
            rule: rule, memberID: id, key: WaitingOccurrence.key(event: database.lastInsertedRow),
            due: created.adding(seconds: 3600) ?? created))
      }
      try send(DemoTemplates.welcome, rule, daysAgo, hour: 19, people, deeds, post, &roster)
    }
    if last > 0 { try RuleAgenda.setCursor(last, database) }
  }

  /// The notifications of those who have been quiet.
  func lookAfterQuiet(_ roster: DemoRoster, user: String) throws {
    guard let rule = rules[DemoRules.quiet] else { return }
    let notifications = UserNotificationStore(database)
    let standing = try database.prepare(
      "SELECT trim(first_name || ' ' || last_name), membership_type IN ('member', 'elder') FROM members WHERE id = ?"
    )
    let (first, last) = (calendar.moment(DemoRules.inactivityDays, hour: 8), calendar.moment(1, hour: 0))
    for person in 0..<roster.count {
      let since = roster.lastDeed(person)
      guard let due = since.adding(seconds: DemoRules.quietDays * 86_400), due > first, due <= last else {
        continue
      }
      if let archived = roster.archived[person], archived <= due { continue }
      standing.reset()
      try standing.bind(roster.id(person), at: 1)
      guard try standing.step() else { continue }
      var deed = Deed(
        rule: rule, memberID: roster.id(person), key: since.description, due: due,
        data: JSONObject([("lastActivityAt", .string(since.description))]))
      if standing.bool(1) {
        let id = try notifications.append(
          to: user, from: rule, about: deed.memberID,
          note: "\(standing.string(0)) has not been heard of for three months", at: due.description,
          ids: ids)
        deed.result = JSONObject([("notificationId", .string(id)), ("userId", .string(user))])
      } else {
        deed.reason = "the conditions do not hold"
      }
      try write(deed)
    }
    standing.reset()
  }

  // MARK: Writing

  private func send(
    _ template: String, _ rule: Rule, _ daysAgo: Int, hour: Int, _ people: [Int], _ deeds: [Deed],
    _ post: DemoPost,
    _ roster: inout DemoRoster
  ) throws {
    guard !people.isEmpty else { return }
    var mailing = DemoMailing(
      title: "\(rule.name), \(calendar.day(daysAgo)) \(hour < 10 ? "0" : "")\(hour):00",
      text: .template(template),
      daysAgo: daysAgo, hour: hour, people: people)
    mailing.ruleID = rule.id
    mailing.appeal = 1300
    let sent = try post.send(mailing, &roster)
    let result = JSONObject([("messageId", .string(sent.message.id))])
    for (person, known) in zip(people, deeds) {
      var deed = known
      deed.result = result
      deed.reason = sent.skipped[person]
      deed.executed = calendar.moment(daysAgo, hour: hour)
      try write(deed)
    }
  }

  private func write(_ deed: Deed) throws {
    let rule = deed.rule
    try insertOccurrence.bind([
      .text(rule.id), .text(deed.memberID), .text(deed.key), .text(deed.reason == nil ? "done" : "skipped"),
      .text(deed.due.description), .int(deed.reason == nil ? 1 : 0),
      .optional(deed.data.map { JSONWriter.string(.object($0)) }),
    ])
    try insertOccurrence.run()
    var data = JSONObject([
      ("triggerType", .string(rule.values.triggerType.rawValue)), ("dueAt", .string(deed.due.description)),
    ])
    for member in deed.data?.members ?? [] { data[member.key] = member.value }
    let executed = deed.executed ?? deed.due.adding(seconds: 20) ?? deed.due
    try log.append(
      RuleLogEntry(
        ruleID: rule.id, memberID: deed.memberID, occurrence: deed.key,
        status: deed.reason == nil ? .success : .skipped, triggerData: data, actionResult: deed.result,
        errorMessage: deed.reason, executionTimeMs: deed.reason == nil ? 3 : nil, executedAt: executed),
      ids: ids)
    entries += 1
    guard deed.reason == nil else { return }
    lastRuns[rule.id] = max(lastRuns[rule.id] ?? executed, executed)
  }

  /// Brings the figures of the rules up to what their log says.
  func count() throws {
    for (rule, last) in lastRuns {
      try database.execute(
        """
        UPDATE automation_rules SET last_run_at = ?1, (run_count, success_count) = (
          SELECT count(*), count(*) FROM automation_logs WHERE rule_id = ?2 AND status = 'success')
        WHERE id = ?2
        """, [.text(last.description), .text(rule)])
    }
  }
}
