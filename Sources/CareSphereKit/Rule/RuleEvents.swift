import SQLiteStore
import TextFormats

/// Tells rules of what happens to people: a row of `rule_events` in the transaction of the change itself, where an
/// active rule listens for such an event. A rule never acts on what was before it was made or enabled, so nobody will
/// miss the others. Make one a transaction: which rules listen is asked once.
public final class RuleEvents {
  private let database: Database
  private let at: String
  private let depth: Int
  private var listening: Set<RuleEventType>?

  /// - Parameters:
  ///   - time: when it happens, `YYYY-MM-DDTHH:MM:SSZ`; delays count from then.
  ///   - depth: how many effects of rules have led to it.
  public init(_ database: Database, at time: String, depth: Int = 0) {
    self.database = database
    self.at = time
    self.depth = depth
  }

  /// Events of which no rule hears: of imports, of undoing them and of merging.
  public static func silent(_ database: Database) -> RuleEvents {
    let events = RuleEvents(database, at: "")
    events.listening = []
    return events
  }

  /// Whether a rule listens for such an event.
  func isHeard(_ type: RuleEventType) throws -> Bool { try listeners().contains(type) }

  private func listeners() throws -> Set<RuleEventType> {
    if let listening { return listening }
    var types: Set<RuleEventType> = []
    try database.query("SELECT DISTINCT trigger_type FROM automation_rules WHERE is_active = 1") {
      if let type = RuleEventType(rawValue: $0.string(0)) { types.insert(type) }
    }
    listening = types
    return types
  }

  /// Tells of an event, unless nobody listens or the member is archived.
  /// - Parameters:
  ///   - member: the id of whom it happens to.
  ///   - detail: what narrows it: `fields`, `from` and `to`, `group`, `tag`, `message`.
  func emit(
    _ type: RuleEventType, member: String, detail: @autoclosure () -> JSONObject = JSONObject()
  ) throws {
    guard try isHeard(type) else { return }
    try store(type, member, detail(), at: at, depth: depth)
  }

  /// Tells of what became of a message to somebody. Where a rule has sent it, that rule's effect counts as what led
  /// to it, so that rules which answer each other's messages come to an end.
  /// - Parameters:
  ///   - message: its id.
  ///   - time: when it happened, as whoever saw it says.
  public func emit(_ type: RuleEventType, member: String, message: String, at time: String) throws {
    guard try isHeard(type) else { return }
    let depth = try database.first(
      """
      SELECT max(o.depth) + 1 FROM automation_logs AS l
      JOIN rule_occurrences AS o
        ON o.rule_id = l.rule_id AND o.member_id = l.member_id AND o.occurrence = l.occurrence
      WHERE l.member_id = ? AND json_extract(l.action_result, '$.messageId') = ?
      """, [.text(member), .text(message)]
    ) { $0.integer(0) }
    try store(
      type, member, JSONObject([("message", .string(message))]), at: time, depth: max(self.depth, depth ?? 0))
  }

  /// Tells that everybody who was put into a group leaves it.
  func emitLeaving(group: String) throws {
    guard try isHeard(.groupLeft) else { return }
    let members = try database.all(
      "SELECT member_id FROM member_group_assignments WHERE group_id = ?", [.text(group)]
    ) { $0.string(0) }
    for member in members {
      try store(.groupLeft, member, JSONObject([("group", .string(group))]), at: at, depth: depth)
    }
  }

  /// Becoming archived is the last that an archived member tells of.
  private func store(
    _ type: RuleEventType, _ member: String, _ detail: JSONObject, at time: String, depth: Int
  ) throws {
    try database.execute(
      """
      INSERT INTO rule_events (event, member_id, at, detail, depth)
      SELECT ?, id, ?, ?, ? FROM members WHERE id = ? AND (member_status <> 'archived' OR ?)
      """,
      [
        .text(type.rawValue), .text(time), .text(JSONWriter.string(.object(detail))), .int(depth),
        .text(member), .bool(type == .statusChanged),
      ])
  }
}
