import SQLiteStore
import TextFormats

/// Logging in with an e-mail address and a password. Logins and failures are audited.
public struct Login {
  private let database: Database
  private let ids: UUIDv7Generator
  private let now: Timestamp
  private let users: UserStore
  private let sessions: SessionStore

  /// - Parameters:
  ///   - ids: for the session and its tokens.
  ///   - now: the real time, which is recorded.
  public init(_ database: Database, ids: UUIDv7Generator, now: Timestamp) {
    self.database = database
    self.ids = ids
    self.now = now
    self.users = UserStore(database, now: now)
    self.sessions = SessionStore(database, ids: ids, now: now)
  }

  /// A user whose password was right, and the stored hash that said so.
  struct Verified {
    var user: User
    var hash: String
  }

  /// Checks a password and opens a session. A hash that was made with less than is used today is
  /// renewed on the way.
  ///
  /// - Parameters:
  ///   - email: the user's address, in any capitals.
  ///   - password: as typed.
  ///   - commits: false for a dry run, in which attempts still count.
  /// - Returns: the user as of this login, and the tokens.
  /// - Throws: `AUTHENTICATION_ERROR` for a wrong address or password, without saying which;
  ///   `RATE_LIMIT_EXCEEDED` after too many failures; `FORBIDDEN` for the right password of a user who
  ///   is not active.
  public func open(
    email: String, password: String, commits: Bool = true
  ) throws -> (user: User, tokens: SessionTokens) {
    let verified = try verify(email: email, password: password, command: "user login")
    let rehashed = PasswordHash.needsRehash(verified.hash) ? try PasswordHash.make(password) : nil
    return try database.write(commit: commits) {
      // What was verified may have been changed while it was: an end must not be overtaken.
      guard let user = try users.find(id: verified.user.id), user.status == .active,
        try users.passwordHash(of: user.id) == verified.hash
      else { throw Self.wrong }
      try users.recordLogin(user.id, rehashed: rehashed)
      let tokens = try sessions.open(user)
      try audit("user login", actor: user, name: user.email).append(entity: "user", id: user.id)
      return (try users.find(id: user.id) ?? user, tokens)
    }
  }

  /// Checks a password without opening a session, as before a change of it. Attempts count the same.
  ///
  /// - Throws: as ``open(email:password:)``.
  public func check(email: String, password: String) throws {
    _ = try verify(email: email, password: password, command: "user passwd")
  }

  private func verify(email: String, password: String, command: String) throws -> Verified {
    let throttle = LoginThrottle(database)
    try throttle.begin(email)
    let user = try users.find(email: email)
    let hash = try user.flatMap { try users.passwordHash(of: $0.id) }
    // An unknown address costs as much time as a known one, and so does a password of any length.
    let isPlausible = password.utf8.count <= PasswordPolicy.maximumBytes
    let matches = try PasswordHash.verify(isPlausible ? password : "", against: hash ?? PasswordHash.decoy)
    guard let user, let hash, isPlausible, matches else {
      try recordFailure(command, user: user, email: email, reason: "wrong password")
      throw Self.wrong
    }
    try database.write { try throttle.clear(email) }
    guard user.status == .active else {
      try recordFailure(command, user: user, email: email, reason: user.status.rawValue)
      throw CareError(
        .forbidden, "this user is \(user.status.rawValue)", hint: "an admin can make the user active again")
    }
    return Verified(user: user, hash: hash)
  }

  private func recordFailure(_ command: String, user: User?, email: String, reason: String) throws {
    // Somebody who types the password where the address belongs should not find it in the log.
    let name = user?.email ?? (email.contains("@") && email.utf8.count <= 255 ? email : "(no address)")
    try database.write {
      try audit(command, actor: user, name: name).append(
        entity: "user", id: user?.id,
        after: JSONObject([("failure", .string(user == nil ? "unknown user" : reason))]))
    }
  }

  private func audit(_ command: String, actor: User?, name: String) -> AuditLog {
    AuditLog(
      database, ids: ids,
      provenance: Provenance(actorID: actor?.id, actor: name, command: command, at: now))
  }

  private static let wrong = CareError(
    .authentication, "wrong e-mail address or password",
    hint: "an admin can set a new password with: caresphere user passwd EMAIL")
}
