import Foundation
import TestSupport
import Testing

/// In-app messages as the person they are for reads them.
@Suite struct MessageInboxTests {
  private let community: Community
  private let sent: SentMessages

  init() throws {
    community = try Community()
    sent = SentMessages(community: community)
  }

  /// Two messages for Ana, of which the first is the older one; the second was skipped for Ben.
  private func addTwo() throws -> [String] {
    func delivered(_ hour: Int) -> String {
      "'delivered', '2025-11-13T0\(hour):00:00Z', '2025-11-13T0\(hour):00:00Z'"
    }
    return [
      try sent.add(
        "One", type: "in_app", ["\(delivered(8)), NULL, NULL, NULL", "\(delivered(8)), NULL, NULL, NULL"]),
      try sent.add(
        "Two", type: "in_app",
        ["\(delivered(9)), NULL, NULL, NULL", "'skipped', NULL, NULL, NULL, NULL, 'archived'"]),
    ]
  }

  private func inbox(_ flags: String...) throws -> [[String: Any]] {
    let data = try community.sandbox.run(["message", "inbox", "ext:1", "--json"] + flags).succeeded().data()
    return try #require(data["messages"] as? [[String: Any]])
  }

  @Test func whatIsShownIsOpened() throws {
    let ids = try addTwo()
    try sent.add("Mail", ["'sent', '2025-11-13T08:00:00Z', NULL, NULL, NULL, NULL"])
    try community.run("message", "add", "--title", "Draft", "--type", "in_app", "--content", "x", "--to-all")
    let before = try community.database.digest()
    let rehearsed = try inbox("--dry-run")
    #expect(try community.database.digest() == before)
    let member = try community.acting(as: "member")
    let untouched = try community.database.value("SELECT count(*) FROM message_events")
    let seen = try community.sandbox.run(["message", "inbox", "ext:1", "--json"] + member).succeeded().data()
    #expect(
      (seen["messages"] as? [[String: Any]])?.map { $0["status"] as? String } == ["delivered", "delivered"])
    #expect((seen["messages"] as? [[String: Any]])?.allSatisfy { $0["openedAt"] is NSNull } == true)
    #expect(try community.database.value("SELECT count(*) FROM message_events") == untouched)
    #expect(try community.run("message", "inbox", "ext:1", "--format", "count").lines == ["2"])
    #expect(try community.database.value("SELECT count(*) FROM message_events") == untouched)

    let messages = try inbox()
    #expect(messages.map { $0["title"] as? String } == ["Two", "One"])
    #expect(rehearsed.map { $0["title"] as? String } == ["Two", "One"])
    #expect(rehearsed.map { $0["status"] as? String } == ["opened", "opened"])
    let two = try #require(messages.first)
    #expect(
      Set(two.keys) == [
        "id", "title", "subject", "content", "status", "isNew", "sentAt", "openedAt", "recipientId",
      ])
    #expect(two["id"] as? String == ids[1])
    #expect(two["content"] as? String == "Dear Ana")
    #expect(two["isNew"] as? Bool == true && two["status"] as? String == "opened")
    #expect(two["openedAt"] is String)
    let recipients = try community.list("recipients", "message", "recipients", "two")
    #expect(recipients.map { $0["status"] as? String } == ["opened", "skipped"])
    #expect(recipients[0]["openedAt"] as? String == two["openedAt"] as? String)
    #expect(try community.data("message", "show", "two")["openedCount"] as? Int == 1)
    #expect(
      (try community.data("message", "analytics", "two")["opensByHour"] as? [[String: Any]])?.count == 1)
    let activities = try community.list(
      "activities", "member", "activities", "ext:1", "--type", "message_opened")
    #expect(activities.count == 2)
    #expect(
      Set(activities.compactMap { ($0["metadata"] as? [String: Any])?["messageId"] as? String }) == Set(ids))

    // The second time nothing is new, and nothing is written.
    let after = try community.database.digest()
    let again = try inbox()
    #expect(again.allSatisfy { $0["isNew"] as? Bool == false && $0["openedAt"] is String })
    #expect(try community.database.digest() == after)
  }

  @Test func onlyThePageThatIsShownIsOpened() throws {
    _ = try addTwo()
    #expect(try inbox("--limit", "1").map { $0["title"] as? String } == ["Two"])
    #expect(try community.data("message", "show", "one")["openedCount"] as? Int == 0)
    #expect(try inbox("--order", "asc").map { $0["isNew"] as? Bool } == [true, false])
    #expect(try community.list("messages", "message", "inbox", "ext:2").count == 1)
    #expect(try community.list("messages", "message", "inbox", "ext:3").isEmpty)
    try community.refuses(6, "message", "inbox", "ext:4")
    try community.refuses(2, "message", "inbox", "ext:1", "--fields", "text", saying: "content")
  }

  @Test func oneThatCannotBeFilledInDoesNotHideTheOthers() throws {
    let ids = try addTwo()
    try sent.run("UPDATE messages SET content = '{{#a}}' WHERE id = '\(ids[0])';")
    let outcome = try community.run("message", "inbox", "ext:1", "--fields", "title,content")
    #expect(outcome.lines == ["Two\tDear Ana", "One\t"])
    #expect(outcome.stderr.contains("“One” cannot be filled in"))
  }

  @Test func aTerminalIsShownNothingThatMovesIt() throws {
    let ids = try addTwo()
    try sent.run(
      "UPDATE messages SET title = 'a' || char(27) || '[2J', content = char(27) || ']0;x' WHERE id = '\(ids[0])';"
    )
    let terminal = try community.sandbox.terminal(["message", "inbox", "ext:1"])
    terminal.finish()
    #expect(terminal.text.contains("Dear Ana") && terminal.text.contains("\\x1b[2J"), "\(terminal)")
    #expect(!terminal.text.contains("\u{1b}[2J") && !terminal.text.contains("\u{1b}]0"), "\(terminal)")
  }
}
