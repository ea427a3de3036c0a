import CareSphereKit
import SQLiteStore
import TestSupport
import Testing

/// A database with the real schema and a few people, and a compiler that knows its groups.
struct FilterFixture {
  let sandbox: Sandbox
  let database: Database
  let clock: Clock
  /// Dynamic groups by name.
  var dynamicGroups: [String: String] = [:]

  /// - Parameter now: what ages and relative times count from.
  init(now: String = "2025-06-15T12:00:00Z", zone: Zone = .utc) throws {
    sandbox = try Sandbox()
    let path = sandbox.path("filter.db")
    let options = Database.Options(applicationID: Schema.applicationID)
    try Database.create(path: path, options: options, migrations: Schema.migrations) { _ in }
    database = try Database.open(path: path, options: options, migrations: Schema.migrations)
    try FilterFunctions.register(on: database)
    clock = Clock(now: try #require(Timestamp(now)), zone: zone)
  }

  /// Adds a person.
  /// - Parameters:
  ///   - name: first name, and the id unless `columns` has one.
  ///   - columns: other columns of `members`.
  func add(_ name: String, _ columns: [String: String?] = [:], groups: [String] = [], optOuts: [String] = [])
    throws
  {
    var row: [String: String?] = [
      "id": name, "first_name": name, "last_name": "", "name_key": "", "created_at": "2025-01-01T00:00:00Z",
      "updated_at": "2025-01-01T00:00:00Z",
    ]
    row.merge(columns) { $1 }
    let names = row.keys.sorted()
    let marks = names.map { _ in "?" }.joined(separator: ",")
    try database.write {
      try database.execute(
        "INSERT INTO members (\(names.joined(separator: ","))) VALUES (\(marks))",
        names.map { SQLValue.optional(row[$0] ?? nil) })
      for group in groups { try assign(name, to: group) }
      for channel in optOuts {
        try database.execute(
          "INSERT INTO member_consents (member_id, channel, state, source, at) VALUES (?, ?, 'out', 'test', '')",
          [.text(name), .text(channel)])
      }
    }
  }

  private func assign(_ member: String, to group: String) throws {
    try database.execute(
      """
      INSERT INTO member_groups (id, name, name_key, created_at, updated_at) VALUES (?1, ?1, ?1, '', '')
      ON CONFLICT DO NOTHING
      """, [.text(group)])
    try database.execute(
      "INSERT INTO member_group_assignments (id, member_id, group_id, assigned_at) VALUES (?, ?, ?, '')",
      [.text("\(member) in \(group)"), .text(member), .text(group)])
  }

  /// Finds dynamic groups by name, then static ones by id, which is their name here.
  var compiler: FilterCompiler {
    FilterCompiler(clock: clock) { name in
      if let query = dynamicGroups[name] { return .dynamic(query: query, name: name) }
      let id = try database.first("SELECT id FROM member_groups WHERE id = ?", [.text(name)]) { $0.text(0) }
      guard let id, let id else {
        throw CareError(.notFound, "there is no group “\(name)”", hint: "did you mean Youth?")
      }
      return .fixed(ids: [id])
    }
  }

  /// The first names of those whom a condition takes, sorted.
  func names(_ fragment: SQLFragment) throws -> [String] {
    var names: [String] = []
    try database.query(
      "SELECT m.first_name FROM members AS m WHERE \(fragment.sql) ORDER BY m.first_name", fragment.arguments
    ) { names.append($0.text(0) ?? "") }
    return names
  }

  func names(where text: String) throws -> [String] {
    let fragment = try compiler.compile(Filter(parsing: text))
    try requireTwoValues(fragment, text)
    return try names(fragment)
  }

  /// Checks that a condition is 0 or 1 for everybody.
  func requireTwoValues(_ fragment: SQLFragment, _ text: String) throws {
    let others = try database.first(
      "SELECT count(*) FROM members AS m WHERE \(fragment.sql) IS NULL OR \(fragment.sql) NOT IN (0, 1)",
      fragment.arguments + fragment.arguments
    ) { $0.value(0) }
    #expect(others == .integer(0), "\(text) is neither true nor false for someone")
  }

  /// The error of reading and compiling an expression.
  func error(_ text: String) throws -> CareError {
    try #require(throws: CareError.self) { try compiler.compile(Filter(parsing: text)) }
  }
}
