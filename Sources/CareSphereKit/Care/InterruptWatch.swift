import Glibc
import SQLiteStore

/// Asks on a thread of its own whether a signal asks to stop, while a statement runs in which SQLite itself does not ask
/// for minutes: an integrity check walking through the pages of a large file.
final class InterruptWatch: @unchecked Sendable {
  private static let interval = 100_000_000

  private let ask: @Sendable () -> Void
  private let lock = Lock()
  private let ended = Condition()
  private var hasEnded = false

  private init(_ database: Database) { ask = database.interruption }

  /// Runs `body`, whose statements end as interrupted soon after a signal.
  /// - Throws: what `body` throws; `DatabaseError(.interrupted)`; `CareError(.io)` where there are no more threads
  static func during<T>(_ database: Database, _ body: () throws -> T) throws -> T {
    let watch = InterruptWatch(database)
    let thread = try WorkerThread.start { watch.run() }
    // Nothing may ask a connection that is closed by then.
    defer {
      watch.end()
      pthread_join(thread, nil)
    }
    return try body()
  }

  private func run() {
    lock.locked {
      while !hasEnded {
        if !ended.wait(lock, until: Monotonic.nanoseconds() + Self.interval) { ask() }
      }
    }
  }

  private func end() {
    lock.locked { hasEnded = true }
    ended.signal()
  }
}
