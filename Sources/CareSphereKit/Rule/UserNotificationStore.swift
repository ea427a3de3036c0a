import SQLiteStore
import TextFormats

/// What rules have told a user.
public struct UserNotificationStore {
  /// What a list of notifications can be sorted by.
  public enum SortField: String, CaseIterable, Sendable {
    case createdAt, title

    fileprivate var sql: String { self == .createdAt ? "n.created_at" : "n.title" }
  }

  private let database: Database

  /// What the users of a database were told.
  public init(_ database: Database) { self.database = database }

  /// Tells a user something. Call it within `Database.write`.
  /// - Parameters:
  ///   - user: the id of whom to tell.
  ///   - rule: the rule that tells it, by whose name it is called.
  ///   - member: the id of whom it is about; nil where it is about nobody.
  ///   - note: any text.
  ///   - time: when it is told, `YYYY-MM-DDTHH:MM:SSZ`.
  /// - Returns: its id
  @discardableResult
  public func append(
    to user: String, from rule: Rule, about member: String?, note: String, at time: String,
    ids: UUIDv7Generator
  ) throws -> String {
    let id = ids.next()
    try database.execute(
      """
      INSERT INTO user_notifications (id, user_id, rule_id, member_id, title, note, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(id), .text(user), .text(rule.id), .optional(member), .text(rule.name), .text(note),
        .text(time),
      ])
    return id
  }

  /// Calls `body` for each notification of a user.
  /// - Parameters:
  ///   - user: the id.
  ///   - sort: the field and whether it ascends; of equals the newest comes first.
  ///   - limit: how many at most, after the `offset` first ones.
  public func notifications(
    of user: String, sort: (field: SortField, ascending: Bool) = (.createdAt, false), limit: Int = .max,
    offset: Int = 0, _ body: (JSONObject) throws -> Void
  ) throws {
    let direction = sort.ascending ? "ASC" : "DESC"
    let ties = sort.ascending && sort.field == .createdAt ? "ASC" : "DESC"
    try database.query(
      """
      SELECT n.id, n.title, n.note, n.rule_id, n.member_id, trim(m.first_name || ' ' || m.last_name),
        n.created_at
      FROM user_notifications AS n LEFT JOIN members AS m ON m.id = n.member_id
      WHERE n.user_id = ? ORDER BY \(sort.field.sql) \(direction), n.row_id \(ties) LIMIT ? OFFSET ?
      """, [.text(user), .int(limit), .int(offset)]
    ) { row in
      try body(
        JSONObject([
          ("id", .string(row.string(0))), ("title", .string(row.string(1))), ("note", .string(row.string(2))),
          ("ruleId", .optional(row.text(3))), ("memberId", .optional(row.text(4))),
          ("memberName", .optional(row.text(5))), ("createdAt", .string(row.string(6))),
        ]))
    }
  }

  /// How many notifications a user has.
  public func count(of user: String) throws -> Int {
    try database.first("SELECT count(*) FROM user_notifications WHERE user_id = ?", [.text(user)]) {
      $0.integer(0)
    } ?? 0
  }
}
