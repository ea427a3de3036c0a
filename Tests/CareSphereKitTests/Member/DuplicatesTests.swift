import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// The sets of people who may be the same, compared with a slow and plain search.
@Suite struct DuplicatesTests {
  @Test func setsAreThoseOfAComparisonOfEverybodyWithEverybody() throws {
    let fixture = try UserFixture()
    let provenance = Provenance(actorID: nil, actor: "test", command: "test", at: fixture.start)
    var generator = SeededGenerator(seed: 3)
    func choice(_ values: [String?]) -> String? { values.randomElement(using: &generator) ?? nil }
    try fixture.database.write {
      let store = try MemberStore(fixture.database, ids: fixture.ids, provenance: provenance)
      for _ in 0..<120 {
        var draft = MemberDraft()
        draft.firstName = choice(["Ana", "ANA", "Ida", "Çelik", "çelik"])
        draft.lastName = choice(["Berg", "berg", "Straße", "STRASSE"])
        draft.email = choice([
          nil, nil, "a@x.org", "A@x.org", "b@x.org", "\(Int.random(in: 0...9, using: &generator))@x.org",
        ])
        draft.phone = choice([nil, nil, "+1 2 3", "12-3", "99"])
        draft.dateOfBirth = choice([nil, "1990-01-01", "--01-01"])
        _ = try store.add(draft)
      }
    }
    var members: [Member] = []
    try fixture.database.query("SELECT \(Member.columns) FROM members AS m") {
      members.append(Member(row: $0))
    }
    for key in MemberDuplicates.Key.allCases {
      let groups = Dictionary(grouping: members.filter { value(key, of: $0) != nil }) { value(key, of: $0) }
      let expected = Set(groups.values.filter { $0.count > 1 }.map { Set($0.map(\.id)) })
      var found: Set<Set<String>> = []
      try MemberDuplicates(fixture.database).find([key]) { by, set in
        #expect(by == key)
        #expect(found.insert(Set(set.map(\.id))).inserted)
      }
      #expect(found == expected, "\(key)")
      #expect(try MemberDuplicates(fixture.database).count([key]) == expected.count)
      #expect(!expected.isEmpty)
    }
  }

  private func value(_ key: MemberDuplicates.Key, of member: Member) -> String? {
    switch key {
    case .email: member[.email]?.lowercased()
    case .phone: member[.phone].map(PhoneDigits.of)
    case .nameAndBirthday:
      member[.dateOfBirth].map { Member.nameKey(first: member.firstName, last: member.lastName) + $0 }
    }
  }
}
