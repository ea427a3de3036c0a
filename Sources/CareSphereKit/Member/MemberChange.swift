import TextFormats

/// What a draft changes about a person: only what really differs, so that the same values again change
/// nothing, not even `updatedAt`.
public struct MemberChange {
  /// How the tags of a draft meet those that are there.
  public enum Tags: Sendable { case add, replace }

  /// Other values of columns, by position in `MemberField.stored`.
  public var values: [(position: Int, value: String?)] = []
  /// Ids of groups to join.
  public var joins: [String] = []
  /// Channels to opt out of that are not opted out of yet; an import's alone.
  public var optOuts: [Channel] = []
  /// Channels opted out of to opt in to again; an import's alone, with `--resubscribe`.
  public var optIns: [Channel] = []
  /// Why, where the source says so.
  public var optOutReason: String?
  /// Whether first or last name are among the values.
  var renames = false

  /// No change.
  public init() {}

  /// Whether nothing differs.
  public var isEmpty: Bool { values.isEmpty && joins.isEmpty && optOuts.isEmpty && optIns.isEmpty }
  /// Whether there is more to it than opt-outs, which apply whatever the policy.
  public var isMoreThanOptOuts: Bool { !values.isEmpty || !joins.isEmpty || !optIns.isEmpty }
  /// Whether there is another e-mail address or phone number.
  var changesAddress: Bool {
    values.contains { MemberField.stored[$0.position] == .email || MemberField.stored[$0.position] == .phone }
  }
  var touchesRow: Bool { !values.isEmpty || !optOuts.isEmpty || !optIns.isEmpty }

  /// Works out the columns that differ.
  /// - Parameters:
  ///   - draft: what is to be; fields it says nothing of stay as they are.
  ///   - member: what is.
  ///   - tags: whether the draft's tags join the member's or replace them.
  public init(_ draft: MemberDraft, of member: Member, tags: Tags) {
    var wanted = draft.storedValues
    let tagsAt = MemberDraft.position(of: .tags)
    let customAt = MemberDraft.position(of: .customFields)
    if let drafted = draft.tags {
      wanted[tagsAt] =
        tags == .add
        ? MemberDraft.union(of: member.values[tagsAt], with: drafted) : MemberDraft.tagsText(drafted)
    }
    if let fields = draft.customFields {
      wanted[customAt] = MemberDraft.merged(member.values[customAt], with: fields)
    }
    let birthdayAt = MemberDraft.position(of: .dateOfBirth)
    if tags == .add, let day = wanted[birthdayAt], day.hasPrefix("--"),
      let known = member.values[birthdayAt], known.hasSuffix(day.dropFirst())
    {
      // A source that knows only the day does not take the year away.
      wanted[birthdayAt] = nil
    }
    // What a record is called and when it was made is not for a draft to change.
    for field in [MemberField.id, .createdAt, .updatedAt] { wanted[MemberDraft.position(of: field)] = nil }
    for (position, value) in wanted.enumerated() {
      if let value,
        value != member.values[position] || value.utf8.count != member.values[position]?.utf8.count
      {
        values.append((position, value))
      }
    }
    for field in draft.cleared {
      guard let position = field.position else { continue }
      let empty = field.emptyValue
      if member.values[position] != empty { values.append((position, empty)) }
    }
    renames = values.contains {
      MemberField.stored[$0.position] == .firstName || MemberField.stored[$0.position] == .lastName
    }
  }

  /// The fields that get another value, groups and opt-outs among them.
  public var changedFields: [MemberField] {
    values.map { MemberField.stored[$0.position] } + (joins.isEmpty ? [] : [.groups])
      + (optOuts.isEmpty && optIns.isEmpty ? [] : [.optOuts])
  }

  /// The changed fields of a member by name, for the audit log: `member` before or after the change.
  public func fields(of member: Member) -> JSONObject {
    var object = JSONObject()
    for (position, _) in values {
      let field = MemberField.stored[position]
      object[field.rawValue] = field.json(member.values[position])
    }
    return object
  }
}

extension MemberField {
  /// What a column holds when the field is cleared.
  var emptyValue: String? {
    switch self {
    case .firstName, .lastName: ""
    case .tags: "[]"
    case .customFields: "{}"
    case .memberStatus: MemberStatus.active.rawValue
    default: nil
    }
  }

  /// A stored value as it stands in JSON.
  func json(_ value: String?) -> JSONValue {
    guard let value else { return .null }
    guard self == .tags || self == .customFields else { return .string(value) }
    return (try? JSONParser.parse(value)) ?? .string(value)
  }
}
