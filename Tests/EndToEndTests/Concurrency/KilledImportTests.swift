import Foundation
import TestSupport
import Testing

/// Power may fail at any moment of an import: all of it is there afterwards, or nothing.
@Suite struct KilledImportTests {
  @Test(.timeLimit(.minutes(30))) func allOrNothing() throws {
    let rows = Effort.importRows
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.write("people.csv", Effort.people(rows))
    let shell = try SQLiteShell(sandbox)
    try sandbox.execute(["cp", sandbox.database, "empty.db"]).succeeded()

    let whole = try sandbox.run("member", "import", "people.csv").succeeded().seconds
    var generator = SeededGenerator(seed: UInt64(Effort.value("CARESPHERE_TEST_SEED", default: 1)))
    var (none, all) = (0, 0)
    try restore(sandbox)
    for _ in 0..<Effort.value("CARESPHERE_TEST_KILLS", default: 40) {
      let delay = Double.random(in: 0...whole * 1.1, using: &generator)
      let process = try sandbox.spawn(["member", "import", "people.csv"])
      usleep(UInt32(delay * 1_000_000))
      process.kill(SIGKILL)
      process.wait()

      // First the program itself, then SQLite's own shell.
      let count = try #require(try sandbox.memberCount())
      #expect(count == 0 || count == rows, "killed after \(delay) s of \(whole): \(count) rows")
      #expect(try shell.count("SELECT count(*) FROM members") == count)
      #expect(try shell.count("SELECT count(*) FROM import_batches") == (count == 0 ? 0 : 1))
      #expect(
        try shell.count("SELECT count(*) FROM member_search WHERE member_search MATCH 'souza'") == count)
      try shell.expectSound()
      if count == 0 {
        none += 1
      } else {
        all += 1
        try restore(sandbox)
      }
    }
    // It must not have become slower or stuck by what the dead ones left.
    #expect(none > 0, "no import was killed in time: \(all) were done")
    try restore(sandbox)
    try sandbox.run("member", "import", "people.csv").succeeded()
    #expect(try sandbox.memberCount() == rows)
  }

  private func restore(_ sandbox: Sandbox) throws {
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: sandbox.database + suffix) }
    try sandbox.execute(["cp", "empty.db", sandbox.database]).succeeded()
  }
}
