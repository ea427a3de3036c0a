import SQLiteStore
import TestSupport
import TextFormats
import Testing

@testable import CareSphereKit

/// Groups below the command line: references, values, what imports ask for.
@Suite struct GroupTests {
  private let fixture: UserFixture
  private let store: GroupStore

  init() throws {
    fixture = try UserFixture()
    store = GroupStore(
      fixture.database, ids: fixture.ids,
      provenance: Provenance(actorID: nil, actor: "test", command: "test", at: fixture.start))
  }

  private func add(_ name: String, query: String? = nil) throws -> Group {
    try fixture.database.write { try store.add(GroupValues(name: name, query: query)) }
  }

  /// The code of what `body` throws; nil where it throws nothing.
  private func code(_ body: () throws -> Void) -> ErrorCode? {
    do {
      try body()
      return nil
    } catch { return (error as? CareError)?.code }
  }

  @Test func anImportFindsOrMakesGroups() throws {
    let choir = try add("Choir")
    _ = try add("Lagos", query: "city = lagos")
    let groups = ImportGroups(
      fixture.database, ids: UUIDv7Generator(),
      provenance: Provenance(actorID: nil, actor: "tests", command: "member import", at: .now()))
    try fixture.database.write {
      #expect(try groups.ids(ofRow: ["CHOIR", choir.id, "lagos"]) == [choir.id, choir.id])
      #expect(groups.dynamic == ["lagos"])
      let planned = try groups.ids(ofRow: ["New", "new", "Other"])
      #expect(planned.count == 3 && planned[0] == planned[1] && groups.created.isEmpty)
      // Only those that somebody joins are made, once.
      for _ in 1...2 { _ = try groups.made([planned[0], choir.id]) }
      #expect(groups.created == ["New"] && groups.createdIDs == [planned[0]])
      #expect(try groups.ids(ofAll: ["All", "new"]).last == planned[0])
      #expect(groups.created == ["New", "All"])
    }
    #expect(code { _ = try groups.ids(ofAll: ["lagos"]) } == .conflict)
  }

  @Test func aNameComesBeforeAPartOfAnId() throws {
    let first = try add("Choir")
    let misleading = try add(String(first.id.suffix(6)))
    let finder = GroupFinder(fixture.database)
    #expect(try finder.resolve(String(first.id.suffix(6))).id == misleading.id)
    #expect(try finder.resolve(String(first.id.suffix(7))).id == first.id)
    #expect(try finder.resolve(first.id).id == first.id)
    for wrong in ["%", "____", "abc", "", "%%%%", first.id + "0"] {
      #expect(code { _ = try finder.resolve(wrong) } == .notFound, "\(wrong)")
    }
  }

  @Test func aFilterIsToldWhatAGroupStandsFor() throws {
    let plain = try add("Plain")
    _ = try add("Dynamic", query: "age > 3")
    let finder = GroupFinder(fixture.database)
    #expect(try finder.reference("plain") == .fixed(ids: [plain.id]))
    #expect(try finder.reference("DYNAMIC") == .dynamic(query: "age > 3", name: "Dynamic"))
  }

  @Test func sameValuesAreNoChange() throws {
    let group = try add("Choir")
    try fixture.database.write { _ = try store.update(group, to: group.values) }
    let entries = try fixture.database.first("SELECT count(*) FROM audit_log") { $0.integer(0) }
    #expect(entries == 1)
  }

  @Test(arguments: [
    ("name", "", false), ("name", "A\u{0}B", false), ("name", "  A  ", true),
    ("type", String(repeating: "é", count: 50), true),
    ("type", String(repeating: "é", count: 51), false), ("color", "#aabbccdd", true),
    ("color", "a very long name of a colour", false), ("description", "two\nlines", true),
    ("icon", "🎵", true),
  ])
  func valuesAreChecked(field: String, value: String, isRight: Bool) throws {
    let body = JSONValue.object(JSONObject([("name", "Name"), (field, .string(value))]))
    let error = code { _ = try GroupInput(flags: [], body: body).values() }
    #expect(error == (isRight ? nil : .validation))
  }

  @Test func anEmptyValueEmptiesAndAnAbsentOneLeaves() throws {
    let before = GroupValues(name: "A", description: "B", type: "C", query: "age > 3")
    let input = try GroupInput(flags: [(.description, ""), (.query, "")])
    #expect(try input.values(over: before) == GroupValues(name: "A", type: "C"))
    let nulls = try GroupInput(flags: [], body: ["type": nil])
    #expect(try nulls.values(over: before).type == nil)
    #expect(try GroupInput(flags: []).isEmpty)
  }
}
