import SQLiteStore
import TextFormats

/// Holds a whole database against what must be true of it. It reads only, so it works while others write and where
/// nobody can.
public struct DatabaseCheck {
  /// Called with how many steps are done.
  public var progress: (Int) -> Void = { _ in }
  /// How many steps there are.
  public static var steps: Int { 4 + StoredTruth.all.count }

  private let database: Database

  public init(_ database: Database) throws {
    self.database = database
    try CheckFunctions.register(on: database)
  }

  /// - Throws: `DatabaseError` where it cannot be judged; what is damaged is a finding, and no error.
  public func run() throws -> CheckFindings {
    var findings = CheckFindings()
    var done = 0
    func step(_ kind: CheckProblem.Kind, _ body: (inout CheckFindings) throws -> Void) throws {
      do {
        try body(&findings)
      } catch let error as DatabaseError where error.kind == .corrupt {
        findings.add(
          CheckProblem(
            .integrity, "reading for \(kind.rawValue)", expected: "ok", found: .string(error.message)))
      } catch let error as DatabaseError where error.kind == .misuse {
        // A statement of ours does not suit a schema that is not ours.
        findings.add(
          CheckProblem(.schema, "reading for \(kind.rawValue)", expected: "ok", found: .string(error.message))
        )
      }
      done += 1
      progress(done)
    }
    try database.read {
      try step(.integrity, integrity)
      try step(.foreignKey, foreignKeys)
      guard try database.pragma("user_version") == Schema.migrations.count else { return }
      try step(.schema) { try SchemaCheck(database).run(&$0) }
      try step(.search) { if try !searchIsTrue() { $0.add(Self.search) } }
      for truth in StoredTruth.all {
        try step(truth.kind) { findings in
          try database.query(truth.query) { row in
            findings.add(
              CheckProblem(
                truth.kind, row.string(0), expected: Self.value(row, 1), found: Self.value(row, 2)))
          }
        }
      }
    }
    return findings
  }

  private static func value(_ row: Statement, _ column: Int) -> JSONValue {
    switch row.value(column) {
    case .integer(let integer): .integer(Int(integer))
    case .text(let text): .string(text)
    case .real(let real): .number("\(real)")
    case .null, .blob: .null
    }
  }

  // MARK: What SQLite checks

  /// Whether the pages, rows and indexes of a file belong together, as SQLite sees it.
  /// - Returns: what it says where they do not
  static func complaints(_ database: Database, limit: Int = 1000) throws -> [String] {
    let complaints = try database.all("PRAGMA integrity_check(\(limit))") { $0.string(0) }
    return complaints == ["ok"] ? [] : complaints
  }

  private func integrity(_ findings: inout CheckFindings) throws {
    for complaint in try Self.complaints(database) {
      if let index = Self.index(in: complaint) {
        findings.add(
          CheckProblem(
            .index, "the index \(index)", expected: "an entry for each row", found: .string(complaint)))
      } else {
        findings.add(CheckProblem(.integrity, "the file", expected: "ok", found: .string(complaint)))
      }
    }
  }

  /// The index that SQLite complains of; nil where it is of something that cannot be made anew.
  private static func index(in complaint: String) -> String? {
    for words in ["missing from index ", "wrong # of entries in index ", "non-unique entry in index "] {
      let pieces = complaint.split(separator: words, maxSplits: 1, omittingEmptySubsequences: false)
      if pieces.count == 2, let name = pieces.last { return String(name) }
    }
    return nil
  }

  private func foreignKeys(_ findings: inout CheckFindings) throws {
    try database.query("PRAGMA foreign_key_check") { row in
      let place = row.isNull(1) ? row.string(0) : "\(row.string(0)) row \(row.integer(1))"
      findings.add(
        CheckProblem(.foreignKey, place, expected: .string("a row of \(row.string(2))"), found: nil))
    }
  }

  // MARK: The search index

  private static let search = CheckProblem(
    .search, "the search index", expected: "the words of the members' names and addresses", found: "others")

  private func searchIsTrue() throws -> Bool {
    try database.isTrue(
      searchIndex: "member_search", content: "members",
      columns: ["row_id", "first_name", "last_name", "email"], definition: Schema.memberSearchTable)
  }
}
