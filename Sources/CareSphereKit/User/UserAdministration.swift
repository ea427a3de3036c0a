import SQLiteStore
import TextFormats

/// Adding, changing and deleting users on behalf of somebody: what was asked for is checked, whether
/// they may is decided, and what was done is audited, in one transaction each.
public struct UserAdministration {
  private let database: Database
  private let users: UserStore
  private let ids: UUIDv7Generator
  private let clock: Clock
  private let actor: Actor
  private let audit: AuditLog
  private let commits: Bool

  /// - Parameters:
  ///   - actor: on whose behalf.
  ///   - audit: with the actor's provenance.
  ///   - commits: false for a dry run, which does all the work and takes it back.
  public init(
    _ database: Database, ids: UUIDv7Generator, clock: Clock, actor: Actor, audit: AuditLog,
    commits: Bool = true
  ) {
    self.database = database
    self.users = UserStore(database, now: clock.now)
    self.ids = ids
    self.clock = clock
    self.actor = actor
    self.audit = audit
    self.commits = commits
  }

  /// Looks through what was typed of a new user, all but the password, so that nobody is asked for that in vain.
  /// - Throws: `VALIDATION_ERROR` with every problem.
  public static func check(_ input: UserInput, clock: Clock) throws(CareError) {
    var problems: [CareError.FieldProblem] = []
    _ = changes(of: input, clock, &problems)
    if !problems.isEmpty { throw invalid(problems) }
  }

  /// A complete new user from what was typed, with every problem of it and of the password told at once.
  /// - Returns: the user, not stored yet, and the password.
  /// - Throws: `VALIDATION_ERROR`.
  public static func draft(
    _ input: UserInput, ids: UUIDv7Generator, clock: Clock
  ) throws(CareError) -> (user: User, password: String) {
    var problems: [CareError.FieldProblem] = []
    let changes = changes(of: input, clock, &problems)
    let user = User(
      id: ids.next(), email: changes.email ?? "", fullName: changes.fullName ?? "",
      displayName: changes.displayName.flatMap { $0.isEmpty ? nil : $0 },
      avatarURL: changes.avatarURL.flatMap { $0.isEmpty ? nil : $0 }, role: changes.role ?? .member,
      status: changes.status ?? .active, createdAt: clock.now, updatedAt: clock.now)
    let password = input.password ?? ""
    problems += Self.problems(of: password, for: user)
    if !problems.isEmpty { throw invalid(problems) }
    return (user, password)
  }

  /// What a new user is to be, which cannot do without an address and a name.
  private static func changes(
    of input: UserInput, _ clock: Clock, _ problems: inout [CareError.FieldProblem]
  ) -> UserChanges {
    if input.email == nil { problems.append(.init("email", "is required")) }
    if input.fullName == nil { problems.append(.init("fullName", "is required")) }
    return input.changes(MemberValues(clock: clock), &problems)
  }

  private static func invalid(_ problems: [CareError.FieldProblem]) -> CareError {
    CareError(.validation, "the user is not valid", details: .fields(problems))
  }

  /// Adds a user.
  /// - Throws: `VALIDATION_ERROR` with every problem; `CONFLICT` where the e-mail address is taken;
  ///   `FORBIDDEN` for anybody but an admin.
  public func add(_ input: UserInput) throws -> User {
    try requireAdmin("to add a user")
    let (user, password) = try Self.draft(input, ids: ids, clock: clock)
    // The hash takes a tenth of a second, in which others should be able to write.
    let hash = try PasswordHash.make(password)
    return try database.write(commit: commits) {
      try users.add(user, passwordHash: hash)
      try audit.append(entity: "user", id: user.id, after: user.audited)
      return user
    }
  }

  /// Changes a user: anybody their own names and picture, an admin everything of everybody.
  /// - Throws: `VALIDATION_ERROR`, `NOT_FOUND`, `FORBIDDEN`; `CONFLICT` for the last active admin or an
  ///   e-mail address that is taken.
  public func update(_ reference: String, _ input: UserInput) throws -> User {
    var problems: [CareError.FieldProblem] = []
    let changes = input.changes(MemberValues(clock: clock), &problems)
    if input.password != nil {
      problems.append(.init("password", "is changed by `caresphere user passwd`"))
    }
    if !problems.isEmpty { throw Self.invalid(problems) }
    return try database.write(commit: commits) {
      let user = try visible(reference)
      if !changes.isPersonal { try requireAdmin("to change an e-mail address, a role or a status") }
      let (before, after) = try users.update(user.id, changes)
      let difference = before.difference(to: after)
      if !difference.after.isEmpty {
        try audit.append(entity: "user", id: user.id, before: difference.before, after: difference.after)
      }
      return after
    }
  }

  /// Deletes a user.
  /// - Parameter release: sees to what needs the user, within the transaction; what it throws stops the deletion.
  /// - Returns: the user as it was.
  /// - Throws: `NOT_FOUND`, `FORBIDDEN`; `CONFLICT` for the last active admin.
  public func delete(_ reference: String, release: (User) throws -> Void = { _ in }) throws -> User {
    try requireAdmin("to delete a user")
    return try database.write(commit: commits) {
      let found = try users.resolve(reference)
      try release(found)
      let user = try users.delete(found.id)
      try audit.append(entity: "user", id: user.id, before: user.audited)
      return user
    }
  }

  /// The user that a reference means, as far as this actor may know: an admin everybody, others
  /// themselves.
  /// - Throws: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`.
  public func visible(_ reference: String) throws -> User {
    guard actor.role < .admin else { return try users.resolve(reference) }
    // Whether there is such a user is not for them to find out.
    guard let own = try users.find(id: actor.id), own.isMeant(by: reference) else {
      throw CareError(.forbidden, "only an admin may do this to another user")
    }
    return own
  }

  /// Sets a password: one's own, for which the current one must be known, or as an admin another's.
  /// All logins of the user end.
  /// - Parameters:
  ///   - reference: whose; nil for one's own.
  ///   - current: one's own password until now; not looked at for another's.
  ///   - new: the password from now on.
  /// - Throws: `AUTHENTICATION_ERROR` or `RATE_LIMIT_EXCEEDED` for the current, `VALIDATION_ERROR` for
  ///   the new password; `NOT_FOUND`, `FORBIDDEN`.
  public func setPassword(of reference: String?, current: String, new: String) throws -> User {
    let user = try visible(reference ?? actor.id)
    if user.id == actor.id {
      try Login(database, ids: ids, now: clock.now).check(email: user.email, password: current)
    }
    let problems = Self.problems(of: new, for: user)
    if !problems.isEmpty {
      throw CareError(.validation, "the new password is not good enough", details: .fields(problems))
    }
    let hash = try PasswordHash.make(new)
    return try database.write(commit: commits) {
      try users.setPassword(user.id, hash: hash)
      try audit.append(entity: "user", id: user.id, after: JSONObject([("password", "changed")]))
      return try users.find(id: user.id) ?? user
    }
  }

  /// Whether this reference means the actor's own account, so that a current password will be asked for.
  public func isOwn(_ reference: String) throws -> Bool { try visible(reference).id == actor.id }

  private func requireAdmin(_ purpose: String) throws(CareError) {
    if actor.role < .admin { throw CareError(.forbidden, "it takes an admin \(purpose)") }
  }

  private static func problems(of password: String, for user: User) -> [CareError.FieldProblem] {
    let reasons = PasswordPolicy.problems(password, email: user.email, fullName: user.fullName)
    return reasons.isEmpty ? [] : [.init("password", reasons.joined(separator: "; "))]
  }
}

extension User {
  /// What the audit log tells of a user: what can be set.
  fileprivate var audited: JSONObject {
    var object = json
    for key in ["id", "lastLoginAt", "createdAt", "updatedAt"] { object[key] = nil }
    return object
  }

  /// The fields in which two states of a user differ.
  fileprivate func difference(to other: User) -> (before: JSONObject, after: JSONObject) {
    var (before, after) = (JSONObject(), JSONObject())
    let (old, new) = (audited, other.audited)
    for key in old.keys where old[key] != new[key] {
      before[key] = old[key]
      after[key] = new[key]
    }
    return (before, after)
  }

  /// Whether a reference is the user's e-mail address, id, or a beginning or end of the id.
  fileprivate func isMeant(by reference: String) -> Bool {
    let part = reference.lowercased()
    if part == email.lowercased() { return true }
    return part.utf8.count >= 4 && (id.hasPrefix(part) || id.hasSuffix(part))
  }
}
