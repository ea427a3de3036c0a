import TextFormats

/// What of a person a template can use, in the order in which it is handed to a rendering.
public enum TemplateFields {
  /// One of them.
  enum Field: Equatable {
    case member(MemberField)
    /// The custom fields, by a shorter name.
    case custom
    case fullName, age, unsubscribeURL

    var name: String {
      switch self {
      case .member(let field): field.rawValue
      case .custom: "custom"
      case .fullName: "fullName"
      case .age: "age"
      case .unsubscribeURL: "unsubscribeUrl"
      }
    }
  }

  static let all = MemberField.allCases.map(Field.member) + [.custom, .fullName, .age, .unsubscribeURL]

  /// The names: every field of a member, and what follows from them.
  public static let names = all.map(\.name)

  /// The values of a person, in the order of `names`.
  /// - Parameters:
  ///   - today: the day on which ages are told.
  ///   - unsubscribeURL: where this person can opt out of what is sent; nil where nothing is.
  public static func values(
    of record: MemberRecord, today: CalendarDate, unsubscribeURL: String? = nil
  ) -> [JSONValue] {
    let json = record.json()
    return all.map { field in
      switch field {
      case .member(let field): json[field.rawValue] ?? .null
      case .custom: json[MemberField.customFields.rawValue] ?? .null
      case .fullName: .string(record.member.fullName)
      case .age: age(bornOn: record.member[.dateOfBirth], today)
      case .unsubscribeURL: .optional(unsubscribeURL)
      }
    }
  }

  /// An age in years; `null` where the year of birth is not known.
  static func age(bornOn date: String?, _ today: CalendarDate) -> JSONValue {
    date.flatMap { BirthDate($0)?.age(on: today) }.map(JSONValue.integer) ?? .null
  }
}

extension MustacheContext {
  /// What the names of a template stand for when it is rendered for one member after the other.
  /// - Parameters:
  ///   - organization: of the configuration.
  ///   - today: in the organization's zone.
  ///   - message: what is known of the message, by the names in `TemplateNames.message`.
  ///   - settings: as `--set` gives them, by whole name.
  ///   - data: as `--data` gives it.
  public static func forMembers(
    organization: Configuration.Organization, today: CalendarDate, message: JSONObject = JSONObject(),
    settings: [String: JSONValue] = [:], data: JSONValue? = nil
  ) -> MustacheContext {
    let organization: JSONValue = [
      "name": .optional(organization.name), "timezone": .optional(organization.timezone),
      "domain": .optional(organization.domain), "defaultCountry": .optional(organization.defaultCountry),
    ]
    return MustacheContext(
      fields: TemplateFields.names,
      constants: JSONObject([
        ("organization", organization), ("message", .object(message)), ("today", .string(today.description)),
      ]),
      data: data, settings: settings)
  }

  /// The values of `--set`.
  /// - Parameter pairs: `NAME=VALUE` each.
  /// - Throws: `CareError(.usage)` for what is no pair, and for a name given twice.
  public static func settings(_ pairs: [String]) throws(CareError) -> [String: JSONValue] {
    var settings: [String: JSONValue] = [:]
    for pair in pairs {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = MemberValues.trimmed(parts.first ?? "")
      guard parts.count == 2, let value = parts.last, !name.isEmpty else {
        throw CareError(.usage, "“\(pair)” is no setting", hint: "write it as NAME=VALUE")
      }
      guard settings.updateValue(.string(value), forKey: name) == nil else {
        throw CareError(.usage, "“\(name)” is set twice", hint: "say once what it is to be")
      }
    }
    return settings
  }
}
