import Glibc
import SQLiteStore

/// The right to deliver or to let rules act, which one process at a time has: an exclusive `flock` on
/// `<database>.deliver.lock` or `<database>.rules.lock`. The kernel takes it back when the process dies, however it
/// dies, so whoever has it knows that nobody else is at work.
public final class RunLock {
  /// What one process at a time does.
  public enum Work: String, Sendable {
    case delivery = "deliver"
    case rules
  }

  private let descriptor: Int32

  /// - Parameters:
  ///   - databasePath: the database's file.
  ///   - work: what is to be done.
  /// - Returns: nil where another process does it
  /// - Throws: `CareError(.database)` where the lock's file cannot be made or locked
  public static func acquire(
    databasePath: String, for work: Work = .delivery
  ) throws(CareError) -> RunLock? {
    let path = "\(databasePath).\(work.rawValue).lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw CareError(.database, "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw CareError(.database, "cannot lock \(path): \(String(cString: strerror(code)))")
    }
    return RunLock(descriptor)
  }

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}
