import Foundation
import TestSupport
import Testing

/// A check finds what has gone wrong, names it, and mends what follows from the rest.
@Suite struct CheckTests {
  private let community: Community
  private var sandbox: Sandbox { community.sandbox }

  init() throws {
    community = try Community()
    try community.run("group", "add", "Choir", "-q")
    try community.run("group", "assign", "Choir", "--where", "tag = choir", "--yes", "-q")
    try community.run(
      "template", "add", "Hello", "--type", "email", "--subject", "Hi", "--content", "Dear {{firstName}}",
      "-q")
    try community.run("message", "add", "--title", "News", "--template", "Hello", "--to-all", "-q")
    try community.run("message", "send", "News", "--yes", "-q")
    try community.run(
      "rule", "add", "Welcome", "--trigger", "member_created", "--action", "add_tag", "--tag", "new", "-q")
    try community.run("member", "add", "--first-name", "Eve", "--last-name", "Lima", "-q")
    try community.run("rule", "run", "-q")
  }

  /// The problems that a check reports, each as `kind: what`.
  private func problems(
    _ flags: String..., status: Int32 = 9, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    let outcome = try sandbox.run(["check", "--json"] + flags)
    try #require(outcome.status == status, "\(outcome)", sourceLocation: sourceLocation)
    let data = try outcome.data(sourceLocation: sourceLocation)
    let problems = try #require(data["problems"] as? [[String: Any]], sourceLocation: sourceLocation)
    #expect(data["ok"] as? Bool == problems.isEmpty, sourceLocation: sourceLocation)
    for problem in problems {
      #expect(Set(problem.keys) == ["kind", "what", "expected", "found"], sourceLocation: sourceLocation)
    }
    return problems.map { "\($0["kind"] ?? ""): \($0["what"] ?? "")" }
  }

  @Test func nothingIsWrongWithWhatTheProgramWrites() throws {
    #expect(try problems(status: 0) == [])
    try community.run("user", "logout")
    let outcome = try sandbox.run("check")
    try outcome.succeeded()
    #expect(outcome.stdout == "summary\tok\t\ttrue\n")
    #expect(try sandbox.run("check", "-q").succeeded().stdout == "")
  }

  /// It is nothing wrong with the file, so that whoever asks whether all is well hears that it is.
  @Test func aClockThatRanAheadIsToldOf() throws {
    #expect(try !community.run("check").stderr.contains("dated later"))
    try community.database.change(
      "UPDATE members SET updated_at = '2199-01-01T00:00:00Z' WHERE first_name = 'Ana'")
    let outcome = try community.run("check")
    #expect(outcome.stdout == "summary\tok\t\ttrue\n")
    #expect(outcome.stderr.contains("dated later") && outcome.stderr.contains("members 1"), "\(outcome)")
    #expect(try community.run("check", "-q").stderr == "")
  }

  static let damages: [(kind: String, sql: String)] = [
    ("memberCount", "UPDATE member_groups SET member_count = 17"),
    ("messageCount", "UPDATE messages SET sent_count = sent_count + 1, held_count = 4"),
    ("messageStatus", "UPDATE messages SET status = 'sending'"),
    ("usageCount", "UPDATE templates SET usage_count = 0"),
    ("usageCount", "UPDATE templates SET usage_count = 999"),
    ("runCount", "UPDATE automation_rules SET run_count = 5"),
    ("runCount", "UPDATE automation_rules SET success_count = 8, run_count = 8"),
    (
      "statusChange",
      """
      UPDATE members SET member_status = 'inactive' WHERE first_name = 'Ana';
      UPDATE member_status_changes SET member_created_at = '2001-01-01T00:00:00Z'
      """
    ),
    ("nameKey", "UPDATE members SET name_key = 'zzz' WHERE first_name = 'Ana'"),
    ("nameKey", "UPDATE member_groups SET name_key = 'zzz'"),
    ("schema", "DROP INDEX members_email"),
    ("schema", "DROP TRIGGER member_group_assignments_delete"),
    ("schema", "CREATE TRIGGER evil AFTER UPDATE ON members BEGIN DELETE FROM members; END"),
    (
      "search",
      "DROP TRIGGER members_search_update; UPDATE members SET first_name = 'Zoe' WHERE first_name = 'Ben'"
    ),
    ("search", "INSERT INTO member_search(member_search) VALUES ('delete-all')"),
    (
      "ledger",
      """
      INSERT INTO rule_occurrences (rule_id, member_id, occurrence, state, due_at)
      SELECT id, 'nobody', '2020', 'done', '2020-01-01T00:00:00Z' FROM automation_rules
      """
    ),
    (
      "suppression",
      """
      INSERT INTO suppressions (digest, channel, address, source, at)
      VALUES ('00', 'email', 'ana@example.org', 'bounce', '2020-01-01T00:00:00Z')
      """
    ),
  ]

  @Test(arguments: damages)
  func whatFollowsFromTheRestIsMended(kind: String, sql: String) throws {
    try community.database.change(sql)
    let before = try community.database.digest()
    let found = try problems()
    #expect(found.contains { $0.hasPrefix("\(kind): ") }, "\(found)")
    #expect(try community.database.digest() == before)

    let asked = try sandbox.run("check", "--repair", "--no-input")
    asked.failed(2, saying: "--yes")
    _ = try problems("--repair", "--dry-run", status: 0)
    #expect(try community.database.digest() == before)

    let mended = try sandbox.run("check", "--repair", "--yes", "--json").succeeded().data()
    #expect((mended["repaired"] as? [Any])?.isEmpty == false, "\(mended)")
    #expect(try problems(status: 0) == [])
    try community.database.expectSound()
    #expect(
      try community.database.value("SELECT command FROM audit_log ORDER BY row_id DESC LIMIT 1") == "check")
    let hits = try community.list("members", "member", "search", "souza")
    #expect(hits.count == 1)
  }

  @Test(arguments: [
    ("json", "UPDATE members SET tags = '{}' WHERE first_name = 'Ana'"),
    ("json", "UPDATE members SET custom_fields = 'x' WHERE first_name = 'Ana'"),
    ("json", "UPDATE members SET tags = '[1]' WHERE first_name = 'Ana'"),
    ("id", "UPDATE audit_log SET id = 'x' WHERE row_id = 1"),
    ("time", "UPDATE members SET created_at = 'yesterday' WHERE first_name = 'Ana'"),
    ("time", "UPDATE members SET date_of_birth = '1.2.1990' WHERE first_name = 'Ana'"),
    ("importCount", "UPDATE import_batches SET created = 0"),
    ("foreignKey", "PRAGMA foreign_keys = OFF; UPDATE member_group_assignments SET group_id = 'x'"),
  ])
  func whatPeopleHaveWrittenIsOnlyTold(kind: String, sql: String) throws {
    try community.database.change(sql)
    let found = try problems()
    #expect(found.contains { $0.hasPrefix("\(kind): ") }, "\(found)")
    let left = try problems("--repair", "--yes")
    #expect(left.contains { $0.hasPrefix("\(kind): ") }, "\(left)")
  }

  @Test func noPersonIsNamedToWhoeverAsks() throws {
    try community.database.change(
      "UPDATE members SET name_key = 'q', tags = '1', date_of_birth = '12/24/1990', phone = 'x'; DELETE FROM member_search"
    )
    let outcome = try sandbox.run("check", "--json")
    #expect(outcome.status == 9)
    for secret in ["souza", "Souza", "ana@", "1990", "55 11"] {
      #expect(!outcome.stdout.contains(secret), "\(secret)")
    }
  }

  @Test func whatIsDamagedIsShownAndNeverSentToTheTerminalAsItIs() throws {
    try community.database.change(
      "UPDATE members SET created_at = char(27) || '[2J' || char(8238) || 'x' || char(10) WHERE first_name = 'Ana'"
    )
    for format in ["table", "tsv", "json"] {
      let outcome = try sandbox.run("check", "--format", format)
      outcome.failed(9)
      for raw in ["\u{1b}", "\u{202e}", "\\u001b"] { #expect(!outcome.stdout.contains(raw), "\(format)") }
    }
    #expect(try sandbox.run("check", "--format", "tsv").stdout.contains("x1b[2J"))
  }

  @Test func aRepairSaysWhatItDidAndWhatIsToBeDone() throws {
    try community.database.change(
      "UPDATE members SET tags = '1' WHERE first_name = 'Ana'; UPDATE member_groups SET member_count = 17")
    try sandbox.run("check").failed(9, saying: "mend 1 of them with: caresphere check --repair\n")
    let trial = try sandbox.run("check", "--repair", "--dry-run").failed(9)
    #expect(trial.stderr.contains("1 of 2 would be mended"), "\(trial.stderr)")
    let done = try sandbox.run("check", "--repair", "--yes").failed(9)
    #expect(done.stderr.contains("1 of 2 are mended"), "\(done.stderr)")
    #expect(done.stderr.contains("1 problem that cannot be made anew"), "\(done.stderr)")
  }

  @Test func aHundredOfAKindAreEnough() throws {
    try sandbox.importing(Effort.people(250))
    try community.database.change("UPDATE members SET tags = '{}'")
    let found = try problems()
    #expect(found.count == 101)
    #expect(found.last == "json: and 154 more of this kind")
  }

  /// Overwrites a part of the file.
  private func overwrite(page: Int, offset: Int = 0, with bytes: [UInt8]) throws {
    let handle = try #require(FileHandle(forUpdatingAtPath: sandbox.database))
    try handle.seek(toOffset: UInt64((page - 1) * 4096 + offset))
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
  }

  private func rootPage(of name: String) throws -> Int {
    try sandbox.execute(["sqlite3", sandbox.database, "PRAGMA wal_checkpoint(TRUNCATE)"]).succeeded()
    return try community.database.count("SELECT rootpage FROM sqlite_schema WHERE name = '\(name)'")
  }

  @Test func aDamagedFileIsNotWrittenTo() throws {
    try overwrite(page: try rootPage(of: "members"), with: [UInt8](repeating: 0xff, count: 200))
    let before = try Data(contentsOf: URL(fileURLWithPath: sandbox.database))
    let found = try problems()
    #expect(found.contains { $0.hasPrefix("integrity: ") }, "\(found)")
    let repair = try sandbox.run("check", "--repair", "--yes", "--json")
    repair.failed(9, saying: "restore")
    #expect(try Data(contentsOf: URL(fileURLWithPath: sandbox.database)) == before)
    let log = try? Data(contentsOf: URL(fileURLWithPath: sandbox.database + "-wal"))
    #expect(log?.isEmpty != false)
  }

  /// What indexes say may be what was there before the rows were damaged.
  @Test func indexesOfRowsThatCannotBeRightAreKept() throws {
    for (declaration, change) in [
      (" WHERE 0", "UPDATE members SET created_at = '20_1-01-01T00:00:00Z' WHERE external_id = '1'"),
      ("", ""),
    ] {
      try community.database.change(
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX members_created ON members(created_at)\(declaration)'
        WHERE name = 'members_created';
        """)
      if !change.isEmpty { try community.database.change(change) }
    }
    let before = try community.database.digest()
    let repair = try sandbox.run("check", "--repair", "--yes")
    repair.failed(9, saying: "nothing was written", "restore")
    #expect(repair.stdout.contains("index: ") && repair.stdout.contains("time: "), "\(repair.stdout)")
    #expect(try community.database.digest() == before)
  }

  @Test func anIndexThatLacksARowIsMadeAnew() throws {
    // The index is declared to be another one while a row is added, so that it misses that row.
    try community.database.change(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE INDEX members_created ON members(created_at) WHERE 0'
      WHERE name = 'members_created';
      """)
    try community.database.change(
      """
      INSERT INTO members (id, first_name, last_name, name_key, created_at, updated_at)
      VALUES ('0199f0a0-0000-7000-8000-000000000001', 'Uma', 'Lux', 'lux' || char(1) || 'uma',
        '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')
      """)
    try community.database.change(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE INDEX members_created ON members(created_at)'
      WHERE name = 'members_created';
      """)
    let found = try problems()
    #expect(found.contains("index: the index members_created"), "\(found)")
    try sandbox.run("check", "--repair", "--yes").succeeded()
    try community.database.expectSound()
  }

  @Test func bytesThatAreFlippedNeverCrashIt() throws {
    _ = try rootPage(of: "members")
    let good = try Data(contentsOf: URL(fileURLWithPath: sandbox.database))
    var generator = SeededGenerator(seed: UInt64(Effort.value("CARESPHERE_TEST_SEED", default: 1)))
    for _ in 0..<Effort.value("CARESPHERE_TEST_FLIPS", default: 25) {
      var bytes = good
      for _ in 0..<20 {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= UInt8.random(
          in: 1...255, using: &generator)
      }
      try bytes.write(to: URL(fileURLWithPath: sandbox.database))
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: sandbox.database + suffix)
      }
      let outcome = try sandbox.run("check", "--json")
      #expect([0, 9].contains(outcome.status), "\(outcome)")
      let backup = try sandbox.run("backup", "copy.db", "--force")
      #expect([0, 1, 4, 9].contains(backup.status) && backup.signal == nil, "\(backup)")
      #expect(backup.status != 1, "\(backup)")
    }
  }

  @Test func aFileThatIsCutOff() throws {
    _ = try rootPage(of: "members")
    let handle = try #require(FileHandle(forUpdatingAtPath: sandbox.database))
    try handle.truncate(atOffset: 4096 * 20)
    try handle.close()
    #expect(try sandbox.run("check").status == 9)
  }

  @Test func aDiskThatNobodyCanWriteTo() throws {
    let disk = try SmallDisk(in: sandbox, kibibytes: 8192)
    try community.run("backup", disk.path + "/care.db", "-q")
    // With a log, which could not be made there.
    try sandbox.execute(["sqlite3", disk.path + "/care.db", "PRAGMA journal_mode = WAL"]).succeeded()
    try disk.makeReadOnly()
    try sandbox.run("check", "--db", disk.path + "/care.db").succeeded()
    sandbox.environment["CARESPHERE_DB"] = disk.path + "/care.db"
    try sandbox.run("status", "-q").succeeded()
  }
}
