extension PresetColumns {
  /// Google Contacts: the columns of today and the older `Given Name, Family Name, …`.
  static let google = PresetColumns(
    [
      (.field(.firstName), ["First Name", "Given Name"]),
      (.middleName, ["Middle Name", "Additional Name"]),
      (.field(.lastName), ["Last Name", "Family Name"]),
      (.otherFirstName, ["Name", "Nickname", "File As"]),
      (.field(.dateOfBirth), ["Birthday"]),
      (.field(.gender), ["Gender"]),
      (.field(.notes), ["Notes"]),
      (.field(.photoUrl), ["Photo"]),
      (.googleLabels, ["Labels", "Group Membership"]),
    ],
    unused: [
      "Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name", "Name Prefix", "Name Suffix",
      "Organization Name", "Organization Title", "Organization Department", "Yomi Name",
      "Given Name Yomi", "Additional Name Yomi", "Family Name Yomi", "Initials", "Short Name",
      "Maiden Name", "Location", "Billing Information", "Directory Server", "Mileage", "Occupation",
      "Hobby", "Sensitivity", "Priority", "Subject", "Language",
    ],
    numbered: { key in
      if let (number, rest) = split(key, after: "email") {
        return rest == "value" ? .email(number) : .unused
      }
      if let (number, rest) = split(key, after: "phone") {
        switch rest {
        case "value": return .phoneValue(number)
        case "label", "type": return .phoneLabel(number)
        default: return .unused
        }
      }
      if let (number, rest) = split(key, after: "address") {
        return googleAddressParts[rest].map { .address(.numbered(number), $0) } ?? .unused
      }
      let others = ["organization", "relation", "website", "event", "customfield", "im", "jot", "externalid"]
      return others.contains { split(key, after: $0) != nil } ? .unused : nil
    })

  private static let googleAddressParts: [String: AddressPart] = [
    "formatted": .whole, "street": .street, "extendedaddress": .street2, "pobox": .postBox,
    "city": .city, "region": .state, "postalcode": .zipCode, "country": .country,
  ]

  /// The number that follows `word` in a key and what comes after it.
  private static func split(_ key: String, after word: String) -> (number: Int, rest: String)? {
    guard key.hasPrefix(word) else { return nil }
    let tail = key.utf8.dropFirst(word.utf8.count)
    let digits = tail.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard (1...4).contains(digits.count), let number = Int(String(Substring(digits))) else { return nil }
    return (number, String(Substring(tail.dropFirst(digits.count))))
  }
}
