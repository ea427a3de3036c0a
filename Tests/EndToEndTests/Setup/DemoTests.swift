import Foundation
import TestSupport
import Testing

/// `demo`: an empty database filled with people to try things out on.
@Suite struct DemoTests {
  private func filled(_ flags: String...) throws -> (
    sandbox: Sandbox, shell: SQLiteShell, report: [String: Any]
  ) {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    let report = try sandbox.run(["demo", "--json"] + flags).succeeded().data()
    return (sandbox, try SQLiteShell(sandbox), report)
  }

  @Test func everyNounHasSomethingToShow() throws {
    let (sandbox, shell, report) = try filled()
    #expect(report["members"] as? Int == 200)
    #expect(try sandbox.memberCount() == 200)
    let lists = [
      "member list --tag volunteer", "member list --status archived", "member duplicates", "group list",
      "group members Newsletter", "group members Volunteers", "template list --type email",
      "template list --type sms", "template list --type push", "template list --type whatsapp",
      "message list --status draft", "message list --status scheduled", "message list --status sent",
      "message list --status failed", "message list --type sms", "message list --type in_app",
      "message suppressions", "rule list", "rule logs --status success", "rule logs --status skipped",
      "user inbox",
      "audit", "member search okafor", "member list --where custom.baptismDate<2030-01-01",
      "member list --where age<13", "member list --where optOut=email",
    ]
    for list in lists {
      let outcome = try sandbox.run(list.split(separator: " ").map(String.init) + ["--format", "count"])
        .succeeded()
      #expect(outcome.lines.first ?? "0" != "0", "\(outcome)")
    }
    let kinds = try shell.rows("SELECT DISTINCT status FROM message_recipients ORDER BY status")
    #expect(kinds == ["clicked", "delivered", "failed", "held", "opened", "sent", "skipped"])
    let events = try shell.rows("SELECT DISTINCT event FROM message_events ORDER BY event")
    #expect(Set(events).isSuperset(of: ["clicked", "delivered", "hard_bounced", "opened", "soft_bounced"]))
    let member = try shell.value("SELECT member_id FROM member_notes WHERE is_private = 0 LIMIT 1")
    #expect(try !sandbox.run("member", "notes", member).succeeded().lines.isEmpty)
    let reader = try shell.value(
      "SELECT member_id FROM member_activities WHERE activity_type = 'message_clicked' LIMIT 1")
    #expect(try !sandbox.run("member", "activities", reader).succeeded().lines.isEmpty)
    let news = try sandbox.run("message", "analytics", "Newsletter 13", "--json").succeeded().data()
    #expect((news["topLinks"] as? [Any])?.isEmpty == false)
    #expect(
      try sandbox.run("template", "render", "Newsletter", "--member", member).succeeded().stdout.contains(
        "<h1>"))
  }

  @Test func theReportCountsWhatIsThere() throws {
    let (_, shell, report) = try filled("--members", "500")
    let tables = [
      "members": "members", "groups": "member_groups", "assignments": "member_group_assignments",
      "templates": "templates", "rules": "automation_rules", "ruleLogs": "automation_logs",
      "messages": "messages",
      "recipients": "message_recipients", "events": "message_events", "activities": "member_activities",
      "notes": "member_notes",
    ]
    for (key, table) in tables {
      #expect(report[key] as? Int == (try shell.count("SELECT count(*) FROM \(table)")), "\(key)")
    }
  }

  @Test func addressesAreReserved() throws {
    let (_, shell, _) = try filled("--members", "3000")
    let mailboxes = """
      SELECT email FROM members WHERE email IS NOT NULL AND email NOT LIKE '%@example.org'
        AND email NOT LIKE '%@example.com' AND email NOT LIKE '%@example.net' AND email NOT LIKE '%.example'
        AND email NOT LIKE '%.test'
      """
    #expect(try shell.rows(mailboxes) == [])
    let numbers = """
      SELECT phone FROM members WHERE phone IS NOT NULL AND phone NOT GLOB '+1 [2-9][0-9][0-9] 555 01[0-9][0-9]'
        AND phone NOT GLOB '+44 7700 9000[0-9][0-9]'
      """
    #expect(try shell.rows(numbers) == [])
    #expect(try shell.count("SELECT count(DISTINCT phone) - count(phone) FROM members") == 0)
    let scripts = try shell.rows("SELECT DISTINCT first_name FROM members").joined()
    for letter in "Оዮ서अΕم王" {
      #expect(
        try !shell.rows("SELECT 1 FROM members WHERE first_name || last_name LIKE '%\(letter)%' LIMIT 1")
          .isEmpty)
    }
    #expect(!scripts.isEmpty)
  }

  @Test func nothingIsDue() throws {
    let (sandbox, shell, _) = try filled()
    let rules = try sandbox.run("rule", "run", "--dry-run", "--json").succeeded().data()
    #expect(rules["fired"] as? Int == 0)
    let delivery = try sandbox.run("message", "deliver", "--dry-run", "--json").succeeded().data()
    #expect(delivery["sent"] as? Int == 0)
    #expect(try shell.count("SELECT count(*) FROM message_recipients WHERE status = 'pending'") == 0)
    #expect(try shell.count("SELECT count(*) FROM rule_occurrences WHERE state = 'waiting'") == 0)
    try sandbox.run("rule", "run", "--quiet").succeeded()
    #expect(try sandbox.mails().isEmpty)
    // A few days later it is a handful, not everybody.
    let later = try sandbox.run("rule", "run", "--dry-run", "--json", "--as-of", "+2d").succeeded().data()
    #expect((later["evaluated"] as? Int ?? .max) < 12)
  }

  @Test func nothingOfItLiesInTheFuture() throws {
    let (_, shell, _) = try filled("--members", "1000")
    let columns = [
      "members": ["created_at", "updated_at"], "member_group_assignments": ["assigned_at"],
      "message_recipients": ["sent_at", "delivered_at", "opened_at", "clicked_at"], "message_events": ["at"],
      "member_activities": ["created_at"], "automation_logs": ["executed_at"], "audit_log": ["at"],
      "member_status_changes": ["at"], "user_notifications": ["created_at"],
      "messages": ["created_at", "sent_at"],
    ]
    for (table, names) in columns {
      for name in names {
        let sql = "SELECT count(*) FROM \(table) WHERE \(name) > strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
        #expect(try shell.count(sql) == 0, "\(table).\(name)")
      }
    }
    #expect(
      try shell.count(
        "SELECT count(*) FROM member_activities AS a JOIN members AS m ON m.id = a.member_id WHERE a.created_at < m.created_at"
      ) == 0)
  }

  @Test func countersAndIndexesAreTrue() throws {
    let (sandbox, shell, _) = try filled("--members", "1500")
    try shell.expectSound()
    let wrong = """
      SELECT title FROM messages AS g JOIN (SELECT message_id, sum(status <> 'skipped') AS recipients,
        sum(status = 'skipped') AS skipped, sum(status = 'held') AS held, count(sent_at) AS sent,
        count(delivered_at) AS delivered, count(opened_at) AS opened, count(clicked_at) AS clicked,
        sum(status = 'failed') AS failed FROM message_recipients GROUP BY message_id) AS r ON r.message_id = g.id
      WHERE (recipient_count, skipped_count, held_count, sent_count, delivered_count, opened_count, clicked_count,
        failed_count, pending_count) <> (recipients, skipped, held, sent, delivered, opened, clicked, failed, 0)
      """
    #expect(try shell.rows(wrong) == [])
    #expect(
      try shell.rows(
        """
        SELECT name FROM member_groups AS g WHERE member_count <> (
          SELECT count(*) FROM member_group_assignments WHERE group_id = g.id)
        """) == [])
    #expect(
      try shell.rows(
        """
        SELECT name FROM automation_rules AS r WHERE run_count <> (
          SELECT count(*) FROM automation_logs WHERE rule_id = r.id AND status <> 'skipped')
        """) == [])
    #expect(
      try shell.count(
        """
        SELECT count(*) FROM automation_logs AS l LEFT JOIN rule_occurrences AS o
          ON (o.rule_id, o.member_id, o.occurrence) = (l.rule_id, l.member_id, l.occurrence) WHERE o.row_id IS NULL
        """) == 0)
    let found = try sandbox.run("member", "search", "okafor", "--format", "count").succeeded().stdout
    #expect(
      try shell.count("SELECT count(*) FROM members WHERE last_name = 'Okafor'") == Int(found.dropLast())
        ?? -1)
    // All that an empty database has, and what rules make of their own.
    let empty = try Sandbox()
    try empty.initialize()
    let schema =
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'rule_dates_%' ORDER BY type, name"
    #expect(try shell.rows(schema) == SQLiteShell(empty).rows(schema))
  }

  @Test func itIsTheSameEveryTime() throws {
    let (_, one, first) = try filled("--members", "300")
    let (_, two, second) = try filled("--members", "300")
    #expect(NSDictionary(dictionary: first) == NSDictionary(dictionary: second))
    for sql in [
      "SELECT first_name, last_name, email, phone, date_of_birth, tags, join_date, member_status FROM members ORDER BY row_id",
      "SELECT title, recipient_count, sent_count, opened_count, clicked_count FROM messages ORDER BY title",
      "SELECT event, count(*) FROM message_events GROUP BY event",
    ] {
      #expect(try one.rows(sql) == two.rows(sql))
    }
  }

  @Test func onlyAnEmptyDatabaseIsFilled() throws {
    let (sandbox, _, _) = try filled("--members", "20")
    try sandbox.expectRefused(["demo"], 7, "CONFLICT", saying: "already", "init")
    let other = try Sandbox()
    try other.initialize()
    try other.run("template", "add", "Mine", "--type", "sms", "--content", "Hello", "-q").succeeded()
    try other.expectRefused(["demo"], 7, "CONFLICT", saying: "templates")
  }

  @Test(arguments: ["0", "-1", "5000001", "many", ""])
  func numbersHaveBounds(number: String) throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.expectRefused(["demo", "--members", number], 2, "USAGE_ERROR", saying: "1 to 5000000")
  }

  @Test(arguments: [1, 2, 3, 7, 40])
  func fewAreEnough(number: Int) throws {
    let (_, shell, report) = try filled("--members", "\(number)")
    #expect(report["members"] as? Int == number)
    try shell.expectSound()
  }

  @Test func aRehearsalLeavesItEmpty() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    let before = try SQLiteShell(sandbox).digest()
    let report = try sandbox.run("demo", "--dry-run", "--json").succeeded().data()
    #expect(report["members"] as? Int == 200)
    #expect(try SQLiteShell(sandbox).digest() == before)
    try sandbox.run("demo", "--quiet").succeeded()
  }

  @Test func itIsForAdmins() throws {
    let community = try Community()
    try community.forbids("moderator", [["demo"]])
    try community.forbids("member", [["demo"]])
  }

  @Test(.timeLimit(.minutes(30))) func killedItLeavesTheDatabaseEmpty() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    let shell = try SQLiteShell(sandbox)
    var generator = SeededGenerator(seed: UInt64(Effort.value("CARESPHERE_TEST_SEED", default: 1)))
    for _ in 0..<5 {
      let run = try sandbox.spawn(["demo", "--members", "20000", "--quiet"])
      usleep(UInt32.random(in: 20_000...900_000, using: &generator))
      run.kill(SIGKILL)
      run.wait()
      #expect(
        try shell.count("SELECT (SELECT count(*) FROM members) + (SELECT count(*) FROM member_groups)") == 0)
      #expect(try shell.count("SELECT count(*) FROM audit_log WHERE command = 'demo'") == 0)
    }
    try sandbox.run("demo", "--quiet").succeeded()
    try shell.expectSound()
  }
}
