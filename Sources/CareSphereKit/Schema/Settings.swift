import SQLiteStore

/// What a database remembers about itself, by name: the table `settings`.
public struct Settings {
  /// The names.
  public enum Key: String, Sendable {
    /// Which database it is, in all its copies.
    case databaseID = "database_id"
    /// When it was made.
    case createdAt = "created_at"
    /// What its access tokens are signed with.
    case signingKey = "signing_key"
    /// The last good backup.
    case lastBackup = "backup.last"
    /// Up to where rules have taken up events.
    case lastRuleEvent = "rules.lastEvent"
    /// Since when the file is to be written anew, because somebody was erased.
    case erasureUnfinished = "erasure_unfinished"
  }

  private let database: Database

  /// What a database remembers.
  public init(_ database: Database) { self.database = database }

  /// What is remembered under a name; nil where nothing is.
  func value(_ key: Key) throws -> String? {
    try database.first("SELECT value FROM settings WHERE key = ?", [.text(key.rawValue)]) { $0.string(0) }
  }

  /// Remembers something under a name, in the place of what was. Call it within `Database.write`.
  public func set(_ key: Key, _ value: String) throws {
    try database.execute(
      "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [.text(key.rawValue), .text(value)])
  }

  /// Forgets what is remembered under a name. Call it within `Database.write`.
  func remove(_ key: Key) throws {
    try database.execute("DELETE FROM settings WHERE key = ?", [.text(key.rawValue)])
  }
}
