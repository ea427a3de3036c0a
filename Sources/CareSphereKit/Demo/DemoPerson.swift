/// Somebody who is made up.
struct DemoPerson {
  /// How much somebody takes part.
  enum Zeal: UInt8 {
    /// Hardly ever does anything.
    case silent
    /// Took part once, and has been quiet for more than a quarter of a year.
    case lapsed
    case occasional, keen
  }

  var draft = MemberDraft()
  /// In whole years; nil where the birthday is not known, or not its year.
  var age: Int?
  var isChild = false
  /// How many days ago they joined.
  var joined = 0
  /// The place of their phone number among all (`DemoPhone`).
  var phone: Int?
  /// The place of whoever of the family has the e-mail address for themselves; their own as a rule.
  var emailOwner = 0
  var zeal = Zeal.silent
  /// Month and day of birth, 1 January as 101.
  var monthDay: Int?
}

/// Makes up people, family by family: who lives together has one surname, one address and, now and then, one mailbox.
/// They come in the order in which they joined, over six years, more of them lately.
struct DemoPeople {
  /// So many days ago the first of them joined.
  static let oldest = 2190
  /// So many days ago those who had joined before were read from a file.
  static let imported = 1100

  private static let domains = ["example.org", "example.com", "example.net", "mail.example", "post.test"]
  private static let ministries = ["hospitality", "worship", "outreach", "children"]

  private let total: Int
  private let calendar: DemoCalendar
  private var made = 0
  private var families = 0

  init(_ total: Int, calendar: DemoCalendar) {
    self.total = total
    self.calendar = calendar
  }

  /// The next family; nil where everybody is there.
  mutating func next() -> [DemoPerson]? {
    guard made < total else { return nil }
    var dice = DemoDice(.families, families)
    families += 1
    let size = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5][dice.below(17)]
    let home = Home(daysAgo: tenure(made), &dice)
    var family: [DemoPerson] = []
    for place in 0..<min(size, total - made) {
      family.append(person(place, of: family, home, &dice))
      made += 1
    }
    return family
  }

  /// How many days ago whoever is at a place joined: most of them lately.
  private func tenure(_ place: Int) -> Int {
    let reached = place * (3 * total - place) / total
    return 1 + max(0, Self.oldest - 1 - reached * (Self.oldest - 1) / (2 * total))
  }

  /// What a family has in common.
  private struct Home {
    var daysAgo: Int
    var culture: DemoCulture
    var surname: DemoCulture.Name
    var place: DemoPlace?
    var address: String?

    init(daysAgo: Int, _ dice: inout DemoDice) {
      self.daysAgo = daysAgo
      let cultures = DemoCulture.all
      culture = cultures[dice.below(dice.below(cultures.count) + 1)]
      surname = dice.pick(culture.families)
      let places = DemoPlace.all
      guard !dice.happens(perMille: 60) else { return }
      place = places[dice.below(dice.below(places.count) + 1)]
      if !dice.happens(perMille: 100) { address = "\(1 + dice.below(240)) \(dice.pick(DemoPlace.streets))" }
    }
  }

  // MARK: One person

  private func person(
    _ place: Int, of family: [DemoPerson], _ home: Home, _ dice: inout DemoDice
  ) -> DemoPerson {
    var person = DemoPerson()
    person.isChild = place >= 2
    person.joined = home.daysAgo
    let isWoman =
      place == 0
      ? dice.happens(perMille: 520) : place == 1 ? family[0].draft.gender != .female : dice.below(2) == 0
    let name = dice.pick(isWoman ? home.culture.women : home.culture.men)
    person.draft.firstName = name.text
    person.draft.lastName = home.surname.text
    person.draft.gender = gender(isWoman, &dice)
    person.draft.address = home.address
    person.draft.city = home.place?.city
    person.draft.state = home.place?.state
    person.draft.zipCode = home.place?.zip
    person.draft.country = home.place?.country
    setBirth(&person, &dice)
    setAddresses(&person, name, home, family, &dice)
    person.draft.joinDate = calendar.day(person.joined).description
    if person.joined > Self.imported { person.draft.externalId = "OLD-\(made + 1)" }
    setStanding(&person, &dice)
    return person
  }

  private func gender(_ isWoman: Bool, _ dice: inout DemoDice) -> Gender? {
    switch dice.below(100) {
    case 0: .other
    case 1: .preferNotToSay
    case 2...6: nil
    default: isWoman ? .female : .male
    }
  }

  private func setBirth(_ person: inout DemoPerson, _ dice: inout DemoDice) {
    let age = person.isChild ? dice.below(19) : 19 + dice.below(32) + dice.below(32)
    let days = dice.below(365)
    let (isUnknown, lacksYear) = (dice.happens(perMille: 90), dice.happens(perMille: 60))
    guard !isUnknown, let birthday = calendar.today.adding(years: -age),
      let born = birthday.adding(days: -days)
    else {
      return
    }
    person.monthDay = born.month * 100 + born.day
    person.draft.dateOfBirth = lacksYear ? "--" + born.description.suffix(5) : born.description
    if !lacksYear { person.age = age }
    // Who was born into the family came later than it.
    if person.isChild { person.joined = min(person.joined, max(1, age * 365 + days)) }
  }

  private func setAddresses(
    _ person: inout DemoPerson, _ name: DemoCulture.Name, _ home: Home, _ family: [DemoPerson],
    _ dice: inout DemoDice
  ) {
    let parent = family.first { $0.draft.email != nil }
    let shares = dice.happens(perMille: person.isChild ? 550 : 200)
    let hasOwn = dice.happens(perMille: person.isChild ? 250 : 880)
    let domain = dice.pick(Self.domains)
    person.emailOwner = made
    if shares, let parent {
      person.draft.email = parent.draft.email
      person.emailOwner = parent.emailOwner
    } else if hasOwn {
      person.draft.email = "\(name.letters).\(home.surname.letters)\(made + 1)@\(domain)"
    }
    let wantsPhone = dice.happens(perMille: person.isChild ? 150 : 760)
    if wantsPhone || total > DemoPhone.count, let place = DemoPhone.place(of: made, among: total) {
      person.phone = place
      person.draft.phone = DemoPhone.number(place)
    }
  }

  /// What somebody is to the community: membership, tags, what is written down of them, and how much they take part.
  private func setStanding(_ person: inout DemoPerson, _ dice: inout DemoDice) {
    let types = ["member", "member", "member", "member", "regular", "regular", "visitor", "elder"]
    let type = dice.pick(types)
    person.draft.membershipType = person.isChild ? "child" : dice.happens(perMille: 80) ? nil : type
    var tags: [String] = []
    if dice.happens(perMille: 90) { tags.append("choir") }
    if !person.isChild, dice.happens(perMille: 50) { tags.append("media") }
    if person.joined <= 120 { tags.append("newcomer") }
    if dice.happens(perMille: 160) { tags.append("prayer") }
    if !person.isChild, dice.happens(perMille: 170) { tags.append("volunteer") }
    if let age = person.age, 13...25 ~= age { tags.append("youth") }
    if !tags.isEmpty { person.draft.tags = tags }
    var fields: [CustomField] = []
    if dice.happens(perMille: 400) {
      let day = calendar.day(dice.below(max(1, person.joined)))
      fields.append(CustomField(name: "baptismDate", value: .string(day.description)))
    }
    if tags.contains("volunteer") {
      fields.append(CustomField(name: "ministry", value: .string(dice.pick(Self.ministries))))
    }
    if !fields.isEmpty { person.draft.customFields = fields }
    if dice.happens(perMille: 40) { person.draft.notes = "Prefers to be called in the evening" }
    person.zeal =
      switch dice.below(100) {
      case 0..<25: .silent
      case 25..<45: .lapsed
      case 45..<80: .occasional
      default: .keen
      }
  }
}
