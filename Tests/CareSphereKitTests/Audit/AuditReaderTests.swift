import SQLiteStore
import TestSupport
import TextFormats
import Testing

@testable import CareSphereKit

/// What of the audit log is found, and how fast.
@Suite struct AuditReaderTests {
  @Test(
    arguments: [
      ("member", "member", nil), ("feed", "feed", nil), ("member:1a2b3c4d", "member", "1a2b3c4d"),
      ("1A2B3C4D", nil, "1a2b3c4d"),
      ("019a7f3c-0000-7000-8000-000000000001", nil, "019a7f3c-0000-7000-8000-000000000001"),
      ("group:019a7f3c-0000-7000-8000-000000000001", "group", "019a7f3c-0000-7000-8000-000000000001"),
    ] as [(String, String?, String?)])
  func whatIsMeantByAnEntity(text: String, kind: String?, id: String?) throws {
    var selection = AuditReader.Selection()
    try selection.setEntity(text)
    #expect(selection.entity == kind)
    #expect(selection.idPart == id)
  }

  @Test(arguments: ["member:", "member:1", "member:%%%%", "member:xyz1"]) func whatIsNone(text: String) {
    var selection = AuditReader.Selection()
    #expect(throws: CareError.self) { try selection.setEntity(text) }
  }

  /// Pages of a long log come out of an index: nothing is sorted.
  @Test func theNewestEntriesAreFoundWithoutSorting() throws {
    let fixture = try UserFixture()
    var plan: [String] = []
    for condition in ["1", "at >= '2025-01-01T00:00:00Z'"] {
      try fixture.database.query(
        """
        EXPLAIN QUERY PLAN SELECT id FROM audit_log WHERE \(condition)
        ORDER BY \(AuditReader.SortField.at.sql("DESC")) LIMIT 20
        """
      ) { plan.append($0.string(3)) }
    }
    #expect(!plan.isEmpty)
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
  }

  @Test func entriesOfOneSecondKeepTheirOrder() throws {
    let fixture = try UserFixture()
    let provenance = Provenance(actorID: nil, actor: "test", command: "test", at: fixture.start)
    try fixture.database.write {
      let log = AuditLog(fixture.database, ids: fixture.ids, provenance: provenance)
      for number in 0..<50 { try log.append(entity: "thing", id: "\(number)", after: JSONObject()) }
    }
    let reader = AuditReader(fixture.database)
    var found: [String] = []
    try reader.entries(AuditReader.Selection(), limit: 10, offset: 5) { found.append($0.string(5)) }
    #expect(found == (35...44).reversed().map(String.init))
    found = []
    try reader.entries(AuditReader.Selection(), sort: (.at, true), limit: 3) { found.append($0.string(5)) }
    #expect(found == ["0", "1", "2"])
    #expect(try reader.count(AuditReader.Selection()) == 50)
  }
}
