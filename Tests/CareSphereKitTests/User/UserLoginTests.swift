import Testing

@testable import CareSphereKit

@Suite(.serialized) struct UserLoginTests {
  private let fixture: UserFixture
  private let ada: User

  init() throws {
    fixture = try UserFixture()
    ada = try fixture.add("ada", role: .admin, hash: try PasswordHash.make(UserFixture.password))
    try fixture.add("other", role: .admin)
  }

  private var login: Login { Login(fixture.database, ids: fixture.ids, now: fixture.start) }

  private func attempt(_ email: String, _ password: String = UserFixture.password) -> ErrorCode? {
    fixture.code { _ = try login.open(email: email, password: password) }
  }

  @Test func opensASessionForTheRightPassword() throws {
    let (user, tokens) = try login.open(email: "ADA@grace.example", password: UserFixture.password)
    #expect(user.id == ada.id)
    #expect(user.lastLoginAt == fixture.start)
    #expect(try fixture.sessions().actor(accessToken: tokens.accessToken).id == ada.id)
  }

  @Test func doesNotSayWhatWasWrong() throws {
    var messages: Set<String> = []
    for (email, password) in [
      ("ada@grace.example", "Sunday-Morning-8"), ("ada@grace.example", ""), ("", UserFixture.password),
      ("nobody@grace.example", UserFixture.password),
      ("ada@grace.example", String(repeating: "x", count: 1025)),
    ] {
      do {
        _ = try login.open(email: email, password: password)
        Issue.record("\(email) \(password) was let in")
      } catch let error as CareError {
        #expect(error.code == .authentication)
        messages.insert(error.message)
      }
    }
    #expect(messages.count == 1)
  }

  @Test func unknownUsersCostTheSameTime() throws {
    func seconds(_ email: String) -> Double {
      let clock = ContinuousClock()
      let spans = (0..<4).map { _ in clock.measure { _ = attempt(email, "Sunday-Morning-8") } / .seconds(1) }
      return spans.min() ?? 0
    }
    let (known, unknown) = (seconds("ada@grace.example"), seconds("nobody@grace.example"))
    #expect(unknown > known / 3 && known > unknown / 3, "\(known) \(unknown)")
  }

  @Test func onlyActiveUsersGetInAndOnlyTheRightPasswordSaysSo() throws {
    _ = try fixture.users().update(ada.id, UserChanges(status: .suspended))
    #expect(attempt("ada@grace.example") == .forbidden)
    #expect(attempt("ada@grace.example", "Sunday-Morning-8") == .authentication)
  }

  @Test func failuresCountAcrossLoginsAndTheRightPasswordClearsThem() throws {
    for _ in 0..<4 { #expect(attempt("ada@grace.example", "x") == .authentication) }
    #expect(attempt("ada@grace.example") == nil)
    for _ in 0..<5 { #expect(attempt("ada@grace.example", "x") == .authentication) }
    #expect(attempt("ada@grace.example") == .rateLimit)
    #expect(fixture.code { try login.check(email: "ada@grace.example", password: "x") } == .rateLimit)
  }

  @Test func aWeakerHashIsRenewed() throws {
    // The reference implementation's own vector: two passes, one lane.
    let weak = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
    let eve = try fixture.add("eve", hash: weak)
    _ = try login.open(email: eve.email, password: "password")
    let renewed = try #require(try fixture.users().passwordHash(of: eve.id))
    #expect(renewed != weak && !PasswordHash.needsRehash(renewed))
    _ = try login.open(email: eve.email, password: "password")
    #expect(try fixture.users().passwordHash(of: eve.id) == renewed)
  }
}
