import CSQLite
import Glibc

extension Database {
  /// Runs `body` as one transaction: it commits when `body` returns and leaves nothing when it throws.
  /// Inside another `write` it is part of that one.
  ///
  /// Writers of all processes queue on a file lock, and the transaction is IMMEDIATE: one that first
  /// reads and then wants to write would fail at once when another has written in between.
  /// - Parameters:
  ///   - commit: `false` does all the work and then takes it back: a dry run
  ///   - patience: how long to wait for other writers, in milliseconds, where that is not as long as the
  ///     options say
  /// - Throws: what `body` throws; `DatabaseError`: `.busy`, `.interrupted`, `.full`, `.readOnly`, `.io`
  public func write<T>(commit: Bool = true, patience: Int? = nil, _ body: () throws -> T) throws -> T {
    guard transactionDepth == 0 else { return try body() }
    try writerLock.acquire(
      milliseconds: patience ?? options.lockTimeout, interrupted: { isInterrupted })
    defer { writerLock.release() }
    try checkPlace()
    try setTrustedSchema(true)
    defer { try? setTrustedSchema(false) }
    try execute("BEGIN IMMEDIATE")
    transactionDepth = 1
    defer { transactionDepth = 0 }
    do {
      let result = try body()
      try execute(commit ? "COMMIT" : "ROLLBACK")
      try? checkpointIfLarge()
      return result
    } catch {
      // The first error is the one to tell of. SQLite may have rolled back already, on a full disk.
      if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      try? checkpointIfLarge()
      throw error
    }
  }

  /// SQLite 3.40 counts FTS5 among what an untrusted schema may not use, so the triggers that
  /// keep the search index need a trusted one. Reading never does, and our own SQL functions are barred
  /// from schemas either way.
  private func setTrustedSchema(_ on: Bool) throws {
    try configure(SQLITE_DBCONFIG_TRUSTED_SCHEMA, on)
  }

  /// Whether what is at `path` is another file by now: what would be written here, nobody would ever see.
  public var isReplaced: Bool {
    var hasMoved: Int32 = 0
    let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
    return code == SQLITE_OK && hasMoved != 0
  }

  private func checkPlace() throws {
    guard isReplaced else { return }
    throw DatabaseError(
      .io, "\(path) was replaced by another file while this command was at work; run it again")
  }

  /// Runs `body` over one unchanging state of the database, whatever others write meanwhile.
  public func read<T>(_ body: () throws -> T) throws -> T {
    guard transactionDepth == 0, sqlite3_get_autocommit(handle) != 0 else { return try body() }
    try execute("BEGIN")
    defer { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    return try body()
  }

  /// Whether a signal asks to stop; for loops whose single statements are too short to notice.
  public var isInterrupted: Bool {
    if let deadline, ContinuousClock.now > deadline { return true }
    return !isShielded && options.interrupted()
  }

  /// Asks whether a signal asks to stop, and ends the statement that runs if so: for another thread to call, as long as
  /// the connection is open, where SQLite goes on for long without asking
  /// (https://sqlite.org/c3ref/interrupt.html).
  public var interruption: @Sendable () -> Void {
    nonisolated(unsafe) let handle = handle
    let (isShielded, interrupted) = (isShielded, options.interrupted)
    return { if !isShielded && interrupted() { sqlite3_interrupt(handle) } }
  }

  /// Ends what is being done where a signal asks to stop.
  /// - Parameter action: what that is, in the message: `importing`.
  /// - Throws: `DatabaseError(.interrupted)`
  public func checkInterrupted(while action: String) throws {
    if isInterrupted { throw DatabaseError(.interrupted, "interrupted while \(action)") }
  }

  /// Runs `body`, whose statements fail as `.interrupted` when its time is over.
  public func within<T>(milliseconds: Int, _ body: () throws -> T) rethrows -> T {
    let before = deadline
    deadline = .now.advanced(by: .milliseconds(milliseconds))
    defer { deadline = before }
    return try body()
  }

  /// Runs `body` to its end even where a signal asks to stop: for recording what has happened already.
  public func uninterrupted<T>(_ body: () throws -> T) rethrows -> T {
    let before = isShielded
    isShielded = true
    defer { isShielded = before }
    return try body()
  }

  /// Runs `body` with commits that a killed process cannot lose, but a power cut can: they wait for no disk. What
  /// was committed before stays as safe as it is. Inside a `write` it is part of that one.
  ///
  /// The setting is made while a statement is compiled, so it must not be one that is kept.
  public func relaxed<T>(_ body: () throws -> T) throws -> T {
    guard transactionDepth == 0 else { return try body() }
    try executeScript("PRAGMA synchronous = NORMAL")
    defer { sqlite3_exec(handle, "PRAGMA synchronous = FULL", nil, nil, nil) }
    return try body()
  }

  /// Undoes what `body` did when it throws, and goes on with the transaction around it.
  public func savepoint<T>(_ body: () throws -> T) throws -> T {
    try execute("SAVEPOINT step")
    do {
      let result = try body()
      try execute("RELEASE step")
      return result
    } catch {
      sqlite3_exec(handle, "ROLLBACK TO step; RELEASE step", nil, nil, nil)
      throw error
    }
  }

  /// Moves the log into the file when it has grown. Only while holding the writer lock: SQLite before
  /// 3.51.3 can corrupt the file when a checkpoint races with a writer or another checkpoint
  /// (https://sqlite.org/wal.html, "the WAL-reset bug"). Readers are not waited for; the next writer
  /// goes on where this one stopped.
  private func checkpointIfLarge() throws {
    var information = stat()
    guard stat(path + "-wal", &information) == 0, information.st_size > 4 << 20 else { return }
    checkpoint()
  }

  /// Writes the file anew and moves all of the log into it, so that nothing of what was deleted is left in either:
  /// `PRAGMA secure_delete` overwrites what is deleted where it was last, but not where it was before rows moved
  /// to another page.
  /// - Returns: whether that is done; not where somebody was reading, and so needed the log, for all of the lock's time
  /// - Throws: `DatabaseError`: `.busy` where another process is writing, `.full`, `.io`
  public func overwriteDeleted() throws -> Bool {
    try writerLock.acquire(milliseconds: options.lockTimeout, interrupted: options.interrupted)
    defer { writerLock.release() }
    try checkPlace()
    try execute("VACUUM")
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    guard code == SQLITE_OK || code & 0xff == SQLITE_BUSY else {
      throw DatabaseError(code: code, handle: handle)
    }
    return code == SQLITE_OK
  }

  private func checkpoint() {
    sqlite3_busy_timeout(handle, 0)
    defer { sqlite3_busy_timeout(handle, Int32(clamping: options.lockTimeout)) }
    sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
  }
}
