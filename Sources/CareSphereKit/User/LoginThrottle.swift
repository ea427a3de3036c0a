import Glibc
import SQLiteStore

/// Slows down who guesses passwords: after 5 failures an account waits 1 second before the next
/// attempt, then 2, 4 and so on to 15 minutes. An attempt made while waiting changes nothing.
///
/// An attempt counts as a failure before the password is looked at, in a transaction of its own, so
/// that neither many processes at once nor one that is killed guess for free. Accounts that do not
/// exist are counted the same way, by a digest, since what was typed may be anything.
public struct LoginThrottle {
  static let freeFailures = 5
  static let longestDelay = 900_000
  /// How long a failure is remembered, in milliseconds: a day.
  static let memory = 86_400_000

  private let database: Database
  private let now: Int

  /// - Parameter now: the real time in milliseconds since 1970.
  public init(_ database: Database, now: Int = LoginThrottle.milliseconds()) {
    self.database = database
    self.now = now
  }

  /// The machine's clock in milliseconds since 1970.
  public static func milliseconds() -> Int {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    return moment.tv_sec &* 1000 &+ moment.tv_nsec / 1_000_000
  }

  /// Counts an attempt to log in, in a transaction that is committed when this returns.
  ///
  /// - Throws: `RATE_LIMIT_EXCEEDED` with the time to try again, and then nothing has been counted.
  public func begin(_ email: String) throws {
    let account = Self.account(email)
    let blocked: Int? = try database.write {
      try database.execute("DELETE FROM login_attempts WHERE last_at < ?", [.int(now - Self.memory)])
      let found = try database.first(
        "SELECT failures, blocked_until FROM login_attempts WHERE account = ?", [.text(account)]
      ) { ($0.integer(0), $0.integer(1)) }
      let (failures, until) = found ?? (0, 0)
      // A clock that was set back must not lock anybody out for longer than any guess would: what lies further ahead
      // was not reckoned by this clock.
      if until > now, until - now <= Self.longestDelay { return until }
      // Without a delay there is no time to wait for: not even this attempt's own, which may lie ahead of
      // that of a process that began before and stood in the queue of writers behind us.
      let attempts = min(max(failures, 0), 1_000_000) + 1
      let delay = Self.delay(after: attempts)
      try database.execute(
        """
        INSERT INTO login_attempts (account, failures, last_at, blocked_until) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (account) DO UPDATE SET failures = ?2, last_at = ?3, blocked_until = ?4
        """,
        [.text(account), .int(attempts), .int(now), .int(delay == 0 ? 0 : now + delay)])
      return nil
    }
    guard let blocked else { return }
    let moment = Timestamp(secondsSinceEpoch: (blocked + 999) / 1000) ?? .max
    throw CareError(
      .rateLimit, "too many failed attempts to log in; try again at \(moment)",
      details: .fields([.init("retryAt", moment.description)]))
  }

  /// Forgets an account's failures, because its password was right.
  public func clear(_ email: String) throws {
    try database.execute("DELETE FROM login_attempts WHERE account = ?", [.text(Self.account(email))])
  }

  /// Milliseconds to wait after that many failures.
  static func delay(after failures: Int) -> Int {
    guard failures >= freeFailures else { return 0 }
    return min(longestDelay, 1000 << min(failures - freeFailures, 10))
  }

  private static func account(_ email: String) -> String { SHA256.hex(email.lowercased()) }
}
