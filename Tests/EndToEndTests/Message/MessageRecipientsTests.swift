import Foundation
import TestSupport
import Testing

/// Who got a message, as it is listed and as it is part of the message.
@Suite struct MessageRecipientsTests {
  private let community: Community
  private let sent: SentMessages

  init() throws {
    community = try Community()
    sent = SentMessages(community: community)
  }

  private static let keys: Set<String> = [
    "id", "memberId", "memberName", "recipientEmail", "recipientPhone", "status", "sentAt", "deliveredAt",
    "openedAt", "clickedAt", "errorMessage", "attempts",
  ]

  private func addNews() throws {
    try sent.add(
      "News",
      [
        "'opened', '2025-11-13T08:00:00Z', '2025-11-13T08:00:05Z', '2025-11-13T09:15:00Z', NULL, NULL",
        "'failed', NULL, NULL, NULL, NULL, '550 5.1.1 no \u{1b}[31msuch user'",
        "'skipped', NULL, NULL, NULL, NULL, 'opted out'",
      ])
  }

  @Test func recipientsAreListed() throws {
    try addNews()
    let recipients = try community.list("recipients", "message", "recipients", "news")
    #expect(recipients.map { $0["memberName"] as? String } == ["Ana Souza", "Ben Okoro", "Ida Berg"])
    let ana = try #require(recipients.first)
    #expect(Set(ana.keys) == Self.keys)
    #expect(ana["memberId"] as? String == (try community.id("ext:1")))
    #expect(ana["recipientEmail"] as? String == "ana@example.org")
    #expect(ana["recipientPhone"] is NSNull)
    #expect(ana["openedAt"] as? String == "2025-11-13T09:15:00Z")
    #expect(ana["attempts"] as? Int == 1)
    func names(_ flags: String...) throws -> [String] {
      try community.sandbox.run(["message", "recipients", "news", "--fields", "memberName"] + flags)
        .succeeded().lines
    }
    #expect(try names("--status", "failed,skipped") == ["Ben Okoro", "Ida Berg"])
    #expect(try names("--status", "held") == [])
    #expect(try names("--sort", "memberName") == ["Ida Berg", "Ben Okoro", "Ana Souza"])
    #expect(try names("--sort", "recipientEmail", "--order", "desc", "--limit", "1") == ["Ida Berg"])
    #expect(try names("--page", "2", "--limit", "2") == ["Ida Berg"])
    #expect(try names("--order", "desc") == ["Ida Berg", "Ben Okoro", "Ana Souza"])
    let count = ["message", "recipients", "news", "--status", "failed", "--format", "count"]
    #expect(try community.sandbox.run(count).succeeded().lines == ["1"])
    let csv = try community.run(
      "message", "recipients", "news", "--status", "skipped", "--format", "csv", "--fields",
      "recipientEmail,errorMessage,sentAt")
    #expect(csv.stdout == "recipientEmail,errorMessage,sentAt\nida@example.org,opted out,\n")
    try community.refuses(2, "message", "recipients", "news", "--status", "gone")
    try community.refuses(2, "message", "recipients", "news", "--fields", "nothing", saying: "memberName")
    try community.refuses(6, "message", "recipients", "nothing")
    let terminal = try community.sandbox.terminal(["message", "recipients", "news"])
    terminal.finish()
    #expect(terminal.text.contains("Ana Souza") && !terminal.text.contains("\u{1b}[31m"), "\(terminal)")
  }

  @Test func aMessageHasItsRecipients() throws {
    try addNews()
    let message = try community.data("message", "show", "news")
    #expect(message["recipientCount"] as? Int == 2)
    #expect(message["skippedCount"] as? Int == 1)
    #expect(message["failedCount"] as? Int == 1)
    #expect(message["openedCount"] as? Int == 1)
    let recipients = try #require(message["recipients"] as? [[String: Any]])
    #expect(recipients.count == 3 && Set(recipients[0].keys) == Self.keys)
    #expect(recipients[1]["errorMessage"] as? String == "550 5.1.1 no \u{1b}[31msuch user")
    let line = try community.run("message", "show", "news", "--format", "jsonl").lines
    #expect(line.count == 1)
    let record = try JSONSerialization.jsonObject(with: Data(try #require(line.first).utf8))
    #expect(
      NSDictionary(dictionary: try #require(record as? [String: Any])) == NSDictionary(dictionary: message))
    let part = try community.run(
      "message", "show", "news", "--format", "jsonl", "--fields", "recipients,title")
    #expect(
      part.stdout.hasPrefix("{\"recipients\":[{\"id\":") && part.stdout.hasSuffix("],\"title\":\"News\"}\n"))
    let without = try community.data("message", "show", "news", "--fields", "title")
    #expect(Array(without.keys) == ["title"])
    let table = try community.run("message", "show", "news", "--format", "table")
    #expect(table.stdout.contains("audience        all active members\n") && !table.stdout.contains("Ana"))
    try community.refuses(2, "message", "show", "news", "--format", "csv", "--fields", "recipients")
  }

  @Test func aReaderMayStopAndTheListMayBeLong() throws {
    let id = try sent.add("Long", [])
    try sent.run(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO members (id, first_name, last_name, name_key, email, member_status, tags, custom_fields, created_at,
        updated_at)
      SELECT printf('00000000-0000-7000-8000-%012d', i), 'P', i, '', 'p' || i || '@example.org', 'active', '[]', '{}',
        '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z' FROM n;
      INSERT INTO message_recipients (id, message_id, member_id, recipient_email, status)
      SELECT printf('10000000-0000-7000-8000-%012d', row_id), '\(id)', id, email, 'pending' FROM members;
      """)
    for command in [["recipients", "long"], ["show", "long", "--json"]] {
      let line = (["caresphere", "message"] + command).joined(separator: " ")
      let outcome = try community.sandbox.shell("\(line) | head -c 100; echo ${PIPESTATUS[0]}")
      #expect(outcome.lines.last?.hasSuffix("0") == true && outcome.stderr.isEmpty, "\(outcome)")
    }
    #expect(try community.run("message", "recipients", "long", "--format", "count").lines == ["20003"])
    let message = try community.data("message", "show", "long")
    #expect((message["recipients"] as? [Any])?.count == 20003)
    #expect(try community.run("message", "recipients", "long", "--format", "ids").lines.count == 20003)
  }
}
