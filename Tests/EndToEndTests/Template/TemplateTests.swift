import Foundation
import TestSupport
import Testing

/// Templates themselves: added, found, changed, deleted.
@Suite struct TemplateTests {
  private let community: Community

  init() throws { community = try Community() }

  @Test func aNewTemplateIsPrintedInTheNamesOfTheAPI() throws {
    let template = try community.data(
      "template", "add", "Birthday", "--type", "email", "--subject", "Happy birthday {{firstName}}!",
      "--content",
      "Dear {{firstName}}\n", "--category", "celebrations", "--description", "Wishes", "--variable", "gift",
      "--variable", "day", "--body-format", "html")
    #expect(
      Set(template.keys) == [
        "id", "name", "description", "templateType", "category", "subject", "content", "bodyFormat",
        "variables",
        "thumbnailUrl", "isActive", "usageCount", "createdBy", "createdAt", "updatedAt",
      ])
    #expect(template["templateType"] as? String == "email")
    #expect(template["content"] as? String == "Dear {{firstName}}\n")
    #expect(template["bodyFormat"] as? String == "html")
    #expect(template["variables"] as? [String] == ["gift", "day"])
    #expect(template["isActive"] as? Bool == true)
    #expect(template["usageCount"] as? Int == 0)
    #expect(template["thumbnailUrl"] is NSNull)
    let shown = try community.data("template", "show", "BIRTHDAY")
    #expect(NSDictionary(dictionary: shown) == NSDictionary(dictionary: template))
  }

  @Test func theBodyOfTheAPIIsTaken() throws {
    let body = """
      {"name":"Greeting","description":null,"templateType":"sms","category":"c","subject":"Hi {{firstName}}",
       "content":"Dear {{firstName}}","variables":["firstName","age"]}
      """
    let template = try community.data("template", "add", "--from-json", "-", stdin: body)
    #expect(template["templateType"] as? String == "sms")
    #expect(template["variables"] as? [String] == ["firstName", "age"])
    try community.refuses(
      2, "template", "add", "Other", "--from-json", "-", saying: "name is given twice", stdin: body)
    let wrong = try community.refuses(
      3, "template", "add", "--from-json", "-", "--json",
      stdin: """
        {"name":"","contents":"x","templateType":"fax","content":"{{#a}}","subject":"a\\nb","variables":["{a}"],
         "isActive":1,"thumbnailUrl":"ftp://x"}
        """)
    let details = try #require(try wrong.error()["details"] as? [String: String])
    #expect(
      Set(details.keys) == [
        "name", "contents", "templateType", "content", "subject", "variables", "isActive", "thumbnailUrl",
      ])
    #expect(details["contents"]?.contains("content") == true)
    #expect(details["content"]?.contains("line 1, column 1") == true)
  }

  @Test func contentIsReadByteForByte() throws {
    let text = "Zoë\r\n\t{{firstName}}  \n\n"
    let file = try community.sandbox.write("text.txt", text)
    try community.run("template", "add", "A", "--content-file", file)
    try community.run("template", "add", "B", "--content-file", "-", stdin: text)
    for name in ["A", "B"] {
      #expect(try community.data("template", "show", name)["content"] as? String == text)
    }
    let latin = try community.sandbox.write("latin.txt", bytes: [0x5A, 0xEB])
    try community.refuses(3, "template", "add", "C", "--content-file", latin, saying: "UTF-8")
    try community.refuses(10, "template", "add", "C", "--content-file", "nowhere", saying: "nowhere")
    try community.refuses(
      2, "template", "add", "C", "--content-file", file, "--content", "x", saying: "exclude")
  }

  @Test func whatIsWrongIsRefusedByAddAndUpdate() throws {
    try community.run("template", "add", "Fine", "--content", "x")
    for verb in [["add", "New"], ["update", "fine"]] {
      func refuses(_ flags: String..., saying text: String) throws {
        let outcome = try community.sandbox.run(["template"] + verb + flags)
        outcome.failed(3, saying: text)
      }
      try refuses("--content", "a\n{{#b}}c", saying: "line 2, column 1")
      try refuses("--content", "a {{/b}}", saying: "line 1, column 3")
      try refuses("--content", "a {{b", saying: "}} is missing")
      try refuses("--content", "x", "--subject", "{{^a}}", saying: "subject: line 1, column 1")
      try refuses("--content", "x", "--subject", "Hi\nBcc: all@example.org", saying: "line break")
      try refuses("--content", "x", "--subject", "Hi\r", saying: "line break")
      try refuses("--content", "", saying: "content: is empty")
      try refuses("--content", "x", "--type", "sms", "--body-format", "html", saying: "only e-mail")
      try refuses("--content", "x", "--subject", String(repeating: "x", count: 256), saying: "255")
    }
    try community.refuses(3, "template", "add", "New", saying: "content: is empty")
    #expect(try community.list("templates", "template", "list").count == 1)
  }

  @Test func aReferenceIsANameAnIdOrAPartOfOne() throws {
    let id = try #require(
      try community.data("template", "add", "Welcome", "--content", "x")["id"] as? String)
    try community.run("template", "add", "Welcome 2", "--content", "x")
    for reference in ["Welcome", "welcome", id, id.uppercased(), String(id.suffix(8))] {
      #expect(try community.data("template", "show", reference)["id"] as? String == id)
    }
    try community.refuses(6, "template", "show", "Wellcome", saying: "Welcome")
    let several = try community.refuses(7, "template", "show", String(id.prefix(6)), "--json")
    #expect((try several.error()["details"] as? [String: String])?.count == 2)
    try community.refuses(7, "template", "add", "WELCOME", "--content", "y", saying: "Welcome")
    try community.refuses(7, "template", "update", "Welcome 2", "--name", "welcome", saying: "Welcome")
  }

  @Test func changingChangesOnlyWhatIsGiven() throws {
    try community.run(
      "template", "add", "News", "--content", "x", "--subject", "s", "--category", "c", "--variable", "v")
    let changed = try community.rehearses(
      "template", "update", "news", "--content", "y", "--category", "", "--variable", "w", "--inactive")
    #expect(changed["content"] as? String == "y")
    #expect(changed["category"] is NSNull)
    #expect(changed["subject"] as? String == "s")
    #expect(changed["variables"] as? [String] == ["w"])
    #expect(changed["isActive"] as? Bool == false)
    #expect(
      try community.data("template", "update", "news", "--from-json", "-", stdin: "{\"isActive\":true}")[
        "isActive"]
        as? Bool == true)
    try community.refuses(2, "template", "update", "news", saying: "nothing to change")
    try community.refuses(2, "template", "update", "news", "--active", "--inactive", saying: "exclude")
    let entries = try community.list("entries", "audit", "--entity", "template")
    #expect(entries.count == 3)
    let after = try #require(entries.first { $0["command"] as? String == "template update" }?["after"])
    #expect(String(describing: after).contains("content") || String(describing: after).contains("isActive"))
  }

  @Test func listsAreNarrowedSortedAndPaged() throws {
    for (name, type) in [("b", "sms"), ("A", "email"), ("c", "sms"), ("d", "whatsapp")] {
      try community.run("template", "add", name, "--type", type, "--content", "x")
    }
    try community.run("template", "update", "c", "--inactive")
    func names(_ flags: String...) throws -> [String] {
      try community.sandbox.run(["template", "list", "--fields", "name"] + flags).succeeded().lines
    }
    #expect(try names() == ["A", "b", "c", "d"])
    #expect(try names("--type", "sms") == ["b", "c"])
    #expect(try names("--type", "sms", "--active") == ["b"])
    #expect(try names("--sort", "createdAt", "--order", "desc", "--limit", "2").count == 2)
    #expect(try names("--order", "desc", "--page", "2", "--limit", "3") == ["A"])
    #expect(try names("--type", "push") == [])
    #expect(try community.run("template", "list", "--format", "count").lines == ["4"])
    #expect(try community.run("template", "list", "--format", "ids").lines.allSatisfy { $0.utf8.count == 36 })
  }

  @Test func deletingIsForAdminsAndChangingForModerators() throws {
    try community.run("template", "add", "News", "--content", "x")
    try community.forbids("moderator", [["template", "delete", "news"]])
    try community.forbids(
      "member",
      [
        ["template", "add", "x", "--content", "y"], ["template", "update", "news", "--content", "y"],
        ["template", "delete", "news"],
      ])
    for verb in ["show", "check", "render"] {
      try community.sandbox.run(["template", verb, "news"] + community.acting(as: "member")).succeeded()
    }
    try community.run("template", "delete", "news")
    try community.refuses(6, "template", "show", "news")
  }

  @Test func whatOthersIncludeStays() throws {
    try community.run("template", "add", "Foot", "--content", "-- {{> Foot}}")
    try community.run("template", "add", "News", "--content", "{{#city}}{{> FOOT }}{{/city}}")
    try community.run("message", "add", "--title", "Draft", "--content", "x", "--subject", "{{>foot}}")
    let outcome = try community.refuses(7, "template", "delete", "foot", saying: "template “News” and 1 more")
    try community.refuses(7, "template", "update", "foot", "--name", "Sole", saying: "“News” and 1 more")
    try community.run("template", "update", "foot", "--name", "FOOT", "--content", "-- ")
    try community.run("template", "update", "foot", "--name", "Sole", "--force", "--dry-run")
    #expect(outcome.stderr.contains("message “Draft”"))
    try community.run("message", "add", "--title", "Copy", "--template", "news")
    try community.run("template", "delete", "news")
    try community.refuses(7, "template", "delete", "foot", saying: "“Draft” and 1 more")
    try community.run("message", "delete", "draft")
    try community.run("message", "delete", "copy")
    // That it includes itself holds nobody back.
    try community.run("template", "delete", "foot", "--dry-run")
    try community.run("template", "add", "News", "--content", "{{> FOOT }}")
    try community.run("template", "delete", "foot", "--force")
  }
}
