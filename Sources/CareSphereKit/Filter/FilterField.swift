import TextFormats

/// What a condition of a filter is about: a field of the member, or something worked out from one.
public enum FilterField: Hashable, Sendable {
  case member(MemberField)
  /// Whole years, from the date of birth and today.
  case age
  /// A field of the organization's own, by its exact name.
  case custom(String)

  /// What kind of values a field has, hence which operators and values go with it.
  enum Kind {
    case text, phone, identifier, date, birthday, moment, age, tag, group, custom, customFields
    /// One of a few words.
    case choice([String])
  }

  /// The field as a filter is printed with it.
  public var name: String {
    switch self {
    case .member(.tags): "tag"
    case .member(.groups): "group"
    case .member(.optOuts): "optOut"
    case .member(let field): field.rawValue
    case .age: "age"
    case .custom(let name): "custom." + FilterPrinter.word(name, isName: true)
    }
  }

  var kind: Kind {
    switch self {
    case .age: .age
    case .custom: .custom
    case .member(let field): FilterField.kind(of: field)
    }
  }

  private static func kind(of field: MemberField) -> Kind {
    switch field {
    case .id: .identifier
    case .phone: .phone
    case .dateOfBirth: .birthday
    case .joinDate: .date
    case .gender: .choice(Gender.allCases.map(\.rawValue))
    case .memberStatus: .choice(MemberStatus.allCases.map(\.rawValue))
    case .optOuts: .choice(Channel.allCases.map(\.rawValue))
    case .tags: .tag
    case .groups: .group
    case .customFields: .customFields
    case .createdAt, .updatedAt: .moment
    case .externalId, .firstName, .lastName, .email, .address, .city, .state, .zipCode, .country,
      .membershipType, .photoUrl, .notes:
      .text
    }
  }
}

extension FilterField {
  /// Other names of fields; the plural ones are those of the columns.
  private static let aliases: [(name: String, field: FilterField)] = [
    ("status", .member(.memberStatus)), ("tag", .member(.tags)), ("group", .member(.groups)),
    ("optOut", .member(.optOuts)), ("age", .age),
  ]

  /// Every name of a field but those of the organization's own, for hints, help and completions.
  public static let names = aliases.map(\.name) + MemberField.allCases.map(\.rawValue)

  /// The field of that name. `custom.` is followed by the exact name of a field of the organization's
  /// own; the others are found without regard to case.
  public init?(named name: String) {
    if let custom = FilterField.customName(name) {
      guard !custom.isEmpty else { return nil }
      self = .custom(custom)
      return
    }
    let folded = CaseFolding.fold(name)
    let named = MemberField.allCases.first { CaseFolding.fold($0.rawValue) == folded }
    if let named {
      self = .member(named)
    } else if let alias = FilterField.aliases.first(where: { CaseFolding.fold($0.name) == folded }) {
      self = alias.field
    } else {
      return nil
    }
  }

  /// What follows `custom.`; nil for a name that does not begin so.
  static func customName(_ name: String) -> String? {
    let scalars = name.unicodeScalars
    let prefix = scalars.prefix(7)
    guard prefix.allSatisfy(\.isASCII), CaseFolding.fold(String(prefix)) == "custom." else { return nil }
    return String(scalars.dropFirst(7))
  }
}

/// How a condition compares.
public enum FilterOperator: String, CaseIterable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains
  case startsWith
}

extension FilterField.Kind {
  /// The operators, besides `in` and `is empty`, that make sense for such values.
  var operators: [FilterOperator] {
    switch self {
    case .text, .date, .birthday, .moment, .custom: FilterOperator.allCases
    case .age: [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    case .phone, .identifier, .tag: [.equal, .notEqual, .contains, .startsWith]
    case .choice, .group: [.equal, .notEqual]
    case .customFields: []
    }
  }
}
