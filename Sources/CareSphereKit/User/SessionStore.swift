import SQLiteStore

/// The tokens of a login, in the clear: shown or written to the session file, never stored in the
/// database.
public struct SessionTokens: Equatable, Sendable {
  /// A JSON Web Token (``JSONWebToken``), good for a day at most, and no longer than the session.
  public var accessToken: String
  /// When the access token ends.
  public var accessExpiresAt: Timestamp
  /// `csr_` and 32 random bytes in Base64URL; good once, for new tokens of the same session.
  public var refreshToken: String

  /// How it is kept in the session file.
  /// - Parameter previous: the refresh token that this one takes the place of.
  public func stored(previous: String? = nil) -> StoredSession {
    StoredSession(
      accessToken: accessToken, accessExpiresAt: accessExpiresAt.secondsSinceEpoch,
      refreshToken: refreshToken, previousRefreshToken: previous)
  }
}

/// Logins. One is a row in `sessions`, the family of all tokens that came from it; of the tokens only
/// SHA-256 digests are kept. Ending a session deletes it and every token with it.
public struct SessionStore {
  /// Seconds that an access token lives: a day.
  public static let accessLifetime = 86_400
  /// Seconds that a login lives, however often it is renewed: a week.
  public static let sessionLifetime = 604_800

  private let database: Database
  private let ids: UUIDv7Generator
  private let now: Timestamp

  /// - Parameter now: the real time; `--as-of` does not reach authentication.
  public init(_ database: Database, ids: UUIDv7Generator, now: Timestamp) {
    self.database = database
    self.ids = ids
    self.now = now
  }

  /// Opens a session for a user whose password was right. Call it within a write transaction.
  public func open(_ user: User) throws -> SessionTokens {
    try database.execute("DELETE FROM sessions WHERE expires_at <= ?", [.text(now.description)])
    let session = ids.next()
    let refresh = Self.newRefreshToken()
    let end = now.adding(seconds: Self.sessionLifetime) ?? .max
    try database.execute(
      "INSERT INTO sessions (id, user_id, refresh_digest, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
      [
        .text(session), .text(user.id), .text(SHA256.hex(refresh)), .text(now.description),
        .text(end.description),
      ])
    return try issue(user, session: session, refreshToken: refresh, sessionEnd: end)
  }

  /// What came of presenting a refresh token.
  public enum Renewal: Equatable, Sendable {
    /// It was good and is now spent; these take its place.
    case renewed(SessionTokens)
    /// It had been spent before, so somebody has a copy: the session was ended. Commit this.
    case reused(userID: String)
    /// It is not of a session that lives.
    case unknown
  }

  /// Spends a refresh token for new tokens. Call it within a write transaction, and commit that also
  /// when the token turns out to have been reused.
  public func renew(_ refreshToken: String) throws -> Renewal {
    let digest = SHA256.hex(refreshToken)
    let reused = try database.first(
      """
      SELECT sessions.id, user_id FROM spent_refresh_tokens JOIN sessions ON sessions.id = session_id
      WHERE digest = ?
      """, [.text(digest)]
    ) { ($0.string(0), $0.string(1)) }
    if let (session, user) = reused {
      try end(session)
      return .reused(userID: user)
    }
    guard let (session, end) = try live(digest), let user = try user(of: session) else { return .unknown }
    let refresh = Self.newRefreshToken()
    try database.execute(
      "INSERT INTO spent_refresh_tokens (digest, session_id) VALUES (?, ?)", [.text(digest), .text(session)])
    try database.execute(
      "UPDATE sessions SET refresh_digest = ? WHERE id = ?", [.text(SHA256.hex(refresh)), .text(session)])
    try database.execute(
      "DELETE FROM access_tokens WHERE session_id = ? AND expires_at <= ?",
      [.text(session), .text(now.description)])
    return .renewed(try issue(user, session: session, refreshToken: refresh, sessionEnd: end))
  }

  /// Whether a refresh token could be renewed, or its reuse would have to be dealt with.
  func knows(_ refreshToken: String) throws -> Bool {
    let digest = SHA256.hex(refreshToken)
    return try database.exists(
      """
      SELECT 1 FROM sessions WHERE refresh_digest = ?1
      UNION ALL SELECT 1 FROM spent_refresh_tokens WHERE digest = ?1
      """, [.text(digest)]
    )
  }

  /// Who an access token stands for.
  /// - Throws: `UNAUTHORIZED` unless the token is ours, lives, and its session does; `FORBIDDEN` where the
  ///   user may not log in any more.
  public func actor(accessToken: String) throws -> Actor {
    let key = try SigningKey.read(database)
    let claims = try JSONWebToken.verify(accessToken, key: key, now: now.secondsSinceEpoch)
    let found = try database.first(
      """
      SELECT users.id, email, \(User.shownName(in: "users")), role, status, sessions.id FROM access_tokens
      JOIN sessions ON sessions.id = session_id JOIN users ON users.id = user_id
      WHERE digest = ?1 AND user_id = ?2 AND access_tokens.expires_at > ?3 AND sessions.expires_at > ?3
      """, [.text(SHA256.hex(accessToken)), .text(claims.subject), .text(now.description)]
    ) { row in
      guard row.string(4) == UserStatus.active.rawValue, let role = Role(rawValue: row.string(3)) else {
        throw CareError(.forbidden, "this user is not active any more")
      }
      return Actor(
        id: row.string(0), email: row.string(1), name: row.string(2), role: role,
        credential: .session(row.string(5)))
    }
    guard let found else { throw Self.ended() }
    return found
  }

  /// Ends one session.
  public func end(_ session: String) throws {
    try database.execute("DELETE FROM sessions WHERE id = ?", [.text(session)])
  }

  /// Ends all sessions of a user.
  public func endAll(of user: String) throws {
    try database.execute("DELETE FROM sessions WHERE user_id = ?", [.text(user)])
  }

  /// The answer to whoever is not, or no longer, logged in.
  static func ended() -> CareError {
    CareError(
      .unauthorized, "you are not logged in any more", hint: "log in with `caresphere user login EMAIL`")
  }

  private func live(_ refreshDigest: String) throws -> (session: String, end: Timestamp)? {
    let found = try database.first(
      "SELECT id, expires_at FROM sessions WHERE refresh_digest = ? AND expires_at > ?",
      [.text(refreshDigest), .text(now.description)]
    ) { ($0.string(0), $0.string(1)) }
    guard let found, let end = Timestamp(found.1) else { return nil }
    return (found.0, end)
  }

  private func user(of session: String) throws -> User? {
    try database.first(
      """
      SELECT \(User.columns) FROM users
      WHERE id = (SELECT user_id FROM sessions WHERE id = ?) AND status = 'active'
      """, [.text(session)]
    ) { try User($0) }
  }

  private func issue(_ user: User, session: String, refreshToken: String, sessionEnd: Timestamp) throws
    -> SessionTokens
  {
    let expiry = min(now.adding(seconds: Self.accessLifetime) ?? .max, sessionEnd)
    let claims = JSONWebToken.Claims(
      subject: user.id, email: user.email, role: user.role.rawValue, issuedAt: now.secondsSinceEpoch,
      expiresAt: expiry.secondsSinceEpoch, id: ids.next())
    let token = JSONWebToken.sign(claims, key: try SigningKey.read(database))
    try database.execute(
      "INSERT INTO access_tokens (digest, session_id, expires_at) VALUES (?, ?, ?)",
      [.text(SHA256.hex(token)), .text(session), .text(expiry.description)])
    return SessionTokens(accessToken: token, accessExpiresAt: expiry, refreshToken: refreshToken)
  }

  private static func newRefreshToken() -> String { "csr_" + Base64URL.encode(RandomBytes.make(32)) }
}
