import SQLiteStore
import TextFormats

/// Holds a whole database against what must be true of it. It reads only, so it works while others write and where
/// nobody can.
public struct DatabaseCheck {
  /// Called with how many steps are done.
  public var progress: (Int) -> Void = { _ in }
  /// How many steps there are.
  public static var steps: Int { 4 + StoredTruth.all.count }

  /// How much of the file is kept in memory meanwhile, in KiB.
  private static let cacheKibibytes = 64 << 10

  private let database: Database

  /// A check of a database, which it gives the functions that the check calls.
  /// - Throws: `DatabaseError` where the connection refuses them
  public init(_ database: Database) throws {
    self.database = database
    try CheckFunctions.register(on: database)
  }

  /// - Throws: `DatabaseError` where it cannot be judged; what is damaged is a finding, and no error.
  public func run() throws -> CheckFindings {
    var findings = CheckFindings()
    var done = 0
    func step(_ kind: CheckProblem.Kind, _ body: (inout CheckFindings) throws -> Void) throws {
      try look(kind, &findings, body)
      done += 1
      progress(done)
    }
    try database.read {
      try step(.integrity, integrity)
      try step(.foreignKey, foreignKeys)
      guard try isOfThisSchema() else { return }
      try step(.schema) { try SchemaCheck(database).run(&$0) }
      try step(.search) { if try !searchIsTrue() { $0.add(Self.search) } }
      var screened: [String: Bool] = [:]
      for truth in StoredTruth.all { try step(truth.kind) { try hold(truth, &screened, &$0) } }
    }
    return findings
  }

  /// What a look of a few seconds finds that can make a right statement fail; nil where it finds nothing, or not in
  /// that time.
  public func firstDamage(milliseconds: Int = 2000) -> CheckProblem? {
    var findings = CheckFindings()
    func isDone() -> Bool { findings.problems.contains { $0.kind.isDamage } }
    // What ends it, a time that is over included, leaves what was found before.
    try? database.within(milliseconds: milliseconds) {
      try database.read {
        guard try isOfThisSchema() else { return }
        try look(.schema, &findings) { try SchemaCheck(database).run(&$0) }
        var screened: [String: Bool] = [:]
        for truth in StoredTruth.all where truth.kind.isDamage && !isDone() {
          try look(truth.kind, &findings) { try hold(truth, &screened, &$0) }
        }
        if isDone() { return }
        try look(.integrity, &findings) { findings in
          for complaint in try Self.complaints(database, limit: 1, isQuick: true) {
            findings.add(CheckProblem(.integrity, "the file", expected: "ok", found: .string(complaint)))
          }
        }
        if !isDone() { try look(.foreignKey, &findings, foreignKeys) }
        if !isDone() { try look(.search, &findings) { if try !searchIsTrue() { $0.add(Self.search) } } }
        if !isDone() { try look(.integrity, &findings, integrity) }
      }
    }
    return findings.problems.first { $0.kind.isDamage }
  }

  private func isOfThisSchema() throws -> Bool {
    try database.pragma("user_version") == Schema.migrations.count
  }

  /// Looks at one thing; that it cannot be read is a finding too.
  private func look(
    _ kind: CheckProblem.Kind, _ findings: inout CheckFindings, _ body: (inout CheckFindings) throws -> Void
  ) throws {
    let what = "reading for \(kind.rawValue)"
    do {
      try body(&findings)
    } catch let error as DatabaseError where error.kind == .corrupt {
      findings.add(CheckProblem(.integrity, what, expected: "ok", found: .string(error.message)))
    } catch let error as DatabaseError where error.kind == .misuse {
      // A statement of ours does not suit a schema that is not ours.
      findings.add(CheckProblem(.schema, what, expected: "ok", found: .string(error.message)))
    }
  }

  /// - Parameter screened: what the screens that were asked so far have told.
  private func hold(
    _ truth: StoredTruth, _ screened: inout [String: Bool], _ findings: inout CheckFindings
  ) throws {
    if let screen = truth.screen {
      let isSuspect = try screened[screen] ?? (database.first(screen) { _ in true } ?? false)
      screened[screen] = isSuspect
      guard isSuspect else { return }
    }
    try database.query(truth.query) { row in
      findings.add(
        CheckProblem(truth.kind, row.string(0), expected: Self.value(row, 1), found: Self.value(row, 2)))
    }
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
  /// - Parameter isQuick: whether the entries of indexes are left out.
  /// - Returns: what it says where they do not
  static func complaints(_ database: Database, limit: Int = 1000, isQuick: Bool = false) throws -> [String] {
    // Each entry of each index is looked up, in no order of the file's.
    try database.setCacheSize(kibibytes: cacheKibibytes)
    let pragma = isQuick ? "quick_check" : "integrity_check"
    let complaints = try InterruptWatch.during(database) {
      try database.all("PRAGMA \(pragma)(\(limit))") { $0.string(0) }
    }
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
