import SQLiteStore
import TextFormats

/// Holds the tables, indexes and triggers of a database against those that the migrations make. What others have added,
/// such as the tables of a program that replicates the file, is theirs; but a trigger of theirs changes what ours do.
struct SchemaCheck {
  private static let searchTable = "member_search"

  private let database: Database

  init(_ database: Database) { self.database = database }

  func run(_ findings: inout CheckFindings) throws {
    for difference in try differences() { findings.add(difference.problem) }
    for name in try RuleIndexes(database).missing() {
      findings.add(CheckProblem(.schema, "the index \(name)", expected: "there", found: "missing"))
    }
  }

  /// Makes indexes, triggers and the search index anew that are missing or others. Call it within `Database.write`.
  func mend() throws {
    let all = try differences()
    let isSearchBroken = all.contains { $0.object.type == "table" && Self.isSearch($0.object) }
    if isSearchBroken {
      try database.execute("DROP TABLE IF EXISTS \(Self.searchTable)")
      try database.execute(Schema.memberSearchTable)
      try rebuildSearch()
    }
    for difference in all where ["index", "trigger"].contains(difference.object.type) {
      let object = difference.object
      try database.execute("DROP \(object.type.uppercased()) IF EXISTS \"\(Self.quoted(object.name))\"")
      if difference.isOurs, let sql = object.sql { try database.execute(sql) }
    }
    try RuleIndexes(database).refresh()
  }

  /// Fills the search index anew. Call it within `Database.write`.
  func rebuildSearch() throws {
    try database.execute("INSERT INTO \(Self.searchTable)(\(Self.searchTable)) VALUES ('rebuild')")
  }

  // MARK: Comparing

  private struct Difference {
    /// As it should be; what should not be there, as it is.
    var object: SchemaObject
    var isOurs: Bool
    var problem: CheckProblem
  }

  private func differences() throws -> [Difference] {
    let expected = try Database.schemaObjects(of: Schema.migrations)
    let actual = try database.schemaObjects()
    var found = Dictionary(actual.map { ($0.type + " " + $0.name, $0) }) { first, _ in first }
    var differences: [Difference] = []
    for object in expected where !object.name.hasPrefix("sqlite_") {
      let other = found.removeValue(forKey: object.type + " " + object.name)
      if let other, Self.isSame(object, other) { continue }
      let problem = CheckProblem(
        .schema, "the \(object.type) \(object.name)", expected: "as the program makes it",
        found: other == nil ? "missing" : "another")
      differences.append(Difference(object: object, isOurs: true, problem: problem))
    }
    let tables = Set(expected.filter { $0.type == "table" }.map(\.name))
    for object in found.values.sorted(by: { $0.name < $1.name }) {
      guard object.type == "trigger", tables.contains(object.table) else { continue }
      let problem = CheckProblem(
        .schema, "the trigger \(object.name) on \(object.table)", expected: "none", found: "there")
      differences.append(Difference(object: object, isOurs: false, problem: problem))
    }
    return differences
  }

  /// The tables in which FTS5 keeps its index are declared as its version has it.
  private static func isSame(_ one: SchemaObject, _ other: SchemaObject) -> Bool {
    if one.type == "table", isSearch(one), one.name != searchTable { return true }
    return words(one.sql) == words(other.sql) && one.table == other.table
  }

  private static func isSearch(_ object: SchemaObject) -> Bool { object.name.hasPrefix(searchTable) }

  private static func words(_ sql: String?) -> [Substring] {
    (sql ?? "").split(whereSeparator: \.isWhitespace)
  }

  private static func quoted(_ name: String) -> String {
    name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
  }
}
