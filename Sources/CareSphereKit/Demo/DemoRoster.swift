/// What has to be known of everybody while a community is made up, kept small: there may be millions.
struct DemoRoster {
  private static let idBytes = 36

  private(set) var count = 0
  private var ids: [UInt8] = []
  private var emails: [UInt8] = []
  /// Where the e-mail address of each ends in `emails`.
  private var emailEnds: [Int] = []
  private var phones: [Int32] = []
  private var owners: [Int32] = []
  private var zeals: [DemoPerson.Zeal] = []
  private var createds: [Timestamp] = []
  private var lastDeeds: [Timestamp] = []

  /// Whoever is archived, and since when.
  var archived: [Int: Timestamp] = [:]
  /// Whoever does not want to be written to, and since when.
  var optOuts: [Channel: [Int: Timestamp]] = [:]
  /// Whose address must not be written to, since when and why.
  var suppressed: [Int: (since: Timestamp, source: SuppressionSource)] = [:]
  /// Whose birthday it was so many days ago.
  var birthdays: [Int: [Int]] = [:]
  /// Who is in each group, by its name.
  var groups: [String: [Int]] = [:]

  mutating func reserveCapacity(_ count: Int) {
    ids.reserveCapacity(count * Self.idBytes)
    emails.reserveCapacity(count * 26)
    emailEnds.reserveCapacity(count)
    phones.reserveCapacity(count)
    owners.reserveCapacity(count)
    zeals.reserveCapacity(count)
    createds.reserveCapacity(count)
    lastDeeds.reserveCapacity(count)
  }

  /// Adds somebody who has been stored.
  mutating func append(_ person: DemoPerson, id: String, created: Timestamp) {
    ids.append(contentsOf: id.utf8)
    emails.append(contentsOf: (person.draft.email ?? "").utf8)
    emailEnds.append(emails.count)
    phones.append(Int32(person.phone ?? -1))
    owners.append(Int32(clamping: person.emailOwner))
    zeals.append(person.zeal)
    createds.append(created)
    lastDeeds.append(created)
    count += 1
  }

  func id(_ person: Int) -> String {
    String(decoding: ids[person * Self.idBytes..<(person + 1) * Self.idBytes], as: UTF8.self)
  }

  func email(_ person: Int) -> String? {
    let start = person == 0 ? 0 : emailEnds[person - 1]
    return start == emailEnds[person]
      ? nil : String(decoding: emails[start..<emailEnds[person]], as: UTF8.self)
  }

  func phone(_ person: Int) -> String? { phones[person] < 0 ? nil : DemoPhone.number(Int(phones[person])) }

  /// Whoever of those with the same e-mail address came first.
  func emailOwner(_ person: Int) -> Int { Int(owners[person]) }

  func zeal(_ person: Int) -> DemoPerson.Zeal { zeals[person] }

  /// When the record was made.
  func created(_ person: Int) -> Timestamp { createds[person] }

  /// When they did something the last time; when the record was made, where they never did.
  func lastDeed(_ person: Int) -> Timestamp { lastDeeds[person] }

  /// Takes note of something that somebody did.
  mutating func did(_ person: Int, at moment: Timestamp) {
    if moment > lastDeeds[person] { lastDeeds[person] = moment }
  }

  /// How many days ago somebody was last to be heard of who has lapsed.
  static func lapse(_ person: Int) -> Int { 91 + person * 37 % 120 }
}
