import SQLiteStore

/// What a database remembers about itself, by name.
struct Settings {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// What is remembered under a name; nil where nothing is.
  func value(_ key: String) throws -> String? {
    try database.first("SELECT value FROM settings WHERE key = ?", [.text(key)]) { $0.string(0) }
  }

  /// Remembers something under a name, in the place of what was. Call it within `Database.write`.
  func set(_ key: String, _ value: String) throws {
    try database.execute(
      "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [.text(key), .text(value)])
  }

  /// Forgets what is remembered under a name. Call it within `Database.write`.
  func remove(_ key: String) throws {
    try database.execute("DELETE FROM settings WHERE key = ?", [.text(key)])
  }
}
