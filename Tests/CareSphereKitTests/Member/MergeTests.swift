import SQLiteStore
import TestSupport
import TextFormats
import Testing

@testable import CareSphereKit

/// Members who become one, below the command line.
@Suite struct MergeTests {
  private let fixture: UserFixture
  private let provenance: Provenance
  private var database: Database { fixture.database }

  init() throws {
    fixture = try UserFixture()
    let admin = try fixture.add("admin", role: .admin)
    provenance = Provenance(actorID: admin.id, actor: admin.email, command: "test", at: fixture.start)
  }

  private func write<T>(_ body: () throws -> T) throws -> T { try database.write { try body() } }

  private func add(_ change: (inout MemberDraft) -> Void) throws -> Member {
    var draft = MemberDraft()
    draft.firstName = "Ana"
    draft.lastName = "Souza"
    change(&draft)
    let id = try write { try MemberStore(database, ids: fixture.ids, provenance: provenance).add(draft) }
    return try MemberFinder(database).find(id)
  }

  private func merge(_ others: [Member], into keep: Member) throws -> Member {
    try write {
      try MemberMerge(database, ids: fixture.ids, provenance: provenance).merge(others, into: keep)
    }
  }

  /// A table of a new noun that points at members has to be named in the list, or merging would lose its rows.
  @Test func everyColumnThatPointsAtMembersIsMoved() throws {
    var pointing: Set<String> = []
    try database.query(
      """
      SELECT t.name, k."from" FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k
      WHERE t.type = 'table' AND k."table" = 'members'
      """
    ) { pointing.insert("\($0.string(0)).\($0.string(1))") }
    #expect(pointing.count >= 4)
    // Consents are not moved: the stricter of two decisions counts. Nor are changes of the status: those of a record
    // that is no more are not those of the one who stays.
    let moved = Set(
      MemberMerge.references.map { "\($0.table).\($0.column)" }
        + ["member_consents.member_id", "member_status_changes.member_id"])
    // The events of rules and their ledger outlive people, and so refer to nobody.
    #expect(pointing.isSubset(of: moved))
  }

  @Test func theStricterOfTwoDecisionsCounts() throws {
    let states: [ConsentState?] = [nil, .in, .out]
    for ours in states {
      for theirs in states {
        let (keep, other) = (try add { _ in }, try add { _ in })
        try write {
          let consents = ConsentStore(database, provenance: provenance)
          for (member, state) in [(keep, ours), (other, theirs)] {
            if let state { try consents.set(state, .sms, of: member.id, reason: nil, source: "test") }
          }
        }
        let merged = try merge([other], into: keep)
        let expected: ConsentState? = ours == .out || theirs == .out ? .out : ours ?? theirs
        let state = try ConsentStore(database, provenance: provenance).states(of: merged.id)[.sms]
        #expect(state == expected, "\(String(describing: ours)) and \(String(describing: theirs))")
      }
    }
  }

  @Test func whatKeepLacksIsFilledAndNothingElseChanges() throws {
    var generator = SeededGenerator(seed: 11)
    let fields: [MemberField] = [.address, .city, .state, .country, .membershipType, .notes]
    for _ in 0..<50 {
      let values = [0, 1].map { _ in
        fields.map { _ in Bool.random(using: &generator) ? "x" + generator.text(length: 12) : nil }
      }
      let members = try values.map { values in
        try add { draft in
          draft.address = values[0]
          draft.city = values[1]
          draft.state = values[2]
          draft.country = values[3]
          draft.membershipType = values[4]
          draft.notes = values[5]
        }
      }
      let merged = try merge([members[1]], into: members[0])
      let note = try #require(
        try database.first("SELECT note FROM member_notes WHERE member_id = ?", [.text(merged.id)]) {
          $0.string(0)
        })
      for (index, field) in fields.enumerated() {
        let (ours, theirs) = (values[0][index], values[1][index])
        #expect(merged[field] == ours ?? theirs)
        if let ours, let theirs, ours != theirs {
          #expect(note.utf8.firstRange(of: "\(field.rawValue): \(theirs)".utf8) != nil)
        }
      }
      #expect(try MemberFinder(database).find(merged.id) == merged)
    }
  }

  @Test func aLoginGoesAlongWhereThereIsNone() throws {
    let user = try fixture.add("ana")
    let (keep, other) = (try add { _ in }, try add { _ in })
    try database.execute("UPDATE members SET user_id = ? WHERE id = ?", [.text(user.id), .text(other.id)])
    _ = try merge([other], into: keep)
    let linked = try database.first("SELECT user_id FROM members WHERE id = ?", [.text(keep.id)]) {
      $0.text(0)
    }
    #expect(linked == user.id)
  }

  @Test func aBirthdayWithItsYearIsMoreThanOneWithout() throws {
    let cases: [(String?, String?, String?)] = [
      ("--05-15", "1990-05-15", "1990-05-15"), ("1990-05-15", "--05-15", "1990-05-15"),
      ("--05-15", "1990-05-16", "--05-15"), (nil, "--05-15", "--05-15"), ("1990-05-15", nil, "1990-05-15"),
    ]
    for (ours, theirs, expected) in cases {
      let merged = try merge([try add { $0.dateOfBirth = theirs }], into: try add { $0.dateOfBirth = ours })
      #expect(merged[.dateOfBirth] == expected)
    }
  }

  @Test func anExternalIdMovesToWhoHasNone() throws {
    let other = try add { $0.externalId = "17" }
    let merged = try merge([other], into: try add { _ in })
    #expect(merged[.externalId] == "17")
    #expect(try MemberFinder(database).find("ext:17").id == merged.id)
  }

  @Test func formerIdsAreFoundThroughSeveralMerges() throws {
    let people = try (0..<4).map { _ in try add { _ in } }
    _ = try merge([people[0]], into: people[1])
    let second = try MemberFinder(database).find(people[1].id)
    _ = try merge([second, people[2]], into: people[3])
    let former = try MemberMerge.formerIDs(of: people[3].id, database)
    #expect(Set(former) == Set(people.prefix(3).map(\.id)))
  }
}
