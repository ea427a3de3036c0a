/// A step from one schema version to the next. The version is the number of steps taken, kept in
/// the file's header (`PRAGMA user_version`).
public struct Migration: Sendable {
  /// Why the step was made.
  public var name: String
  public var sql: String

  public init(name: String, sql: String) {
    self.name = name
    self.sql = sql
  }
}

extension Database {
  /// Takes the missing steps, all in one transaction with the new version number, after keeping a
  /// copy of the file beside it.
  func migrate(_ migrations: [Migration]) throws {
    guard try pragma("user_version") < migrations.count else { return }
    try execute("VACUUM INTO ?", [.text("\(path).before-v\(migrations.count)")])
    try write {
      // Asked again: another process may have migrated while this one waited for the lock.
      let version = try pragma("user_version")
      for migration in migrations.dropFirst(version) { try executeScript(migration.sql) }
      try execute("PRAGMA user_version = \(migrations.count)")
    }
  }
}
