import SQLiteStore

/// The users of a database.
///
/// It changes what it is told to, within the transaction of its caller, and keeps one invariant of its
/// own: there is always an active admin. Who may do what is the caller's to decide.
public struct UserStore {
  private let database: Database
  private let now: Timestamp

  /// - Parameter now: the real time, which is recorded.
  public init(_ database: Database, now: Timestamp) {
    self.database = database
    self.now = now
  }

  // MARK: Finding

  /// The user with this id.
  public func find(id: String) throws -> User? {
    try database.first("SELECT \(User.columns) FROM users WHERE id = ?", [.text(id)]) { try User($0) }
  }

  /// The user with this e-mail address, whatever its capitals.
  public func find(email: String) throws -> User? {
    try database.first(
      "SELECT \(User.columns) FROM users WHERE email = ? COLLATE NOCASE", [.text(email)]
    ) { try User($0) }
  }

  /// The user that a reference means: an e-mail address, an id, or the unique beginning or end of one,
  /// at least 4 characters.
  /// - Throws: `NOT_FOUND`; `CONFLICT` with the candidates where there are several.
  public func resolve(_ reference: String) throws -> User {
    if let user = try find(email: reference) { return user }
    var candidates: [User] = []
    if let part = IDPart(reference) {
      try database.query(
        "SELECT \(User.columns) FROM users WHERE \(IDPart.condition) ORDER BY id", [.text(part.text)]
      ) { candidates.append(try User($0)) }
      if let user = candidates.first(where: { $0.id == part.text }) { return user }
    }
    guard let user = candidates.first else { throw CareError(.notFound, "there is no user \(reference)") }
    guard candidates.count == 1 else {
      throw CareError(
        .conflict, "\(reference) could be any of \(candidates.count) users",
        details: .fields(candidates.map { .init($0.id, $0.email) }))
    }
    return user
  }

  /// All users, by e-mail address.
  public func list() throws -> [User] {
    try database.all("SELECT \(User.columns) FROM users ORDER BY email COLLATE NOCASE, id") {
      try User($0)
    }
  }

  /// The stored hash of a user's password.
  func passwordHash(of id: String) throws -> String? {
    try database.first("SELECT password_hash FROM users WHERE id = ?", [.text(id)]) { $0.string(0) }
  }

  /// How many admins could log in.
  func activeAdmins() throws -> Int {
    try database.first("SELECT count(*) FROM users WHERE role = 'admin' AND status = 'active'") {
      $0.integer(0)
    } ?? 0
  }

  // MARK: Changing

  /// Adds a user.
  /// - Parameters:
  ///   - user: complete, with a free id.
  ///   - passwordHash: of ``PasswordHash/make(_:)``.
  /// - Throws: `CONFLICT` where the e-mail address is taken.
  public func add(_ user: User, passwordHash: String) throws {
    if try find(email: user.email) != nil { throw Self.taken(user.email) }
    try database.execute(
      """
      INSERT INTO users (id, email, password_hash, full_name, display_name, avatar_url, role, status,
        email_verified, last_login_at, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(user.id), .text(user.email), .text(passwordHash), .text(user.fullName),
        .optional(user.displayName), .optional(user.avatarURL), .text(user.role.rawValue),
        .text(user.status.rawValue), .bool(user.emailVerified), .optional(user.lastLoginAt?.description),
        .text(user.createdAt.description), .text(user.updatedAt.description),
      ])
  }

  /// Changes a user and ends what the change puts an end to: all logins of one who is not active any
  /// more, and the service tokens that a suspended one made.
  /// - Returns: the user before and after.
  /// - Throws: `CONFLICT` where nobody would be left to administer, or the e-mail address is taken.
  public func update(_ id: String, _ changes: UserChanges) throws -> (before: User, after: User) {
    guard let before = try find(id: id) else { throw CareError(.notFound, "there is no user \(id)") }
    var after = before
    if let email = changes.email, email != before.email {
      if let other = try find(email: email), other.id != id { throw Self.taken(email) }
      after.email = email
      after.emailVerified = false
    }
    if let fullName = changes.fullName { after.fullName = fullName }
    if let displayName = changes.displayName { after.displayName = displayName.isEmpty ? nil : displayName }
    if let avatarURL = changes.avatarURL { after.avatarURL = avatarURL.isEmpty ? nil : avatarURL }
    if let role = changes.role { after.role = role }
    if let status = changes.status { after.status = status }
    guard after != before else { return (before, before) }
    after.updatedAt = now
    if Self.administers(before), !Self.administers(after) { try checkOthersAdminister() }
    try database.execute(
      """
      UPDATE users SET email = ?, full_name = ?, display_name = ?, avatar_url = ?, role = ?, status = ?,
        email_verified = ?, updated_at = ? WHERE id = ?
      """,
      [
        .text(after.email), .text(after.fullName), .optional(after.displayName), .optional(after.avatarURL),
        .text(after.role.rawValue), .text(after.status.rawValue), .bool(after.emailVerified),
        .text(after.updatedAt.description), .text(id),
      ])
    if after.status != .active { try database.execute("DELETE FROM sessions WHERE user_id = ?", [.text(id)]) }
    if after.status == .suspended {
      try database.execute("DELETE FROM service_tokens WHERE created_by = ?", [.text(id)])
    }
    return (before, after)
  }

  /// Deletes a user, their logins and the service tokens they made.
  /// - Returns: the user as it was.
  /// - Throws: `CONFLICT` for the last active admin.
  public func delete(_ id: String) throws -> User {
    guard let user = try find(id: id) else { throw CareError(.notFound, "there is no user \(id)") }
    if Self.administers(user) { try checkOthersAdminister() }
    try database.execute("DELETE FROM users WHERE id = ?", [.text(id)])
    return user
  }

  /// Sets a new password and ends all logins of the user.
  public func setPassword(_ id: String, hash: String) throws {
    try database.execute(
      "UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ?",
      [.text(hash), .text(now.description), .text(id)])
    try database.execute("DELETE FROM sessions WHERE user_id = ?", [.text(id)])
  }

  /// Notes that the user has logged in, and the new hash where the old one was too weak.
  func recordLogin(_ id: String, rehashed: String?) throws {
    try database.execute(
      "UPDATE users SET last_login_at = ?, password_hash = coalesce(?, password_hash) WHERE id = ?",
      [.text(now.description), .optional(rehashed), .text(id)])
  }

  /// Notes that the user's e-mail address has been shown to be theirs.
  public func recordVerified(_ id: String) throws {
    try database.execute(
      "UPDATE users SET email_verified = 1, updated_at = ? WHERE id = ?", [.text(now.description), .text(id)])
  }

  private static func administers(_ user: User) -> Bool { user.role == .admin && user.status == .active }

  private func checkOthersAdminister() throws {
    if try activeAdmins() <= 1 {
      throw CareError(
        .conflict, "this is the last active admin", hint: "make somebody else an admin first")
    }
  }

  private static func taken(_ email: String) -> CareError {
    CareError(
      .conflict, "there is a user with the e-mail address \(email) already",
      details: .fields([.init("email", "is taken")]))
  }
}
