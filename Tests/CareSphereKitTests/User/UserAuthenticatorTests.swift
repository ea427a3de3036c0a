import Glibc
import SQLiteStore
import Synchronization
import Testing

@testable import CareSphereKit

@Suite struct UserAuthenticatorTests {
  private let fixture: UserFixture
  private let file: SessionFile
  private let ada: User

  init() throws {
    fixture = try UserFixture()
    file = SessionFile(databasePath: fixture.database.path, environment: fixture.sandbox.environment)
    ada = try fixture.add("ada", role: .admin)
  }

  private func authenticator(at seconds: Int = 0, _ database: Database? = nil) -> Authenticator {
    Authenticator(
      database ?? fixture.database, file: file, ids: UUIDv7Generator(), now: fixture.later(seconds))
  }

  private func login() throws -> SessionTokens {
    let tokens = try fixture.sessions().open(ada)
    try file.write(tokens.stored())
    return tokens
  }

  private func refusal(_ authenticator: Authenticator, tokenFile: String? = nil) -> ErrorCode? {
    fixture.code { _ = try authenticator.actor(tokenFile: tokenFile) }
  }

  private func totalChanges() throws -> Int? {
    try fixture.database.first("SELECT total_changes()") { $0.integer(0) }
  }

  @Test func needsALogin() throws {
    #expect(refusal(authenticator()) == .unauthorized)
    _ = try login()
    #expect(try authenticator().actor().id == ada.id)
    try file.remove()
    #expect(refusal(authenticator()) == .unauthorized)
  }

  @Test func readsWithoutWriting() throws {
    let tokens = try login()
    let before = try totalChanges()
    #expect(try authenticator().actor().email == ada.email)
    #expect(try totalChanges() == before)
    #expect(try file.read() == tokens.stored())
  }

  @Test func renewsAnEndedTokenSilentlyUntilTheWeekIsOver() throws {
    let first = try login()
    #expect(try authenticator(at: 86_400).actor().id == ada.id)
    let second = try #require(try file.read())
    #expect(second.accessToken != first.accessToken)
    #expect(second.previousRefreshToken == first.refreshToken)
    #expect(try authenticator(at: 86_401).actor().id == ada.id)
    #expect(try file.read() == second)
    #expect(refusal(authenticator(at: 604_800)) == .unauthorized)
  }

  @Test func manyAtTheMomentOfRenewalGetOneNewToken() throws {
    _ = try login()
    let failures = Mutex<[String]>([])
    let path = fixture.database.path
    let (file, later, start) = (file, fixture.later(86_400), UserStartLine(20))
    var threads: [pthread_t] = []
    for _ in 0..<20 {
      let work = UserThreadWork {
        do {
          let database = try UserFixture.connect(path)
          start.wait()
          _ = try Authenticator(database, file: file, ids: UUIDv7Generator(), now: later).actor()
        } catch { failures.withLock { $0.append("\(error)") } }
      }
      threads.append(try work.start())
    }
    for thread in threads { pthread_join(thread, nil) }
    #expect(failures.withLock { $0 } == [])
    #expect(try fixture.count("spent_refresh_tokens") == 1)
    #expect(try fixture.count("sessions") == 1)
  }

  @Test func aCopiedSessionFileEndsTheSessionWhenItIsUsedLate() throws {
    let stolen = try login().stored()
    _ = try authenticator(at: 86_400).actor()
    let current = try #require(try file.read())
    try file.write(stolen)
    #expect(refusal(authenticator(at: 86_401)) == .unauthorized)
    #expect(try fixture.count("sessions") == 0)
    try file.write(current)
    #expect(refusal(authenticator(at: 86_402)) == .unauthorized)
  }

  @Test func aRenewalThatReachedOnlyTheFileIsMadeAgain() throws {
    let tokens = try login()
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try fixture.database.write {
        _ = try authenticator(at: 86_400).renewFile(tokens.stored())
        throw Stop()
      }
    }
    #expect(try file.read()?.previousRefreshToken == tokens.refreshToken)
    #expect(try authenticator(at: 86_400).actor().id == ada.id)
    #expect(try fixture.count("sessions") == 1)
  }

  @Test func aSuspendedUserIsOutAtOnce() throws {
    try fixture.add("other", role: .admin)
    _ = try login()
    _ = try fixture.users().update(ada.id, UserChanges(status: .suspended))
    #expect(refusal(authenticator()) == .unauthorized)
  }

  @Test func tokenFiles() throws {
    let access = try fixture.sessions().open(ada).accessToken
    let service = try fixture.tokens().make("cron", role: .member, lifetime: 60, by: fixture.actor(ada)).token
    let path = fixture.sandbox.path("token")
    for (token, role) in [(access, Role.admin), (service, .member)] {
      for text in [token, token + "\n", "  \(token)\r\n"] {
        try fixture.sandbox.write("token", text)
        chmod(path, 0o600)
        #expect(try authenticator().actor(tokenFile: path).role == role)
      }
    }
    for text in [
      "", "\n", "nonsense", "cst_", service + "x", access.dropLast() + "x", "\u{0}", access + access,
    ] {
      try fixture.sandbox.write("token", String(text))
      #expect(refusal(authenticator(), tokenFile: path) == .unauthorized, "\(text)")
    }
    try fixture.sandbox.write("token", service)
    chmod(path, 0o644)
    #expect(refusal(authenticator(), tokenFile: path) == .unauthorized)
    chmod(path, 0o400)
    #expect(try authenticator().actor(tokenFile: path).credential == .serviceToken("cron"))
    symlink(path, path + ".link")
    #expect(try authenticator().actor(tokenFile: path + ".link").role == .member)
    #expect(refusal(authenticator(), tokenFile: path + ".none") == .io)
    #expect(refusal(authenticator(), tokenFile: fixture.sandbox.path) == .unauthorized)
  }
}

/// Lets threads begin together.
final class UserStartLine: Sendable {
  private let waiting: Mutex<Int>

  init(_ count: Int) { waiting = Mutex(count) }

  func wait() {
    waiting.withLock { $0 -= 1 }
    while waiting.withLock({ $0 > 0 }) { usleep(100) }
  }
}

/// Runs a closure on a thread of its own: connections belong to one thread, and tasks have none.
final class UserThreadWork: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() throws -> pthread_t {
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<UserThreadWork>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    guard status == 0 else { throw CareError(.internalError, "no thread") }
    return thread
  }
}
