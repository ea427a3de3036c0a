import CareSphereKit
import Glibc
import SQLiteStore
import Testing

/// A new database in a folder of its own, gone with the fixture.
final class DatabaseFixture {
  let folder: String
  let database: Database

  init() throws {
    var template = Array("/tmp/caresphere-test-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
    let options = Database.Options(applicationID: Schema.applicationID, lockTimeout: 1000)
    try Database.create(path: folder + "/test.db", options: options, migrations: Schema.migrations) { _ in }
    database = try Database.open(path: folder + "/test.db", options: options, migrations: Schema.migrations)
  }

  deinit {
    for suffix in ["", "-wal", "-shm", ".lock"] { unlink(folder + "/test.db" + suffix) }
    rmdir(folder)
  }
}

@Suite struct SchemaTests {
  static let insert = """
    INSERT INTO members (id, first_name, last_name, email, phone, name_key, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, '', '', '')
    """

  @Test func searchFollowsInsertUpdateAndDelete() throws {
    let fixture = try DatabaseFixture()
    let database = fixture.database
    func found(_ query: String) throws -> Int? {
      try database.first("SELECT count(*) FROM member_search WHERE member_search MATCH ?", [.text(query)]) {
        $0.integer(0)
      }
    }
    try database.insert(Self.insert, ["m1", "Zoë", "Müller", "zoe@example.org", "+49 (30) 12-34/5"])
    #expect(try found("zoe") == 1)
    #expect(try found("mull*") == 1)
    try database.insert("UPDATE members SET last_name = 'Schmidt'")
    #expect(try found("muller") == 0)
    #expect(try found("schm*") == 1)
    #expect(try database.first("SELECT phone_digits FROM members") { $0.text(0) } == "493012345")
    try database.insert("DELETE FROM members")
    #expect(try found("schm*") == 0)
    try database.execute("INSERT INTO member_search(member_search) VALUES ('integrity-check')")
  }

  @Test func groupsCountTheirMembersThroughCascades() throws {
    let fixture = try DatabaseFixture()
    let database = fixture.database
    try database.insert(Self.insert, ["m1", "A", "B", nil, nil])
    try database.insert(Self.insert, ["m2", "C", "D", nil, nil])
    try database.insert(
      "INSERT INTO member_groups (id, name, name_key, created_at, updated_at) VALUES ('g', 'G', 'g', '', '')")
    for member in ["m1", "m2"] {
      try database.execute(
        "INSERT INTO member_group_assignments (id, member_id, group_id, assigned_at) VALUES (?, ?, 'g', '')",
        [.text("a" + member), .text(member)])
    }
    func count() throws -> Int? {
      try database.first("SELECT member_count FROM member_groups") { $0.integer(0) }
    }
    #expect(try count() == 2)
    try database.insert("DELETE FROM members WHERE id = 'm1'")
    #expect(try count() == 1)
  }

  @Test func enumerationsAreChecked() throws {
    let fixture = try DatabaseFixture()
    let database = fixture.database
    try database.insert(Self.insert, ["m1", "A", "B", nil, nil])
    for change in ["member_status = 'alive'", "gender = 'm'"] {
      #expect(throws: DatabaseError.self) { try database.insert("UPDATE members SET \(change)") }
    }
  }
}

extension Database {
  /// One statement as a transaction of its own.
  func insert(_ sql: String, _ arguments: [SQLValue] = []) throws {
    try write { try execute(sql, arguments) }
  }
}
