import SQLiteStore

/// The key that a database's access tokens are signed with, random for each and never shown.
public enum SigningKey {
  private static let size = 32

  /// The key.
  /// - Throws: `DATABASE_ERROR` where there is none.
  static func read(_ database: Database) throws -> [UInt8] {
    guard let text = try Settings(database).value(.signingKey), let key = Hex.decode(text), key.count >= size
    else {
      throw CareError(.database, "the database has no key to sign logins with: it is damaged")
    }
    return key
  }

  /// Gives the database a new key, by which every access token made before stops being good. Call it
  /// within a write transaction.
  public static func make(_ database: Database) throws {
    try Settings(database).set(.signingKey, Hex.encode(RandomBytes.make(size)))
  }
}
