import Foundation
import TestSupport
import Testing

/// What has a backup's name is a whole, verified copy, whatever happens meanwhile.
@Suite struct BackupTests {
  private let community: Community
  private var sandbox: Sandbox { community.sandbox }

  init() throws { community = try Community() }

  private func files(_ folder: String = "copies") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: sandbox.path(folder)).sorted()
  }

  private func makeFolder() throws {
    try FileManager.default.createDirectory(atPath: sandbox.path("copies"), withIntermediateDirectories: true)
  }

  private func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.path(name))
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func aCopyIsWholeAndPrivate() throws {
    let data = try community.data("backup", "parish.db")
    #expect(data["path"] as? String == sandbox.path("parish.db"))
    #expect(data["members"] as? Int == 3)
    #expect(try mode("parish.db") == 0o600)
    let size = try FileManager.default.attributesOfItem(atPath: sandbox.path("parish.db"))[.size] as? Int
    #expect(data["bytes"] as? Int == size)
    try SQLiteShell(sandbox, database: sandbox.path("parish.db")).expectSound()
    try sandbox.run("check", "--db", sandbox.path("parish.db")).succeeded()
    #expect(!sandbox.exists("parish.db-wal"))

    let status = try community.data("status")
    let last = try #require(status["lastBackup"] as? [String: Any])
    #expect(last["path"] as? String == sandbox.path("parish.db"))
    #expect(last["exists"] as? Bool == true)
    try FileManager.default.removeItem(atPath: sandbox.path("parish.db"))
    let later = try community.data("status")
    #expect((later["lastBackup"] as? [String: Any])?["exists"] as? Bool == false)
  }

  @Test func whatIsThereIsKept() throws {
    try sandbox.write("parish.db", "a letter")
    try sandbox.expectRefused(["backup", "parish.db"], 7, "CONFLICT", saying: "--force")
    #expect(try sandbox.read("parish.db") == "a letter")
    try community.run("backup", "parish.db", "--force", "-q")
    #expect(try sandbox.read("parish.db").hasPrefix("SQLite format 3"))
    // A link is replaced, not followed.
    try sandbox.write("letter", "a letter")
    try FileManager.default.createSymbolicLink(atPath: sandbox.path("link.db"), withDestinationPath: "letter")
    try sandbox.run("backup", "link.db").failed(7)
    try community.run("backup", "link.db", "--force", "-q")
    #expect(try sandbox.read("letter") == "a letter")
  }

  @Test func whatIsNoPlaceForABackupIsRefused() throws {
    try makeFolder()
    for place in ["-", "copies", "/dev/null", sandbox.database] {
      let outcome = try sandbox.run("backup", place, "--force").failed(3)
      #expect(outcome.output.isEmpty)
    }
    try sandbox.run("backup", sandbox.database + "-wal", "--force").failed(3)
    try sandbox.run("backup", "missing/parish.db").failed(10)
    try sandbox.run("backup", "--dir", "missing").failed(10)
    try sandbox.run("backup").failed(2)
    try sandbox.run("backup", "a.db", "--dir", "copies").failed(2)
    try sandbox.run("backup", "a.db", "--keep", "3").failed(2)
    try sandbox.run("backup", "--dir", "copies", "--keep", "0").failed(2)
    #expect(try files() == [])
    try sandbox.run("check").succeeded()
  }

  @Test func onlyAdminsBackUp() throws {
    try community.forbids("moderator", [["backup", "parish.db"]])
    #expect(!sandbox.exists("parish.db"))
  }

  @Test func aRehearsalLeavesNothing() throws {
    try makeFolder()
    let before = try community.database.digest()
    let data = try community.data("backup", "--dir", "copies", "--dry-run")
    #expect((data["path"] as? String)?.contains("/copies/caresphere-") == true)
    #expect(try files() == [])
    #expect(try community.database.digest() == before)
  }

  @Test func oldOnesMakeWayAndNothingElse() throws {
    try makeFolder()
    let old = (1...5).map { "caresphere-2024010\($0)T000000Z.db" }
    let others = [
      "caresphere-20240101T000000Z.db.gz", "caresphere-20240101.db", "Caresphere-20240101T000000Z.db",
      "letter",
      "caresphere-2024010aT000000Z.db", "xcaresphere-20240101T000000Z.db",
    ]
    for name in old + others { try sandbox.write("copies/\(name)", name) }
    try FileManager.default.createDirectory(
      atPath: sandbox.path("copies/caresphere-20230101T000000Z.db"), withIntermediateDirectories: true)
    let data = try community.data("backup", "--dir", "copies", "--keep", "3")
    let newest = try #require((data["path"] as? String).map { ($0 as NSString).lastPathComponent })
    #expect(
      try files() == (others + old.suffix(2) + [newest, "caresphere-20230101T000000Z.db"]).sorted())
    #expect((data["removed"] as? [String])?.count == 3)
    // What seems to come from the future is no older one: it neither goes nor drives out the new ones.
    try sandbox.write("copies/caresphere-29990101T000000Z.db", "")
    try sandbox.write("copies/caresphere-29990102T000000Z.db", "")
    for _ in 1...2 {
      let last = try community.run("backup", "--dir", "copies", "--keep", "1", "--json")
      #expect(last.stderr.contains("caresphere-29990102T000000Z.db and 1 more are dated ahead"))
      #expect(try files().filter { $0.hasSuffix("Z.db") && $0 > "caresphere-2024" }.count == 5)
      #expect(FileManager.default.fileExists(atPath: try #require(last.data()["path"] as? String)))
    }
  }

  @Test func theConfigurationSaysHowManyStay() throws {
    try makeFolder()
    try sandbox.write("home/.config/caresphere/config.json", "{ backup: { keep: 2 } }")
    for name in (1...4).map({ "copies/caresphere-2024010\($0)T000000Z.db" }) { try sandbox.write(name, "") }
    try community.run("backup", "--dir", "copies", "-q")
    #expect(try files().count == 2)
  }

  @Test func severalInOneSecondDoNotCollide() throws {
    try makeFolder()
    let processes = try (0..<4).map {
      try sandbox.spawn(["backup", "--dir", "copies", "-q"], name: "backup\($0)")
    }
    for process in processes { #expect(process.wait(seconds: 60) == .exited(0)) }
    #expect(try files().count == 4)
  }

  @Test(.timeLimit(.minutes(30))) func othersGoOnMeanwhile() throws {
    try community.run("group", "add", "Choir", "-q")
    let binary = try Executable.caresphere()
    let script = """
      for number in $(seq 400); do
        [ -e stop ] && exit 0
        "$1" member add --first-name "W$2" --last-name "N$number" --email "w$2n$number@x.example" --group Choir -q || exit 1
      done
      """
    let writers = try (0..<4).map {
      try sandbox.spawn(running: ["bash", "-c", script, "writer", binary, "\($0)"], name: "writer\($0)")
    }
    var last = 0
    for number in 0..<5 {
      let data = try community.data("backup", "copy\(number).db")
      try sandbox.run("check", "--db", sandbox.path("copy\(number).db")).succeeded()
      let members = try #require(data["members"] as? Int)
      let shell = try SQLiteShell(sandbox, database: sandbox.path("copy\(number).db"))
      #expect(try shell.count("SELECT count(*) FROM members") == members)
      #expect(try shell.count("SELECT member_count FROM member_groups") == members - 3)
      #expect(members >= last)
      last = members
    }
    try sandbox.write("stop", "")
    for writer in writers { #expect(writer.wait(seconds: 60) == .exited(0)) }
    try sandbox.run("check").succeeded()
  }

  @Test(.timeLimit(.minutes(30))) func killedAtAnyMomentItLeavesNoHalf() throws {
    try makeFolder()
    try sandbox.importing(Effort.people(4000))
    let whole = try sandbox.run("backup", "whole.db").succeeded().seconds
    var generator = SeededGenerator(seed: UInt64(Effort.value("CARESPHERE_TEST_SEED", default: 1)))
    for _ in 0..<Effort.value("CARESPHERE_TEST_BACKUP_KILLS", default: 12) {
      let process = try sandbox.spawn(["backup", "copies/parish.db", "--force", "-q"])
      usleep(UInt32(Double.random(in: 0...whole * 1.1, using: &generator) * 1_000_000))
      process.kill(SIGKILL)
      process.wait()
      if sandbox.exists("copies/parish.db") {
        let shell = try SQLiteShell(sandbox, database: sandbox.path("copies/parish.db"))
        #expect(try shell.count("SELECT count(*) FROM members") == 4003)
        try shell.expectSound()
      }
    }
    try community.run("backup", "copies/parish.db", "--force", "-q")
    #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.path("copies")) == ["parish.db"])
  }

  @Test func interruptedItLeavesNothing() throws {
    try makeFolder()
    try sandbox.importing(Effort.people(20_000))
    let process = try sandbox.spawn(["backup", "copies/parish.db", "-q"])
    while try files().isEmpty, process.poll() == nil { usleep(200) }
    process.kill(SIGINT)
    let ending = process.wait(seconds: 30)
    #expect(ending == .exited(130) || ending == .exited(0))
    #expect(try files() == (ending == .exited(0) ? ["parish.db"] : []))
  }

  @Test func aFullDiskIsSaidAndLeftAsItWas() throws {
    try sandbox.importing(Effort.people(3000))
    let disk = try SmallDisk(in: sandbox, kibibytes: 600)
    let outcome = try sandbox.run("backup", disk.path + "/parish.db", "--json")
    outcome.failed(10, saying: "full")
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == [])
  }

  @Test func aDatabaseOnADiskThatNobodyCanWriteTo() throws {
    let disk = try SmallDisk(in: sandbox, kibibytes: 8192)
    try community.run("backup", disk.path + "/care.db", "-q")
    sandbox.environment["CARESPHERE_DB"] = disk.path + "/care.db"
    try sandbox.run(
      "user", "login", "admin@grace.example", "--password-stdin", stdin: "Correct-Horse-7\n"
    ).succeeded()
    try sandbox.execute(["sqlite3", disk.path + "/care.db", "PRAGMA wal_checkpoint(TRUNCATE)"]).succeeded()
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: disk.path + "/care.db" + suffix)
    }
    try disk.makeReadOnly()
    try community.run("backup", "again.db", "-q")
    try SQLiteShell(sandbox, database: sandbox.path("again.db")).expectSound()
  }
}
