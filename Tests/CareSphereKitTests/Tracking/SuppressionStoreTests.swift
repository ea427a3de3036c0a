import SQLiteStore
import Testing

@testable import CareSphereKit

/// Addresses that are not written to.
@Suite struct SuppressionStoreTests {
  private let fixture: TrackingFixture
  private var store: SuppressionStore { fixture.suppressions }

  init() throws { fixture = try TrackingFixture() }

  private func write<T>(_ body: () throws -> T) throws -> T { try fixture.database.write { try body() } }

  private func suppress(_ address: String, _ source: String, _ channel: Channel = .email) throws {
    try write { try store.suppress(address, channel: channel, reason: "no", source: source) }
  }

  @Test func anAddressIsKnownInAnyLetterCase() throws {
    try suppress("Ana.Souza@Example.org", "bounce")
    for address in ["ana.souza@example.org", "ANA.SOUZA@EXAMPLE.ORG", "Ana.Souza@Example.org"] {
      #expect(try store.find(address, channel: .email) != nil)
      #expect(try store.find(address, channel: .sms) == nil)
    }
    #expect(try store.find("ana@example.org", channel: .email) == nil)
  }

  @Test func aNumberIsKnownHoweverItIsWritten() throws {
    try suppress("+234 803-000 1234", "bounce", .sms)
    #expect(try store.find("(+234)8030001234", channel: .sms) != nil)
  }

  @Test func whatSaysMoreStays() throws {
    let weights = ["soft-bounce", "bounce", "complaint"]
    for first in weights.indices {
      for second in weights.indices {
        let address = "\(first)\(second)@example.org"
        try suppress(address, weights[first])
        try suppress(address, weights[second])
        let kept = try store.find(address, channel: .email)?.source
        #expect(kept == weights[max(first, second)])
      }
    }
  }

  private func deleteAnOptedOutMember(_ email: String) throws {
    let id = try fixture.member(email: email)
    try write {
      let consents = ConsentStore(fixture.database, provenance: fixture.provenance)
      try consents.set(.out, .email, of: id, reason: nil, source: "test")
      let members = try MemberStore(
        fixture.database, ids: fixture.users.ids, provenance: fixture.provenance)
      try members.delete(try MemberFinder(fixture.database).find(id))
    }
  }

  @Test func anOptOutOutweighsAndOutlivesABounce() throws {
    try suppress("ana@example.org", "bounce")
    try deleteAnOptedOutMember("Ana@example.org")
    #expect(try store.find("ana@example.org", channel: .email)?.source == "opt-out")
    #expect(try store.find("ana@example.org", channel: .email)?.address == nil)
    try suppress("ana@example.org", "complaint")
    #expect(try store.find("ana@example.org", channel: .email)?.source == "opt-out")
    #expect(throws: CareError.self) {
      try write { _ = try store.lift("ana@example.org", ids: fixture.users.ids) }
    }
    #expect(try store.find("ana@example.org", channel: .email) != nil)
  }

  @Test func liftingTellsWhatThereWas() throws {
    try suppress("ana@example.org", "complaint")
    let lifted = try write { try store.lift("ANA@example.org", ids: fixture.users.ids) }
    #expect(lifted.map(\.source) == ["complaint"])
    #expect(try store.find("ana@example.org", channel: .email) == nil)
    let entry = try fixture.rows(
      "SELECT entity, json_extract(before, '$.address') FROM audit_log ORDER BY row_id DESC LIMIT 1")
    #expect(entry == ["suppression ana@example.org"])
    #expect(
      fixture.users.code { _ = try store.lift("ana@example.org", ids: fixture.users.ids) } == .notFound)
  }

  @Test func forgettingLeavesTheDigest() throws {
    try suppress("ana@example.org", "bounce")
    try SuppressionStore.forget(email: "Ana@Example.org", phone: nil, fixture.database)
    let kept = try #require(try store.find("ana@example.org", channel: .email))
    #expect(kept.address == nil && kept.reason == nil && kept.source == "bounce")
    try suppress("ben@example.org", "bounce")
    try fixture.member(email: "ben@example.org")
    try SuppressionStore.forget(email: "ben@example.org", phone: nil, fixture.database)
    #expect(try store.find("ben@example.org", channel: .email)?.address == "ben@example.org")
  }
}
