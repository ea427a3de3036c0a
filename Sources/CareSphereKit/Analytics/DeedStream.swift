import SQLiteStore

/// What people did, read in the order of their ids beside a list of people in the same order. Where many are to be
/// passed over, it looks the next one up.
struct DeedStream {
  private let statement: Statement
  private var isAtEnd = false
  /// After passing over so many rows, looking a person up is faster than going on.
  private static let patience = 40

  /// - Parameters:
  ///   - table: one with `member_id` and a time.
  ///   - index: over both, holding just what the condition lets through.
  init(_ database: Database, table: String, time: String, index: String, condition: String) throws {
    statement = try database.prepare(
      """
      SELECT member_id, \(time) FROM \(table) INDEXED BY \(index)
      WHERE \(condition) AND member_id >= ? ORDER BY member_id
      """)
    try statement.bind("", at: 1)
    isAtEnd = try !statement.step()
  }

  /// Lets go of the database.
  func close() { statement.reset() }

  /// Whose deed comes next; nil where there is none left. It is valid until more is read.
  @inline(__always)
  var next: UnsafePointer<UInt8>? { isAtEnd ? nil : statement.terminated(0) }

  /// Calls `body` for each deed of a member who comes after those before, with its time in seconds since 1970.
  /// - Parameter member: an id that ends with NUL.
  @inline(__always)
  mutating func read(of member: UnsafePointer<UInt8>, _ body: (Int) -> Void) throws {
    var passed = 0
    while !isAtEnd {
      guard let owner = statement.terminated(0) else { return }
      let order = IdentifierOrder.compare(owner, member)
      if order > 0 { return }
      if order == 0 {
        if let seconds = statement.terminated(1).flatMap(StoredTime.seconds) { body(seconds) }
      } else {
        passed += 1
        if passed > Self.patience {
          passed = 0
          try seek(member)
          continue
        }
      }
      isAtEnd = try !statement.step()
    }
  }

  private mutating func seek(_ member: UnsafePointer<UInt8>) throws {
    statement.reset()
    try statement.bind(String(cString: member), at: 1)
    isAtEnd = try !statement.step()
  }
}
