import SQLiteStore
import Testing

@testable import CareSphereKit

@Suite struct TokenStoreTests {
  @Test func aSessionLivesADayAndCanBeRenewedForAWeek() throws {
    let fixture = try UserFixture()
    let ada = try fixture.add("ada", role: .moderator)
    var tokens = try fixture.sessions().open(ada)
    #expect(tokens.accessExpiresAt == fixture.later(86_400))
    #expect(try fixture.sessions(at: 86_399).actor(accessToken: tokens.accessToken).role == .moderator)
    #expect(
      fixture.code { _ = try fixture.sessions(at: 86_400).actor(accessToken: tokens.accessToken) }
        == .unauthorized)
    for day in 1...6 {
      guard case .renewed(let next) = try fixture.sessions(at: day * 86_400 + 60).renew(tokens.refreshToken)
      else {
        Issue.record("not renewed on day \(day)")
        return
      }
      #expect(try fixture.sessions(at: day * 86_400 + 61).actor(accessToken: next.accessToken).id == ada.id)
      tokens = next
    }
    #expect(tokens.accessExpiresAt == fixture.later(604_800))
    #expect(
      fixture.code { _ = try fixture.sessions(at: 604_800).actor(accessToken: tokens.accessToken) }
        == .unauthorized)
    #expect(try fixture.sessions(at: 604_800).renew(tokens.refreshToken) == .unknown)
  }

  @Test func aReusedRefreshTokenEndsTheFamily() throws {
    let fixture = try UserFixture()
    let ada = try fixture.add("ada")
    let sessions = fixture.sessions()
    let first = try sessions.open(ada)
    let other = try sessions.open(ada)
    guard case .renewed(let second) = try sessions.renew(first.refreshToken) else {
      Issue.record("not renewed")
      return
    }
    #expect(throws: Never.self) { try sessions.actor(accessToken: first.accessToken) }
    #expect(try sessions.renew(first.refreshToken) == .reused(userID: ada.id))
    for token in [first.accessToken, second.accessToken] {
      #expect(fixture.code { _ = try sessions.actor(accessToken: token) } == .unauthorized)
    }
    #expect(try sessions.renew(second.refreshToken) == .unknown)
    #expect(throws: Never.self) { try sessions.actor(accessToken: other.accessToken) }
  }

  @Test func onlyDigestsAreStored() throws {
    let fixture = try UserFixture()
    let ada = try fixture.add("ada", role: .admin)
    let tokens = try fixture.sessions().open(ada)
    _ = try fixture.sessions().renew(tokens.refreshToken)
    let service = try fixture.tokens().make("cron", role: .admin, lifetime: 60, by: fixture.actor(ada)).token
    for table in ["sessions", "access_tokens", "spent_refresh_tokens", "service_tokens", "settings", "users"]
    {
      try fixture.database.query("SELECT * FROM \(table)") { row in
        for column in 0..<row.columnCount {
          let text = row.string(column)
          for secret in [tokens.accessToken, tokens.refreshToken, service] {
            #expect(!text.contains(secret.suffix(20)), "\(table)")
          }
        }
      }
    }
  }

  @Test func theDatabaseSaysTheRoleNotTheToken() throws {
    let fixture = try UserFixture()
    try fixture.add("other", role: .admin)
    let ada = try fixture.add("ada", role: .admin)
    let tokens = try fixture.sessions().open(ada)
    _ = try fixture.users().update(ada.id, UserChanges(role: .member))
    #expect(try fixture.sessions().actor(accessToken: tokens.accessToken).role == .member)
  }

  @Test func aWellSignedTokenThatWasNeverIssuedIsRefused() throws {
    let fixture = try UserFixture()
    let ada = try fixture.add("ada", role: .admin)
    let now = fixture.start.secondsSinceEpoch
    let claims = JSONWebToken.Claims(
      subject: ada.id, email: ada.email, role: "admin", issuedAt: now, expiresAt: now + 60,
      id: fixture.ids.next())
    let forged = JSONWebToken.sign(claims, key: try SigningKey.read(fixture.database))
    #expect(fixture.code { _ = try fixture.sessions().actor(accessToken: forged) } == .unauthorized)
    try SigningKey.make(fixture.database)
    let tokens = try fixture.sessions().open(ada)
    try SigningKey.make(fixture.database)
    #expect(
      fixture.code { _ = try fixture.sessions().actor(accessToken: tokens.accessToken) } == .unauthorized)
  }

  @Test func serviceTokens() throws {
    let fixture = try UserFixture()
    try fixture.add("boss", role: .admin)
    let ada = try fixture.add("ada", role: .admin)
    let store = fixture.tokens()
    let (token, record) = try store.make("cron", role: .moderator, lifetime: 7200, by: fixture.actor(ada))
    #expect(record.expiresAt == fixture.later(7200))
    #expect(try store.actor(token: token).role == .moderator)
    #expect(try store.list().map(\.lastUsedAt) == [fixture.start])
    _ = try fixture.tokens(at: 3599).actor(token: token)
    #expect(try store.list().map(\.lastUsedAt) == [fixture.start])
    _ = try fixture.tokens(at: 3600).actor(token: token)
    #expect(try store.list().map(\.lastUsedAt) == [fixture.later(3600)])
    #expect(fixture.code { _ = try fixture.tokens(at: 7200).actor(token: token) } == .unauthorized)
    #expect(
      fixture.code { _ = try store.make("cron", role: .member, lifetime: 1, by: fixture.actor(ada)) }
        == .conflict)
    _ = try fixture.users().update(ada.id, UserChanges(role: .member))
    #expect(try store.actor(token: token).role == .member)
    try store.revoke("cron")
    #expect(fixture.code { _ = try store.actor(token: token) } == .unauthorized)
    #expect(fixture.code { try store.revoke("cron") } == .notFound)
  }

  @Test func usingATokenDoesNotWaitForAWriter() throws {
    let fixture = try UserFixture()
    let ada = try fixture.add("ada", role: .admin)
    let (token, _) = try fixture.tokens().make("cron", role: .member, lifetime: 7200, by: fixture.actor(ada))
    let importing = try UserFixture.connect(fixture.database.path)
    let waited = try ContinuousClock().measure {
      try importing.write { _ = try fixture.tokens().actor(token: token) }
    }
    #expect(waited < .seconds(5))
    #expect(try fixture.tokens().list().map(\.lastUsedAt) == [nil])
    _ = try fixture.tokens().actor(token: token)
    #expect(try fixture.tokens().list().map(\.lastUsedAt) == [fixture.start])
  }

  @Test func serviceTokensStayBelowTheirMaker() throws {
    let fixture = try UserFixture()
    let moderator = fixture.actor(try fixture.add("mod", role: .moderator))
    #expect(
      fixture.code { _ = try fixture.tokens().make("t", role: .admin, lifetime: 9, by: moderator) }
        == .forbidden)
    for (name, lifetime) in [
      ("", 9), ("t", 0), ("t", -9), ("t", Int.max), (String(repeating: "x", count: 101), 9),
    ] {
      #expect(
        fixture.code { _ = try fixture.tokens().make(name, role: .member, lifetime: lifetime, by: moderator) }
          == .validation)
    }
  }
}
