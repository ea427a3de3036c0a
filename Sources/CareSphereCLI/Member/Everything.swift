import CareSphereKit
import SQLiteStore
import TextFormats

/// All that is held on a person, for whoever asks what we know of them (GDPR, article 15).
enum Everything {
  /// What is held on a member besides the record: the key under which it is shown, and the rows, by the member's id.
  /// Columns that are JSON are shown as such.
  private static let holdings: [(key: String, sql: String)] = [
    ("memberNotes", "SELECT * FROM member_notes WHERE member_id = ? ORDER BY rowid"),
    ("activities", "SELECT * FROM member_activities WHERE member_id = ? ORDER BY rowid"),
    ("statusChanges", "SELECT * FROM member_status_changes WHERE member_id = ? ORDER BY row_id"),
    ("groupAssignments", "SELECT * FROM member_group_assignments WHERE member_id = ? ORDER BY rowid"),
    (
      "messages",
      """
      SELECT r.*, m.title AS message_title, m.message_type, m.subject AS message_subject,
        m.content AS message_content
      FROM message_recipients AS r JOIN messages AS m ON m.id = r.message_id WHERE r.member_id = ? ORDER BY r.row_id
      """
    ),
    (
      "messageEvents",
      """
      SELECT e.* FROM message_events AS e JOIN message_recipients AS r ON r.id = e.recipient_id
      WHERE r.member_id = ? ORDER BY e.row_id
      """
    ),
    ("ruleEvents", "SELECT * FROM rule_events WHERE member_id = ? ORDER BY row_id"),
    ("ruleOccurrences", "SELECT * FROM rule_occurrences WHERE member_id = ? ORDER BY row_id"),
    ("automationLogs", "SELECT * FROM automation_logs WHERE member_id = ? ORDER BY row_id"),
    ("userNotifications", "SELECT * FROM user_notifications WHERE member_id = ? ORDER BY row_id"),
    ("importChanges", "SELECT * FROM import_changes WHERE member_id = ? ORDER BY rowid"),
    ("auditEntries", "SELECT * FROM audit_log WHERE entity_id = ? ORDER BY rowid"),
  ]

  private static let jsonColumns: Set = [
    "metadata", "before", "after", "detail", "trigger_data", "action_result",
  ]

  static func record(of member: Member, _ context: Context) throws -> JSONObject {
    let database = try context.database()
    var object = try context.record(of: member).json()
    for (key, sql) in holdings {
      let rows = try database.all(sql, [.text(member.id)]) { JSONValue.object(self.object($0)) }
      object[key] = .array(rows)
    }
    object["suppressions"] = .array(try suppressions(of: member, context))
    return object
  }

  private static func suppressions(of member: Member, _ context: Context) throws -> [JSONValue] {
    let store = SuppressionStore(try context.database(), provenance: try context.provenance())
    let addresses: [(Channel, String?)] = [
      (.email, member[.email]), (.sms, member[.phone]), (.push, member.id),
    ]
    return try addresses.compactMap { channel, address in
      try address.flatMap { try store.find($0, channel: channel) }.map { .object($0.json) }
    }
  }

  private static func object(_ row: Statement) -> JSONObject {
    var object = JSONObject()
    for column in 0..<row.columnCount where row.columnName(column) != "row_id" {
      object[camelCase(row.columnName(column))] = value(row, column)
    }
    return object
  }

  private static func value(_ row: Statement, _ column: Int) -> JSONValue {
    switch row.value(column) {
    case .null, .blob: return .null
    case .integer(let integer):
      return row.columnName(column).hasPrefix("is_") ? .bool(integer != 0) : .integer(Int(integer))
    case .real(let real): return .number("\(real)")
    case .text(let text):
      guard jsonColumns.contains(row.columnName(column)) else { return .string(text) }
      return (try? JSONParser.parse(text)) ?? .string(text)
    }
  }

  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.enumerated().map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }
      .joined()
  }
}
