import Foundation
import TestSupport
import Testing

/// A backup takes the place of the database in one step, and what has happened since is neither repeated nor forgotten
/// where that would wrong somebody.
@Suite struct RestoreTests {
  private let community: Community
  private var sandbox: Sandbox { community.sandbox }
  private var folder: String { (sandbox.database as NSString).deletingLastPathComponent }

  init() throws { community = try Community() }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0.hasPrefix("caresphere.db") && !$0.hasSuffix(".lock")
    }.sorted()
  }

  private func kept() throws -> [String] {
    try files().filter { $0.contains(".before-restore-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
  }

  private func login() throws {
    try sandbox.run(
      "user", "login", "admin@grace.example", "--password-stdin", "-q", stdin: "Correct-Horse-7\n"
    ).succeeded()
  }

  private func removeDatabase() throws {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: sandbox.database + suffix)
    }
  }

  @discardableResult
  private func restore(
    _ file: String = "parish.db", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    try sandbox.run("restore", file, "--yes", "--json").succeeded(sourceLocation: sourceLocation)
      .data(sourceLocation: sourceLocation)
  }

  @Test func thePastTakesThePlaceOfThePresentWhichIsKept() throws {
    try community.run("backup", "parish.db", "-q")
    let past = try sandbox.run("member", "export").succeeded().stdout
    try community.run("member", "add", "--first-name", "New", "--last-name", "One", "-q")
    let present = try sandbox.run("member", "export").succeeded().stdout
    let report = try restore()
    #expect(report["members"] as? Int == 3)
    #expect(report["membersLeftOut"] as? Int == 1)
    let aside = try #require(report["keptAside"] as? String)
    #expect(try kept() == [(aside as NSString).lastPathComponent])

    sandbox.timeout = 20
    try sandbox.run("member", "list").failed(4)
    try login()
    #expect(try sandbox.run("member", "export").succeeded().stdout == past)
    #expect(try community.database.value("PRAGMA journal_mode") == "wal")
    try sandbox.run("check").succeeded()
    try SQLiteShell(sandbox, database: aside).expectSound()
    let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.database)
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    // And back again, which takes the newer opt-outs along and keeps the other one.
    try restore(aside)
    try login()
    #expect(try sandbox.run("member", "export").succeeded().stdout == present)
    #expect(try kept().count == 2)
    #expect(try community.database.count("SELECT count(*) FROM audit_log WHERE command = 'restore'") == 1)
  }

  @Test func itAsksAndCanBeRehearsed() throws {
    try community.run("backup", "parish.db", "-q")
    let before = try community.database.digest()
    try sandbox.run("restore", "parish.db", "--no-input").failed(2, saying: "--yes")
    let rehearsed = try sandbox.run("restore", "parish.db", "--dry-run", "--json").succeeded().data()
    #expect(rehearsed["members"] as? Int == 3)
    let words = try sandbox.run("restore", "parish.db", "--dry-run").succeeded().stderr
    #expect(words.contains("nothing was put back") && !words.contains("everybody has to"), "\(words)")
    #expect(try community.database.digest() == before)
    #expect(try files().filter { $0.contains("restore") || $0.contains("copy") } == [])
    try community.run("member", "list")
  }

  @Test func onlyAdminsUnlessThereIsNothingThatOpens() throws {
    try community.run("backup", "parish.db", "-q")
    let moderator = try community.acting(as: "moderator")
    try sandbox.run(["restore", "parish.db", "--yes"] + moderator).failed(5)
    try community.run("user", "logout", "-q")
    try sandbox.run("restore", "parish.db", "--yes").failed(4, saying: "out of the way")
    #expect(try kept() == [])

    try removeDatabase()
    let report = try restore()
    #expect(report["keptAside"] is NSNull)
    try login()

    try sandbox.write(sandbox.database, "not any more")
    try sandbox.run("member", "list").failed(9, saying: "caresphere restore FILE")
    try? FileManager.default.removeItem(atPath: sandbox.database + "-wal")
    let second = try restore()
    let aside = try #require(second["keptAside"] as? String)
    #expect(try sandbox.read(aside) == "not any more")
    try login()
    try community.run("member", "list")
  }

  @Test func whatIsNotHealthyIsRefused() throws {
    try community.run("backup", "parish.db", "-q")
    try sandbox.write("letter.db", String(repeating: "a letter ", count: 100))
    try sandbox.write("empty.db", "")
    try sandbox.execute(["sqlite3", "other.db", "CREATE TABLE members(id); PRAGMA application_id = 5"])
      .succeeded()
    let copies = [
      ("newer.db", "PRAGMA user_version = 999"),
      (
        "orphan.db",
        "PRAGMA foreign_keys = OFF; INSERT INTO member_consents VALUES ('x', 'email', 'out', '', '', '')"
      ),
    ]
    for (name, sql) in copies {
      try sandbox.execute(["cp", "parish.db", name]).succeeded()
      try sandbox.execute(["sqlite3", name, sql]).succeeded()
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("parish.db")))
    for index in 8192..<16384 { bytes[index] = 0xaa }
    try sandbox.write("broken.db", bytes: Array(bytes))
    try sandbox.write("cut.db", bytes: Array(bytes.prefix(30_000)))
    for name in ["letter.db", "empty.db", "other.db", "newer.db", "orphan.db", "broken.db", "cut.db"] {
      try sandbox.expectRefused(["restore", name, "--yes"], 9, "DATABASE_ERROR", saying: name)
    }
    try sandbox.expectRefused(["restore", "missing.db", "--yes"], 10, "IO_ERROR", saying: "missing.db")
    for name in ["-", ".", "/dev/null", sandbox.database] {
      try sandbox.run("restore", name, "--yes").failed(3)
    }
    #expect(try kept() == [])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".caresphere") } == []
    )
  }

  @Test func sessionsEndAndRevokedTokensStaySo() throws {
    let token = try community.acting(as: "moderator")
    let other = try community.acting(as: "member")
    try community.run("backup", "parish.db", "-q")
    try community.run("user", "revoke", "member", "-q")
    let report = try restore()
    #expect((report["sessionsEnded"] as? Int ?? 0) >= 1)
    #expect(report["tokensRevoked"] as? Int == 1)
    try sandbox.run(["member", "list"] + token).succeeded()
    try sandbox.run(["member", "list"] + other).failed(4)
  }

  @Test func whoOptedOutSinceStaysOptedOut() throws {
    try community.run("backup", "parish.db", "-q")
    try community.run("member", "consent", "ana@example.org", "--channel", "email", "--opt-out", "-q")
    try community.run(
      "member", "add", "--first-name", "New", "--last-name", "One", "--email", "new@example.org", "-q")
    try community.run("member", "consent", "new@example.org", "--channel", "email", "--opt-out", "-q")
    try community.run("member", "delete", "ben@example.org", "-q")
    let report = try restore()
    #expect(report["optOutsKept"] as? Int == 2)
    #expect((report["membersReturned"] as? [String])?.count == 1)
    try login()
    let ana = try community.data("member", "show", "ana@example.org")
    let consents = try #require(ana["consents"] as? [String: [String: Any]])
    #expect(consents["email"]?["state"] as? String == "out")
    // The one who is not there any more is opted out from the start when they come again.
    let again = try community.data(
      "member", "add", "--first-name", "New", "--last-name", "One", "--email", "new@example.org")
    #expect((again["consents"] as? [String: [String: Any]])?["email"]?["state"] as? String == "out")
  }

  @Test(arguments: ["audit_log", "settings"])
  func whatADamagedFileCannotTellIsSaidToBeUnknown(table: String) throws {
    try community.run("backup", "parish.db", "-q")
    try community.run("member", "delete", "ben@example.org", "-q")
    let page = try community.database.count("SELECT rootpage FROM sqlite_schema WHERE name = '\(table)'")
    try sandbox.execute(["sqlite3", sandbox.database, "PRAGMA wal_checkpoint(TRUNCATE)"]).succeeded()
    let size = try community.database.count("PRAGMA page_size")
    let handle = try #require(FileHandle(forUpdatingAtPath: sandbox.database))
    try handle.seek(toOffset: UInt64((page - 1) * size))
    try handle.write(contentsOf: Data(count: size))
    try handle.close()
    let restored = try sandbox.run("restore", "parish.db", "--yes").succeeded()
    #expect(restored.stderr.contains("deletions and erasures"))
  }

  @Test func whatMayHaveBeenSentIsNotSentAgain() throws {
    try community.run(
      "message", "add", "--title", "Queued", "--subject", "Q", "--content", "Dear", "--to-all", "-q")
    try community.run("message", "send", "Queued", "--queue", "--yes", "-q")
    try community.run(
      "message", "add", "--title", "Later", "--subject", "L", "--content", "Dear", "--to-all",
      "--schedule-at", "+2s", "-q")
    try community.run("backup", "parish.db", "-q")
    sleep(3)
    try community.run("message", "deliver", "-q")
    let outbox = folder + "/outbox/new"
    let sent = try FileManager.default.contentsOfDirectory(atPath: outbox).count
    #expect(sent == 6)
    let report = try restore()
    #expect(report["recipientsHeld"] as? Int == 3)
    #expect(report["messagesUnscheduled"] as? Int == 1)
    try login()
    try community.run("message", "deliver", "-q")
    #expect(try FileManager.default.contentsOfDirectory(atPath: outbox).count == sent)
    try sandbox.run("check").succeeded()

    // Until somebody decides that they did not get it.
    let status = try community.run("status", "--json")
    #expect(status.stderr.contains("caresphere message retry MESSAGE --held"), "\(status.stderr)")
    #expect(status.stderr.contains("may have got “Queued”"), "\(status.stderr)")
    let failed = try community.run("message", "retry", "Queued")
    #expect(failed.stderr.contains("3 are held"), "\(failed.stderr)")
    try sandbox.run("message", "retry", "Queued", "--held", "--no-input").failed(2, saying: "already")
    try community.run("message", "retry", "Queued", "--held", "--yes", "-q")
    // A mail's file in the Maildir is called after its recipient: who has it does not get it a second time.
    #expect(try FileManager.default.contentsOfDirectory(atPath: outbox).count == sent)
    #expect(try community.database.count("SELECT sum(held_count) FROM messages") == 0)
    try sandbox.run("check").succeeded()
  }

  @Test func whatStillWaitsThereGoesOnHere() throws {
    try community.run(
      "message", "add", "--title", "Queued", "--subject", "Q", "--content", "Dear", "--to-all", "-q")
    try community.run("message", "send", "Queued", "--queue", "--yes", "-q")
    try community.run("backup", "parish.db", "-q")
    let report = try restore()
    #expect(report["recipientsHeld"] as? Int == 0)
    // Without the file from before nobody knows.
    try removeDatabase()
    #expect(try restore()["recipientsHeld"] as? Int == 3)
  }

  @Test func noRuleActsTwice() throws {
    try community.run(
      "rule", "add", "Birthday", "--trigger", "birthday", "--action", "add_note", "--action-config",
      #"{"note": "Happy birthday"}"#, "-q")
    try community.run(
      "rule", "add", "Welcome", "--trigger", "member_created", "--action", "add_note", "--action-config",
      #"{"note": "Welcome"}"#, "-q")
    try community.database.change(
      "UPDATE automation_rules SET judged_until = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days')")
    // Her birthday began when she had been there for days.
    try community.database.change(
      """
      UPDATE members SET date_of_birth = strftime('1990-%m-%d', 'now'),
        created_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-3 days') WHERE first_name = 'Ana'
      """)
    try community.run("member", "add", "--first-name", "Eve", "--last-name", "Lima", "-q")
    try community.run("backup", "parish.db", "-q")
    try community.run("rule", "run", "-q")
    #expect(try community.database.count("SELECT count(*) FROM member_notes") == 2)
    try restore()
    try login()
    try community.run("rule", "run", "-q")
    #expect(try community.database.count("SELECT count(*) FROM member_notes") == 0)
    // Nor where nobody knows what has happened since.
    try removeDatabase()
    try restore()
    try login()
    try community.run("rule", "run", "-q")
    #expect(try community.database.count("SELECT count(*) FROM member_notes") == 0)
    try sandbox.run("check").succeeded()
  }

  @Test func whileOthersHaveTheDatabaseItIsNotReplaced() throws {
    try community.run("backup", "parish.db", "-q")
    for work in ["deliver", "rules"] {
      let holder = try sandbox.spawn(
        running: ["flock", "--close", sandbox.database + ".\(work).lock", "sleep", "20"], name: "holder")
      usleep(300_000)
      try sandbox.run("restore", "parish.db", "--yes").failed(8)
      holder.kill()
      holder.wait()
    }
    #expect(try kept() == [])
  }

  @Test(.timeLimit(.minutes(30))) func whoIsReadingIsWaitedFor() throws {
    try community.run("backup", "parish.db", "-q")
    let reader = try sandbox.spawn(
      running: [
        "sh", "-c", "(echo 'BEGIN; SELECT count(*) FROM members;'; sleep 4) | sqlite3 \(sandbox.database)",
      ],
      name: "reader")
    usleep(500_000)
    // What it reads is older than this, so that the log cannot be moved into the file.
    try community.run("member", "add", "--first-name", "New", "--last-name", "One", "-q")
    try sandbox.run("restore", "parish.db", "--yes", "--lock-timeout", "1s").failed(8)
    try community.run("member", "list")
    try restore()
    reader.wait()
  }

  @Test(.timeLimit(.minutes(30))) func writersEndUpInTheNewOneOrSayThatTheyDidNot() throws {
    try community.run("backup", "parish.db", "-q")
    let token = try community.acting(as: "moderator")
    try community.run("backup", "with-token.db", "-q")
    let binary = try Executable.caresphere()
    let script = """
      count=0
      for number in $(seq 200); do
        [ -e stop ] && break
        if "$1" member add --first-name "W$2" --last-name "N$number" --token-file "$3" -q 2>> errors; then
          echo "W$2 N$number" >> done.$2
        else
          [ $? = 9 ] || [ $? = 8 ] || exit 1
        fi
      done
      """
    let writers = try (0..<3).map {
      try sandbox.spawn(
        running: ["bash", "-c", script, "writer", binary, "\($0)", token[1]], name: "writer\($0)")
    }
    for _ in 0..<3 {
      usleep(300_000)
      try login()
      try restore("with-token.db")
    }
    try sandbox.write("stop", "")
    for writer in writers { _ = writer.wait(seconds: 60) }
    // Everybody who was added is in the file of the time: the live one or one that was kept aside.
    var found: Set<String> = []
    for name in try kept() + ["caresphere.db"] {
      let shell = try SQLiteShell(sandbox, database: folder + "/" + name)
      try shell.expectSound()
      found.formUnion(
        try shell.rows("SELECT first_name || ' ' || last_name FROM members WHERE first_name LIKE 'W_'"))
    }
    for writer in 0..<3 {
      for line in (try? sandbox.read("done.\(writer)").split(separator: "\n").map(String.init)) ?? [] {
        #expect(found.contains(line), "\(line) is lost")
      }
    }
    try sandbox.run("check").succeeded()
  }

  @Test(.timeLimit(.minutes(30))) func killedAtAnyMomentItLeavesTheOldOrTheNew() throws {
    try community.run("backup", "parish.db", "-q")
    try community.run("member", "add", "--first-name", "New", "--last-name", "One", "-q")
    try community.run("backup", "present.db", "-q")
    let whole = try sandbox.run("restore", "present.db", "--yes", "-q").succeeded().seconds
    var generator = SeededGenerator(seed: UInt64(Effort.value("CARESPHERE_TEST_SEED", default: 1)))
    var counts: [Int: Int] = [:]
    for number in 0..<Effort.value("CARESPHERE_TEST_RESTORE_KILLS", default: 16) {
      try login()
      let file = number % 2 == 0 ? "parish.db" : "present.db"
      let process = try sandbox.spawn(["restore", file, "--yes", "-q"])
      usleep(UInt32(Double.random(in: whole * 0.3...whole * 1.1, using: &generator) * 1_000_000))
      process.kill(SIGKILL)
      process.wait()
      let members = try community.database.count("SELECT count(*) FROM members")
      counts[members, default: 0] += 1
      #expect(members == 3 || members == 4)
      try sandbox.run("check").succeeded()
    }
    try login()
    try restore()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".caresphere") } == []
    )
    for name in try kept() { try SQLiteShell(sandbox, database: folder + "/" + name).expectSound() }
  }

  @Test func aFullDiskIsSaidAndLeftAsItWas() throws {
    try sandbox.importing(Effort.people(3000))
    try community.run("backup", "parish.db", "-q")
    let disk = try SmallDisk(in: sandbox, kibibytes: 3 * 1024)
    sandbox.environment["CARESPHERE_DB"] = disk.path + "/care.db"
    try sandbox.initialize()
    let outcome = try sandbox.run("restore", "parish.db", "--yes", "--json")
    if outcome.status != 0 {
      outcome.failed(9)
      try community.run("member", "list")
      let files = try FileManager.default.contentsOfDirectory(atPath: disk.path)
      #expect(files.filter { $0.contains("copy") || $0.contains("restore") } == [])
    }
  }

  @Test func aFileWithItsLogIsPutBackWithIt() throws {
    try FileManager.default.createDirectory(atPath: sandbox.path("old"), withIntermediateDirectories: true)
    try community.run("member", "add", "--first-name", "New", "--last-name", "One", "-q")
    for suffix in ["", "-wal"] {
      try sandbox.execute(["cp", sandbox.database + suffix, "old/care.db" + suffix]).succeeded()
    }
    try #require(try Data(contentsOf: URL(fileURLWithPath: sandbox.path("old/care.db-wal"))).isEmpty == false)
    let before = try sandbox.execute(["sha256sum", "old/care.db", "old/care.db-wal"]).stdout
    #expect(try restore("old/care.db")["members"] as? Int == 4)
    #expect(try sandbox.execute(["sha256sum", "old/care.db", "old/care.db-wal"]).stdout == before)
  }
}
