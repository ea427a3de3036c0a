import SQLiteStore
import TextFormats

/// A member with all that belongs to the record, as `member show` gives it.
public struct MemberRecord {
  /// The member's own fields.
  public var member: Member
  /// Those they are assigned to and the dynamic ones that find them, by name.
  public var groups: [Group]
  /// As `ConsentRecord` has them: every channel is there.
  public var consents: JSONObject
  /// Names of the channels that are opted out of, sorted.
  public var optOuts: [String]

  /// Reads what belongs to a member.
  /// - Parameter dynamicGroups: the dynamic groups with their conditions over `members AS m`.
  public init(
    _ member: Member, _ database: Database, dynamicGroups: [(group: Group, condition: SQLFragment)]
  ) throws {
    self.member = member
    var groups: [Group] = []
    try database.query(
      """
      SELECT \(Group.columns) FROM member_groups
      WHERE id IN (SELECT group_id FROM member_group_assignments WHERE member_id = ?)
      """, [.text(member.id)]
    ) { groups.append(Group(row: $0)) }
    for (group, condition) in dynamicGroups {
      let isIn =
        try database.exists(
          "SELECT 1 FROM members AS m WHERE m.row_id = ? AND \(condition.sql)",
          [.int(member.rowID)] + condition.arguments
        )
      if isIn { groups.append(group) }
    }
    self.groups = groups.sorted { ($0.values.nameKey, $0.id) < ($1.values.nameKey, $1.id) }
    consents = try ConsentRecord.json(of: member.id, database)
    optOuts = consents.members.compactMap { member in
      guard case .object(let consent) = member.value, consent["state"] == "out" else { return nil }
      return member.key
    }.sorted()
  }

  /// The record in the API design's names.
  /// - Parameter namesGroups: groups as names alone, as lists have them, instead of `{id, name, type}`.
  public func json(namesGroups: Bool = false) -> JSONObject {
    var object = JSONObject()
    for field in MemberField.allCases {
      switch field {
      case .groups:
        object[field.rawValue] =
          namesGroups
          ? .strings(groups.map(\.name))
          : .array(
            groups.map { ["id": .string($0.id), "name": .string($0.name), "type": .optional($0.type)] })
      case .optOuts:
        object[field.rawValue] = .strings(optOuts)
        object["consents"] = .object(consents)
      default: object[field.rawValue] = field.json(member[field])
      }
    }
    return object
  }
}

/// A person's consents as JSON: `{"email":{"state","reason","source","at"},…}`, every channel there.
public enum ConsentRecord {
  /// The consents of the member with this id.
  public static func json(of member: String, _ database: Database) throws -> JSONObject {
    let decisions = try ConsentStore.decisions(of: member, database)
    let none: JSONValue = ["state": nil, "reason": nil, "source": nil, "at": nil]
    return JSONObject(Channel.allCases.map { ($0.rawValue, decisions[$0]?.json ?? none) })
  }
}
