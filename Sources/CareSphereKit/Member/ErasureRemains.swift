import SQLiteStore

/// What an erasure leaves where nobody looks: in parts of the file that are not in use, and in the log. It goes when the
/// file is written anew, which is noted as something to be done in the transaction that erases, so that a run that was
/// killed in between is made up for by the next one.
public struct ErasureRemains {
  private let database: Database

  /// What erasing has left to be done in a database.
  public init(_ database: Database) { self.database = database }

  /// Notes that there are some. Call it within `Database.write`.
  /// - Parameter now: the real time.
  public func note(at now: Timestamp) throws {
    try Settings(database).set(.erasureUnfinished, now.description)
  }

  /// Removes them, if there are any.
  /// - Returns: whether none are left; not where somebody reads the log for too long
  /// - Throws: `DatabaseError`
  public func remove() throws -> Bool {
    guard try Settings(database).value(.erasureUnfinished) != nil else { return true }
    return try database.uninterrupted {
      guard try database.overwriteDeleted() else { return false }
      try database.write { try Settings(database).remove(.erasureUnfinished) }
      return true
    }
  }
}
