import Foundation
import TestSupport
import Testing

/// A database that only cannot be read just now, or not by whoever asks, is not given up for a backup.
@Suite struct RestoreTroubleTests {
  private let community: Community
  private var sandbox: Sandbox { community.sandbox }

  init() throws {
    community = try Community()
    try community.run("backup", "parish.db", "-q")
    try community.run("member", "consent", "ana@example.org", "--channel", "email", "--opt-out", "-q")
  }

  /// Every so many reads one fails: opt-outs come along, or nothing is put back, or it is said that they are not known.
  /// A network's disk that is gone for a moment (ESTALE) ends it; EIO is damage to SQLite, which a backup is for.
  @Test(arguments: [EIO, ESTALE]) func aReadThatFailsLosesNoOptOut(error: Int32) throws {
    try Requirement.tool("cc")
    let shim = sandbox.path("shim.so")
    try sandbox.execute(
      ["cc", "-shared", "-fPIC", "-o", shim, Repository.root + "/Tests/Faults/shim.c", "-ldl"]
    ).succeeded()
    try sandbox.write("count", bytes: [UInt8](repeating: 0, count: 8))
    // Only the program itself is to have the shim, and nothing that starts it.
    let command = [
      "env", "LD_PRELOAD=\(shim)", try Executable.caresphere(), "restore", "parish.db", "--dry-run", "--json",
    ]
    var faults = [
      "FAULT_CALLS": "read", "FAULT_DO": String(error), "FAULT_COUNT": sandbox.path("count"),
      "FAULT_UNDER": (sandbox.database as NSString).deletingLastPathComponent,
    ]
    let whole = try sandbox.execute(command, environment: faults).succeeded().data()
    #expect(whole["optOutsKept"] as? Int == 1)
    let counted = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("count")))
    let reads = counted.reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(reads > 20)
    faults["FAULT_COUNT"] = nil
    let before = try community.database.digest()
    var refusals = 0
    for number in stride(from: 1, through: reads, by: 3) {
      faults["FAULT_AT"] = String(number)
      let outcome = try sandbox.execute(command, environment: faults)
      if outcome.status == 0 {
        #expect(
          try outcome.data()["optOutsKept"] as? Int == 1 || outcome.stderr.contains("are not known"),
          "read \(number): \(outcome.stderr)")
      } else {
        #expect([9, 10].contains(outcome.status), "read \(number): \(outcome.status) \(outcome.stderr)")
      }
      if outcome.stderr.contains("what has happened since cannot be read") { refusals += 1 }
    }
    #expect(refusals > 0 || error == EIO)
    #expect(try community.database.digest() == before)
  }

  @Test func anotherUsersDatabaseIsLeftAlone() throws {
    guard geteuid() == 0 else { try Test.cancel("only root can give files away") }
    let before = try Data(contentsOf: URL(fileURLWithPath: sandbox.database))
    try #require(chown(sandbox.database, 1, 1) == 0)
    try sandbox.run("restore", "parish.db", "--yes").failed(9, saying: "belongs to another user")
    #expect(try Data(contentsOf: URL(fileURLWithPath: sandbox.database)) == before)
  }
}
