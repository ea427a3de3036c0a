import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// What is kept of the past when people change, go, and are found to be one.
@Suite struct MemberHistoryTests {
  private let fixture: UserFixture
  private let admin: User
  private var database: Database { fixture.database }

  init() throws {
    fixture = try UserFixture()
    admin = try fixture.add("admin", role: .admin)
  }

  private func provenance(_ seconds: Int = 0) -> Provenance {
    Provenance(actorID: admin.id, actor: admin.email, command: "test", at: fixture.later(seconds))
  }

  private func store(_ seconds: Int) throws -> MemberStore {
    try MemberStore(database, ids: fixture.ids, provenance: provenance(seconds))
  }

  private func add(_ status: MemberStatus = .active, joined: String? = nil) throws -> Member {
    var draft = MemberDraft()
    draft.firstName = "Ana"
    draft.lastName = "Souza"
    draft.memberStatus = status
    draft.joinDate = joined
    let id = try database.write { try store(0).add(draft) }
    return try MemberFinder(database).find(id)
  }

  private func become(_ status: MemberStatus, _ member: Member, after seconds: Int) throws -> Member {
    var draft = MemberDraft()
    draft.memberStatus = status
    return try database.write {
      try store(seconds).apply(MemberChange(draft, of: member, tags: .replace), to: member)
    }
  }

  /// The changes of a status, and whoever was deleted, each as one line.
  private func lines(_ sql: String) throws -> [String] {
    var lines: [String] = []
    try database.query(sql) { row in
      lines.append((0..<row.columnCount).map { row.text($0) ?? "-" }.joined(separator: " "))
    }
    return lines
  }

  private func changes() throws -> [String] {
    try lines("SELECT before, after, at FROM member_status_changes ORDER BY row_id")
  }

  private func departures() throws -> [String] {
    try lines("SELECT status, join_date, created_at, archived_at, at FROM member_departures ORDER BY row_id")
  }

  @Test func aStatusLeavesATraceWhenItChanges() throws {
    var member = try add()
    #expect(try changes().isEmpty)
    member = try become(.archived, member, after: 60)
    _ = try become(.active, member, after: 120)
    #expect(
      try changes() == ["active archived \(fixture.later(60))", "archived active \(fixture.later(120))"])
  }

  @Test func aDeletionLeavesOneThatNamesNobody() throws {
    let plain = try add(joined: "2020-02-03")
    let archived = try become(.archived, try add(), after: 60)
    let made = try add(.archived)
    try database.write { for member in [plain, archived, made] { try store(120).delete(member) } }
    let (start, end) = (fixture.start, fixture.later(120))
    #expect(
      try departures() == [
        "active 2020-02-03 \(start) - \(end)", "archived - \(start) \(fixture.later(60)) \(end)",
        "archived - \(start) \(start) \(end)",
      ])
    #expect(try changes().isEmpty)
    let columns = try lines("SELECT name FROM pragma_table_info('member_departures')")
    #expect(Set(columns) == ["row_id", "join_date", "created_at", "status", "archived_at", "at"])
  }

  @Test func whoIsMergedHasNotLeft() throws {
    let keep = try become(.inactive, try add(), after: 60)
    let other = try become(.archived, try add(), after: 70)
    _ = try database.write {
      try MemberMerge(database, ids: fixture.ids, provenance: provenance(80)).merge([other], into: keep)
    }
    #expect(try departures().isEmpty)
    #expect(try changes() == ["active inactive \(fixture.later(60))"])
  }

  @Test func aChangeThatIsTakenBackHasNeverBeen() throws {
    var member = try add()
    member = try become(.pending, member, after: 60)
    let before = member
    member = try become(.archived, member, after: 120)
    var restored = member
    restored[.memberStatus] = before[.memberStatus]
    restored[.updatedAt] = before[.updatedAt]
    try database.write { try store(180).putBack(restored) }
    #expect(try changes() == ["active pending \(fixture.later(60))"])
    // Without a change of the status nothing is taken out of the history.
    member = try MemberFinder(database).find(member.id)
    restored = member
    restored[.city] = "Lagos"
    try database.write { try store(240).putBack(restored) }
    #expect(try changes() == ["active pending \(fixture.later(60))"])
  }
}
