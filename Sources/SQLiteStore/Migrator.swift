import Glibc

/// A step from one schema version to the next. The version is the number of steps taken, kept in
/// the file's header (`PRAGMA user_version`).
public struct Migration: Sendable {
  /// Why the step was made.
  public var name: String
  /// Statements without parameters, run in one transaction with those of the other missing steps.
  public var sql: String

  /// - Parameter sql: statements without parameters.
  public init(name: String, sql: String) {
    self.name = name
    self.sql = sql
  }
}

extension Database {
  /// Takes the missing steps, all in one transaction with the new version number, after keeping a
  /// copy of the file beside it, `….before-vN`.
  func migrate(_ migrations: [Migration]) throws {
    guard try pragma("user_version") < migrations.count else { return }
    try writerLock.acquire(milliseconds: options.lockTimeout, interrupted: { isInterrupted })
    defer { writerLock.release() }
    // Asked again: another process may have migrated while this one waited for the lock.
    guard try pragma("user_version") < migrations.count else { return }
    try keepCopy(at: "\(path).before-v\(migrations.count)")
    try write {
      let version = try pragma("user_version")
      for migration in migrations.dropFirst(version) { try executeScript(migration.sql) }
      try execute("PRAGMA user_version = \(migrations.count)")
    }
  }

  /// Writes a copy of the database. It has its name only when it is complete and on the disk, and takes the place of
  /// one that an attempt before this one has left: of the same version, for no later one was reached.
  private func keepCopy(at copy: String) throws {
    let draft = "\(copy).new-\(getpid())"
    defer { for suffix in ["", "-journal"] { unlink(draft + suffix) } }
    unlink(draft)
    try execute("VACUUM INTO ?", [.text(draft)])
    guard DatabaseFile.sync(draft), rename(draft, copy) == 0 else {
      throw DatabaseError(.io, "cannot keep a copy at \(copy): \(String(cString: strerror(errno)))")
    }
    DatabaseFile.syncFolder(of: copy)
  }
}
