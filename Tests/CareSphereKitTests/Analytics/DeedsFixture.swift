import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// Messages, what became of them and what people did, as rows that are written by hand. Members are `m1`, `m2`, …
struct DeedsFixture {
  private let users: UserFixture
  var database: Database { users.database }

  init() throws { users = try UserFixture() }

  /// A range of time, seen at its end.
  static func range(
    _ since: String, _ until: String, _ unit: AnalyticsRange.Unit = .month, zone: String = "UTC"
  ) throws -> AnalyticsRange {
    let begin = try #require(Timestamp(since))
    let end = try #require(Timestamp(until))
    return try AnalyticsRange(
      since: begin, until: end, unit: unit,
      clock: Clock(now: end, zone: try Zone(named: zone)))
  }

  private func scope(_ range: AnalyticsRange, _ people: SQLFragment?) -> AnalyticsScope {
    AnalyticsScope(range: range, people: people, clock: Clock(now: range.until, zone: range.zone))
  }

  func engagement(_ range: AnalyticsRange, of people: SQLFragment? = nil) throws -> EngagementFigures {
    try database.read { try EngagementFigures(scope(range, people), database) }
  }

  func messaging(_ range: AnalyticsRange, of people: SQLFragment? = nil) throws -> MessagingFigures {
    try database.read { try MessagingFigures(scope(range, people), database) }
  }

  /// Runs statements in one transaction.
  func write(_ body: () throws -> Void) throws { try database.write { try body() } }

  func member(
    _ number: Int, _ status: String = "active", created: String = "2020-01-01T00:00:00Z"
  ) throws {
    try database.execute(
      """
      INSERT INTO members (id, first_name, last_name, name_key, member_status, created_at, updated_at)
      VALUES ('m' || ?1, 'Ana', ?1, ?1, ?2, ?3, ?3)
      """, [.text(String(number)), .text(status), .text(created)])
  }

  /// A message; its time is that of its sending, or of its making where it has not been sent.
  func message(
    _ id: String, _ type: MessageType = .email, _ status: MessageStatus = .sent, at time: String,
    template: String? = nil, rule: String? = nil, cost: Int? = nil
  ) throws {
    let isSent = status != .draft && status != .scheduled
    try database.execute(
      """
      INSERT INTO messages (id, title, content, message_type, status, sent_at, template_id, rule_id, estimated_cost,
        currency, created_at, updated_at)
      VALUES (?1, ?1, 'x', ?2, ?3, ?4, ?5, ?6, ?7, iif(?7 IS NULL, NULL, 'EUR'), ?8, ?8)
      """,
      [
        .text(id), .text(type.rawValue), .text(status.rawValue), .optional(isSent ? time : nil),
        .optional(template), .optional(rule), cost.map { .int($0) } ?? .null, .text(time),
      ])
  }

  /// A recipient of whom it is known that these have happened.
  func recipient(
    _ number: Int, of message: String, _ status: RecipientStatus, _ happened: Set<String> = ["sent"]
  ) throws {
    func time(_ name: String) -> SQLValue { happened.contains(name) ? "2025-01-01T00:00:00Z" : .null }
    try database.execute(
      """
      INSERT INTO message_recipients (id, message_id, member_id, status, sent_at, delivered_at, opened_at, clicked_at)
      VALUES (?1 || '-m' || ?2, ?1, 'm' || ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .text(message), .text(String(number)), .text(status.rawValue), time("sent"), time("delivered"),
        time("opened"), time("clicked"),
      ])
  }

  /// Something that is told of a recipient.
  func event(
    _ kind: EventKind, of message: String, by number: Int, at time: String, url: String? = nil
  ) throws {
    try database.execute(
      """
      INSERT OR IGNORE INTO message_events (recipient_id, message_id, member_id, event, at, url)
      VALUES (?1 || '-m' || ?2, ?1, 'm' || ?2, ?3, ?4, ?5)
      """,
      [.text(message), .text(String(number)), .text(kind.rawValue), .text(time), .optional(url)])
  }

  func activity(_ type: String, of number: Int, at time: String) throws {
    try database.execute(
      "INSERT INTO member_activities (id, member_id, activity_type, created_at) VALUES (?, 'm' || ?, ?, ?)",
      [.text(users.ids.next()), .text(String(number)), .text(type), .text(time)])
  }

  func rule(_ id: String) throws {
    try database.execute(
      """
      INSERT INTO automation_rules (id, name, name_key, trigger_type, action_type, judged_until, created_at, updated_at)
      VALUES (?1, ?1, ?1, 'birthday', 'send_message', '2020', '2020', '2020')
      """, [.text(id)])
  }

  func log(_ rule: String, _ status: RuleLogStatus, of number: Int, at time: String) throws {
    try database.execute(
      "INSERT INTO automation_logs (id, rule_id, member_id, status, executed_at) VALUES (?, ?, 'm' || ?, ?, ?)",
      [.text(users.ids.next()), .text(rule), .text(String(number)), .text(status.rawValue), .text(time)])
  }

  func template(_ id: String) throws {
    try database.execute(
      """
      INSERT INTO templates (id, name, name_key, template_type, content, created_at, updated_at)
      VALUES (?1, ?1, ?1, 'email', 'x', '2020', '2020')
      """, [.text(id)])
  }

  /// Brings the counters of all messages up to date.
  func count() throws {
    var ids: [String] = []
    try database.query("SELECT id FROM messages") { ids.append($0.string(0)) }
    try MessageCounters(database).recount(ids)
  }
}
