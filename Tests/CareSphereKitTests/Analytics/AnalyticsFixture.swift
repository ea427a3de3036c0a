import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// A database whose rows are written by hand, seen on 13 November 2025.
struct AnalyticsFixture {
  let fixture: UserFixture
  var database: Database { fixture.database }
  let now: Timestamp

  init(now: String = "2025-11-13T12:00:00Z") throws {
    fixture = try UserFixture()
    self.now = try #require(Timestamp(now))
  }

  /// Everything of the default range, or of another.
  func scope(
    since: String? = nil, until: String? = nil, unit: AnalyticsRange.Unit = .month,
    people: SQLFragment? = nil,
    zone: Zone = .utc
  ) throws -> AnalyticsScope {
    let clock = Clock(now: now, zone: zone)
    let range = try AnalyticsRange(
      since: since.map { try #require(Timestamp($0)) }, until: until.map { try #require(Timestamp($0)) },
      unit: unit, clock: clock)
    return AnalyticsScope(range: range, people: people, clock: clock)
  }

  func execute(_ sql: String, _ values: [SQLValue] = []) throws {
    try database.write { try database.execute(sql, values) }
  }

  /// A member, by column; the id is the number.
  func member(
    _ number: Int, _ status: String = "active", created: String = "2020-01-01T00:00:00Z",
    joined: String? = nil,
    having columns: [String: String] = [:]
  ) throws {
    var row: [String: String] = [
      "id": "m\(number)", "first_name": "Ana", "last_name": "\(number)", "name_key": "\(number)",
      "member_status": status, "created_at": created, "updated_at": created,
    ]
    row["join_date"] = joined
    row.merge(columns) { $1 }
    let names = row.keys.sorted()
    try execute(
      "INSERT INTO members (\(names.joined(separator: ", "))) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))",
      names.map { SQLValue.optional(row[$0]) })
  }

  /// A change of the status that leads to the one that the member has.
  func change(_ number: Int, at time: String, _ before: String, _ after: String) throws {
    try execute(
      """
      INSERT INTO member_status_changes (member_id, member_created_at, at, before, after)
      SELECT id, created_at, ?, ?, ? FROM members WHERE id = ?
      """, [.text(time), .text(before), .text(after), .text("m\(number)")])
  }

  /// Somebody who has been deleted.
  func departure(
    at time: String, _ status: String = "active", created: String, joined: String? = nil,
    archived: String? = nil
  ) throws {
    try execute(
      "INSERT INTO member_departures (join_date, created_at, status, archived_at, at) VALUES (?, ?, ?, ?, ?)",
      [.optional(joined), .text(created), .text(status), .optional(archived), .text(time)])
  }

  /// A message that was begun, with the numbers that it keeps of its recipients.
  func message(
    _ id: String, at time: String?, _ status: String = "sent", sent: Int = 0, opened: Int = 0,
    clicked: Int = 0
  ) throws {
    try execute(
      """
      INSERT INTO messages (id, title, content, status, sent_at, sent_count, opened_count, clicked_count, created_at,
        updated_at) VALUES (?1, ?1, 'x', ?2, ?3, ?4, ?5, ?6, '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')
      """,
      [.text(id), .text(status), .optional(time), .int(sent), .int(opened), .int(clicked)])
  }

  /// A recipient, of whom each of these times is noted.
  func recipient(_ number: Int, of message: String, _ status: String = "sent", having times: [String]) throws
  {
    let columns = ["id", "message_id", "member_id", "status"] + times.map { "\($0)_at" }
    let values =
      ["\(message)-\(number)", message, "m\(number)", status] + times.map { _ in "2025-11-03T00:00:00Z" }
    try execute(
      """
      INSERT INTO message_recipients (\(columns.joined(separator: ", ")))
      VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
      """, values.map(SQLValue.text))
  }

  func rule(_ id: String, isActive: Bool = true, created: String) throws {
    try execute(
      """
      INSERT INTO automation_rules (id, name, name_key, trigger_type, action_type, is_active, judged_until, created_at,
        updated_at) VALUES (?1, ?1, ?1, 'birthday', 'add_tag', ?2, ?3, ?3, ?3)
      """, [.text(id), .bool(isActive), .text(created)])
  }

  func activity(_ id: String, of number: Int, at time: String) throws {
    try execute(
      "INSERT INTO member_activities (id, member_id, activity_type, created_at) VALUES (?, ?, 'visit', ?)",
      [.text(id), .text("m\(number)"), .text(time)])
  }
}
