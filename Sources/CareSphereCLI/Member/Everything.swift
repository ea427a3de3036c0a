import CareSphereKit
import SQLiteStore
import TextFormats

/// All that is held on a person, for whoever asks what we know of them (GDPR, article 15).
enum Everything {
  /// The tables that hold something on a member besides the record, the key under which it is shown, and
  /// the column that names the member. Columns that are JSON are shown as such.
  private static let tables: [(key: String, table: String, column: String)] = [
    ("memberNotes", "member_notes", "member_id"),
    ("activities", "member_activities", "member_id"),
    ("groupAssignments", "member_group_assignments", "member_id"),
    ("importChanges", "import_changes", "member_id"),
    ("auditEntries", "audit_log", "entity_id"),
  ]

  static func record(of member: Member, _ context: Context) throws -> JSONObject {
    let database = try context.database()
    var object = try context.record(of: member).json()
    for (key, table, column) in tables {
      var rows: [JSONValue] = []
      try database.query("SELECT * FROM \(table) WHERE \(column) = ? ORDER BY rowid", [.text(member.id)]) {
        row in
        rows.append(.object(self.object(row)))
      }
      object[key] = .array(rows)
    }
    return object
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
      guard ["metadata", "before", "after"].contains(row.columnName(column)) else { return .string(text) }
      return (try? JSONParser.parse(text)) ?? .string(text)
    }
  }

  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.enumerated().map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }
      .joined()
  }
}
