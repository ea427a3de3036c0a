import TextFormats

extension MemberDraft {
  /// The draft's values as columns hold them, by position in `MemberField.stored`; nil for what it says
  /// nothing of, and for tags and custom fields, which meet those that are there (`MemberChange`).
  var storedValues: [String?] {
    [
      id, externalId, firstName, lastName, email, phone, dateOfBirth, gender?.rawValue, address, city, state,
      zipCode, country, memberStatus?.rawValue, membershipType, joinDate, photoUrl, notes, nil, nil,
      createdAt, updatedAt,
    ]
  }

  /// The fields that the draft says something of.
  public var mentionedFields: [MemberField] {
    let values = storedValues
    return MemberField.allCases.filter { field in
      switch field {
      case .tags: tags != nil || cleared.contains(field)
      case .customFields: customFields != nil || cleared.contains(field)
      case .groups: groups != nil
      case .optOuts: optOuts != nil || optIns != nil
      default: field.position.flatMap { values[$0] } != nil || cleared.contains(field)
      }
    }
  }

  static func position(of field: MemberField) -> Int {
    switch field {
    case .id: 0
    case .firstName: 2
    case .lastName: 3
    case .memberStatus: 13
    case .tags: 18
    case .customFields: 19
    case .createdAt: 20
    case .updatedAt: 21
    default: field.position ?? 0
    }
  }

  /// Tags as the column holds them.
  static func tagsText(_ tags: [String]) -> String {
    tags.isEmpty ? "[]" : JSONWriter.string(.strings(tags))
  }

  /// The stored tags with further ones, in the order of `MemberValues.tags`.
  static func union(of stored: String?, with tags: [String]) -> String {
    let before = Member.strings(stored)
    let known = Set(before.map(CaseFolding.fold))
    let added = tags.filter { !known.contains(CaseFolding.fold($0)) }
    return added.isEmpty ? stored ?? "[]" : tagsText(MemberValues.sorted(before + added))
  }

  /// Custom fields as the column holds them, sorted by name.
  static func customText(_ fields: [CustomField]) -> String {
    let present = fields.filter { $0.value != .null }
    guard !present.isEmpty else { return "{}" }
    return JSONWriter.string(.object(JSONObject(present.map { ($0.name, $0.value) })))
  }

  /// The stored custom fields with those of a draft, of which `null` takes the field away.
  static func merged(_ stored: String?, with fields: [CustomField]) -> String {
    let text = customText(fields)
    if stored == nil || stored == "{}" || stored == text { return text }
    guard var object = stored.flatMap({ JSONObject(parsing: $0) }) else { return text }
    // Not `nil` by itself, which would be JSON's null.
    for field in fields { object[field.name] = field.value == .null ? JSONValue?.none : field.value }
    let members = object.members.sorted { $0.key < $1.key }
    return members.isEmpty ? "{}" : JSONWriter.string(.object(JSONObject(members.map { ($0.key, $0.value) })))
  }
}
