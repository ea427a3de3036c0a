import Glibc
import SQLiteStore

/// The right to deliver, which one process at a time has: an exclusive `flock` on `<database>.deliver.lock`. The
/// kernel takes it back when the process dies, however it dies, so whoever has it knows that nobody else is at work.
public final class RunLock {
  private let descriptor: Int32

  /// - Parameter databasePath: the database's file.
  /// - Returns: nil where another process delivers
  /// - Throws: `CareError(.database)` where the lock's file cannot be made or locked
  public static func acquire(databasePath: String) throws(CareError) -> RunLock? {
    let path = databasePath + ".deliver.lock"
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
