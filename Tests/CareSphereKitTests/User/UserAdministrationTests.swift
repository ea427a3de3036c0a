import SQLiteStore
import TextFormats
import Testing

@testable import CareSphereKit

@Suite struct UserAdministrationTests {
  private let fixture: UserFixture
  private let ada: User

  init() throws {
    fixture = try UserFixture()
    ada = try fixture.add("ada", role: .admin)
  }

  private func administration(_ user: User, commits: Bool = true) throws -> UserAdministration {
    let zone = try Zone(named: "UTC")
    let actor = fixture.actor(user)
    let provenance = Provenance(
      actorID: actor.id, actor: actor.auditName, command: "user test", at: fixture.start)
    return UserAdministration(
      fixture.database, ids: fixture.ids, clock: Clock(now: fixture.start, zone: zone), actor: actor,
      audit: AuditLog(fixture.database, ids: fixture.ids, provenance: provenance), commits: commits)
  }

  private func fields(_ body: () throws -> Void) -> [String: String] {
    do {
      try body()
      return [:]
    } catch let error as CareError {
      guard case .fields(let problems) = error.details else { return [:] }
      return Dictionary(problems.map { ($0.field, $0.reason) }) { $0 + " AND " + $1 }
    } catch { return [:] }
  }

  private func audit() throws -> [String] {
    var entries: [String] = []
    try fixture.database.query(
      "SELECT actor, command, entity, entity_id, before, after FROM audit_log ORDER BY row_id"
    ) { row in entries.append((0..<6).map { row.text($0) ?? "-" }.joined(separator: " | ")) }
    return entries
  }

  @Test func addsAUser() throws {
    let input = UserInput(
      email: " Eve@Grace.Example ", fullName: " Eve Example ", displayName: "", password: UserFixture.password
    )
    let eve = try administration(ada).add(input)
    #expect(eve.email == "Eve@grace.example")
    #expect(eve.fullName == "Eve Example")
    #expect(eve.displayName == nil)
    #expect(eve.role == .member && eve.status == .active)
    #expect(try fixture.users().find(id: eve.id) == eve)
    let hash = try #require(try fixture.users().passwordHash(of: eve.id))
    #expect(try PasswordHash.verify(UserFixture.password, against: hash))
    let entries = try audit()
    #expect(entries.count == 1)
    #expect(entries[0].hasPrefix("ada@grace.example | user test | user | \(eve.id) | - | {\"email\":"))
    #expect(!entries[0].contains("argon2") && !entries[0].contains(UserFixture.password))
  }

  @Test func tellsEveryProblemAtOnce() throws {
    let administration = try administration(ada)
    let problems = fields {
      _ = try administration.add(
        UserInput(
          email: "nobody", displayName: .init(repeating: "x", count: 101), role: "king", password: "secret"))
    }
    #expect(Set(problems.keys) == ["email", "fullName", "displayName", "role", "password"])
    #expect(problems["fullName"] == "is required")
    #expect(problems["role"] == "must be one of member, moderator, admin")
    #expect(problems["password"]?.contains("; must include a digit;") == true)
    #expect(
      fields {
        _ = try administration.add(UserInput(email: "", fullName: " ", password: UserFixture.password))
      }.keys.count == 2)
    #expect(try fixture.count("users") == 1)
  }

  @Test func aDryRunLeavesNothing() throws {
    let input = UserInput(email: "eve@grace.example", fullName: "Eve", password: UserFixture.password)
    #expect(try administration(ada, commits: false).add(input).email == input.email)
    _ = try administration(ada, commits: false).update(ada.id, UserInput(fullName: "Other"))
    #expect(try fixture.count("users") == 1)
    #expect(try fixture.users().find(id: ada.id) == ada)
    #expect(try audit().isEmpty)
  }

  @Test func auditsWhatChangedAndNothingElse() throws {
    try fixture.add("other", role: .admin)
    _ = try administration(ada).update("ADA@grace.example", UserInput(displayName: "Ada", role: "moderator"))
    _ = try administration(ada).update(ada.id, UserInput(displayName: "Ada"))
    #expect(
      try audit() == [
        "ada@grace.example | user test | user | \(ada.id) | {\"displayName\":null,\"role\":\"admin\"} | "
          + "{\"displayName\":\"Ada\",\"role\":\"moderator\"}"
      ])
    _ = try administration(ada).delete("ada@grace.example")
    #expect(try audit().count == 2)
  }

  @Test func othersChangeTheirOwnNamesOnly() throws {
    let eve = try fixture.add("eve", role: .moderator)
    let own = try administration(eve)
    #expect(
      try own.update("EVE@grace.example", UserInput(fullName: "Eve E.", displayName: "E")).displayName == "E")
    #expect(try own.visible(String(eve.id.suffix(8))).id == eve.id)
    for input in [
      UserInput(role: "admin"), UserInput(status: "inactive"), UserInput(email: "e@grace.example"),
    ] {
      #expect(fixture.code { _ = try own.update(eve.id, input) } == .forbidden)
    }
    for reference in [ada.email, ada.id, "nobody@grace.example", "0000"] {
      #expect(fixture.code { _ = try own.update(reference, UserInput(fullName: "X")) } == .forbidden)
    }
    let input = UserInput(email: "x@grace.example", fullName: "X", password: UserFixture.password)
    #expect(fixture.code { _ = try own.add(input) } == .forbidden)
    #expect(fixture.code { _ = try own.delete(eve.id) } == .forbidden)
    #expect(
      fixture.code { _ = try own.setPassword(of: ada.id, current: "", new: "New-Password-9") } == .forbidden)
  }

  @Test func passwords() throws {
    let eve = try fixture.add("eve", hash: try PasswordHash.make(UserFixture.password))
    let tokens = try fixture.sessions().open(eve)
    let own = try administration(eve)
    #expect(
      fixture.code { _ = try own.setPassword(of: nil, current: "wrong", new: "New-Password-9") }
        == .authentication)
    #expect(
      fields { _ = try own.setPassword(of: nil, current: UserFixture.password, new: "eve") }["password"]?
        .contains("must not be the name") == true)
    _ = try own.setPassword(of: eve.email, current: UserFixture.password, new: "New-Password-9")
    #expect(
      fixture.code { _ = try fixture.sessions().actor(accessToken: tokens.accessToken) } == .unauthorized)
    let login = Login(fixture.database, ids: fixture.ids, now: fixture.start)
    _ = try login.open(email: eve.email, password: "New-Password-9")
    _ = try administration(ada).setPassword(of: eve.email, current: "", new: "Newer-Password-9")
    _ = try login.open(email: eve.email, password: "Newer-Password-9")
    let entries = try audit().joined()
    #expect(!entries.contains("Password-9") && !entries.contains(UserFixture.password))
    #expect(entries.contains(#"{"failure":"wrong password"}"#))
    #expect(entries.contains(#"{"password":"changed"}"#))
  }

  @Test func readsTheRequestBody() throws {
    let body = try JSONParser.parse(
      #"{"email":"e@x.example","password":"SecurePass123!","fullName":"John Doe","displayName":null}"#)
    #expect(
      try UserInput(body: body)
        == UserInput(email: "e@x.example", fullName: "John Doe", displayName: "", password: "SecurePass123!"))
    let wrong = try JSONParser.parse(#"{"email":1,"name":"x","role":["admin"]}"#)
    #expect(Set(fields { _ = try UserInput(body: wrong) }.keys) == ["email", "name", "role"])
    #expect(fixture.code { _ = try UserInput(body: "x") } == .validation)
    let flags = UserInput(fullName: "A", role: "admin")
    #expect(
      try flags.joined(with: UserInput(email: "b")) == UserInput(email: "b", fullName: "A", role: "admin"))
    #expect(fixture.code { _ = try flags.joined(with: UserInput(fullName: "B")) } == .usage)
  }

  @Test func whatAFailureTells() throws {
    let login = Login(fixture.database, ids: fixture.ids, now: fixture.start)
    for email in ["ada@grace.example", "no@grace.example", "Sunday-Morning-7"] {
      #expect(fixture.code { _ = try login.open(email: email, password: "x1") } == .authentication)
    }
    #expect(
      try audit() == [
        "ada@grace.example | user login | user | \(ada.id) | - | {\"failure\":\"wrong password\"}",
        "no@grace.example | user login | user | - | - | {\"failure\":\"unknown user\"}",
        "(no address) | user login | user | - | - | {\"failure\":\"unknown user\"}",
      ])
  }
}
