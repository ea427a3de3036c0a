import SQLiteStore

/// Who is left out of lists of people: the archived, and those who were added after a time. They are asked for in the
/// order of their ids; most people are neither, so that nobody's row is read.
struct AbsentPeople {
  private let statement: Statement
  private var isAtEnd = false

  /// - Parameter until: the time.
  init(_ database: Database, until: Timestamp) throws {
    statement = try database.prepare(
      """
      SELECT id FROM members INDEXED BY members_archived WHERE member_status = 'archived'
      UNION SELECT id FROM members INDEXED BY members_created WHERE created_at >= ? ORDER BY 1
      """)
    try statement.bind(until.description, at: 1)
    isAtEnd = try !statement.step()
  }

  /// Lets go of the database.
  func close() { statement.reset() }

  /// Whether a member who comes after those before is left out.
  /// - Parameter member: an id that ends with NUL.
  @inline(__always)
  mutating func contains(_ member: UnsafePointer<UInt8>) throws -> Bool {
    while !isAtEnd {
      guard let absent = statement.terminated(0) else { return false }
      let order = IdentifierOrder.compare(absent, member)
      if order >= 0 { return order == 0 }
      isAtEnd = try !statement.step()
    }
    return false
  }
}
