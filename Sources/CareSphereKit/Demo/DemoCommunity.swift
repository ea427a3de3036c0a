import SQLiteStore
import TextFormats

/// What was made up.
public struct DemoReport: Equatable, Sendable {
  /// People, archived ones included.
  public var members = 0
  /// Groups of both kinds.
  public var groups = 0
  /// How many times somebody is in a group.
  public var assignments = 0
  /// Templates, one that others only include among them.
  public var templates = 0
  /// Rules, whether enabled or not.
  public var rules = 0
  /// Entries of the log of rules.
  public var ruleLogs = 0
  /// Messages: those that were sent, a draft and a scheduled one.
  public var messages = 0
  /// Recipients of what was sent, the skipped included.
  public var recipients = 0
  /// What was told of recipients afterwards: deliveries, opens, clicks, bounces.
  public var events = 0
  /// Entries of people's histories: what they were sent, did with it, and took part in.
  public var activities = 0
  /// Notes on people, private ones included.
  public var notes = 0

  /// The report as it is printed.
  public var json: JSONObject {
    JSONObject([
      ("members", .integer(members)), ("groups", .integer(groups)), ("assignments", .integer(assignments)),
      ("templates", .integer(templates)), ("rules", .integer(rules)), ("ruleLogs", .integer(ruleLogs)),
      ("messages", .integer(messages)), ("recipients", .integer(recipients)), ("events", .integer(events)),
      ("activities", .integer(activities)), ("notes", .integer(notes)),
    ])
  }

  /// The keys of `json`.
  public static let keys = DemoReport().json.keys
}

/// Fills an empty database with a community that could be: people, what they belong to, and a year of what was sent to
/// them and what they did. The same number of people makes the same community, but that its days are counted back from
/// today. Nothing is left to be sent but a message of next week. Call it within `Database.write`.
public struct DemoCommunity {
  /// How many people there can be.
  public static let sizes = 1...5_000_000
  /// What is being done, where it is interrupted.
  static let work = "filling the database"
  /// What is kept in memory meanwhile, in KiB.
  private static let cache = 128 << 10

  private let database: Database
  private let ids: UUIDv7Generator
  private let actor: Actor
  private let provenance: Provenance
  private let review: RuleReview
  private let calendar: DemoCalendar

  /// - Parameters:
  ///   - actor: whose notes and messages they are.
  ///   - provenance: who fills the database; what is made has times of its own.
  ///   - review: looks through the rules.
  ///   - clock: its real time is what days are counted back from.
  public init(
    _ database: Database, ids: UUIDv7Generator, actor: Actor, provenance: Provenance, review: RuleReview,
    clock: Clock
  ) {
    self.database = database
    self.ids = ids
    self.actor = actor
    self.provenance = provenance
    self.review = review
    calendar = DemoCalendar(clock)
  }

  /// Fills the database.
  /// - Parameters:
  ///   - members: how many people.
  ///   - tell: called with what was done, step by step.
  ///   - progress: called now and then with how many people there are.
  /// - Throws: `CareError(.conflict)` where the database is not empty
  public func make(members: Int, tell: (String) -> Void, progress: (Int) -> Void) throws -> DemoReport {
    try checkEmpty()
    try database.setCacheSize(kibibytes: Self.cache)
    var report = DemoReport()
    var roster = try DemoMembers(database, ids: ids, provenance: provenance, calendar: calendar)
      .make(members, progress: progress)
    report.members = roster.count
    tell("made \(roster.count) people")
    let groups = try DemoGroups(database, ids: ids, provenance: provenance, calendar: calendar).make(&roster)
    (report.groups, report.assignments) = (groups.ids.count, groups.assignments)
    tell("put them into groups")
    let templates = try DemoTemplates.make(
      database, ids: ids, provenance: at(calendar.moment(400, hour: 12)))
    report.templates = templates.count
    let maker = DemoRules(
      database, ids: ids, provenance: provenance, calendar: calendar, review: review)
    let rules = try maker.make()
    report.rules = rules.count
    let indexes = try DemoIndexes(
      database, of: ["message_recipients", "message_events", "member_activities"])
    let post = try DemoPost(
      database, ids: ids, provenance: provenance, calendar: calendar, templates: templates, groups: groups.ids
    )
    let history = try DemoRuleHistory(database, ids: ids, calendar: calendar, rules: rules)
    try send(post, history, &roster)
    let deeds = DemoDeeds(database, ids: ids, provenance: provenance, calendar: calendar, actor: actor)
    let attended = try deeds.attend(&roster)
    tell("sent \(post.tally.messages) messages and told what became of them")
    try indexes.restore()
    tell("made the indexes")
    try history.lookAfterQuiet(roster, user: actor.id)
    try history.count()
    try maker.judge()
    let store = try MemberStore(database, ids: ids, provenance: provenance, events: .silent(database))
    report.notes = try deeds.note(roster, members: store)
    report.ruleLogs = history.entries
    report.messages = post.tally.messages + (try plan(groups.ids, post))
    (report.recipients, report.events) = (post.tally.recipients, post.tally.events)
    report.activities = post.tally.activities + attended
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "demo", id: nil, after: report.json)
    return report
  }

  private func checkEmpty() throws {
    let tables = [
      ("members", "people"), ("member_groups", "groups"), ("templates", "templates"),
      ("messages", "messages"),
      ("automation_rules", "rules"),
    ]
    let filled = try tables.filter { table, _ in
      try database.exists("SELECT 1 FROM \(table) LIMIT 1")
    }
    guard filled.isEmpty else {
      throw CareError(
        .conflict,
        "the database has \(filled.map(\.1).joined(separator: ", ")) already; only an empty one is filled",
        hint: "make another to try things out: caresphere init --db demo.db --admin EMAIL --full-name NAME")
    }
  }

  private func at(_ moment: Timestamp) -> Provenance {
    var provenance = provenance
    provenance.at = moment.description
    return provenance
  }

  // MARK: What was sent

  /// What was sent by hand and by rules. Rules were made lately, so that what they sent comes after the older half.
  private func send(_ post: DemoPost, _ history: DemoRuleHistory, _ roster: inout DemoRoster) throws {
    for mailing in DemoMailing.campaigns(roster, calendar) { _ = try post.send(mailing, &roster) }
    try history.welcome(post, &roster)
    try history.keepBirthdays(post, &roster)
  }

  /// A draft, and a message of next week.
  /// - Returns: how many
  private func plan(_ groups: [String: String], _ post: DemoPost) throws -> Int {
    let store = MessageStore(database, ids: ids, provenance: at(calendar.moment(1, hour: 9)))
    var draft = MessageValues(title: "Summer picnic", content: "Dear {{firstName}},\n\nbring a blanket!\n")
    draft.subject = "A picnic by the lake"
    _ = try store.add(draft)
    var values = post.values(
      DemoMailing(
        title: "Next week's newsletter", text: .template(DemoTemplates.newsletter), daysAgo: 0,
        group: DemoGroups.newsletter))
    let day = calendar.today.adding(days: 7) ?? calendar.today
    values.scheduledFor = calendar.zone.startOfDay(day).adding(seconds: 10 * 3600)?.description
    _ = try store.add(values, status: .scheduled)
    return 2
  }
}
