import SQLiteStore
import TextFormats

/// A group of members. One with a `query` is dynamic: its members are whoever the filter finds, and
/// nobody is assigned to it.
public struct Group: Equatable, Sendable {
  public var id: String
  public var name: String
  public var description: String?
  public var type: String?
  public var color: String?
  public var icon: String?
  /// How many are assigned; always 0 in a dynamic group, whose members have to be counted.
  public var assignedCount: Int
  /// The filter expression of a dynamic group.
  public var query: String?
  public var createdAt: String
  public var updatedAt: String

  public var isDynamic: Bool { query != nil }

  /// The columns that `init(row:)` reads, for a SELECT over `member_groups`.
  static let columns =
    "id, name, description, group_type, color, icon, member_count, query, created_at, updated_at"

  /// Reads the current row of a SELECT of `columns`.
  init(row: Statement) {
    id = row.string(0)
    name = row.string(1)
    description = row.text(2)
    type = row.text(3)
    color = row.text(4)
    icon = row.text(5)
    assignedCount = row.integer(6)
    query = row.text(7)
    createdAt = row.string(8)
    updatedAt = row.string(9)
  }

  init(id: String, values: GroupValues, at: String) {
    self.id = id
    name = values.name
    description = values.description
    type = values.type
    color = values.color
    icon = values.icon
    assignedCount = 0
    query = values.query
    createdAt = at
    updatedAt = at
  }

  /// What of the group people decide on.
  public var values: GroupValues {
    GroupValues(name: name, description: description, type: type, color: color, icon: icon, query: query)
  }

  /// The group in the API design's names.
  /// - Parameter memberCount: how many are in it; nil where its filter cannot be applied any more.
  public func json(memberCount: Int?) -> JSONObject {
    JSONObject([
      ("id", .string(id)), ("name", .string(name)), ("description", .optional(description)),
      ("type", .optional(type)), ("color", .optional(color)), ("icon", .optional(icon)),
      ("memberCount", memberCount.map(JSONValue.integer) ?? .null), ("query", .optional(query)),
      ("dynamic", .bool(isDynamic)), ("createdAt", .string(createdAt)), ("updatedAt", .string(updatedAt)),
    ])
  }
}

/// What of a group people decide on.
public struct GroupValues: Equatable, Sendable {
  public var name: String
  public var description: String?
  public var type: String?
  public var color: String?
  public var icon: String?
  /// A filter expression: whoever it finds is in the group.
  public var query: String?

  /// A group; one with a `query` is dynamic.
  public init(
    name: String, description: String? = nil, type: String? = nil, color: String? = nil, icon: String? = nil,
    query: String? = nil
  ) {
    self.name = name
    self.description = description
    self.type = type
    self.color = color
    self.icon = icon
    self.query = query
  }

  /// The name as it is compared.
  var nameKey: String { CaseFolding.fold(name) }

  /// The values in the API design's names.
  public var json: JSONObject {
    JSONObject([
      ("name", .string(name)), ("description", .optional(description)), ("type", .optional(type)),
      ("color", .optional(color)), ("icon", .optional(icon)), ("query", .optional(query)),
    ])
  }
}
