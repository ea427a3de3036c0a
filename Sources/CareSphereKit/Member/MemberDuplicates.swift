import SQLiteStore

/// Finds members who may be the same person.
public struct MemberDuplicates {
  /// What two members have in common.
  public enum Key: String, CaseIterable, Sendable {
    case email, phone
    case nameAndBirthday = "name+birthday"
  }

  private let database: Database

  /// Looks through the members of a database.
  public init(_ database: Database) { self.database = database }

  /// Calls `set` for the members of each set that shares a key, one set at a time and in the order of the keys.
  /// - Parameter keys: what to go by; somebody can be in a set of each of them.
  public func find(_ keys: [Key], _ set: (Key, [Member]) throws -> Void) throws {
    for key in keys {
      // Groups come out of the index that the members are then found by, so nothing is sorted and
      // only one set is ever held.
      try database.query(Self.sharedValues(key)) { row in
        let arguments = (0..<row.columnCount).map { row.value($0) }
        let members = try database.all(Self.membersSharing(key), arguments) { Member(row: $0) }
        try set(key, members)
      }
    }
  }

  /// How many sets there are.
  public func count(_ keys: [Key]) throws -> Int {
    try keys.reduce(0) { sum, key in
      sum + (try database.first("SELECT count(*) FROM (\(Self.sharedValues(key)))") { $0.integer(0) } ?? 0)
    }
  }

  private static func sharedValues(_ key: Key) -> String {
    switch key {
    case .email:
      """
      SELECT email FROM members WHERE email IS NOT NULL
      GROUP BY email COLLATE NOCASE HAVING count(*) > 1 ORDER BY email COLLATE NOCASE
      """
    case .phone:
      """
      SELECT phone_digits FROM members WHERE phone_digits IS NOT NULL
      GROUP BY phone_digits HAVING count(*) > 1 AND phone_digits <> '' ORDER BY phone_digits
      """
    case .nameAndBirthday:
      """
      SELECT name_key, date_of_birth FROM members
      GROUP BY name_key, date_of_birth HAVING count(*) > 1 AND date_of_birth IS NOT NULL
      ORDER BY name_key, date_of_birth
      """
    }
  }

  private static func membersSharing(_ key: Key) -> String {
    let condition =
      switch key {
      case .email: "m.email = ? COLLATE NOCASE"
      case .phone: "m.phone_digits = ?"
      case .nameAndBirthday: "m.name_key = ? AND m.date_of_birth = ?"
      }
    return "SELECT \(Member.columns) FROM members AS m WHERE \(condition) ORDER BY m.row_id"
  }
}
