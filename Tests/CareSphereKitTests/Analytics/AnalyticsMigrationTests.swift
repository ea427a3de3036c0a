import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// A database from before there were analytics.
@Suite struct AnalyticsMigrationTests {
  private static let rows = """
    INSERT INTO members (id, first_name, last_name, name_key, created_at, updated_at)
    VALUES ('m1', 'Ana', 'Souza', 'souza', '2020', '2020');
    INSERT INTO messages (id, title, content, created_at, updated_at) VALUES ('a', 'A', 'x', '2020', '2020'),
      ('b', 'B', 'x', '2020', '2020');
    INSERT INTO message_recipients (id, message_id, member_id) VALUES ('r', 'a', 'm1');
    INSERT INTO message_events (recipient_id, message_id, event, at) VALUES ('r', 'a', 'opened', '2020'),
      ('r', 'a', 'delivered', '2020');
    INSERT INTO automation_rules (id, name, name_key, trigger_type, action_type, judged_until, created_at, updated_at)
    VALUES ('rule', 'Rule', 'rule', 'birthday', 'send_message', '2020', '2020', '2020');
    INSERT INTO automation_logs (id, rule_id, member_id, status, action_result, executed_at) VALUES
      ('1', 'rule', 'm1', 'success', '{"messageId":"a"}', '2020'), ('2', 'rule', 'm1', 'success', NULL, '2020'),
      ('3', 'rule', 'm1', 'success', '{"noteId":"b"}', '2020'), ('4', 'rule', 'm1', 'success', 'no JSON', '2020');
    """

  @Test func whatWasThereIsKeptWithWhoseItIs() throws {
    let sandbox = try Sandbox()
    let path = sandbox.path("old.db")
    let options = Database.Options(applicationID: Schema.applicationID)
    let isOlder = { (migration: Migration) in migration.name != "what analytics need of the past" }
    let older = Array(Schema.migrations.prefix(while: isOlder))
    #expect(older.count == 5)
    try Database.create(path: path, options: options, migrations: older) { try $0.executeScript(Self.rows) }
    let database = try Database.open(path: path, options: options, migrations: Schema.migrations)
    func values(_ sql: String) throws -> [String?] {
      var values: [String?] = []
      try database.query(sql) { values.append($0.text(0)) }
      return values
    }
    #expect(try values("SELECT member_id FROM message_events") == ["m1", "m1"])
    #expect(try values("SELECT rule_id FROM messages ORDER BY id") == ["rule", nil])
    try database.write { try database.execute("DELETE FROM automation_rules") }
    #expect(try values("SELECT rule_id FROM messages") == [nil, nil])
  }

  @Test func changesOfAStatusLearnWhenTheRecordWasMade() throws {
    let sandbox = try Sandbox()
    let path = sandbox.path("old.db")
    let options = Database.Options(applicationID: Schema.applicationID)
    let older = Array(Schema.migrations.prefix { $0.name != "analytics by indexes alone" })
    #expect(older.count == 6)
    try Database.create(path: path, options: options, migrations: older) {
      try $0.executeScript(
        """
        INSERT INTO members (id, first_name, last_name, name_key, created_at, updated_at)
        VALUES ('m1', 'Ana', 'Souza', 'souza', '2020', '2020'), ('m2', 'Ben', 'Obi', 'obi', '2021', '2021');
        UPDATE members SET member_status = 'inactive', updated_at = '2022';
        UPDATE members SET member_status = 'archived', updated_at = '2023' WHERE id = 'm1'
        """)
    }
    let database = try Database.open(path: path, options: options, migrations: Schema.migrations)
    try database.write {
      try database.execute("UPDATE members SET member_status = 'active', updated_at = '2024' WHERE id = 'm2'")
    }
    var changes: [String] = []
    try database.query(
      "SELECT row_id, member_id, member_created_at, at, before, after FROM member_status_changes ORDER BY row_id"
    ) { row in
      changes.append((0..<row.columnCount).map(row.string).joined(separator: " "))
    }
    #expect(
      changes == [
        "1 m1 2020 2022 active inactive", "2 m2 2021 2022 active inactive",
        "3 m1 2020 2023 inactive archived", "4 m2 2021 2024 inactive active",
      ])
  }
}
