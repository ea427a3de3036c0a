import SQLiteStore
import TextFormats

/// Something that has happened to somebody, as `rule_events` keeps it.
struct RuleEvent {
  var row: Int
  var type: RuleEventType
  var memberID: String
  var at: Timestamp
  var detail: JSONObject
  /// How many effects of rules have led to it.
  var depth: Int

  /// Reads the current row of a SELECT of row_id, event, member_id, at, detail, depth; nil where that is of a newer
  /// program.
  init?(row statement: Statement) {
    guard let type = RuleEventType(rawValue: statement.string(1)), let at = Timestamp(statement.string(3)),
      let detail = JSONObject(parsing: statement.string(4))
    else { return nil }
    row = statement.integer(0)
    self.type = type
    memberID = statement.string(2)
    self.at = at
    self.detail = detail
    depth = statement.integer(5)
  }

  /// What the log tells of it.
  var data: JSONObject {
    JSONObject(
      [("event", .string(type.rawValue)), ("at", .string(at.description))]
        + detail.members.map { ($0.key, $0.value) })
  }

  fileprivate func text(_ key: String) -> String? {
    if case .string(let text)? = detail[key] { text } else { nil }
  }

  fileprivate var fields: [String] { detail["fields"]?.texts ?? [] }
}

extension EventTrigger {
  /// Whether it is such an event that the rule waits for.
  func matches(_ event: RuleEvent) -> Bool {
    guard event.type == self.event else { return false }
    func fits(_ wanted: String?, _ key: String) -> Bool { wanted.map { $0 == event.text(key) } ?? true }
    switch event.type {
    case .memberCreated: return true
    case .memberUpdated: return fields.isEmpty || !Set(fields).isDisjoint(with: event.fields)
    case .statusChanged:
      // Who is archived brings nothing about any more, but where just that is waited for.
      guard to == .archived || event.text("to") != MemberStatus.archived.rawValue else { return false }
      return fits(from?.rawValue, "from") && fits(to?.rawValue, "to")
    case .groupJoined, .groupLeft: return fits(group, "group")
    case .tagAdded: return tag.map { CaseFolding.fold($0) == event.text("tag").map(CaseFolding.fold) } ?? true
    case .messageOpened, .messageClicked, .messageFailed: return fits(message, "message")
    }
  }
}
