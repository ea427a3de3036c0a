import TextFormats

/// What a vCard says of a person, by our field names.
///
/// Of several phones the mobile comes first, then home, then work, then any other, then fax and pager;
/// among equals the preferred, then the first. Of several e-mails the preferred, else the first. A card
/// whose `N` says nothing is named by `FN`, cut at its last space, and else by `NICKNAME`. Fields that
/// vCard does not know travel as `X-CARESPHERE-…`, so that an export comes back whole.
struct VCardMapping {
  /// Only what the card has; `tags`, `groups` and `optOuts` as arrays, `customFields` as an object.
  private(set) var fields = JSONObject()
  /// Names of properties that nothing was made of.
  private(set) var ignored = NameList()

  private let properties: [VCardProperty]
  /// Apple's labels, by the group that each shares with a property: `item1.X-ABLabel:_$!<Mobile>!$_`.
  private let labels: [String: String]
  private var tags = NameList()

  /// Names of properties that are about the card and not about the person.
  private static let structural: Set<String> = [
    "VERSION", "KIND", "PRODID", "REV", "N", "FN", "X-ABLABEL", "EMAIL", "TEL", "ADR", "NOTE", "UID",
  ]

  /// Maps a card.
  /// - Parameter properties: its properties in their order, `BEGIN` and `END` left out.
  init(_ properties: [VCardProperty]) {
    self.properties = properties
    labels = Dictionary(
      properties.compactMap { property in
        property.name == "X-ABLABEL" ? property.group.map { ($0, property.value) } : nil
      }, uniquingKeysWith: { first, _ in first })
    for property in properties where !Self.structural.contains(property.name) { addOther(property) }
    if !tags.names.isEmpty { fields["tags"] = .strings(tags.names) }
    addContacts()
    addNames()
    addAddress()
    addNotes()
    addIdentity()
  }

  static let extensionPrefix = "X-CARESPHERE-"
  private static let uuidPrefix = "urn:uuid:"

  private mutating func set(_ field: MemberField, _ value: String?) {
    if let value, !value.isEmpty { fields[field.rawValue] = .string(value) }
  }

  private mutating func ignore(_ name: String) { ignored.insert(name) }

  private func all(_ name: String) -> [VCardProperty] { properties.filter { $0.name == name } }

  // MARK: Names

  private mutating func addNames() {
    let components = all("N").first.map { Self.components($0.value) } ?? []
    func component(_ index: Int) -> String { index < components.count ? components[index] : "" }
    let (family, given) = (component(0), component(1))
    let nickname = all("NICKNAME").first.map { Self.list($0.value).first ?? "" } ?? ""
    if !family.isEmpty || !given.isEmpty {
      set(.firstName, given)
      set(.lastName, family)
      if !component(2).isEmpty { ignore("N (additional names)") }
    } else if let name = formattedName() {
      let words = name.split(separator: " ")
      set(.firstName, words.count > 1 ? words.dropLast().joined(separator: " ") : name)
      set(.lastName, words.count > 1 ? words.last.map(String.init) : nil)
    } else {
      set(.firstName, nickname)
      return
    }
    if !nickname.isEmpty { ignore("NICKNAME") }
  }

  /// `FN`, unless it only repeats how to reach a person without a name, because version 4 demands it.
  private func formattedName() -> String? {
    let stand: [JSONValue?] = [fields["email"], fields["phone"], fields["id"]]
    return all("FN").lazy.map { VCardText.unescape($0.value) }
      .first { name in !name.allSatisfy(\.isWhitespace) && !stand.contains(.string(name)) }
  }

  // MARK: Ways to reach a person

  private mutating func addContacts() {
    let emails = all("EMAIL").map { (rank: 0, preference: $0.preference, value: $0.value) }
    set(.email, Self.best(emails).map { Self.withoutScheme("mailto:", VCardText.unescape($0)) })
    let phones = all("TEL").map {
      (rank: Self.phoneRank(types(of: $0)), preference: $0.preference, value: $0.value)
    }
    set(.phone, Self.best(phones).map(Self.phone))
  }

  private static func best(_ choices: [(rank: Int, preference: Int, value: String)]) -> String? {
    let filled = choices.filter { !$0.value.allSatisfy(\.isWhitespace) }
    return filled.enumerated().min { left, right in
      (left.element.rank, left.element.preference, left.offset)
        < (right.element.rank, right.element.preference, right.offset)
    }?.element.value
  }

  private func types(of property: VCardProperty) -> [String] {
    let label = property.group.flatMap { labels[$0] }
    let name = label.map { $0.lowercased().filter { !"_$!<>".contains($0) } }
    return property.values(of: "TYPE") + (name.map { [$0] } ?? [])
  }

  private static func phoneRank(_ types: [String]) -> Int {
    if types.contains("fax") || types.contains("pager") || types.contains(where: { $0.hasSuffix(" fax") }) {
      return 4
    }
    let ranks = [["cell", "mobile", "iphone"], ["home"], ["work"]]
    return ranks.firstIndex { $0.contains(where: types.contains) } ?? 3
  }

  private static func phone(_ value: String) -> String {
    let text = trimmed(VCardText.unescape(value))
    let number = withoutScheme("tel:", text)
    // RFC 3966 puts parameters behind the number.
    return number.utf8.count == text.utf8.count ? text : String(number.prefix { $0 != ";" })
  }

  /// However often it is there, lest a number that is exported and imported again is another.
  private static func withoutScheme(_ scheme: String, _ text: String) -> String {
    var rest = text[...]
    while true {
      rest = Substring(rest.unicodeScalars.drop { $0.properties.isWhitespace })
      guard rest.prefix(scheme.count).lowercased() == scheme else { return String(rest) }
      rest = rest.dropFirst(scheme.count)
    }
  }

  // MARK: Address

  private mutating func addAddress() {
    let addresses = all("ADR").map { property in
      let types = types(of: property)
      let rank = types.contains("home") ? 0 : types.contains("work") ? 2 : 1
      return (rank: min(property.preference, 101) * 3 + rank, preference: 0, value: property.value)
    }
    let filled = addresses.filter { $0.value.contains { $0 != ";" && !$0.isWhitespace } }
    guard let best = Self.best(filled) else { return }
    let parts = Self.components(best, joint: ", ")
    func part(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
    set(.address, [part(2), part(1), part(0)].filter { !$0.isEmpty }.joined(separator: ", "))
    set(.city, part(3))
    set(.state, part(4))
    set(.zipCode, part(5))
    set(.country, part(6))
  }

  /// The components of a structured value; what a component lists is joined.
  private static func components(_ value: String, joint: String = " ") -> [String] {
    VCardText.split(value, at: ";").map { component in
      let items = VCardText.split(component, at: ",").map { trimmed(VCardText.unescape($0)) }
      return items.filter { !$0.isEmpty }.joined(separator: joint)
    }
  }

  private static func list(_ value: String) -> [String] {
    VCardText.split(value, at: ",").map { trimmed(VCardText.unescape($0)) }.filter { !$0.isEmpty }
  }

  /// By scalars: a space with an accent on it is one character, and not to be taken off.
  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
    let end = scalars.lastIndex { !$0.properties.isWhitespace }.map(scalars.index(after:))
    return String(scalars[..<(end ?? scalars.startIndex)])
  }

  // MARK: The rest

  private mutating func addNotes() {
    let notes = all("NOTE").map { VCardText.unescape($0.value) }.filter { !$0.isEmpty }
    set(.notes, notes.joined(separator: "\n"))
  }

  private mutating func addIdentity() {
    guard let uid = all("UID").first.map({ VCardText.unescape($0.value) }) else { return }
    if case .string(let id)? = fields["id"], uid == Self.uuidPrefix + id { return }
    set(.externalId, uid)
  }

  private mutating func addOther(_ property: VCardProperty) {
    switch property.name {
    case "BDAY":
      switch VCardDate.read(property) {
      case .date(let date), .other(let date): set(.dateOfBirth, date)
      case .incomplete: ignore("BDAY")
      }
    case "GENDER": set(.gender, Self.gender(property.value))
    case "X-GENDER": set(.gender, VCardText.unescape(property.value))
    case "PHOTO":
      let url = VCardText.unescape(property.value)
      let isLink = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) }
      if isLink { set(.photoUrl, url) } else { ignore("PHOTO") }
    case "CATEGORIES": addTags(property)
    case "NICKNAME": break
    case let name where name.hasPrefix(Self.extensionPrefix): addExtension(property)
    default: ignore(property.name)
    }
  }

  private mutating func addTags(_ property: VCardProperty) {
    for tag in Self.list(property.value) where tag != "myContacts" { tags.insert(tag) }
    // Their place among the fields is where the first of them stands; they are put there at the end, once.
    if case nil = fields["tags"], !tags.names.isEmpty { fields["tags"] = .array([]) }
  }

  private static func gender(_ value: String) -> String? {
    let parts = VCardText.split(value, at: ";").map(VCardText.unescape)
    switch parts.first?.uppercased() {
    case "M": return Gender.male.rawValue
    case "F": return Gender.female.rawValue
    case "O": return Gender.other.rawValue
    default: return parts.dropFirst().first
    }
  }

  private mutating func addExtension(_ property: VCardProperty) {
    let name = property.name.dropFirst(Self.extensionPrefix.count)
    guard let field = MemberField.allCases.first(where: { $0.rawValue.uppercased() == name }) else {
      return ignore(property.name)
    }
    switch field {
    case .groups, .optOuts: fields[field.rawValue] = .strings(Self.list(property.value))
    case .customFields:
      let text = VCardText.unescape(property.value)
      fields[field.rawValue] = (try? JSONParser.parse(text)) ?? .string(text)
    default: set(field, VCardText.unescape(property.value))
    }
  }
}
