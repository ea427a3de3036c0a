import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// Who gets a message, and why others do not, against a slow and simple telling of the same.
@Suite struct MessageAudienceTests {
  private struct Person {
    var id = ""
    var email: String?
    var phone: String?
    var status: String
    var createdAt: String
    var optOuts: Set<Channel>
    var groups: Set<Int>
  }

  /// Three static groups, and a dynamic one of those whose first name begins with A.
  private struct Community {
    let fixture: MessageFixture
    var people: [Person] = []
    var groups: [String] = []
    var generator: SeededGenerator

    init(seed: UInt64) throws {
      fixture = try MessageFixture()
      generator = SeededGenerator(seed: seed)
      for number in 0..<3 { groups.append(try fixture.group("Group \(number)")) }
      groups.append(try fixture.group("Pending", where: "status = pending"))
      for number in 0..<40 { people.append(try person(number)) }
      try fixture.suppress("Mail2@grace.example", .email)
      try fixture.suppress("MÜLLER@grace.example", .email, source: "complaint")
      try fixture.suppress("+1 555 0103", .sms)
      try fixture.suppress(people[5].id, .push)
    }

    private mutating func person(_ number: Int) throws -> Person {
      let emails = [
        nil, "mail1@grace.example", "MAIL1@grace.example", "mail2@grace.example", "müller@grace.example",
        "Müller@grace.example", "p\(number)@grace.example", "q\(number)@grace.example",
      ]
      let phones = [
        nil, "+1 555 0101", "+1 (555) 01-01", "15550102", "+1-555-0103", "+1 555 1\(number + 100)",
      ]
      var person = Person(
        status: ["active", "active", "active", "inactive", "pending", "archived"].randomElement(
          using: &generator)
          ?? "active",
        createdAt: "2025-01-\(String(Int.random(in: 10...28, using: &generator)))T00:00:00Z",
        optOuts: Set(Channel.allCases.filter { _ in Int.random(in: 0..<6, using: &generator) == 0 }),
        groups: Set((0..<3).filter { _ in Bool.random(using: &generator) }))
      person.email = emails.randomElement(using: &generator) ?? nil
      person.phone = phones.randomElement(using: &generator) ?? nil
      person.id = try fixture.member(
        "P\(number)", email: person.email, phone: person.phone, status: person.status,
        createdAt: person.createdAt, optOuts: Array(person.optOuts), groups: person.groups.map { groups[$0] })
      return person
    }

    /// An audience, and whether a person belongs to it.
    mutating func audience() -> (Audience, (Person) -> Bool) {
      var audience = Audience()
      audience.isEverybody = Int.random(in: 0..<4, using: &generator) == 0
      let numbers = Set((0..<4).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 })
      audience.groups = numbers.map { groups[$0] }
      audience.members = people.filter { _ in Int.random(in: 0..<8, using: &generator) == 0 }.map(\.id)
      if Bool.random(using: &generator) { audience.expression = "status in (inactive, archived)" }
      let fixed = audience
      return (
        audience,
        { person in
          (fixed.isEverybody && person.status == "active") || fixed.members.contains(person.id)
            || !numbers.isDisjoint(with: person.groups)
            || (numbers.contains(3) && person.status == "pending")
            || (fixed.expression != nil && ["inactive", "archived"].contains(person.status))
        }
      )
    }

    /// The reason to skip a person, apart from twins.
    func reason(_ person: Person, _ type: MessageType) -> String? {
      if person.status == "archived" { return "archived" }
      if let channel = type.channel, person.optOuts.contains(channel) {
        return "opted out of \(channel.rawValue)"
      }
      switch type {
      case .email:
        guard let email = person.email?.lowercased() else { return "no e-mail address" }
        if email == "mail2@grace.example" { return "the address is suppressed: it bounced" }
        return email == "müller@grace.example" ? "the address is suppressed: its owner complained" : nil
      case .sms, .whatsapp:
        guard let phone = person.phone else { return "no phone number" }
        return phone == "+1-555-0103" ? "the address is suppressed: it bounced" : nil
      case .push: return person.id == people[5].id ? "the address is suppressed: it bounced" : nil
      case .inApp: return nil
      }
    }

    /// What is to be written, in the order in which members were added.
    func expected(_ type: MessageType, perMember: Bool, _ isIn: (Person) -> Bool) -> [MessageFixture
      .Recipient]
    {
      let audience = people.filter(isIn)
      let keys: [String: String] = Dictionary(
        uniqueKeysWithValues: audience.map { person in
          let digits = (person.phone ?? "").filter(\.isNumber)
          return (person.id, type == .email ? (person.email ?? "").lowercased() : digits)
        })
      let order = audience.enumerated().sorted {
        ($0.element.createdAt, $0.offset) < ($1.element.createdAt, $1.offset)
      }.map(\.element)
      var first: [String: String] = [:]
      for person in order where reason(person, type) == nil {
        let key = keys[person.id] ?? ""
        if first[key] == nil { first[key] = person.id }
      }
      return audience.map { person in
        var why = reason(person, type)
        let hasAddress = [.email, .sms, .whatsapp].contains(type)
        if why == nil, hasAddress, !perMember, first[keys[person.id] ?? ""] != person.id {
          why = "the address is reached already, through another recipient"
        }
        let address = type == .email ? person.email : hasAddress ? person.phone : nil
        let status = why != nil ? "skipped" : type == .inApp ? "delivered" : "pending"
        return .init(member: person.id, address: address, status: status, reason: why)
      }
    }
  }

  @Test(arguments: [1, 2, 3]) func everybodyOnceOrSkippedWithTheReason(seed: UInt64) throws {
    var community = try Community(seed: seed)
    let fixture = community.fixture
    for round in 0..<12 {
      for type in MessageType.allCases {
        let perMember = round % 3 == 0
        let (audience, isIn) = community.audience()
        let expected = community.expected(type, perMember: perMember, isIn)
        let message = try fixture.message("\(type.rawValue) \(round)") {
          $0.type = type
          $0.audience = audience
          $0.perMember = perMember
        }
        guard !expected.isEmpty else {
          let error = try fixture.error { _ = try fixture.begin(message) }
          #expect(error.code == .validation)
          continue
        }
        let begun = try fixture.begin(message)
        #expect(try fixture.recipients(begun) == expected, "\(type) \(audience)")
        let skipped = expected.count { $0.status == "skipped" }
        #expect(begun.counts.skipped == skipped)
        #expect(begun.counts.recipients == expected.count - skipped)
        #expect(begun.counts.pending == (type == .inApp ? 0 : expected.count - skipped))
        #expect(begun.status == (begun.counts.pending == 0 ? .sent : .sending))
        #expect(begun.sentAt == fixture.provenance.at)
        _ = try fixture.reloaded(begun)
      }
    }
  }

  @Test func idsAreNewOnesInOrder() throws {
    let fixture = try MessageFixture()
    for number in 0..<50 { try fixture.member("P\(number)", email: "p\(number)@grace.example") }
    let message = try fixture.begin(try fixture.message())
    var ids: [String] = []
    try fixture.database.query("SELECT id FROM message_recipients ORDER BY row_id") {
      ids.append($0.string(0))
    }
    #expect(ids.count == 50 && ids == ids.sorted() && Set(ids).count == 50)
    #expect(ids.allSatisfy(UUIDText.isValid))
    #expect(message.counts.pending == 50)
    #expect(try fixture.number("SELECT count(*) FROM message_recipients WHERE next_attempt_at IS NULL") == 0)
  }

  @Test func inAppMessagesAreThereAtOnce() throws {
    let fixture = try MessageFixture()
    let ana = try fixture.member("Ana")
    try fixture.member("Bo", status: "archived")
    let message = try fixture.begin(
      try fixture.message {
        $0.type = .inApp
        $0.audience.expression = "firstName in (Ana, Bo)"
      })
    #expect(message.status == .sent)
    #expect(message.counts == .init(recipients: 1, skipped: 1, sent: 1, delivered: 1))
    var activities: [String] = []
    try fixture.database.query(
      "SELECT member_id, activity_type, description, metadata FROM member_activities"
    ) {
      activities.append("\($0.string(0)) \($0.string(1)) \($0.string(2)) \($0.string(3))")
    }
    #expect(
      activities == [
        "\(ana) message_sent Was sent “News” "
          + "{\"messageId\":\"\(message.id)\",\"messageTitle\":\"News\"}"
      ])
  }

  @Test func nobodyIsNotAnAudience() throws {
    let fixture = try MessageFixture()
    let unnamed = try fixture.message { $0.audience = Audience() }
    let empty = try fixture.message { $0.audience.expression = "firstName = Nobody" }
    for message in [unnamed, empty] {
      let error = try fixture.error { _ = try fixture.begin(message) }
      #expect(error.code == .validation && error.hint != nil)
      #expect(try fixture.finder.find(id: message.id) == message)
    }
    try fixture.member("Ana")
    let skipped = try fixture.begin(try fixture.message())
    #expect(skipped.status == .sent && skipped.counts == .init(skipped: 1))
  }

  @Test func aDeletedGroupIsToldOf() throws {
    let fixture = try MessageFixture()
    let group = try fixture.group("Choir")
    let message = try fixture.message { $0.audience.groups = [group] }
    try fixture.write { try fixture.database.execute("DELETE FROM member_groups") }
    #expect(try fixture.error { _ = try fixture.begin(message) }.code == .conflict)
  }
}
