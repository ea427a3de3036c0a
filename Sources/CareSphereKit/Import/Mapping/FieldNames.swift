import TextFormats

/// The names under which our own fields are found in headings, JSON keys and `--map`.
enum FieldNames {
  /// Every field's own name, for lists of what is possible.
  static let all: [String] =
    MemberField.allCases.map(\.rawValue) + Channel.allCases.map { "\($0.rawValue)OptOut" } + ["custom.NAME"]

  /// Other usual headings, by their keys; only those that can hardly mean anything else.
  private static let aliases: [(ColumnRole, [String])] = [
    (.field(.externalId), ["extid", "externalreference", "externalidentifier"]),
    (.field(.firstName), ["first", "givenname", "forename", "christianname", "fname"]),
    (.field(.lastName), ["last", "surname", "familyname", "lname"]),
    (.field(.email), ["emailaddress", "mail", "mailaddress"]),
    (.phone(.mobile), ["mobile", "mobilephone", "mobilenumber", "mobilephonenumber", "cell", "cellphone"]),
    (.phone(.main), ["phone", "phonenumber", "telephone", "telephonenumber", "tel"]),
    (.phone(.home), ["homephone", "homephonenumber"]),
    (.phone(.work), ["workphone", "workphonenumber", "businessphone", "officephone"]),
    (.field(.dateOfBirth), ["dob", "birthday", "birthdate", "bday", "born"]),
    (.field(.gender), ["sex"]),
    (.field(.address), ["street", "streetaddress", "address1", "addressline1"]),
    (.field(.city), ["town"]),
    (.field(.state), ["province", "region", "state/province"]),
    (.field(.zipCode), ["zip", "postcode", "postalcode", "zip/postalcode"]),
    (.field(.memberStatus), ["status"]),
    (.field(.membershipType), ["membership", "type", "membertype"]),
    (.field(.joinDate), ["joined", "datejoined", "joinedon", "membersince"]),
    (.field(.photoUrl), ["photo"]),
    (.field(.notes), ["note", "comment", "comments", "remarks"]),
    (.field(.tags), ["tag"]),
    (.field(.groups), ["group"]),
  ]

  private static let roles: [String: ColumnRole] = {
    var roles: [String: ColumnRole] = [:]
    for field in MemberField.allCases { roles[Heading.key(field.rawValue)] = .field(field) }
    for channel in Channel.allCases { roles["\(channel.rawValue)optout"] = .optOut(channel) }
    for (role, keys) in aliases {
      for key in keys { roles[key] = role }
    }
    return roles
  }()

  private static let keys: [String] = roles.keys.sorted()

  /// What a heading with this key means; nil where it is none of ours.
  static func role(of key: String) -> ColumnRole? { roles[key] }

  /// The field whose name or other name is nearest to a heading.
  /// - Parameter key: the heading's key.
  static func nearest(to key: String) -> String? {
    EditDistance.nearest(to: key, in: keys).flatMap { roles[$0]?.fieldName }
  }
}

extension ColumnRole {
  /// The role of a field by its name, as `--map` and headings have it; nil where there is no such field.
  /// - Throws: `ValueProblem` for a custom field without a usable name.
  init?(fieldName name: String) throws(ValueProblem) {
    if let custom = try ColumnRole.customName(in: name) {
      self = .custom(custom)
    } else if let role = FieldNames.role(of: Heading.key(name)) {
      self = role
    } else {
      return nil
    }
  }

  /// NAME of `custom.NAME`, whose case is kept; nil for any other name.
  static func customName(in name: String) throws(ValueProblem) -> String? {
    let prefix = "custom."
    let text = MemberValues.trimmed(name)
    guard text.utf8.count >= prefix.utf8.count,
      zip(text.utf8, prefix.utf8).allSatisfy({ CaseFolding.foldedASCII($0) == $1 })
    else { return nil }
    let custom = Normalization.nfc(MemberValues.trimmed(String(text.dropFirst(prefix.count))))
    guard (1...100).contains(custom.unicodeScalars.count), !custom.utf8.contains(0) else {
      throw ValueProblem("“\(text)” names no custom field: a name has 1 to 100 characters")
    }
    return custom
  }
}
