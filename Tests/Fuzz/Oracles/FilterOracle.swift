import CareSphereKit
import Glibc
import SQLiteStore
import Synchronization

/// Filters and searches: what is read is the same after it has been printed; its SQL is taken by SQLite and is 1 or 0
/// for everybody, and its complement the other.
///
/// The database is for one thread at a time, and the callers of several threads take turns.
final class FilterOracle {
  /// Made on first use, in a folder that goes at once: the open files stay.
  nonisolated(unsafe) static let shared = Swift.Result { try FilterOracle() }

  private let turn = Mutex(())
  private let database: Database
  private let compiler: FilterCompiler

  private init() throws {
    var template = Array("/tmp/caresphere-filter-XXXXXX".utf8CString)
    let folder = template.withUnsafeMutableBufferPointer { path in
      path.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let folder else { throw BrokenPromise("no folder: \(errno)") }
    defer {
      for name in ["", "-wal", "-shm", ".lock"] { unlink(folder + "/filter.db" + name) }
      rmdir(folder)
    }
    let options = Database.Options(applicationID: Schema.applicationID)
    let file = folder + "/filter.db"
    try Database.create(path: file, options: options, migrations: Schema.migrations) { database in
      for (index, name) in ["Ada", "Zoë", "O'Brien \u{1F600}", ""].enumerated() {
        try database.execute(
          """
          INSERT INTO members (id, first_name, last_name, name_key, city, tags, custom_fields, date_of_birth, created_at,
            updated_at) VALUES (?1, ?2, '', '', ?2, '["choir","a\\"b"]', ?3, '--02-29', '2025-01-01T00:00:00Z', '')
          """, [.text("id\(index)"), .text(name), .text("{\"level\":\(index),\"x\":\"\(index)a\"}")])
      }
    }
    database = try Database.open(path: file, options: options, migrations: Schema.migrations)
    try FilterFunctions.register(on: database)
    // It opens what it needs when it is first asked.
    _ = try database.first("SELECT count(*) FROM members") { $0.integer(0) }
    compiler = FilterCompiler(clock: Moment.clock) { name in
      switch name {
      case "Youth": .fixed(ids: ["g1"])
      case "Adults": .dynamic(query: "age >= 18 and not group = Youth", name: name)
      case "Circle": .dynamic(query: "group = Circle", name: name)
      default: throw CareError(.notFound, "there is no group “\(name)”")
      }
    }
  }

  func check(_ bytes: [UInt8]) throws {
    try turn.withLock { _ in try checkAlone(bytes) }
  }

  /// Compiles a filter that was put together otherwise.
  /// - Throws: `CareError`; whatever SQLite has against the SQL
  func check(_ filter: Filter) throws {
    try turn.withLock { _ in _ = try compile(filter) }
  }

  private func checkAlone(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    try search(text)
    guard let filter = try refusable({ try Filter(parsing: text) }) else { return }
    let printed = filter.expression.description
    // Quotes and parentheses may make it longer than a filter can be.
    if printed.utf8.count <= 65_536 {
      let again: Filter
      do {
        again = try Filter(parsing: printed)
      } catch {
        throw BrokenPromise("what was printed is not read: \(printed)\n\(error)")
      }
      try require(again.expression == filter.expression, "\(printed)\nis read as \(again.expression)")
    }
    guard let found = try refusable({ try count(try compile(filter)) }) else { return }
    guard let others = try refusable({ try count(try compile(Filter(.not(filter.expression)))) }) else {
      return
    }
    try require(found + others == 4, "\(found) people have it, \(others) have it not: \(printed)")
  }

  /// - Throws: `CareError`; whatever SQLite has against the SQL
  private func compile(_ filter: Filter) throws -> SQLFragment {
    let fragment = try compiler.compile(filter)
    _ = try count(fragment)
    return fragment
  }

  private func search(_ text: String) throws {
    guard let query = try refusable({ try SearchQuery(text) }) else { return }
    _ = try count(query.fragment())
  }

  /// How many people meet a condition.
  private func count(_ fragment: SQLFragment) throws -> Int {
    // Only once, or its statement would be kept.
    let statement = try database.prepare(
      """
      SELECT count(*), count(holds), coalesce(sum(holds), 0), coalesce(sum(holds NOT IN (0, 1)), 0)
      FROM (SELECT (\(fragment.sql)) AS holds FROM members AS m)
      """)
    try statement.bind(fragment.arguments)
    try require(try statement.step(), "no row")
    defer { statement.reset() }
    try require(statement.integer(0) == statement.integer(1), "NULL for somebody: \(fragment.sql)")
    try require(statement.integer(3) == 0, "neither 0 nor 1 for somebody: \(fragment.sql)")
    return statement.integer(2)
  }

  private func refusable<Result>(_ body: () throws -> Result) throws -> Result? {
    do {
      return try body()
    } catch let error as CareError where [.validation, .conflict].contains(error.code) {
      try require(!error.message.isEmpty, "refused without a reason")
      return nil
    }
  }
}
