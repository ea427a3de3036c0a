import Foundation
import SQLiteStore
import TestSupport
import Testing

/// A file takes another's place in one step, and whoever still has the old one open writes nothing into it.
@Suite struct DatabaseReplacementTests {
  private let sandbox: Sandbox
  private var path: String { sandbox.path("care.db") }
  private static let options = Database.Options(applicationID: 77, lockTimeout: 300)
  private static let migrations = [Migration(name: "one", sql: "CREATE TABLE t (a TEXT) STRICT")]

  init() throws {
    sandbox = try Sandbox()
    try make("care.db", "old")
    try make("draft", "new")
  }

  private func make(_ name: String, _ value: String) throws {
    try Database.create(
      path: sandbox.path(name), options: Self.options, migrations: Self.migrations
    ) { try $0.execute("INSERT INTO t VALUES (?)", [.text(value)]) }
  }

  private func open(_ name: String = "care.db") throws -> Database {
    try Database.open(path: sandbox.path(name), options: Self.options, migrations: Self.migrations)
  }

  private func values(_ name: String = "care.db") throws -> [String] {
    var values: [String] = []
    try open(name).query("SELECT a FROM t ORDER BY rowid") { values.append($0.string(0)) }
    return values
  }

  private func add(_ value: String) throws {
    let database = try open()
    try database.write { try database.execute("INSERT INTO t VALUES (?)", [.text(value)]) }
  }

  private func replace() throws -> Bool {
    try DatabaseReplacement(path: path, options: Self.options)
      .replace(by: sandbox.path("draft"), keeping: sandbox.path("aside"))
  }

  @Test func theFilesHaveEachOthersPlaces() throws {
    try add("logged")
    try #require(FileManager.default.fileExists(atPath: path + "-wal"))
    #expect(try replace())
    #expect(try values() == ["new"])
    #expect(try values("aside") == ["old", "logged"])
    #expect(!sandbox.exists("draft"))
  }

  @Test func whereThereIsNoneItIsPutThere() throws {
    try FileManager.default.removeItem(atPath: path)
    try sandbox.write("care.db-wal", "what is left of another")
    #expect(try replace() == false)
    #expect(try values() == ["new"])
    #expect(try sandbox.read("aside-wal") == "what is left of another")
  }

  @Test func whatIsNoDatabaseIsKeptWithItsLog() throws {
    try sandbox.write("care.db", "no database")
    try sandbox.write("care.db-wal", "its log")
    #expect(try replace())
    #expect(try values() == ["new"])
    #expect(try sandbox.read("aside") == "no database")
    #expect(try sandbox.read("aside-wal") == "its log")
  }

  @Test func whoReadsWhatWasBeforeIsWaitedFor() throws {
    let reader = try open()
    try reader.read {
      #expect(try reader.first("SELECT a FROM t") { $0.string(0) } == "old")
      try add("logged")
      #expect(throws: DatabaseError.self) { try replace() }
    }
    #expect(try replace())
    #expect(try values() == ["new"])
  }

  @Test func whoHasItOpenGoesOnReadingTheOldOne() throws {
    try add("logged")
    let reader = try open()
    #expect(try replace())
    #expect(try reader.first("SELECT count(*) FROM t") { $0.integer(0) } == 2)
    #expect(throws: DatabaseError.self) { try reader.write { try reader.execute("DELETE FROM t") } }
    #expect(try values() == ["new"])
    #expect(try values("aside") == ["old", "logged"])
  }

  @Test func whoHasTheOldOneOpenWritesNothing() throws {
    let writer = try open()
    // As a program would that knows nothing of us.
    try FileManager.default.moveItem(atPath: path, toPath: sandbox.path("moved"))
    try FileManager.default.moveItem(atPath: sandbox.path("draft"), toPath: path)
    #expect(writer.isReplaced)
    #expect(throws: DatabaseError.self) { try writer.write { try writer.execute("DELETE FROM t") } }
    #expect(try values() == ["new"])
  }

  @Test func aNameThatIsTakenIsNotTakenAway() throws {
    try sandbox.write("aside", "somebody's")
    #expect(throws: DatabaseError.self) { try replace() }
    #expect(try sandbox.read("aside") == "somebody's")
    #expect(try values() == ["old"])
  }
}
