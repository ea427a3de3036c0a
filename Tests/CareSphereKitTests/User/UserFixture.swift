import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// A database with the tables that users need, in a folder of its own.
struct UserFixture {
  let sandbox: Sandbox
  let database: Database
  let ids = UUIDv7Generator()
  let start = Timestamp.now()

  static let password = "Sunday-Morning-7"
  /// Made with next to nothing, so that tests do not spend their time on it.
  static let cheapHash =
    "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$YnV0IG5vdCB0aGUgdGFnIG9mIGFueXRoaW5nIQ"

  init() throws {
    sandbox = try Sandbox()
    let path = sandbox.path("care.db")
    try Database.create(path: path, options: Self.options, migrations: Schema.migrations) {
      try SigningKey.make($0)
    }
    database = try Self.connect(path)
  }

  private static let options = Database.Options(applicationID: Schema.applicationID)

  /// Another connection to the same file, as another process would have it.
  static func connect(_ path: String) throws -> Database {
    try Database.open(path: path, options: options, migrations: Schema.migrations)
  }

  /// The moment so many seconds after the start.
  func later(_ seconds: Int) -> Timestamp { start.adding(seconds: seconds) ?? .max }

  func users(at seconds: Int = 0) -> UserStore { UserStore(database, now: later(seconds)) }
  func sessions(at seconds: Int = 0) -> SessionStore { SessionStore(database, ids: ids, now: later(seconds)) }
  func tokens(at seconds: Int = 0) -> ServiceTokenStore { ServiceTokenStore(database, now: later(seconds)) }

  /// Adds a user whose e-mail address is `name@grace.example`.
  @discardableResult
  func add(_ name: String, role: Role = .member, status: UserStatus = .active, hash: String = cheapHash)
    throws
    -> User
  {
    let user = User(
      id: ids.next(), email: "\(name)@grace.example", fullName: name, role: role, status: status,
      createdAt: start, updatedAt: start)
    try users().add(user, passwordHash: hash)
    return user
  }

  func actor(_ user: User) -> Actor {
    Actor(
      id: user.id, email: user.email, name: user.fullName, role: user.role, credential: .session("s"))
  }

  /// The code of the `CareError` that `body` throws; nil where it throws none.
  func code(_ body: () throws -> Void) -> ErrorCode? {
    do {
      try body()
      return nil
    } catch { return (error as? CareError)?.code }
  }

  func count(_ table: String) throws -> Int {
    try database.first("SELECT count(*) FROM \(table)") { $0.integer(0) } ?? -1
  }
}
