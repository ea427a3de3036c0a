import Foundation
import TestSupport
import Testing

/// A database path that leads to something else: the file is judged before anything else, and is left
/// as it was.
@Suite struct BadDatabaseTests {
  private let sandbox: Sandbox
  private let file: String

  init() throws {
    sandbox = try Sandbox()
    file = sandbox.path("data/care.db")
    try FileManager.default.createDirectory(atPath: sandbox.path("data"), withIntermediateDirectories: true)
  }

  private static let commands: [[String]] = [
    ["member", "list"], ["member", "add", "--first-name", "Ana", "--last-name", "Souza"], ["status"],
    ["member", "import", "-"], ["group", "list"], ["audit"],
  ]

  /// Expects exit 9 of every command, and the same files with the same bytes afterwards.
  private func refused(saying text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let before = try snapshot()
    for command in Self.commands {
      let outcome = try sandbox.run(command + ["--db", file], stdin: Array("firstName\nAna\n".utf8))
      outcome.failed(9, saying: text, sourceLocation: sourceLocation)
      #expect(
        outcome.errorLines.filter { $0.hasPrefix("caresphere: ") }.count == 1, "\(outcome)",
        sourceLocation: sourceLocation)
      let json = try sandbox.run(command + ["--db", file, "--json"], stdin: Array("firstName\nAna\n".utf8))
      let code = try json.error(sourceLocation: sourceLocation)["code"] as? String
      #expect(code == "DATABASE_ERROR", "\(json)", sourceLocation: sourceLocation)
    }
    #expect(try snapshot() == before, sourceLocation: sourceLocation)
  }

  /// The names of the files in the database's folder, each with its bytes. A lock file may come, and so
  /// may an empty log and its index where SQLite had to look into the file to judge it.
  private func snapshot() throws -> [String: Data?] {
    let folder = sandbox.path("data")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      !$0.hasSuffix(".lock") && !$0.hasSuffix("-shm")
    }
    let files = names.map { ($0, FileManager.default.contents(atPath: folder + "/" + $0)) }
    return Dictionary(
      uniqueKeysWithValues: files.filter { !($0.0.hasSuffix("-wal") && $0.1?.isEmpty == true) })
  }

  private func sqlite(_ path: String, _ sql: String) throws {
    try Requirement.tool("sqlite3")
    try sandbox.execute(["sqlite3", path, sql]).succeeded()
  }

  /// A sound database of ours at `file`.
  private func initialize() throws {
    try sandbox.run(
      "init", "--admin", "admin@grace.example", "--full-name", "Ada", "--password-stdin", "--db", file,
      stdin: "Correct-Horse-42\n"
    ).succeeded()
  }

  @Test func nothingThereYet() throws {
    try refused(saying: "init")
  }

  @Test func aDirectory() throws {
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
    try refused(saying: "directory")
  }

  @Test func aSymbolicLink() throws {
    try initialize()
    try FileManager.default.moveItem(atPath: file, toPath: sandbox.path("data/real.db"))
    try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "real.db")
    try refused(saying: "link")
  }

  @Test func aTextFile() throws {
    try sandbox.write(file, "Dear parish,\n" + String(repeating: "this is a letter. ", count: 500))
    try refused(saying: "care.db")
  }

  @Test func noBytesAtAll() throws {
    try sandbox.write(file, "")
    try refused(saying: "empty")
  }

  @Test func anotherApplications() throws {
    try sqlite(file, "PRAGMA application_id = 252006673; CREATE TABLE members(id); PRAGMA user_version = 1")
    try refused(saying: "caresphere")
  }

  @Test func aPlainSQLiteDatabase() throws {
    try sqlite(file, "CREATE TABLE members(id)")
    try refused(saying: "caresphere")
  }

  @Test func newerThanThisProgram() throws {
    try initialize()
    try sqlite(file, "PRAGMA user_version = 999999")
    try refused(saying: "newer")
  }

  @Test func damaged() throws {
    try initialize()
    let handle = try #require(FileHandle(forUpdatingAtPath: file))
    try handle.seek(toOffset: 20)
    try handle.write(contentsOf: Data(repeating: 0xff, count: 60))
    try handle.close()
    try refused(saying: "care.db")
  }

  @Test func initNeverTouchesWhatIsThere() throws {
    try initialize()
    let before = try snapshot()
    try sandbox.run(
      "init", "--admin", "eve@grace.example", "--full-name", "Eve", "--password-stdin", "--db", file,
      stdin: "Correct-Horse-42\n"
    ).failed(7)
    #expect(try snapshot() == before)
  }

  /// SQLite would take the log for the new database's own.
  @Test(arguments: ["-wal", "-journal"]) func initKeepsAwayFromTheLogOfADatabaseThatIsGone(suffix: String)
    throws
  {
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data("left".utf8).write(to: URL(fileURLWithPath: file + suffix))
    try sandbox.run(
      "init", "--admin", "eve@grace.example", "--full-name", "Eve", "--password-stdin", "--db", file,
      stdin: "Correct-Horse-42\n"
    ).failed(7, saying: "care.db\(suffix)", "restore")
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test func onAReadOnlyDisk() throws {
    let disk = try SmallDisk(in: sandbox, kibibytes: 8192)
    let database = disk.path + "/care.db"
    sandbox.environment["CARESPHERE_DB"] = database
    try sandbox.initialize()
    try disk.makeReadOnly()
    let add = try sandbox.run("member", "add", "--first-name", "Ana", "--last-name", "Souza", "--json")
    add.failed(9)
    #expect(try add.error()["code"] as? String == "DATABASE_ERROR")
  }
}
