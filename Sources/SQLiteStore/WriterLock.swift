import CRuntime
import Glibc

/// The queue in which writers wait: an exclusive `flock` on a file beside the database. The kernel
/// wakes waiters in order, so nobody starves as under SQLite's own polling, and it lets go when the
/// holder dies, however it dies.
final class WriterLock {
  private let path: String
  private var descriptor: Int32 = -1

  init(path: String) { self.path = path }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for its turn.
  /// - Parameters:
  ///   - milliseconds: how long at most
  ///   - interrupted: asked whenever a signal ends the wait
  /// - Throws: `DatabaseError`: `.busy` after that time, `.interrupted`, `.readOnly`, `.io`
  func acquire(milliseconds: Int, interrupted: () -> Bool) throws {
    try openFile()
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    guard errno == EWOULDBLOCK else { throw failure("lock") }
    let deadline = Self.now() + milliseconds
    while true {
      switch caresphere_lock_for(descriptor, 50) {
      case 0: return
      case EINTR: break
      case let code: throw failure("lock", code)
      }
      if interrupted() { throw DatabaseError(.interrupted, "interrupted while waiting for another writer") }
      if Self.now() >= deadline {
        throw DatabaseError(.busy, "another process has been writing for \(milliseconds / 1000) s")
      }
    }
  }

  func release() { flock(descriptor, LOCK_UN) }

  private func openFile() throws {
    guard descriptor < 0 else { return }
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("open") }
  }

  private func failure(_ action: String, _ code: Int32 = errno) -> DatabaseError {
    DatabaseError(errno: code, "cannot \(action) \(path)")
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
