import Foundation
import TestSupport
import Testing

/// The log of rules and the inbox of users, over rows as runs leave them.
@Suite struct RuleLogsTests {
  private let community: Community
  private let rules: [String]

  init() throws {
    community = try Community()
    var rules: [String] = []
    for name in ["A", "B"] {
      let rule = try community.data(
        "rule", "add", name, "--trigger", "birthday", "--action", "add_tag", "--tag", "x")
      rules.append(try #require(rule["id"] as? String))
    }
    self.rules = rules
    try community.database.change(
      """
      WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30)
      INSERT INTO automation_logs (id, rule_id, member_id, occurrence, status, trigger_data, action_result,
        error_message, execution_time_ms, executed_at)
      SELECT printf('log-%02d', i), CASE i % 2 WHEN 0 THEN '\(rules[0])' ELSE '\(rules[1])' END,
        (SELECT id FROM members WHERE external_id = 1 + i % 3), '2025', CASE i % 5 WHEN 0 THEN 'failure' WHEN 1 THEN
        'skipped' ELSE 'success' END, '{"at":"x"}', NULL, CASE i % 5 WHEN 0 THEN 'no' END, i,
        printf('2025-11-%02dT10:00:00Z', i) FROM n
      """)
  }

  private func ids(_ flags: String...) throws -> [String] {
    try community.sandbox.run(["rule", "logs", "--fields", "id", "--format", "jsonl"] + flags).succeeded()
      .lines
      .map { String($0.dropFirst(7).dropLast(2)) }
  }

  @Test func entriesAreShownInTheNamesOfTheAPI() throws {
    let entry = try #require(try community.list("logs", "rule", "logs", "--limit", "1").first)
    #expect(
      Set(entry.keys) == [
        "id", "ruleId", "ruleName", "memberId", "memberName", "occurrence", "status", "triggerData",
        "actionResult",
        "errorMessage", "executionTimeMs", "executedAt",
      ])
    #expect(entry["id"] as? String == "log-30" && entry["ruleName"] as? String == "A")
    #expect(entry["memberName"] as? String == "Ana Souza" && entry["executionTimeMs"] as? Int == 30)
    #expect(entry["triggerData"] as? [String: String] == ["at": "x"] && entry["actionResult"] is NSNull)
  }

  @Test func entriesAreChosenSortedAndPaged() throws {
    #expect(try ids().count == 30)
    #expect(try ids().prefix(2) == ["log-30", "log-29"])
    #expect(try ids("--order", "asc").first == "log-01")
    #expect(try ids("--rule", "b").count == 15)
    #expect(try ids("--rule", rules[0], "--status", "failure") == ["log-30", "log-20", "log-10"])
    #expect(try ids("--since", "2025-11-28", "--until", "2025-11-29") == ["log-29", "log-28"])
    #expect(try ids("--since", "2025-11-28T10:00:00Z", "--until", "2025-11-29T10:00:00Z") == ["log-28"])
    #expect(try ids("--limit", "3", "--page", "2") == ["log-27", "log-26", "log-25"])
    #expect(try ids("--sort", "status", "--limit", "1") == ["log-30"])
    #expect(try community.run("rule", "logs", "--status", "skipped", "--format", "count").lines == ["6"])
    try community.refuses(6, "rule", "logs", "--rule", "C")
    try community.refuses(2, "rule", "logs", "--status", "sucess", saying: "success")
    try community.refuses(3, "rule", "logs", "--since", "whenever")
  }

  @Test func deletingARuleTakesItsLogAlong() throws {
    try community.run("rule", "delete", "A")
    #expect(try ids().count == 15)
    try community.run("member", "delete", "ana@example.org", "--erase")
    #expect(try ids().count == 10)
  }

  @Test func anInboxIsOnesOwn() throws {
    try community.run(
      "user", "add", "eve@grace.example", "--full-name", "Eve", "--password-stdin",
      stdin: "Sunday-Morning-7\n")
    try community.database.change(
      """
      INSERT INTO user_notifications (id, user_id, rule_id, member_id, title, note, created_at)
      SELECT 'n' || m.external_id || u.role, u.id, '\(rules[0])', m.id, 'A', 'about ' || m.first_name,
        '2025-11-0' || m.external_id || 'T10:00:00Z' FROM members AS m, users AS u
      """)
    let messages = try community.list("messages", "user", "inbox")
    #expect(messages.map { $0["id"] as? String } == ["n3admin", "n2admin", "n1admin"])
    #expect(
      messages.first?["note"] as? String == "about Ida"
        && messages.first?["memberName"] as? String == "Ida Berg")
    #expect(
      Set(try #require(messages.first).keys) == [
        "id", "title", "note", "ruleId", "memberId", "memberName", "createdAt",
      ])
    #expect(
      try community.run("user", "inbox", "--order", "asc", "--limit", "1", "--format", "ids").lines == [
        "n1admin"
      ])
    #expect(try community.run("user", "inbox", "--format", "count").lines == ["3"])
    let everything = try community.data("member", "show", "ana@example.org", "--everything")
    #expect(
      (everything["userNotifications"] as? [Any])?.count == 2
        && (everything["automationLogs"] as? [Any])?.count == 10)
    try community.run("member", "delete", "ana@example.org")
    try community.run("rule", "delete", "A")
    let left = try community.list("messages", "user", "inbox")
    #expect(left.count == 2 && left.allSatisfy { $0["ruleId"] is NSNull })
  }
}
