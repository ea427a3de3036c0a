import SQLiteStore
import TextFormats

/// A group of members. One with a `query` is dynamic: its members are whoever the filter finds, and
/// nobody is assigned to it.
public struct Group: Equatable, Sendable {
  /// A UUID of version 7.
  public var id: String
  /// Unique among groups, whatever the letter case; filter expressions may name it by this.
  public var name: String
  /// Text of any length and as many lines; nil where there is none.
  public var description: String?
  /// A word of the organization's own, such as `ministry`; nil where there is none.
  public var type: String?
  /// As it was typed, such as `#1F77B4`, for programs that show groups; nil where there is none.
  public var color: String?
  /// As it was typed, for programs that show groups; nil where there is none.
  public var icon: String?
  /// How many are assigned; always 0 in a dynamic group, whose members have to be counted.
  public var assignedCount: Int
  /// The filter expression of a dynamic group.
  public var query: String?
  /// When it was made, `YYYY-MM-DDTHH:MM:SSZ`.
  public var createdAt: String
  /// When one of `values` last changed, `YYYY-MM-DDTHH:MM:SSZ`; joining and leaving are no change.
  public var updatedAt: String

  /// Whether a filter says who is in it, so that nobody can be assigned.
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
  /// 1 to 255 characters without `;`; unique among groups, whatever the letter case.
  public var name: String
  /// Text of any length, kept as it is; nil where there is none.
  public var description: String?
  /// A word of the organization's own, at most 50 characters; nil where there is none.
  public var type: String?
  /// At most 20 characters, not judged as a color; nil where there is none.
  public var color: String?
  /// At most 50 characters, whatever icons are called where groups are shown; nil where there is none.
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
