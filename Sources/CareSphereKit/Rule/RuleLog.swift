import SQLiteStore
import TextFormats

/// `automation_logs.status`.
public enum RuleLogStatus: String, CaseIterable, Sendable {
  case success, failure, skipped
}

/// One attempt of a rule, and what came of it.
public struct RuleLogEntry: Equatable, Sendable {
  /// The rule's id; with the rule its entries are deleted.
  public var ruleID: String
  /// Nil where a rule acts once for the staff or as a whole, and where the member is gone.
  public var memberID: String?
  /// By what the ledger knows it, such as a year, a date or an event; nil where it is about the whole rule.
  public var occurrence: String?
  /// What came of this attempt; after a `failure` there may be others for the same occurrence.
  public var status: RuleLogStatus
  /// Ids, dates and words of the trigger; nothing about a person that is theirs to have erased.
  public var triggerData: JSONObject?
  /// Ids of what was made; nothing about a person that is theirs to have erased.
  public var actionResult: JSONObject?
  /// Why it failed or was skipped.
  public var errorMessage: String?
  /// Of messages the time for all that were queued together; nil where nothing was attempted.
  public var executionTimeMs: Int?
  /// By the real clock, whatever `--as-of` says; of all that one run did, when that began.
  public var executedAt: Timestamp

  /// - Parameters:
  ///   - triggerData: nothing about a person that is theirs to have erased.
  ///   - actionResult: the same.
  ///   - executedAt: the real time.
  public init(
    ruleID: String, memberID: String?, occurrence: String?, status: RuleLogStatus,
    triggerData: JSONObject? = nil, actionResult: JSONObject? = nil, errorMessage: String? = nil,
    executionTimeMs: Int? = nil, executedAt: Timestamp
  ) {
    self.ruleID = ruleID
    self.memberID = memberID
    self.occurrence = occurrence
    self.status = status
    self.triggerData = triggerData
    self.actionResult = actionResult
    self.errorMessage = errorMessage
    self.executionTimeMs = executionTimeMs
    self.executedAt = executedAt
  }
}

/// What rules have done: only ever added to.
public struct RuleLog {
  /// Which entries are wanted; all that is given must hold.
  public struct Selection: Equatable, Sendable {
    /// The id of a rule.
    public var rule: String?
    /// Nil is any.
    public var status: RuleLogStatus?
    /// Not before.
    public var since: Timestamp?
    /// Before.
    public var until: Timestamp?

    /// Every entry there is.
    public init() {}
  }

  /// What a list of entries can be sorted by.
  public enum SortField: String, CaseIterable, Sendable {
    case executedAt, status, ruleName

    fileprivate var sql: String {
      switch self {
      case .executedAt: "l.executed_at"
      case .status: "l.status"
      case .ruleName: "r.name_key"
      }
    }
  }

  private let database: Database

  /// The log that a database has.
  public init(_ database: Database) { self.database = database }

  /// Adds an entry. Call it within `Database.write`.
  public func append(_ entry: RuleLogEntry, ids: UUIDv7Generator) throws {
    func text(_ object: JSONObject?) -> SQLValue {
      .optional(object.map { JSONWriter.string(.object($0)) })
    }
    try database.execute(
      """
      INSERT INTO automation_logs (id, rule_id, member_id, occurrence, status, trigger_data, action_result,
        error_message, execution_time_ms, executed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(ids.next()), .text(entry.ruleID), .optional(entry.memberID), .optional(entry.occurrence),
        .text(entry.status.rawValue), text(entry.triggerData), text(entry.actionResult),
        .optional(entry.errorMessage), entry.executionTimeMs.map { .int($0) } ?? .null,
        .text(entry.executedAt.description),
      ])
  }

  /// Calls `body` for each entry, its columns in the order id, ruleId, ruleName, memberId, memberName, occurrence,
  /// status, triggerData, actionResult, errorMessage, executionTimeMs, executedAt; data and result are JSON.
  /// - Parameters:
  ///   - sort: the field and whether it ascends; of equals the newest comes first.
  ///   - limit: how many at most, after the `offset` first ones.
  public func entries(
    _ selection: Selection, sort: (field: SortField, ascending: Bool) = (.executedAt, false),
    limit: Int = .max, offset: Int = 0, _ body: (Statement) throws -> Void
  ) throws {
    let (condition, arguments) = Self.condition(selection)
    let direction = sort.ascending ? "ASC" : "DESC"
    let ties = sort.ascending && sort.field == .executedAt ? "ASC" : "DESC"
    try database.query(
      """
      SELECT l.id, l.rule_id, r.name, l.member_id,
        (SELECT trim(m.first_name || ' ' || m.last_name) FROM members AS m WHERE m.id = l.member_id),
        l.occurrence, l.status, l.trigger_data, l.action_result, l.error_message, l.execution_time_ms,
        l.executed_at
      FROM automation_logs AS l JOIN automation_rules AS r ON r.id = l.rule_id
      WHERE \(condition) ORDER BY \(sort.field.sql) \(direction), l.row_id \(ties) LIMIT ? OFFSET ?
      """, arguments + [.int(limit), .int(offset)], body)
  }

  /// How many entries `entries` finds without a limit.
  public func count(_ selection: Selection) throws -> Int {
    let (condition, arguments) = Self.condition(selection)
    return try database.first(
      "SELECT count(*) FROM automation_logs AS l WHERE \(condition)", arguments
    ) { $0.integer(0) } ?? 0
  }

  private static func condition(_ selection: Selection) -> (sql: String, arguments: [SQLValue]) {
    var conditions: [String] = []
    var arguments: [SQLValue] = []
    func add(_ condition: String, _ value: String?) {
      guard let value else { return }
      conditions.append(condition)
      arguments.append(.text(value))
    }
    add("l.rule_id = ?", selection.rule)
    add("l.status = ?", selection.status?.rawValue)
    add("l.executed_at >= ?", selection.since?.description)
    add("l.executed_at < ?", selection.until?.description)
    return (conditions.isEmpty ? "1" : conditions.joined(separator: " AND "), arguments)
  }
}
