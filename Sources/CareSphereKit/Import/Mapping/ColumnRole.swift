/// What a column has to say about a member.
enum ColumnRole: Hashable, Sendable {
  case field(MemberField)
  case custom(String)
  /// Yes or no: opted out of the channel.
  case optOut(Channel)
  /// A name that is joined to the first name.
  case middleName
  /// A name to fall back on where there is no first name.
  case otherFirstName
  case phone(PhoneKind)
  /// The kind of the numbered phone, and its number.
  case phoneLabel(Int), phoneValue(Int)
  /// One of several addresses, of which the first that is not empty counts.
  case email(Int)
  case address(AddressKind, AddressPart)
  case birth(BirthPart)
  /// Tags as one program writes them.
  case googleLabels, mailchimpTags
  case mailchimpAddress
  /// Filled where the person has unsubscribed or the address has bounced; and why.
  case unsubscribed, unsubscribeReason
  /// Filled where the person has subscribed.
  case subscribed
  case rockEmailPreference
  /// Of JSON: the state of each channel.
  case consents
  /// Known to the preset, of no use here.
  case unused

  /// The field, by the name under which errors list it.
  var fieldName: String {
    switch self {
    case .field(let field): field.rawValue
    case .custom(let name): "custom.\(name)"
    case .optOut(let channel): "\(channel.rawValue)OptOut"
    case .middleName, .otherFirstName: MemberField.firstName.rawValue
    case .phone, .phoneLabel, .phoneValue: MemberField.phone.rawValue
    case .email: MemberField.email.rawValue
    case .address(_, let part): part.field.rawValue
    case .birth: MemberField.dateOfBirth.rawValue
    case .googleLabels, .mailchimpTags: MemberField.tags.rawValue
    case .mailchimpAddress: MemberField.address.rawValue
    case .unsubscribed, .unsubscribeReason,
      .subscribed, .rockEmailPreference, .consents:
      MemberField.optOuts.rawValue
    case .unused: ""
    }
  }
}

/// Which phone it is; of several the first kind in this order is taken.
enum PhoneKind: Int, Comparable, Sendable {
  /// What `--map` names.
  case named
  case mobile, main, home, work, other, fax

  static func < (left: PhoneKind, right: PhoneKind) -> Bool { left.rawValue < right.rawValue }
}

/// Which postal address it is; of several the first in this order that is not empty is taken.
enum AddressKind: Hashable, Comparable, Sendable {
  case home, work, other
  case numbered(Int)
}

/// A part of a postal address.
enum AddressPart: Int, Hashable, Sendable {
  /// The lines of the street, in the order in which they are joined.
  case street, street2, street3, postBox
  /// The whole address, where there are no parts.
  case whole
  case city, state, zipCode, country

  var field: MemberField {
    switch self {
    case .street, .street2, .street3, .postBox, .whole: .address
    case .city: .city
    case .state: .state
    case .zipCode: .zipCode
    case .country: .country
    }
  }
}

/// A part of a date of birth that has columns of its own.
enum BirthPart: Hashable, Sendable {
  case day, month, year
}
