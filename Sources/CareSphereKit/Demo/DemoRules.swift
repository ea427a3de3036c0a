import SQLiteStore
import TextFormats

/// Makes the rules, as they would have been made some weeks ago, and hands them over at the end as judged up to now, so
/// that nothing of the past falls due.
struct DemoRules {
  /// For how many days birthdays have been kept.
  static let birthdayDays = 28
  /// For how many days newcomers have been welcomed.
  static let welcomeDays = 60
  /// For how many days it has been told who was not heard of for `quietDays`.
  static let inactivityDays = 30
  static let quietDays = 90

  static let birthday = "Birthday mail"
  static let welcome = "Welcome mail"
  static let quiet = "Look after the quiet"

  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let calendar: DemoCalendar
  private let review: RuleReview

  /// - Parameter review: looks through each rule, as through those that people write.
  init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, calendar: DemoCalendar,
    review: RuleReview
  ) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.calendar = calendar
    self.review = review
  }

  /// Makes all of them.
  /// - Returns: them by name
  func make() throws -> [String: Rule] {
    var rules: [String: Rule] = [:]
    for (daysAgo, body) in bodies {
      var provenance = provenance
      provenance.at = calendar.moment(daysAgo, hour: 8).description
      let values = try RuleInput(flags: [], body: .object(body)).values(review)
      rules[values.name] = try RuleStore(database, ids: ids, provenance: provenance).add(values)
    }
    return rules
  }

  /// What of dates and silence lies in the past has been judged.
  func judge() throws {
    for type in TriggerType.allCases {
      if case .event = type { continue }
      try database.execute(
        "UPDATE automation_rules SET judged_until = ? WHERE trigger_type = ?",
        [.text(calendar.now.description), .text(type.rawValue)])
    }
  }

  /// How many days ago each was made, and the request body that makes it.
  private var bodies: [(Int, JSONObject)] {
    func rule(
      _ name: String, _ trigger: String, _ triggerConfig: JSONValue, _ action: String,
      _ actionConfig: JSONValue,
      where condition: String? = nil, isActive: Bool = true
    ) -> JSONObject {
      var body = JSONObject([
        ("name", .string(name)), ("triggerType", .string(trigger)), ("triggerConfig", triggerConfig),
        ("actionType", .string(action)), ("actionConfig", actionConfig), ("isActive", .bool(isActive)),
      ])
      if let condition { body["conditions"] = [RuleValues.whereKey: .string(condition)] }
      return body
    }
    func mail(_ template: String) -> JSONValue { ["templateId": .string(template), "messageType": "email"] }
    func tell(_ note: String) -> JSONValue {
      ["user": .string(provenance.actorID ?? ""), "note": .string(note)]
    }
    return [
      (
        Self.welcomeDays + 1,
        rule(Self.welcome, "member_created", ["delay": 60], "send_message", mail(DemoTemplates.welcome))
      ),
      (
        Self.birthdayDays + 1,
        rule(
          Self.birthday, "birthday", ["at": "09:00"], "send_message", mail(DemoTemplates.birthday),
          where: "status = active")
      ),
      (
        Self.inactivityDays + 1,
        rule(
          Self.quiet, "inactivity", ["days": .integer(Self.quietDays)], "notify_user",
          tell("{{firstName}} {{lastName}} has not been heard of for three months"),
          where: "membershipType in (member, elder)")
      ),
      (
        20,
        rule(
          "Tag the choir", "group_joined", ["group": .string(DemoGroups.choir)], "add_tag", ["tag": "choir"])
      ),
      (
        15,
        rule(
          "Baptism day", "date", ["field": "custom.baptismDate", "repeat": "yearly"], "add_note",
          ["note": "Baptised on this day", "noteType": "anniversary"], isActive: false)
      ),
      (
        10,
        rule(
          "Plan the quarter", "schedule", ["cron": "0 8 1 */3 *"], "notify_user",
          tell("Look through the groups and plan the quarter"))
      ),
    ]
  }
}
