import SQLiteStore

/// New members of an import that wait to be stored, many in one statement: opening the table with its
/// eight indexes takes a statement as long as a third of a row. Only those wait who need nothing but
/// their row.
final class WaitingMembers {
  private static let rowsPerStatement = 32

  private let members: MemberStore
  private let insertMany: Statement
  private var rows: [NewMember] = []
  private var arguments = TextArguments()
  /// The keys by which a later row of the file could mean one of those who wait.
  private var keys: Set<Int> = []

  init(_ database: Database, members: MemberStore) throws {
    self.members = members
    insertMany = try database.prepare(NewMember.insertSQL(rows: Self.rowsPerStatement))
  }

  /// Whether a row with these keys could be about somebody who waits: then they must be stored before
  /// anybody looks for them.
  func mayHold(_ keys: MatchKeys) -> Bool {
    keys.question.map(self.keys.contains) ?? false
  }

  /// Adds somebody now or later.
  func add(_ member: PreparedMember) throws {
    rows.append(member.new)
    keys.formUnion(member.keys.answers)
    if rows.count == Self.rowsPerStatement { try storeTogether() }
  }

  /// Stores all who wait.
  func flush() throws {
    for row in rows { try members.insert(row) }
    clear()
  }

  private func storeTogether() throws {
    arguments.removeAll()
    for row in rows { arguments.append(row.row) }
    try insertMany.run(arguments)
    clear()
  }

  private func clear() {
    rows.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
  }
}
