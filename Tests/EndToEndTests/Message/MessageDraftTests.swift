import Foundation
import TestSupport
import Testing

/// Messages before they are sent: written, changed, scheduled, deleted.
@Suite struct MessageDraftTests {
  private let community: Community

  init() throws { community = try Community() }

  private static let keys: Set<String> = [
    "id", "title", "subject", "content", "messageType", "bodyFormat", "status", "recipientCount",
    "openedCount",
    "clickedCount", "failedCount", "skippedCount", "pendingCount", "heldCount", "sentCount", "deliveredCount",
    "scheduledFor", "expiresAt", "sentAt", "perMember", "audience", "settings", "variables", "templateId",
    "isAutomatic", "estimatedCost", "currency", "createdBy", "createdAt", "updatedAt", "recipients",
  ]

  @Test func aDraftIsPrintedInTheNamesOfTheAPI() throws {
    try community.run("group", "add", "Choir")
    let message = try community.data(
      "message", "add", "--title", "Picnic", "--subject", "Hi {{firstName}}", "--content", "Come\n",
      "--body-format", "markdown", "--to-group", "choir", "--to-member", "ext:2", "--to-where", "city = Oslo",
      "--per-member", "--set", "place=Park", "--set", "hour=12", "--expires", "+30d")
    #expect(Set(message.keys) == Self.keys)
    #expect(message["title"] as? String == "Picnic")
    #expect(message["messageType"] as? String == "email")
    #expect(message["bodyFormat"] as? String == "markdown")
    #expect(message["status"] as? String == "draft")
    #expect(message["recipientCount"] as? Int == 0)
    #expect(message["perMember"] as? Bool == true)
    #expect(message["sentAt"] is NSNull && message["templateId"] is NSNull)
    #expect((message["recipients"] as? [Any])?.isEmpty == true)
    #expect(message["settings"] as? [String: String] == ["place": "Park", "hour": "12"])
    let audience = try #require(message["audience"] as? [String: Any])
    #expect((audience["groups"] as? [[String: String]])?.map { $0["name"] } == ["Choir"])
    #expect((audience["members"] as? [[String: String]])?.map { $0["name"] } == ["Ben Okoro"])
    #expect(audience["where"] as? String == "city = Oslo")
    #expect(audience["all"] as? Bool == false)
    let shown = try community.data("message", "show", "PICNIC")
    #expect(NSDictionary(dictionary: shown) == NSDictionary(dictionary: message))
  }

  @Test func theBodyOfTheAPIIsTaken() throws {
    try community.run("group", "add", "Youth")
    let body = """
      {"title":"Weekly Update","content":"Hello everyone, here's this week's update...","messageType":"email",
       "status":"draft","recipientGroupIds":["youth"],"recipientMemberIds":["\(try community.id("ext:1"))"],
       "templateId":null,"scheduledFor":"2126-11-15T10:00:00Z"}
      """
    let message = try community.data("message", "add", "--from-json", "-", stdin: body)
    #expect(message["status"] as? String == "draft")
    #expect(message["scheduledFor"] as? String == "2126-11-15T10:00:00Z")
    try community.refuses(
      2, "message", "add", "--title", "Other", "--from-json", "-", saying: "title is given twice", stdin: body
    )
    let wrong = try community.refuses(
      3, "message", "add", "--from-json", "-", "--json",
      stdin: """
        {"title":"","contents":"x","messageType":"fax","content":"{{#a}}","subject":"a\\nb","perMember":1,
         "scheduledFor":"soon","recipientWhere":"cty = Oslo"}
        """)
    let details = try #require(try wrong.error()["details"] as? [String: String])
    #expect(
      Set(details.keys) == [
        "title", "contents", "messageType", "content", "subject", "perMember", "scheduledFor",
        "recipientWhere",
      ])
  }

  @Test func textsComeFromFilesAndTemplates() throws {
    let text = "Zoë\r\n\t{{firstName}}  \n\n"
    let file = try community.sandbox.write("text.txt", text)
    try community.run("message", "add", "--title", "A", "--content-file", file)
    try community.run("message", "add", "--title", "B", "--content-file", "-", stdin: text)
    for title in ["A", "B"] {
      #expect(try community.data("message", "show", title)["content"] as? String == text)
    }
    try community.run(
      "template", "add", "News", "--type", "sms", "--content", "Hi {{theme}}", "--variable", "theme")
    let message = try community.data("message", "add", "--title", "C", "--template", "news")
    #expect(message["messageType"] as? String == "sms")
    #expect(message["content"] as? String == "Hi {{theme}}")
    #expect(message["variables"] as? [String] == ["theme"])
    #expect(
      message["templateId"] as? String == (try community.data("template", "show", "news")["id"] as? String))
    try community.run("template", "update", "news", "--content", "Changed")
    #expect(try community.data("message", "show", "C")["content"] as? String == "Hi {{theme}}")
    for (flags, text) in [
      (["--content", "x", "--content-file", file], "exclude"),
      (["--content", "x", "--template", "news"], "template and a content"),
      (["--content-file", "-", "--from-json", "-"], "stdin can be read once"),
      (["--content", "x", "--set", "novalue"], "NAME=VALUE"),
    ] {
      try community.sandbox.run(["message", "add", "--title", "D"] + flags).failed(2, saying: text)
    }
    try community.refuses(6, "message", "add", "--title", "D", "--template", "nws", saying: "News")
    try community.refuses(6, "message", "add", "--title", "D", "--content", "x", "--to-group", "none")
    try community.refuses(6, "message", "add", "--title", "D", "--content", "x", "--to-member", "ext:99")
    try community.refuses(10, "message", "add", "--title", "D", "--content-file", "nowhere")
    try community.refuses(3, "message", "add", "--content", "x", saying: "title")
    try community.refuses(3, "message", "add", "--title", "D", saying: "content")
    try community.refuses(3, "message", "add", "--title", "D", "--content", "a\n{{#b}}", saying: "line 2")
    try community.refuses(
      3, "message", "add", "--title", "D", "--content", "x", "--type", "sms", "--body-format", "html")
  }

  @Test func draftsAreChangedAndRehearsed() throws {
    try community.run("group", "add", "Choir")
    try community.run(
      "message", "add", "--title", "News", "--subject", "s", "--content", "x", "--to-all", "--per-member",
      "--set", "a=1", "--expires", "+2d")
    let changed = try community.rehearses(
      "message", "update", "news", "--title", "News 2", "--content", "y", "--subject", "", "--to-group",
      "choir",
      "--per-address", "--set", "b=2", "--expires", "")
    #expect(changed["title"] as? String == "News 2")
    #expect(changed["content"] as? String == "y")
    #expect(changed["subject"] is NSNull && changed["expiresAt"] is NSNull)
    #expect(changed["perMember"] as? Bool == false)
    #expect(changed["settings"] as? [String: String] == ["b": "2"])
    let audience = try #require(changed["audience"] as? [String: Any])
    #expect((audience["groups"] as? [Any])?.count == 1 && audience["all"] as? Bool == false)
    // What nobody names stays.
    try community.run("message", "update", "news 2", "--content", "z")
    #expect(
      try community.run("message", "show", "news 2", "--fields", "audience,settings").lines == [
        "group Choir\t{\"b\":\"2\"}"
      ])
    try community.run("message", "update", "news 2", "--to-group", "")
    #expect(try community.run("message", "show", "news 2", "--fields", "audience").lines == [""])
    try community.run(
      "message", "update", "news 2", "--to-all", "--from-json", "-",
      stdin: "{\"recipientGroupIds\":[\"choir\"]}")
    #expect(
      try community.run("message", "show", "news 2", "--fields", "audience").lines == [
        "group Choir; all active members"
      ])
    try community.refuses(2, "message", "update", "news 2", saying: "nothing to change")
    try community.refuses(
      2, "message", "update", "news 2", "--per-member", "--per-address", saying: "exclude")
    try community.refuses(6, "message", "update", "nws 3", "--content", "z", saying: "News 2")
    let entries = try community.list("entries", "audit", "--entity", "message")
    #expect(entries.count == 5)
  }

  @Test func messagesAreScheduledAndCancelled() throws {
    let scheduled = try community.data(
      "message", "add", "--title", "Later", "--content", "x", "--to-all", "--schedule-at", "2126-01-02 18:00")
    #expect(scheduled["status"] as? String == "scheduled")
    #expect(scheduled["scheduledFor"] as? String == "2126-01-02T18:00:00Z")
    let cancelled = try community.rehearses("message", "cancel", "later")
    #expect(cancelled["status"] as? String == "draft" && cancelled["scheduledFor"] is NSNull)
    try community.refuses(7, "message", "cancel", "later", saying: "draft")
    let again = try community.rehearses("message", "schedule", "later", "--at", "2126-01-03")
    #expect(again["scheduledFor"] as? String == "2126-01-03T00:00:00Z")
    try community.run("message", "schedule", "later", "--at", "+2h")
    let time = try #require(try community.data("message", "show", "later")["scheduledFor"] as? String)
    let distance = try #require(ISO8601DateFormatter().date(from: time)).timeIntervalSinceNow
    #expect(abs(distance - 7200) < 60)
    try community.refuses(3, "message", "schedule", "later", "--at", "-1h", saying: "passed")
    try community.refuses(3, "message", "schedule", "later", "--at", "soon", saying: "time")
    try community.refuses(3, "message", "schedule", "later", "--at=", saying: "time")
    try community.refuses(2, "message", "schedule", "later", saying: "--at")
    try community.run("message", "update", "later", "--schedule-at", "")
    #expect(try community.data("message", "show", "later")["status"] as? String == "draft")
    try community.run("message", "update", "later", "--content", "{{frstName}}")
    try community.refuses(
      3, "message", "schedule", "later", "--at", "+2h", saying: "line 1, column 1, content: “frstName”")
  }

  @Test func aTitleThatSeveralHaveIsAmbiguous() throws {
    let ids = try ["One", "ONE"].map { title in
      try #require(
        try community.data("message", "add", "--title", title, "--content", "x")["id"] as? String)
    }
    for verb in [
      ["show"], ["recipients"], ["delete"], ["cancel"], ["analytics"], ["update", "--content", "y"],
    ] {
      let outcome = try community.sandbox.run(["message"] + verb + ["one", "--json"]).failed(7)
      let error = try outcome.error()
      #expect(error["code"] as? String == "CONFLICT")
      let details = try #require(error["details"] as? [String: String])
      #expect(Set(details.keys) == Set(ids))
    }
    for id in ids {
      #expect(try community.data("message", "show", id)["id"] as? String == id)
      #expect(try community.data("message", "show", String(id.suffix(12)))["id"] as? String == id)
    }
    try community.refuses(6, "message", "show", "onne", saying: "did you mean")
  }

  @Test func listsAreNarrowedSortedAndPaged() throws {
    for (title, type) in [("b", "sms"), ("A", "email"), ("Ç", "sms"), ("d", "in_app")] {
      try community.run("message", "add", "--title", title, "--type", type, "--content", "x")
    }
    try community.run("message", "schedule", "A", "--at", "+1d")
    func titles(_ flags: String...) throws -> [String] {
      try community.sandbox.run(["message", "list", "--fields", "title"] + flags).succeeded().lines
    }
    #expect(try titles() == ["d", "Ç", "A", "b"])
    #expect(try titles("--order", "asc") == ["b", "A", "Ç", "d"])
    #expect(try titles("--sort", "title") == ["A", "b", "d", "Ç"])
    #expect(try titles("--type", "sms,in_app", "--sort", "title") == ["b", "d", "Ç"])
    #expect(try titles("--status", "scheduled") == ["A"])
    #expect(try titles("--status", "draft", "--type", "email") == [])
    #expect(try titles("--page", "2", "--limit", "3") == ["b"])
    #expect(try community.run("message", "list", "--format", "count", "--type", "sms").lines == ["2"])
    #expect(try community.run("message", "list", "--format", "ids").lines.allSatisfy { $0.utf8.count == 36 })
    let messages = try community.list("messages", "message", "list")
    let first = try #require(messages.first)
    #expect(
      Set(first.keys)
        == Self.keys.subtracting(["content", "audience", "settings", "variables", "recipients"]))
    let page = try community.sandbox.run("message", "list", "--limit", "3", "--json").succeeded().json()
    let metadata = try #require((page as? [String: Any])?["metadata"] as? [String: Any])
    #expect((metadata["pagination"] as? [String: Any])?["totalItems"] as? Int == 4)
    let csv = try community.run(
      "message", "list", "--format", "csv", "--fields", "title,status", "--limit", "1")
    #expect(csv.stdout == "title,status\nd,draft\n")
    try community.refuses(2, "message", "list", "--fields", "content")
    try community.refuses(2, "message", "list", "--status", "snt", saying: "sent")
    try community.refuses(2, "message", "list", "--sort", "content")
  }

  @Test func whoMayDoWhat() throws {
    try community.run("message", "add", "--title", "Draft", "--content", "x", "--to-all")
    try community.forbids(
      "member",
      [
        ["message", "add", "--title", "x", "--content", "y"],
        ["message", "update", "draft", "--content", "y"],
        ["message", "delete", "draft"], ["message", "schedule", "draft", "--at", "+1h"],
        ["message", "cancel", "draft"],
      ])
    for verb in ["show", "recipients", "analytics"] {
      try community.sandbox.run(["message", verb, "draft"] + community.acting(as: "member")).succeeded()
    }
    let sent = SentMessages(community: community)
    try sent.add("Sent", ["'sent', '2025-11-13T08:00:00Z', NULL, NULL, NULL, NULL"])
    try community.forbids("moderator", [["message", "delete", "sent"]])
    try community.refuses(7, "message", "update", "sent", "--content", "y", saying: "was sent")
    try community.refuses(7, "message", "schedule", "sent", "--at", "+1h", saying: "was sent")
    try community.refuses(7, "message", "cancel", "sent", saying: "was sent")
    let moderator = try community.acting(as: "moderator")
    let deleted = try community.sandbox.run(["message", "delete", "draft", "--json"] + moderator).succeeded()
    #expect((try deleted.data()["deleted"] as? [String: Any])?["title"] as? String == "Draft")
    let before = try community.database.digest()
    try community.run("message", "delete", "sent", "--dry-run")
    #expect(try community.database.digest() == before)
    #expect(try community.run("message", "delete", "sent", "--quiet").stdout == "")
    try community.refuses(6, "message", "show", "sent")
    #expect(try community.database.count("SELECT count(*) FROM message_recipients") == 0)
  }

  @Test func quietSaysNothingButWhatWasAskedFor() throws {
    let flags = ["message", "add", "--title", "Q", "--content", "x", "--quiet"]
    #expect(try community.sandbox.run(flags).succeeded().stdout == "")
    let id = try community.sandbox.run(flags + ["--format", "ids"]).succeeded()
    #expect(id.lines.first?.utf8.count == 36 && id.lines.count == 1)
  }

  @Test func hostileTextIsShownVisibly() throws {
    let title = "\u{1b}[31m=Red\u{202e}"
    let message = try community.data(
      "message", "add", "--title", title, "--content", "\u{1b}]0;x\u{7}", "--to-where", "city = \"\u{1b}[2J\""
    )
    let id = try #require(message["id"] as? String)
    #expect(message["title"] as? String == title)
    for words in [["list"], ["show", id], ["analytics", id], ["recipients", id], ["delete", id, "-n"]] {
      let terminal = try community.sandbox.terminal(["message"] + words)
      terminal.finish()
      for raw in ["\u{1b}[31m", "\u{1b}]0", "\u{202e}", "\u{1b}[2J"] {
        #expect(!terminal.text.contains(raw), "\(words): \(terminal)")
      }
    }
    let guarded = try community.run(
      "message", "update", id, "--title", "=1+1", "--format", "csv", "--fields", "title")
    #expect(guarded.stdout == "title\n'=1+1\n")
    let missing = try community.refuses(6, "message", "show", "\u{1b}[31m")
    #expect(!missing.stderr.contains("\u{1b}[31m"))
  }
}
