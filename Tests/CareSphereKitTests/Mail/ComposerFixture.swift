import SQLiteStore
import TextFormats

@testable import CareSphereKit

/// Messages and people in a database, to compose with.
enum ComposerFixture {
  static let recipient = "019a0000-0000-7000-8000-0000000000a1"

  static var provenance: Provenance { Provenance(actorID: nil, actor: "test", command: "test", at: .now()) }

  static func message(_ fixture: DatabaseFixture, _ values: MessageValues) throws -> Message {
    try fixture.database.write {
      try MessageStore(fixture.database, ids: UUIDv7Generator(), provenance: provenance).add(values)
    }
  }

  /// Adds a person and gives the id.
  static func add(_ draft: MemberDraft, _ fixture: DatabaseFixture) throws -> String {
    try fixture.database.write {
      try MemberStore(fixture.database, ids: UUIDv7Generator(), provenance: provenance).add(draft)
    }
  }

  static func ada() -> MemberDraft {
    var draft = MemberDraft()
    draft.firstName = "Ada"
    draft.lastName = "Love & Lace"
    draft.email = "ada@example.org"
    draft.phone = "0803 123 4567"
    draft.dateOfBirth = "1990-05-15"
    draft.tags = ["choir", "youth"]
    draft.customFields = [CustomField(name: "shoe.size", value: 41)]
    return draft
  }
}
