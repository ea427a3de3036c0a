import SQLiteStore
import TextFormats

/// A token for a program that works without a person, such as cron: what may be shown of it.
public struct ServiceToken: Equatable, Sendable {
  /// 1 to 100 characters; no two tokens have the same, and letter case counts.
  public var name: String
  /// As it was asked for; while its maker's is lower, that counts.
  public var role: Role
  /// The id of the user who made it, and answers for it.
  public var createdBy: String
  /// That user's e-mail address, as it is now.
  public var createdByEmail: String
  /// When it was made; its lifetime counts from then.
  public var createdAt: Timestamp
  /// The first second at which it is refused.
  public var expiresAt: Timestamp
  /// To the hour.
  public var lastUsedAt: Timestamp?

  /// In the API design's manner; the token itself is known to nobody any more.
  public var json: JSONObject {
    JSONObject([
      ("name", .string(name)), ("role", .string(role.rawValue)), ("createdBy", .string(createdByEmail)),
      ("createdAt", .string(createdAt.description)), ("expiresAt", .string(expiresAt.description)),
      ("lastUsedAt", .optional(lastUsedAt?.description)),
    ])
  }
}

/// The service tokens of a database, of which it keeps SHA-256 digests only.
public struct ServiceTokenStore {
  /// What every service token begins with, by which it is told from an access token.
  public static let prefix = "cst_"
  /// How exact the last use is, in seconds: so that reading does not write each time.
  static let useInterval = 3600

  private let database: Database
  private let now: Timestamp

  /// - Parameter now: the real time; `--as-of` does not reach authentication.
  public init(_ database: Database, now: Timestamp) {
    self.database = database
    self.now = now
  }

  /// Makes a token. Call it within a write transaction.
  /// - Parameters:
  ///   - name: what it is listed and revoked by.
  ///   - role: at most that of `maker`.
  ///   - lifetime: in seconds, more than 0.
  ///   - maker: who answers for it, and with whom it ends.
  /// - Returns: the token, which is not stored, and what is.
  /// - Throws: `VALIDATION_ERROR` for an unfit name or lifetime, `FORBIDDEN` for a role above the
  ///   maker's, `CONFLICT` where the name is taken by a token that lives.
  public func make(_ name: String, role: Role, lifetime: Int, by maker: Actor) throws
    -> (token: String, record: ServiceToken)
  {
    var problems: [CareError.FieldProblem] = []
    if !(1...100).contains(name.unicodeScalars.count) {
      problems.append(.init("name", "must be 1 to 100 characters"))
    }
    let end = lifetime > 0 ? now.adding(seconds: lifetime) : nil
    if end == nil { problems.append(.init("expires-in", "must be a time ahead")) }
    guard problems.isEmpty, let end else {
      throw CareError(.validation, "the token cannot be made", details: .fields(problems))
    }
    guard role <= maker.role else {
      throw CareError(.forbidden, "a token cannot have a role above that of who makes it")
    }
    try database.execute("DELETE FROM service_tokens WHERE expires_at <= ?", [.text(now.description)])
    if try exists(name) {
      throw CareError(
        .conflict, "there is a token \(name) already", hint: "revoke it first, or take another name")
    }
    let token = Self.prefix + Base64URL.encode(RandomBytes.make(32))
    try database.execute(
      """
      INSERT INTO service_tokens (name, digest, role, created_by, created_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        .text(name), .text(SHA256.hex(token)), .text(role.rawValue), .text(maker.id),
        .text(now.description), .text(end.description),
      ])
    let record = ServiceToken(
      name: name, role: role, createdBy: maker.id, createdByEmail: maker.email, createdAt: now,
      expiresAt: end)
    return (token, record)
  }

  /// All tokens that have not been revoked, by name; those past their time included until the next is
  /// made.
  public func list() throws -> [ServiceToken] {
    var tokens: [ServiceToken] = []
    try database.query(
      """
      SELECT name, service_tokens.role, created_by, email, service_tokens.created_at, expires_at,
        last_used_at
      FROM service_tokens JOIN users ON users.id = created_by ORDER BY name
      """
    ) { row in
      guard let role = Role(rawValue: row.string(1)), let createdAt = Timestamp(row.string(4)),
        let expiresAt = Timestamp(row.string(5))
      else { throw CareError(.database, "the token \(row.string(0)) cannot be read: the file is damaged") }
      tokens.append(
        ServiceToken(
          name: row.string(0), role: role, createdBy: row.string(2), createdByEmail: row.string(3),
          createdAt: createdAt, expiresAt: expiresAt, lastUsedAt: row.text(6).flatMap { Timestamp($0) }))
    }
    return tokens
  }

  /// Which tokens are about to end, or have ended without having been revoked.
  public struct Ends: Equatable, Sendable {
    /// How many end soon.
    public var expiring = 0
    /// How many have ended.
    public var expired = 0
    /// When the first of those that end soon does; nil where none does.
    public var next: String?
  }

  /// Looks for tokens that end soon or have ended.
  /// - Parameter seconds: how soon.
  public func ends(within seconds: Int) throws -> Ends {
    let horizon = now.adding(seconds: seconds) ?? .max
    return try database.first(
      """
      SELECT count(*) FILTER (WHERE expires_at > ?1), count(*) FILTER (WHERE expires_at <= ?1),
        min(expires_at) FILTER (WHERE expires_at > ?1)
      FROM service_tokens WHERE expires_at <= ?2
      """, [.text(now.description), .text(horizon.description)]
    ) { Ends(expiring: $0.integer(0), expired: $0.integer(1), next: $0.text(2)) } ?? Ends()
  }

  /// Ends a token at once.
  /// - Throws: `NOT_FOUND`.
  public func revoke(_ name: String) throws {
    try database.execute("DELETE FROM service_tokens WHERE name = ?", [.text(name)])
    if database.changes == 0 {
      throw CareError(
        .notFound, "there is no token \(name)", hint: "the tokens are listed by: caresphere user tokens")
    }
  }

  /// Who a service token stands for. Its use is noted at most once an hour.
  /// - Throws: `UNAUTHORIZED` unless the token lives and its maker may log in.
  public func actor(token: String) throws -> Actor {
    let found = try database.first(
      """
      SELECT users.id, email, \(User.shownName(in: "users")), users.role, service_tokens.role, name, last_used_at
      FROM service_tokens JOIN users ON users.id = created_by
      WHERE digest = ? AND expires_at > ? AND status = 'active'
      """, [.text(SHA256.hex(token)), .text(now.description)]
    ) { row -> (Actor, String?) in
      guard let makers = Role(rawValue: row.string(3)), let own = Role(rawValue: row.string(4)) else {
        throw CareError(.database, "the token \(row.string(5)) cannot be read: the file is damaged")
      }
      let actor = Actor(
        id: row.string(0), email: row.string(1), name: row.string(2), role: min(own, makers),
        credential: .serviceToken(row.string(5)))
      return (actor, row.text(6))
    }
    guard let (actor, lastUse) = found else {
      throw CareError(
        .unauthorized, "the token is refused: it is unknown, revoked or expired",
        hint: "an admin can make a new one with `caresphere user token NAME --role R --expires-in 90d`")
    }
    try recordUse(of: token, after: lastUse.flatMap { Timestamp($0) })
    return actor
  }

  private func recordUse(of token: String, after lastUse: Timestamp?) throws {
    if let lastUse, let due = lastUse.adding(seconds: Self.useInterval), due > now, lastUse <= now { return }
    do {
      // Not worth waiting for: a reader should not stand behind somebody's import.
      try database.write(patience: 0) {
        try database.execute(
          "UPDATE service_tokens SET last_used_at = ? WHERE digest = ?",
          [.text(now.description), .text(SHA256.hex(token))])
      }
    } catch let error as DatabaseError where error.kind != .interrupted {
      // Whether the use could be noted is not a reason to refuse it: the disk may be full, or
      // another process at a long import.
    }
  }

  private func exists(_ name: String) throws -> Bool {
    try database.exists("SELECT 1 FROM service_tokens WHERE name = ?", [.text(name)])
  }
}
