/// What a preset knows of its source's columns.
struct PresetColumns: Sendable {
  /// Roles by the keys of the headings.
  var roles: [String: ColumnRole]
  /// What is taken, with the headings as their source writes them, in the order of the manual.
  let taken: [(role: ColumnRole, headings: [String])]
  /// Headings of columns that are known and not taken.
  let unused: [String]
  /// Numbered columns, such as `email3value`.
  var numbered: @Sendable (String) -> ColumnRole?

  init(
    _ lists: [(ColumnRole, [String])], unused: [String],
    numbered: @escaping @Sendable (String) -> ColumnRole? = { _ in nil }
  ) {
    roles = [:]
    taken = lists.map { (role: $0.0, headings: $0.1) }
    self.unused = unused
    self.numbered = numbered
    for heading in unused { roles[Heading.key(heading)] = .unused }
    for (role, headings) in lists {
      for heading in headings { roles[Heading.key(heading)] = role }
    }
  }

  /// What a heading with this key means; nil where the preset does not know it.
  func role(of key: String) -> ColumnRole? { roles[key] ?? numbered(key) }
}

extension ImportPreset {
  /// The columns of the source; nil where they are our own.
  var columns: PresetColumns? {
    switch self {
    case .auto, .caresphere: nil
    case .google: .google
    case .outlook: .outlook
    case .mailchimp: .mailchimp
    case .planningCenter: .planningCenter
    case .breeze: .breeze
    case .rock: .rock
    case .brevo: .brevo
    }
  }

  /// The source that headings are characteristic of; nil where they could be anyone's.
  /// - Parameter keys: the keys of all headings.
  static func detect(_ keys: Set<String>) -> ImportPreset? {
    func has(_ key: String) -> Bool { keys.contains(key) }
    func count(_ candidates: [String]) -> Int { candidates.count(where: keys.contains) }

    if count(["email1value", "phone1value", "phone1label", "email1label", "address1formatted"]) > 0 {
      return .google
    }
    if has("givenname"), has("groupmembership") { return .google }
    if has("firstname"), has("labels"), has("photo"), has("birthday"), has("organizationname") {
      return .google
    }
    if has("breezeid") { return .breeze }
    if has("personid"),
      count(["birthdate", "membership", "homeemail", "mobilephonenumber", "homeaddressstreetline1"]) > 0
    {
      return .planningCenter
    }
    if count(["recordstatus", "connectionstatus", "emailpreference"]) > (has("id") ? 0 : 1) { return .rock }
    if count(["emailblacklisted", "smsblacklisted"]) > 0 { return .brevo }
    let mailchimpTimes = [
      "optintime", "confirmtime", "lastchanged", "unsubtime", "cleantime", "memberrating", "leid", "euid",
    ]
    if has("emailaddress"), count(mailchimpTimes) > 0 { return .mailchimp }
    let outlookAddress = [
      "homestreet", "homecity", "homestate", "homepostalcode", "homecountry/region", "businessstreet",
      "businessphone", "businesspostalcode", "businesscountry/region", "emailtype", "emaildisplayname",
      "email2address",
    ]
    if has("emailaddress"), count(outlookAddress) > 1 { return .outlook }
    return nil
  }
}
