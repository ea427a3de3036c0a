import SQLiteStore
import TextFormats

/// A list of members: who, in which order, which part, and which of their fields.
public struct MemberQuery {
  /// What to show of a member.
  public enum Field: Equatable, Sendable {
    case member(MemberField)
    /// `custom.NAME`.
    case custom(String)
  }

  /// What to sort by. Equal ones come in the order in which they were added.
  public enum Sort: Equatable, Sendable {
    case field(MemberField)
    /// A custom field: those who lack it first, then numbers, then text.
    case custom(String)
    /// When they were made, then when they were added: the order of an export.
    case age
  }

  /// Who, over `members AS m`; everybody includes archived people.
  public var condition = SQLFragment.everybody
  /// By `lastName` is by last, then first name.
  public var sort = Sort.field(.lastName)
  /// Turns the order of equal ones round as well.
  public var isDescending = false
  /// How many at most, after the first `offset`; nil for all.
  public var limit: Int?
  /// How many come before the first; of no effect without a `limit`.
  public var offset = 0
  /// Whether `groups` names the dynamic groups that a member belongs to, too.
  public var includesDynamicGroups = true

  private let database: Database

  /// All members of a database, by last name.
  public init(_ database: Database) { self.database = database }

  /// How many there are on all pages.
  public func count() throws -> Int {
    try database.first("SELECT count(*) FROM members AS m WHERE \(condition.sql)", condition.arguments) {
      $0.integer(0)
    } ?? 0
  }

  /// Calls `body` for each member; column i holds the i-th of `fields`, a list as a JSON array, `custom`
  /// as all custom fields in one JSON object.
  /// - Parameter dynamicGroups: conditions for the dynamic groups by name, made by the filter compiler.
  public func each(
    _ fields: [Field], dynamicGroups: [(name: String, condition: SQLFragment)] = [],
    _ body: (Statement) throws -> Void
  ) throws {
    var arguments: [SQLValue] = []
    let columns = try fields.map { field in
      switch field {
      case .custom: return "m.custom_fields"
      case .member(.groups):
        let fragment = try groups(includesDynamicGroups ? dynamicGroups : [])
        arguments += fragment.arguments
        return fragment.sql
      case .member(.optOuts): return try optOuts()
      case .member(let field): return "m." + field.column
      }
    }
    let limit = limit.map { " LIMIT \($0) OFFSET \(offset)" } ?? ""
    try database.query(
      """
      SELECT \(columns.isEmpty ? "1" : columns.joined(separator: ", ")) FROM members AS m
      WHERE \(condition.sql) ORDER BY \(order)\(limit)
      """, arguments + condition.arguments + orderArguments, body)
  }

  private var order: String {
    let direction = isDescending ? " DESC" : ""
    let key: String
    switch sort {
    case .age: key = "m.created_at"
    case .field(.lastName): key = "m.name_key"
    case .field(.id), .field(.dateOfBirth), .field(.joinDate), .field(.createdAt), .field(.updatedAt),
      .field(.memberStatus), .field(.gender):
      key = "m." + sortColumn
    case .field(.firstName):
      return "casefold(m.first_name)\(direction), m.name_key\(direction), m.row_id\(direction)"
    case .field: key = "casefold(m.\(sortColumn))"
    case .custom:
      key = """
        (SELECT CASE type WHEN 'text' THEN casefold(value) ELSE value END
        FROM json_each(m.custom_fields) WHERE key = ?)
        """
    }
    return "\(key)\(direction), m.row_id\(direction)"
  }

  private var orderArguments: [SQLValue] { if case .custom(let name) = sort { [.text(name)] } else { [] } }

  private var sortColumn: String {
    guard case .field(let field) = sort else { return "row_id" }
    return field.column
  }

  /// The fields that a list can be sorted by.
  public static let sortable = MemberField.stored.filter {
    ![.address, .photoUrl, .notes, .tags, .customFields].contains($0)
  }

  // MARK: What is not a column

  /// Nothing need be looked up for each member where nobody is in any group.
  private func groups(_ dynamic: [(name: String, condition: SQLFragment)]) throws -> SQLFragment {
    let isAssigned =
      try database.exists("SELECT 1 FROM member_group_assignments LIMIT 1")
    guard isAssigned || !dynamic.isEmpty else { return SQLFragment("'[]'") }
    var sql = """
      SELECT g.name AS name, g.name_key AS name_key FROM member_group_assignments AS a
      JOIN member_groups AS g ON g.id = a.group_id WHERE a.member_id = m.id
      """
    var arguments: [SQLValue] = []
    for group in dynamic {
      sql += " UNION ALL SELECT ?, ? WHERE \(group.condition.sql)"
      arguments += [.text(group.name), .text(CaseFolding.fold(group.name))] + group.condition.arguments
    }
    return SQLFragment("(SELECT json_group_array(name) FROM (\(sql) ORDER BY name_key))", arguments)
  }

  private func optOuts() throws -> String {
    let isAnybodyOut = try database.exists("SELECT 1 FROM member_consents LIMIT 1")
    guard isAnybodyOut else { return "'[]'" }
    return """
      (SELECT json_group_array(channel) FROM member_consents AS c WHERE c.member_id = m.id AND c.state = 'out')
      """
  }
}
