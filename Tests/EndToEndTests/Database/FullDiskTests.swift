import TestSupport
import Testing

/// A disk that fills while we write: an error with its code, nothing half done, and a database that
/// works again as soon as there is room.
@Suite struct FullDiskTests {
  private let sandbox: Sandbox
  private let disk: SmallDisk

  init() throws {
    sandbox = try Sandbox()
    disk = try SmallDisk(in: sandbox, kibibytes: 12 * 1024)
    sandbox.environment["CARESPHERE_DB"] = disk.path + "/care.db"
    try sandbox.initialize()
    try sandbox.importing("firstName,email\nAna,ana@example.org\n")
  }

  @Test func anImportThatDoesNotFitLeavesNothing() throws {
    try sandbox.write("people.csv", Effort.people(40_000))
    let outcome = try sandbox.run("member", "import", "people.csv", "--json")
    outcome.failed(9)
    #expect(try outcome.error()["code"] as? String == "DATABASE_ERROR")
    #expect(outcome.output.isEmpty)
    #expect(try sandbox.memberCount() == 1)
    try SQLiteShell(sandbox, database: disk.path + "/care.db").expectSound()
    // The log of the failed try must not keep the disk full.
    try sandbox.importing("firstName,email\nEva,eva@example.org\n")
    #expect(try sandbox.memberCount() == 2)
  }

  @Test func oneRecordOnAFullDisk() throws {
    try disk.fill()
    let outcome = try sandbox.run("member", "add", "--first-name", "Eva", "--last-name", "Lima")
    outcome.failed(9)
    try sandbox.execute(["rm", disk.path + "/filler"]).succeeded()
    #expect(try sandbox.memberCount() == 1)
    try sandbox.run("member", "add", "--first-name", "Eva", "--last-name", "Lima").succeeded()
  }

  @Test func anExportThatDoesNotFitLeavesNoFile() throws {
    try sandbox.importing(Effort.people(1500))
    try disk.fill(leaving: 16)
    let outcome = try sandbox.run("member", "export", "--output", disk.path + "/out.csv", "--json")
    outcome.failed(10)
    #expect(try sandbox.execute(["ls", "-A", disk.path]).stdout.contains("out") == false)
  }

  @Test func aFullStandardOutputIsNoClosedPipe() throws {
    try sandbox.importing(Effort.people(1500))
    for arguments in ["export", "list --format json", "list --format csv"] {
      let outcome = try sandbox.shell("caresphere member \(arguments) > /dev/full")
      outcome.failed(10, saying: "standard output")
    }
  }
}
