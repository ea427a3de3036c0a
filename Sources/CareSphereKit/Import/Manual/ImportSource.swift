/// A program or service that people come from, for its page of the manual.
public struct ImportSource: Sendable {
  /// What `--preset` calls it, and its page: `planning-center`.
  public let name: String
  /// Its own name: `Planning Center People`.
  public let title: String
  /// Nil where the source has no columns of its own, but a format.
  let preset: ImportPreset?
  /// How to get a file out of it.
  let export: String
  /// How to read that file: commands, and what to mind.
  let reading: String
  /// What becomes of which property, where that does not follow from the preset's columns.
  var fields: [(term: String, text: String)] = []
  /// What the preset's columns do not tell.
  let remarks: String

  /// The sections of its page.
  public var sections: [ManualSection] {
    let columns = preset?.columns
    let taken = (columns.map { ColumnUse.terms($0.taken) } ?? []) + fields
    let unused = columns?.unused ?? []
    return [
      ManualSection(title: "EXPORT IT THERE", text: export),
      ManualSection(title: "IMPORT IT HERE", text: reading),
      ManualSection(title: "WHAT BECOMES OF WHAT", text: remarks, terms: taken),
    ] + (unused.isEmpty ? [] : [ManualSection(title: "NOT TAKEN", text: Self.untaken(unused))])
  }

  private static func untaken(_ headings: [String]) -> String {
    """
    \(headings.joined(separator: ", ")), and every column that is not named here. The report lists them as \
    ignoredColumns. --unmapped custom keeps the ones that are not named as fields of your own, under their headings; \
    --map 'HEADING=custom.NAME' keeps any one of them.
    """
  }
}

/// What the manual says of a column: columns that are used in the same way stand together.
private struct ColumnUse {
  /// Each use with the headings it is made of, in the order in which the preset names them.
  static func terms(_ taken: [(role: ColumnRole, headings: [String])]) -> [(term: String, text: String)] {
    var uses: [(headings: [String], text: String)] = []
    for (role, headings) in taken {
      let text = text(of: role)
      if let index = uses.firstIndex(where: { $0.text == text }) {
        uses[index].headings += headings
      } else {
        uses.append((headings, text))
      }
    }
    return uses.map { ($0.headings.joined(separator: ", "), $0.text) }
  }

  private static func text(of role: ColumnRole) -> String {
    switch role {
    case .middleName: "Joined to firstName."
    case .otherFirstName: "firstName, where there is no other."
    case .phone(let kind): phone(kind)
    case .email(let number): number == 1 ? "email." : "email, where those before it are empty."
    case .address(let kind, _): address(kind)
    case .birth: "dateOfBirth; without a year where there is none."
    case .googleLabels: "tags; myContacts, which everybody has, is left out."
    case .mailchimpTags: "tags."
    case .mailchimpAddress:
      "address, city, state, zipCode and country, if it has the parts that Mailchimp writes."
    case .optOut(let channel):
      "Opted out of \(channel.rawValue) where it says yes; opted in where it says no."
    case .unsubscribed: "Opted out of e-mail where it is filled."
    case .unsubscribeReason: "The reason of the opt-out."
    case .subscribed: "Opted in to e-mail where it is filled."
    case .rockEmailPreference:
      "EmailAllowed is opted in to e-mail; NoMassEmails and DoNotEmail are opted out. Anything else is an error."
    case .phoneLabel, .phoneValue, .consents, .unused, .field, .custom: "\(role.fieldName)."
    }
  }

  private static func phone(_ kind: PhoneKind) -> String {
    switch kind {
    case .named, .mobile: "phone: the first choice."
    case .main: "phone, where there is no mobile number."
    case .home: "phone, where none of those before is filled."
    case .work: "phone, where there is no number of the person's own."
    case .other, .fax: "phone, the last choice."
    }
  }

  private static func address(_ kind: AddressKind) -> String {
    switch kind {
    case .home: "address, city, state, zipCode, country: the first choice."
    case .work: "The same, where the home address is empty."
    case .other, .numbered: "The same, where those before are empty."
    }
  }
}
