import SQLiteStore
import TextFormats

/// Something that a member did or that happened with them.
public struct Activity: Equatable, Sendable {
  /// `member_activities.id`.
  public var id: String
  /// Whose it is; after a merge, whoever stayed.
  public var memberID: String
  /// 1 to 50 characters: a word of the people's own, or `message_sent` and the like of ours.
  public var type: String
  /// Any text, for people; nil where none was given.
  public var description: String?
  /// What was given; of our own types the message, and the link that was followed. Nil where there is none.
  public var metadata: JSONObject?
  /// Who logged it or sent the message; nil where an event tells of it, or its user is gone.
  public var author: Note.Author?
  /// `YYYY-MM-DDTHH:MM:SSZ`: when it was logged, or when an event says that it happened.
  public var createdAt: String

  /// The activity in the API design's names.
  public var json: JSONObject {
    JSONObject([
      ("id", .string(id)), ("memberId", .string(memberID)), ("activityType", .string(type)),
      ("description", .optional(description)), ("metadata", metadata.map(JSONValue.object) ?? .null),
      ("createdBy", author?.json ?? .null), ("createdAt", .string(createdAt)),
    ])
  }
}

/// What members did and what happened with them.
public struct ActivityStore {
  /// What a list of activities can be sorted by.
  public enum SortField: String, CaseIterable, Sendable {
    case createdAt, activityType

    var sql: String { self == .createdAt ? "a.created_at" : "a.activity_type" }
  }

  private let database: Database

  /// The activities that a database has.
  public init(_ database: Database) { self.database = database }

  /// Calls `body` for each activity of a member.
  /// - Parameters:
  ///   - type: only these; nil for all.
  ///   - sort: the field and whether it ascends; of equals the newest comes first.
  ///   - limit: how many at most, after the `offset` first ones.
  public func activities(
    of member: String, type: String?, sort: (field: SortField, ascending: Bool) = (.createdAt, false),
    limit: Int = .max, offset: Int = 0, _ body: (Activity) throws -> Void
  ) throws {
    let (condition, arguments) = Self.condition(member, type)
    let direction = sort.ascending ? "ASC" : "DESC"
    let ties = sort.ascending && sort.field == .createdAt ? "ASC" : "DESC"
    try database.query(
      """
      SELECT \(Self.columns) FROM member_activities AS a LEFT JOIN users AS u ON u.id = a.created_by
      WHERE \(condition) ORDER BY \(sort.field.sql) \(direction), a.id \(ties) LIMIT ? OFFSET ?
      """, arguments + [.int(limit), .int(offset)]
    ) { try body(Activity(row: $0)) }
  }

  /// What `Activity(row:)` reads, of `member_activities AS a` and `users AS u`.
  private static let columns = """
    a.id, a.member_id, a.activity_type, a.description, a.metadata, a.created_at, u.id,
    \(User.shownName(in: "u"))
    """

  /// The newest activities of all members, the newest first, with the name of whose they are.
  /// - Parameters:
  ///   - time: only those before it, as `YYYY-MM-DDTHH:MM:SSZ`.
  ///   - people: a condition on `members AS m`; nil for everybody.
  public func newest(
    _ limit: Int, before time: String, of people: SQLFragment? = nil
  ) throws -> [(activity: Activity, memberName: String)] {
    let owner = "CROSS JOIN members AS m ON m.id = a.member_id"
    guard let people else {
      return try newest(limit, "member_activities AS a \(owner)", [.text(time)], .everybody)
    }
    // Those of many people are among the latest of all; those of few are found by looking at each of these.
    let latest = """
      (SELECT *, rowid AS rowid FROM member_activities WHERE created_at < ?
      ORDER BY created_at DESC, rowid DESC LIMIT \(Self.latestCount)) AS a
      """
    let found = try newest(limit, "\(latest) \(owner)", [.text(time), .text(time)], people)
    guard found.count < limit else { return found }
    let each = """
      members AS m CROSS JOIN member_activities AS a INDEXED BY member_activities_member ON a.member_id = m.id
      """
    return try newest(limit, each, [.text(time)], people)
  }

  /// Among how many of the latest activities those of some people are looked for first.
  private static let latestCount = 20_000

  /// - Parameters:
  ///   - tables: where `member_activities AS a` and `members AS m` come from.
  ///   - arguments: of `tables`, then the time before which they are.
  private func newest(
    _ limit: Int, _ tables: String, _ arguments: [SQLValue], _ people: SQLFragment
  ) throws -> [(activity: Activity, memberName: String)] {
    var activities: [(activity: Activity, memberName: String)] = []
    // Of one second the later in the table is the newer, and an index tells which that is.
    try database.query(
      """
      SELECT \(Self.columns), m.first_name, m.last_name FROM \(tables) LEFT JOIN users AS u ON u.id = a.created_by
      WHERE a.created_at < ? AND \(people.sql) ORDER BY a.created_at DESC, a.rowid DESC LIMIT ?
      """, arguments + people.arguments + [.int(limit)]
    ) { row in
      activities.append((Activity(row: row), Member.fullName(first: row.string(8), last: row.string(9))))
    }
    return activities
  }

  /// How many activities `activities` finds without a limit.
  public func count(of member: String, type: String?) throws -> Int {
    let (condition, arguments) = Self.condition(member, type)
    return try database.first("SELECT count(*) FROM member_activities AS a WHERE \(condition)", arguments) {
      $0.integer(0)
    } ?? 0
  }

  private static func condition(_ member: String, _ type: String?) -> (String, [SQLValue]) {
    guard let type else { return ("a.member_id = ?", [.text(member)]) }
    return ("a.member_id = ? AND a.activity_type = ?", [.text(member), .text(type)])
  }

  /// Adds an activity, with its audit entry. Call it within `Database.write`.
  /// - Parameters:
  ///   - type: 1 to 50 characters.
  ///   - metadata: a JSON object as text; nil for none.
  /// - Throws: `CareError(.validation)` with every value that is wrong.
  public func add(
    type: String, description: String?, metadata: String?, to member: Member, by author: Actor,
    ids: UUIDv7Generator, provenance: Provenance
  ) throws -> Activity {
    let values = try Self.checked(type, description, metadata)
    let activity = Activity(
      id: ids.next(), memberID: member.id, type: values.type, description: values.description,
      metadata: values.metadata, author: .init(id: author.id, name: author.name),
      createdAt: provenance.at)
    try database.execute(
      """
      INSERT INTO member_activities (id, member_id, activity_type, description, metadata, created_by, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(activity.id), .text(member.id), .text(activity.type), .optional(activity.description),
        .optional(activity.metadata.map { JSONWriter.string(.object($0)) }), .text(author.id),
        .text(provenance.at),
      ])
    var after = activity.json
    for key in ["id", "createdBy", "createdAt"] { after[key] = nil }
    try AuditLog(database, ids: ids, provenance: provenance)
      .append(entity: "activity", id: activity.id, after: after)
    return activity
  }

  private static func checked(_ type: String, _ description: String?, _ metadata: String?) throws -> (
    type: String, description: String?, metadata: JSONObject?
  ) {
    let values = MemberValues(clock: Clock(zone: .utc))
    var problems: [CareError.FieldProblem] = []
    func value<T>(_ field: String, _ body: () throws(ValueProblem) -> T?) -> T? {
      do throws(ValueProblem) { return try body() } catch {
        problems.append(.init(field, error.reason))
        return nil
      }
    }
    let kind = value("activityType") { () throws(ValueProblem) in try values.line(type, limit: 50) ?? "" }
    if kind == "" { problems.append(.init("activityType", "is empty; it says what kind of activity it is")) }
    let text = value("description") { () throws(ValueProblem) in try values.notes(description ?? "") }
    let object = value("metadata") { () throws(ValueProblem) in try metadata.map(Self.object) ?? nil }
    guard let kind, problems.isEmpty else {
      throw CareError(.validation, "the activity cannot be kept", details: .fields(problems))
    }
    return (kind, text, object)
  }

  private static func object(_ text: String) throws(ValueProblem) -> JSONObject {
    guard case .object(let object) = try MemberValues.json(text) else {
      throw ValueProblem("has to be a JSON object: write it as {\"name\":\"value\"}")
    }
    return object
  }
}

extension Activity {
  fileprivate init(row: Statement) {
    let metadata = row.text(4).flatMap { JSONObject(parsing: $0) }
    self.init(
      id: row.string(0), memberID: row.string(1), type: row.string(2), description: row.text(3),
      metadata: metadata, author: row.text(6).map { .init(id: $0, name: row.string(7)) },
      createdAt: row.string(5))
  }
}
