import SQLiteStore
import Testing

@testable import CareSphereKit

/// Every truth can be asked of the schema as it is, and mended.
@Suite struct StoredTruthTests {
  @Test func everyTruthSuitsTheSchema() throws {
    let fixture = try UserFixture()
    let database = fixture.database
    try CheckFunctions.register(on: database)
    for truth in StoredTruth.all {
      var rows = 0
      try database.query(truth.query) { _ in rows += 1 }
      #expect(rows == 0, "\(truth.query)")
      if let screen = truth.screen { #expect(try database.first(screen) { _ in true } == nil, "\(screen)") }
      #expect(truth.kind.isDerived || truth.mend == nil)
      if let mend = truth.mend { try database.write { try mend(database) } }
    }
    #expect(try DatabaseCheck(database).run().isEmpty)
  }

  @Test func whatIsCheckedIsThere() throws {
    let database = try UserFixture().database
    var columns: Set<String> = []
    try database.query(
      "SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'"
    ) { columns.insert($0.string(0)) }
    for place in StoredForm.objects + StoredForm.arrays + StoredForm.moments {
      #expect(columns.contains(place), "\(place)")
    }
    for table in StoredForm.tablesWithIDs { #expect(columns.contains("\(table).id"), "\(table)") }
  }

  /// What is asked of every row says the same as the pattern by which the rows are then found.
  @Test(arguments: [
    "01a1ffd0-e3d6-7137-bd6b-24296b1c7be9", "01A1ffd0-e3d6-7137-bd6b-24296b1c7be9",
    "01a1ffd0-e3d6-7137-bd6b-24296b1c7be", "01a1ffd0-e3d6-7137-bd6b-24296b1c7be90", "",
    "01a1ffd0_e3d6-7137-bd6b-24296b1c7be9", "2026-11-21T20:30:00Z", "2026-21-21T20:30:00Z",
    "2026-11-21 20:30:00Z", "2026-11-21T20:60:00Z", "2026-11-21T20:30:00z", "2026-11-21T20:30:0\u{e9}Z",
    "[0-9]",
  ]) func aFixedFormSaysWhatItsPatternSays(text: String) throws {
    let database = try UserFixture().database
    for pattern in [StoredForm.idPattern, StoredForm.momentPattern] {
      let expected = try database.first("SELECT ? GLOB ?", [.text(text), .text(pattern)]) {
        $0.integer(0) == 1
      }
      let matches = Array(text.utf8).withUnsafeBufferPointer(FixedForm(glob: pattern).matches)
      #expect(matches == expected, "\(pattern)")
    }
  }

  @Test func aThousandProblemsAreCountedAndAHundredTold() {
    var findings = CheckFindings()
    for number in 1...1000 {
      findings.add(CheckProblem(.json, "row \(number)", expected: nil, found: nil))
    }
    findings.add(CheckProblem(.nameKey, "row 1", expected: nil, found: nil))
    #expect(findings.total == 1001)
    #expect(findings.mendable == 1)
    #expect(findings.problems.count == 102)
    #expect(findings.problems.last?.what == "and 900 more of this kind")
    #expect(!findings.isDamaged)
  }
}
