import TextFormats

/// The fields of a member, by the names that JSON, CSV, filters and flags share, in the order of an
/// export.
public enum MemberField: String, CaseIterable, Sendable {
  case id, externalId, firstName, lastName, email, phone, dateOfBirth, gender, address, city, state
  case zipCode, country, memberStatus, membershipType, joinDate, photoUrl, notes, tags, groups
  case optOuts, customFields, createdAt, updatedAt

  /// Whether the field can be emptied: every member has an id, a status and its time stamps, and consent
  /// is given and withdrawn, not emptied.
  public var isClearable: Bool {
    switch self {
    case .id, .memberStatus, .optOuts, .createdAt, .updatedAt: false
    default: true
    }
  }

  /// The most Unicode scalars that a value may have; nil where there is no limit of our own.
  public var maximumLength: Int? {
    switch self {
    case .firstName, .lastName, .city, .state, .country: 100
    case .email: 255
    case .phone, .zipCode: 20
    case .membershipType: 50
    case .photoUrl: 500
    case .externalId: 255
    default: nil
    }
  }
}

/// `members.gender`.
public enum Gender: String, CaseIterable, Sendable {
  case male, female, other
  case preferNotToSay = "prefer_not_to_say"
}

/// `members.member_status`.
public enum MemberStatus: String, CaseIterable, Sendable {
  case active, inactive, pending, archived
}

/// What a consent is about: `member_consents.channel`.
public enum Channel: String, CaseIterable, Sendable {
  case email, sms, push
}

/// A field of the organization's own.
public struct CustomField: Equatable, Sendable {
  /// 1 to 100 characters, without the `custom.` of columns and filters; letter case tells names apart.
  public var name: String
  /// Any JSON; from a cell or flag always text.
  public var value: JSONValue
  /// A field and its value; `null` takes it away.
  public init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}
