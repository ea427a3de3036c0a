import Glibc
import SQLiteStore
import Testing

@Suite struct DatabaseTests {
  static let migrations = [Migration(name: "first", sql: "CREATE TABLE t(a TEXT UNIQUE, b INTEGER) STRICT;")]

  /// A database of its own for each test, in a folder that goes with it.
  final class Fixture {
    let folder: String
    let path: String
    let options = Database.Options(applicationID: 77, lockTimeout: 200)

    init(create: Bool = true) throws {
      var template = Array("/tmp/sqlitestore-XXXXXX".utf8CString)
      folder = template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
      }
      path = folder + "/test.db"
      if create { try Database.create(path: path, options: options, migrations: migrations) { _ in } }
    }

    deinit {
      for suffix in ["", "-wal", "-shm", ".lock", ".before-v2"] { unlink(path + suffix) }
      rmdir(folder)
    }

    func open(_ migrations: [Migration] = DatabaseTests.migrations) throws -> Database {
      try Database.open(path: path, options: options, migrations: migrations)
    }
  }

  static func kind(_ body: () throws -> Void) -> DatabaseError.Kind? {
    do {
      try body()
      return nil
    } catch { return (error as? DatabaseError)?.kind }
  }

  @Test func valuesComeBackAsTheyWent() throws {
    let fixture = try Fixture()
    let database = try fixture.open()
    let values: [SQLValue] = [
      .null, 7, .real(1.5), "", "é\u{0}x", .blob([0, 255]), .text(String(repeating: "ä", count: 5000)),
    ]
    for value in values {
      #expect(try database.first("SELECT ?", [value]) { $0.value(0) } == value)
    }
  }

  @Test func whatThrowsLeavesNothing() throws {
    let fixture = try Fixture()
    let database = try fixture.open()
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try database.write {
        try database.execute("INSERT INTO t VALUES ('x', 1)")
        throw Stop()
      }
    }
    #expect(try database.first("SELECT count(*) FROM t") { $0.integer(0) } == 0)
  }

  @Test func aDryRunLeavesNothingAndReturnsItsResult() throws {
    let fixture = try Fixture()
    let database = try fixture.open()
    let rows = try database.write(commit: false) {
      try database.execute("INSERT INTO t VALUES ('x', 1)")
      return try database.first("SELECT count(*) FROM t") { $0.integer(0) }
    }
    #expect(rows == 1)
    #expect(try database.first("SELECT count(*) FROM t") { $0.integer(0) } == 0)
  }

  @Test func aReaderSeesOneStateAndHoldsUpNoWriter() throws {
    let fixture = try Fixture()
    let reader = try fixture.open()
    let writer = try fixture.open()
    try reader.read {
      #expect(try reader.first("SELECT count(*) FROM t") { $0.integer(0) } == 0)
      try writer.write { try writer.execute("INSERT INTO t VALUES ('x', 1)") }
      #expect(try reader.first("SELECT count(*) FROM t") { $0.integer(0) } == 0)
    }
    #expect(try reader.first("SELECT count(*) FROM t") { $0.integer(0) } == 1)
  }

  @Test func aSecondWriterIsToldThatItWaitedInVain() throws {
    let fixture = try Fixture()
    let first = try fixture.open()
    let second = try fixture.open()
    let kind = try first.write { Self.kind { try second.write {} } }
    #expect(kind == .busy)
    #expect(Self.kind { try second.write {} } == nil)
  }

  @Test func constraintsAreToldApartAndNameNoValue() throws {
    let fixture = try Fixture()
    let database = try fixture.open()
    try database.write { try database.execute("INSERT INTO t VALUES (?, 1)", ["secret"]) }
    do {
      try database.write { try database.execute("INSERT INTO t VALUES (?, 1)", ["secret"]) }
      Issue.record("a second equal row went in")
    } catch let error as DatabaseError {
      #expect(error.kind == .unique)
      #expect(!"\(error)".contains("secret"))
    }
  }

  @Test func aSumBeyondAllBoundsIsDamage() throws {
    let fixture = try Fixture()
    let database = try fixture.open()
    try database.write { try database.execute("INSERT INTO t VALUES ('x', 9223372036854775807)") }
    let kind = Self.kind { try database.write { try database.execute("UPDATE t SET b = b + 1") } }
    #expect(kind == .corrupt)
  }

  @Test func whatIsNoDatabaseIsRefusedUntouched() throws {
    let cases: [(String, DatabaseError.Kind)] = [
      ("", .foreign), ("just text, of some length, that is no database at all", .foreign),
    ]
    for (content, expected) in cases {
      let fixture = try Fixture(create: false)
      let descriptor = Glibc.open(fixture.path, O_CREAT | O_WRONLY, 0o600)
      _ = content.withCString { Glibc.write(descriptor, $0, content.utf8.count) }
      close(descriptor)
      #expect(Self.kind { _ = try fixture.open() } == expected)
      var information = stat()
      #expect(stat(fixture.path, &information) == 0 && Int(information.st_size) == content.utf8.count)
    }
  }

  @Test func aMissingALinkedAndADirectoryAreToldApart() throws {
    let fixture = try Fixture()
    #expect(
      Self.kind { _ = try Database.open(path: fixture.path + "x", options: fixture.options, migrations: []) }
        == .missing)
    #expect(
      Self.kind { _ = try Database.open(path: fixture.folder, options: fixture.options, migrations: []) }
        == .foreign)
    let symbolic = fixture.path + "-link"
    symlink(fixture.path, symbolic)
    defer { unlink(symbolic) }
    #expect(
      Self.kind { _ = try Database.open(path: symbolic, options: fixture.options, migrations: []) }
        == .foreign)
    let hard = fixture.path + "-hard"
    link(fixture.path, hard)
    defer { unlink(hard) }
    #expect(Self.kind { _ = try fixture.open() } == .foreign)
  }

  @Test func newerAndForeignFilesAreRefused() throws {
    let fixture = try Fixture()
    #expect(Self.kind { _ = try fixture.open([]) } == .newer)
    let other = Database.Options(applicationID: 78)
    #expect(
      Self.kind { _ = try Database.open(path: fixture.path, options: other, migrations: Self.migrations) }
        == .foreign)
  }

  @Test func migrationsAreTakenOnceAndKeepACopy() throws {
    let fixture = try Fixture()
    let two = Self.migrations + [Migration(name: "second", sql: "CREATE TABLE u(a INTEGER) STRICT;")]
    let database = try fixture.open(two)
    #expect(try database.pragma("user_version") == 2)
    #expect(access(fixture.path + ".before-v2", R_OK) == 0)
    #expect(Self.kind { _ = try fixture.open(two) } == nil)
  }

  /// What a killed or failed attempt has left must not keep the next one from it.
  @Test func aCopyThatIsThereAlreadyHindersNoMigration() throws {
    let fixture = try Fixture()
    let two = Self.migrations + [Migration(name: "second", sql: "CREATE TABLE u(a INTEGER) STRICT;")]
    let file = Glibc.open(fixture.path + ".before-v2", O_WRONLY | O_CREAT, 0o600)
    #expect(write(file, "half", 4) == 4)
    close(file)
    #expect(try fixture.open(two).pragma("user_version") == 2)
    var information = stat()
    #expect(stat(fixture.path + ".before-v2", &information) == 0 && information.st_size > 4096)
    #expect(information.st_mode & 0o777 == 0o600)
  }

  @Test func processesThatMigrateAtOnceAllOpen() async throws {
    let fixture = try Fixture()
    let two = Self.migrations + [Migration(name: "second", sql: "CREATE TABLE u(a INTEGER) STRICT;")]
    let (path, options) = (fixture.path, Database.Options(applicationID: 77, lockTimeout: 10_000))
    let versions = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try Database.open(path: path, options: options, migrations: two).pragma("user_version")
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(versions == Array(repeating: 2, count: 8))
  }

  @Test func aFailingMigrationChangesNothing() throws {
    let fixture = try Fixture()
    let broken =
      Self.migrations + [
        Migration(name: "broken", sql: "CREATE TABLE u(a INTEGER) STRICT; CREATE TABLE t(a);")
      ]
    #expect(Self.kind { _ = try fixture.open(broken) } == .misuse)
    #expect(
      try fixture.open().first("SELECT count(*) FROM sqlite_schema WHERE name = 'u'") { $0.integer(0) } == 0)
  }

  @Test func aFileIsPrivateAndNeverMadeTwice() throws {
    let fixture = try Fixture()
    var information = stat()
    #expect(stat(fixture.path, &information) == 0 && information.st_mode & 0o777 == 0o600)
    #expect(
      Self.kind { try Database.create(path: fixture.path, options: fixture.options, migrations: []) { _ in } }
        == .unique)
  }

  @Test func functionsSeeAndGiveEveryType() throws {
    let fixture = try Fixture()
    let database = try fixture.open()
    try database.createFunction("twice", arguments: 1) { arguments in
      arguments.isNull(0) ? .null : .text((arguments.text(0) ?? "") + (arguments.text(0) ?? ""))
    }
    #expect(
      try database.first("SELECT twice('ä'), twice(NULL)") { [$0.value(0), $0.value(1)] } == ["ää", .null])
  }

  @Test func aLogGrownLargeIsMovedIntoTheFile() throws {
    let fixture = try Fixture()
    let database = try fixture.open()
    try database.write {
      for index in 0..<3000 {
        try database.execute(
          "INSERT INTO t VALUES (?, 1)", [.text("\(index)" + String(repeating: "x", count: 3000))])
      }
    }
    var information = stat()
    #expect(stat(fixture.path + "-wal", &information) == 0 && information.st_size == 0)
    #expect(try database.first("SELECT count(*) FROM t") { $0.integer(0) } == 3000)
  }

  @Test func aLongStatementCanBeInterrupted() throws {
    let fixture = try Fixture()
    let options = Database.Options(applicationID: 77, interrupted: { true })
    let database = try Database.open(path: fixture.path, options: options, migrations: Self.migrations)
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    #expect(Self.kind { try database.execute(endless) } == .interrupted)
  }
}
