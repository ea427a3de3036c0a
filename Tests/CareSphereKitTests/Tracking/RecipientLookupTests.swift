import SQLiteStore
import Testing

@testable import CareSphereKit

/// Whom an event is about.
@Suite struct RecipientLookupTests {
  private let fixture: TrackingFixture
  private let member: String
  private let messages: [(id: String, recipient: String)]

  init() throws {
    let fixture = try TrackingFixture()
    let member = try fixture.member(email: "Ana@Example.org")
    let twin = try fixture.member(email: "ana@example.ORG")
    messages = try [0, 1000, 2000].map { seconds in
      let sent = try fixture.message(to: [member, twin], at: seconds)
      return (sent.id, try #require(sent.recipients.first))
    }
    (self.fixture, self.member) = (fixture, member)
  }

  private func find(at seconds: Int = 3000, _ change: (inout RecipientClues) -> Void) throws -> String? {
    var clues = RecipientClues()
    change(&clues)
    return try RecipientLookup(fixture.database).find(clues, at: TrackingFixture.at(seconds))?.id
  }

  @Test func anIDDecides() throws {
    #expect(try find { $0.recipientID = messages[0].recipient } == messages[0].recipient)
    let unknown = try find {
      $0.recipientID = fixture.users.ids.next()
      $0.address = "ana@example.org"
    }
    #expect(unknown == nil)
  }

  @Test func aMessageAndAnAddress() throws {
    let found = try find {
      $0.messageID = messages[1].id
      $0.address = "ANA@EXAMPLE.ORG"
    }
    #expect(found == messages[1].recipient)
    let other = try find {
      $0.messageID = messages[1].id
      $0.address = "ben@example.org"
    }
    #expect(other == nil)
  }

  @Test func aMessageID() throws {
    for text in ["<\(messages[0].recipient)@grace.example>", "\(messages[0].recipient.uppercased())@x"] {
      #expect(try find { $0.mailIDs = ["other@x", text] } == messages[0].recipient)
    }
    // A service may have put its own in place of ours.
    let found = try find {
      $0.mailIDs = ["<7d9c6d3e-6a0f-4b8e-9f60-3f1c1f0e2f11@service.example>"]
      $0.address = "ana@example.org"
    }
    #expect(found != nil)
  }

  @Test func aProvidersName() throws {
    try fixture.database.write {
      try fixture.database.execute(
        "UPDATE message_recipients SET provider_id = 'p-1' WHERE id = ?", [.text(messages[0].recipient)])
    }
    #expect(try find { $0.providerIDs = ["p-0", "p-1"] } == messages[0].recipient)
  }

  @Test func anAddressIsItsLatestMessageBeforeTheEvent() throws {
    func message(at seconds: Int) throws -> String? {
      let id = try find(at: seconds) { $0.address = "ana@example.org" }
      return try fixture.rows("SELECT message_id FROM message_recipients WHERE id = '\(id ?? "")'").first
    }
    #expect(try message(at: 5000) == messages[2].id)
    #expect(try message(at: 1999) == messages[1].id)
    #expect(try message(at: 1000) == messages[1].id)
    #expect(try message(at: 999) == messages[0].id)
    // Clocks differ by a little.
    #expect(try message(at: -60) == messages[0].id)
    #expect(try message(at: -3600) == nil)
  }

  @Test func whatHasNotLeftIsNotMeantByAnAddress() throws {
    _ = try fixture.message(to: [member], at: 3000, status: .pending)
    let found = try find(at: 9000) { $0.address = "ana@example.org" }
    let latest = try fixture.rows("SELECT id FROM message_recipients WHERE message_id = '\(messages[2].id)'")
    #expect(found.map(latest.contains) == true)
  }
}
