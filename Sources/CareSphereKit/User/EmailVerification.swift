import SQLiteStore
import TextFormats

/// Shows that an e-mail address is its user's: a code is mailed there, and whoever types it in has read that mail.
///
/// A code lasts for an hour. Five wrong ones, whichever code they were for, close the way until the hour is over.
public struct EmailVerification {
  /// How long a code lasts, in seconds.
  public static let lifetime = 3600
  /// How many wrong codes are listened to.
  static let maximumAttempts = 5

  private let database: Database
  private let now: Timestamp
  private let audit: AuditLog

  /// - Parameters:
  ///   - now: the real time.
  ///   - audit: with the provenance of whoever asks.
  public init(_ database: Database, now: Timestamp, audit: AuditLog) {
    self.database = database
    self.now = now
    self.audit = audit
  }

  /// What has been begun and not been finished.
  private struct Pending {
    var email: String
    var digest: String
    var attempts: Int
    var expiresAt: Timestamp
  }

  // MARK: The code

  /// Makes a new code in the place of an older one.
  /// - Returns: the code, six digits, which is stored as a digest only
  /// - Throws: `CareError(.rateLimit)` where too many wrong codes were typed in
  public func begin(_ user: User) throws -> String {
    let code = Self.makeCode()
    try database.write {
      let pending = try self.pending(user)
      try Self.checkAttempts(pending)
      // Wrong codes count on, so that asking for new codes gives nobody more guesses.
      try database.execute(
        """
        INSERT INTO email_verifications (user_id, email, code_digest, attempts, expires_at, created_at)
        VALUES (?1, ?2, ?3, 0, ?4, ?5)
        ON CONFLICT (user_id) DO UPDATE SET email = ?2, code_digest = ?3, attempts = ?6, expires_at = ?4,
          created_at = ?5
        """,
        [
          .text(user.id), .text(user.email), .text(Self.digest(code, user)), .text(expiry.description),
          .text(now.description), .int(pending?.attempts ?? 0),
        ])
    }
    return code
  }

  /// When a code that is made now ends.
  public var expiry: Timestamp { now.adding(seconds: Self.lifetime) ?? .max }

  /// Takes a code back that could not be mailed.
  public func withdraw(_ user: User) throws {
    try database.write {
      try database.execute(
        "UPDATE email_verifications SET code_digest = '' WHERE user_id = ?", [.text(user.id)])
    }
  }

  /// The mail that brings the code.
  /// - Parameter organization: who uses the program; nil where that is not configured.
  public static func mail(code: String, to user: User, organization: String?) -> (
    subject: String, text: String
  ) {
    let who = organization.map { " of \($0)" } ?? ""
    return (
      "Your code: \(code)",
      """
      Hello \(user.fullName),

      somebody, you we hope, wants to show that this address is yours, for the \
      caresphere database\(who). The code is

          \(code)

      It lasts for one hour. If this was not you, do nothing.

      """
    )
  }

  // MARK: The answer

  /// Compares what was typed in with the code that was mailed, and notes that the address is the user's.
  ///
  /// A wrong code counts before it is looked at, in a transaction of its own, whatever becomes of the rest.
  /// - Parameter commits: false for a dry run.
  /// - Throws: `CareError`: `.validation` for a wrong code and where none is waited for, `.rateLimit` after too many
  public func check(_ user: User, code: String, commits: Bool) throws -> User {
    let pending = try database.write { () -> Pending? in
      let pending = try self.pending(user)
      try Self.checkAttempts(pending)
      try database.execute(
        "UPDATE email_verifications SET attempts = attempts + 1 WHERE user_id = ?", [.text(user.id)])
      return pending
    }
    guard let pending, !pending.digest.isEmpty else {
      throw Self.problem(
        "there is none to compare it with: none was mailed, or its hour is over",
        "ask for one with: caresphere user verify \(user.email)")
    }
    let typed = code.filter { !$0.isWhitespace && $0 != "-" }
    guard ConstantTime.equal(Array(Self.digest(typed, user).utf8), Array(pending.digest.utf8)) else {
      let left = Self.maximumAttempts - pending.attempts - 1
      throw Self.problem("is not the code that was mailed", "\(left) more \(left == 1 ? "try" : "tries")")
    }
    return try database.write(commit: commits) {
      try database.execute("DELETE FROM email_verifications WHERE user_id = ?", [.text(user.id)])
      let users = UserStore(database, now: now)
      try users.recordVerified(user.id)
      try audit.append(
        entity: "user", id: user.id, before: JSONObject([("emailVerified", .bool(user.emailVerified))]),
        after: JSONObject([("emailVerified", .bool(true))]))
      return try users.find(id: user.id) ?? user
    }
  }

  private static func problem(_ reason: String, _ hint: String) -> CareError {
    CareError(
      .validation, "the address is not verified", hint: hint, details: .fields([.init("code", reason)]))
  }

  // MARK: What is stored

  /// Nil where nothing is waited for: a code is for the address it was mailed to, and for an hour.
  private func pending(_ user: User) throws -> Pending? {
    let found = try database.first(
      "SELECT email, code_digest, attempts, expires_at FROM email_verifications WHERE user_id = ?",
      [.text(user.id)]
    ) { row in
      Pending(
        email: row.string(0), digest: row.string(1), attempts: row.integer(2),
        expiresAt: Timestamp(row.string(3)) ?? .min)
    }
    guard let found, found.expiresAt > now else { return nil }
    if found.email == user.email { return found }
    return Pending(email: user.email, digest: "", attempts: found.attempts, expiresAt: found.expiresAt)
  }

  private static func checkAttempts(_ pending: Pending?) throws(CareError) {
    guard let pending, pending.attempts >= maximumAttempts else { return }
    throw CareError(
      .rateLimit, "too many wrong codes; ask for a new one at \(pending.expiresAt)",
      details: .fields([.init("retryAt", pending.expiresAt.description)]))
  }

  /// Six digits, each as likely as any other.
  private static func makeCode() -> String {
    var generator = SystemRandomNumberGenerator()
    let number = Int.random(in: 0...999_999, using: &generator)
    let digits = String(number)
    return String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  private static func digest(_ code: String, _ user: User) -> String { SHA256.hex("\(user.id):\(code)") }
}
