import SQLiteStore
import Testing

@testable import CareSphereKit

@Suite struct UserStoreTests {
  @Test func keepsWhatItWasGiven() throws {
    let fixture = try UserFixture()
    let user = User(
      id: fixture.ids.next(), email: "Ada@grace.example", fullName: "Ada Lovelace", displayName: "Ada",
      avatarURL: "https://grace.example/ada.png", role: .moderator, createdAt: fixture.start,
      updatedAt: fixture.start)
    try fixture.users().add(user, passwordHash: UserFixture.cheapHash)
    #expect(try fixture.users().find(id: user.id) == user)
    #expect(try fixture.users().find(email: "aDA@GRACE.example") == user)
    #expect(try fixture.users().find(email: "ada@grace") == nil)
    #expect(user.json.keys.contains("passwordHash") == false)
  }

  @Test func oneAddressOneUser() throws {
    let fixture = try UserFixture()
    try fixture.add("ada")
    #expect(fixture.code { try fixture.add("ADA") } == .conflict)
    let eve = try fixture.add("eve")
    #expect(
      fixture.code { _ = try fixture.users().update(eve.id, UserChanges(email: "Ada@grace.example")) }
        == .conflict)
    #expect(
      try fixture.users().update(eve.id, UserChanges(email: "EVE@grace.example")).after.email
        == "EVE@grace.example")
  }

  @Test func resolvesReferences() throws {
    let fixture = try UserFixture()
    let ada = try fixture.add("ada")
    let eve = try fixture.add("eve")
    let users = fixture.users()
    for reference in [ada.id, ada.id.uppercased(), "ADA@grace.example", String(ada.id.suffix(8))] {
      #expect(try users.resolve(reference) == ada)
    }
    #expect(fixture.code { _ = try users.resolve(String(ada.id.prefix(4))) } == .conflict)
    for reference in ["ad", "", "nobody@grace.example", String(ada.id.suffix(3)), "%", "____", "0%0%"] {
      #expect(fixture.code { _ = try users.resolve(reference) } == .notFound)
    }
    #expect(try users.resolve(String(eve.id.suffix(12))) == eve)
  }

  @Test(arguments: [
    UserChanges(role: .moderator), UserChanges(status: .suspended), UserChanges(status: .inactive),
  ])
  func theLastActiveAdminStays(changes: UserChanges) throws {
    let fixture = try UserFixture()
    let last = try fixture.add("last", role: .admin)
    try fixture.add("idle", role: .admin, status: .inactive)
    let users = fixture.users()
    #expect(fixture.code { _ = try users.update(last.id, changes) } == .conflict)
    #expect(fixture.code { _ = try users.delete(last.id) } == .conflict)
    #expect(try users.update(last.id, UserChanges(fullName: "Ada")).after.fullName == "Ada")
    let second = try fixture.add("second", role: .admin)
    _ = try users.update(last.id, changes)
    #expect(fixture.code { _ = try users.delete(second.id) } == .conflict)
  }

  @Test func whatEndsWithAUser() throws {
    for (name, end) in [
      ("suspended", { store, id in _ = try store.update(id, UserChanges(status: .suspended)) }),
      ("deleted", { store, id in _ = try store.delete(id) }),
    ] as [(String, (UserStore, String) throws -> Void)] {
      let fixture = try UserFixture()
      try fixture.add("other", role: .admin)
      let ada = try fixture.add("ada", role: .admin)
      let tokens = try fixture.sessions().open(ada)
      let service = try fixture.tokens().make("cron", role: .member, lifetime: 60, by: fixture.actor(ada))
        .token
      try end(fixture.users(), ada.id)
      #expect(
        fixture.code { _ = try fixture.sessions().actor(accessToken: tokens.accessToken) } == .unauthorized,
        "\(name)")
      #expect(try fixture.sessions().renew(tokens.refreshToken) == .unknown, "\(name)")
      #expect(fixture.code { _ = try fixture.tokens().actor(token: service) } == .unauthorized, "\(name)")
      for table in ["sessions", "access_tokens", "spent_refresh_tokens", "service_tokens"] {
        #expect(try fixture.count(table) == 0, "\(name) \(table)")
      }
    }
  }

  @Test func aNewPasswordEndsLoginsButNotServiceTokens() throws {
    let fixture = try UserFixture()
    let ada = try fixture.add("ada", role: .admin)
    let tokens = try fixture.sessions().open(ada)
    let service = try fixture.tokens().make("cron", role: .member, lifetime: 60, by: fixture.actor(ada)).token
    try fixture.users().setPassword(ada.id, hash: UserFixture.cheapHash)
    #expect(
      fixture.code { _ = try fixture.sessions().actor(accessToken: tokens.accessToken) } == .unauthorized)
    #expect(try fixture.tokens().actor(token: service).credential == .serviceToken("cron"))
  }
}
