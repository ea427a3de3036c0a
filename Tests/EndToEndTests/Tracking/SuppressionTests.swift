import TestSupport
import Testing

/// `message suppressions` and `message unsuppress`.
@Suite struct SuppressionTests {
  private let sent: SentMessage

  init() throws {
    sent = try SentMessage()
    try sent.track(
      sent.line("hard_bounced"), sent.line("complained", recipient: 1),
      sent.line("soft_bounced", at: 1, recipient: 2))
  }

  @Test func theListSaysWhoAndWhy() throws {
    let list = try sent.community.list("suppressions", "message", "suppressions", "--sort", "address")
    #expect(list.compactMap { $0["address"] as? String } == ["ana@example.org", "ben@example.org"])
    #expect(list.compactMap { $0["source"] as? String } == ["bounce", "complaint"])
    #expect(list.allSatisfy { Set($0.keys) == ["address", "channel", "reason", "source", "at"] })
    #expect(try sent.community.run("message", "suppressions", "--format", "count").stdout == "2\n")
    let page = try sent.sandbox.run("message", "suppressions", "--page", "2", "--limit", "1", "--json")
    let rows = try #require(try page.data()["suppressions"] as? [Any])
    #expect(rows.count == 1 && page.stdout.contains("\"totalItems\":2"))
  }

  @Test func someoneSuppressedIsSkippedInAnyLetterCase() throws {
    try sent.community.run(
      "member", "add", "--first-name", "A", "--last-name", "S", "--email", "ANA@Example.ORG")
    let ids = try sent.database.rows("SELECT email FROM members WHERE email LIKE 'ana@%' ORDER BY row_id")
    #expect(ids == ["ana@example.org", "ANA@example.org"])
    try sent.community.run(
      "message", "add", "--title", "More", "--subject", "More", "--content", "Hi", "--to-all")
    try sent.community.run("message", "send", "More", "--queue", "--yes")
    let rows = try sent.database.rows(
      """
      SELECT r.recipient_email, r.status FROM message_recipients AS r JOIN messages AS m ON m.id = r.message_id
      WHERE m.title = 'More' ORDER BY r.recipient_email
      """)
    #expect(
      rows == [
        "ANA@example.org|skipped", "ana@example.org|skipped", "ben@example.org|skipped",
        "ida@example.org|pending",
      ])
  }

  @Test func lettingGoIsTheAdmins() throws {
    for role in ["member", "moderator"] {
      try sent.community.forbids(role, [["message", "unsuppress", "ana@example.org"]])
    }
    let report = try sent.community.rehearses("message", "unsuppress", "ANA@example.ORG")
    #expect(report["channels"] as? [String] == ["email"])
    try sent.community.refuses(6, "message", "unsuppress", "ana@example.org", saying: "not suppressed")
    let entry = try sent.community.list("entries", "audit", "--entity", "suppression")
    #expect(entry.count == 1 && entry.first?["command"] as? String == "message unsuppress")
    // What was told before does not come back with the same file.
    try sent.track(sent.line("hard_bounced"))
    try sent.community.refuses(6, "message", "unsuppress", "ana@example.org")
  }

  @Test func anOptOutIsThePersonsOwn() throws {
    try sent.community.run("message", "unsuppress", "ben@example.org")
    #expect(
      try sent.database.rows("SELECT state, source FROM member_consents") == ["out|complaint"])
    try sent.community.run("member", "delete", "ben@example.org", "--erase")
    try sent.community.refuses(7, "message", "unsuppress", "Ben@example.org", saying: "opted out")
    let list = try sent.community.list("suppressions", "message", "suppressions")
    #expect(list.contains { $0["source"] as? String == "opt-out" && $0["address"] is String == false })
    #expect(try !sent.database.rows("SELECT * FROM audit_log").joined().contains("ben@example.org"))
  }
}
