import Foundation
import TestSupport
import Testing

/// Templates filled in, and checked before they are.
@Suite struct TemplateRenderTests {
  private let community: Community

  init() throws { community = try Community() }

  private func add(_ name: String, _ content: String, _ flags: String...) throws {
    try community.sandbox.run(
      ["template", "add", name, "--content-file", "-", "-q"] + flags, stdin: Array(content.utf8)
    )
    .succeeded()
  }

  @Test func aPersonsValuesAreFilledIn() throws {
    try community.run("group", "add", "Youth", "--where", "age < 20")
    try community.run("group", "add", "Choir", "--type", "ministry")
    try community.run("group", "assign", "choir", "ext:2", "-y")
    try community.run("member", "update", "ext:2", "--custom", "shoe size=41", "--tag", "x", "--tag", "y")
    try add(
      "All",
      """
      {{fullName}}, {{age}}, {{city}}, {{custom.shoe size}}, {{email}}{{#phone}}no{{/phone}}
      {{#groups}}<{{name}}>{{/groups}} {{groups}} {{#tags}}[{{.}}]{{/tags}} {{organization.name}} {{today}}

      """, "--subject", "For {{firstName}}")
    let config = try community.sandbox.write(
      "c.json", "{organization: {name: 'Grace & Co', timezone: 'UTC'}}")
    let outcome = try community.run(
      "template", "render", "all", "--member", "ben@example.org", "--config", config, "--as-of", "2026-01-02")
    #expect(
      outcome.stdout == """
        Ben Okoro, 14, Lagos, 41, ben@example.org
        <Choir><Youth> Choir, Youth [x][y] Grace & Co 2026-01-02

        """)
    let data = try community.data("template", "render", "all", "--member", "ext:3")
    #expect(Set(data.keys) == ["subject", "content"])
    #expect(data["subject"] as? String == "For Ida")
    #expect((data["content"] as? String)?.hasPrefix("Ida Berg, , Oslo, , ida@example.org") == true)
    try community.refuses(6, "template", "render", "all", "--member", "nobody@example.org")
  }

  @Test func htmlEscapesAndAPartialAsTheTemplateThatIncludesIt() throws {
    try add("Sign", "-- {{v}}\n", "--type", "sms")
    try add("Page", "<p>{{v}} {{{v}}}</p>\n  {{> sign}}\n", "--body-format", "html", "--subject", "{{v}}")
    try add("Text", "{{v}}{{> Page}}")
    let set = ["--set", "v=<\"O'Neil\" & {{v}}>"]
    let page = try community.sandbox.run(["template", "render", "page", "--json"] + set).succeeded().data()
    #expect(
      page["content"] as? String == """
        <p>&lt;&quot;O'Neil&quot; &amp; {{v}}&gt; <"O'Neil" & {{v}}></p>
          -- &lt;&quot;O'Neil&quot; &amp; {{v}}&gt;

        """)
    #expect(page["subject"] as? String == "<\"O'Neil\" & {{v}}>")
    let text = try community.sandbox.run(["template", "render", "text"] + set).succeeded()
    #expect(!text.stdout.contains("&lt;"))
  }

  @Test func anyJSONIsData() throws {
    try add(
      "Data", "{{#items}}{{name}}: {{price}}\n{{/items}}{{^items}}none{{/items}}{{missing}}{{>missing}}")
    let file = try community.sandbox.write(
      "d.json", #"{"items":[{"name":"tea","price":1.50},{"name":"cake","price":3}]}"#)
    #expect(try community.run("template", "render", "data", "--data", file).stdout == "tea: 1.5\ncake: 3\n")
    #expect(try community.run("template", "render", "data", "--data", "-", stdin: "{}").stdout == "none")
    try add("Item", "{{.}}|{{#.}}{{.}};{{/.}}")
    #expect(try community.run("template", "render", "item", "--data", "-", stdin: "\"x\"").stdout == "x|x;")
    #expect(
      try community.run("template", "render", "item", "--data", "-", stdin: "[1,2]").stdout == "1, 2|1;2;")
    try add("Both", "{{firstName}} {{city}}")
    let both = try community.run(
      "template", "render", "both", "--member", "ext:1", "--data", "-", "--set", "city=Rio",
      stdin: #"{"firstName":"Eve","city":"Bonn"}"#)
    #expect(both.stdout == "Eve Rio")
    try community.refuses(
      3, "template", "render", "data", "--data", "-", saying: "line 1, column 2", stdin: "{")
    try community.refuses(10, "template", "render", "data", "--data", "nowhere")
  }

  @Test func checkTellsOfEveryProblem() throws {
    try add("Foot", "{{lastName}}\n{{bdd}}\n")
    try add("Bad", "Hi {{frstName}}\n{{> Foot}} {{> Nobody}}\n", "--subject", "{{tday}}")
    let outcome = try community.refuses(
      3, "template", "check", "bad",
      saying: "line 1, column 4, content: “frstName” is not known; did you mean “firstName”?")
    #expect(outcome.stderr.contains("line 2, column 1, partial “Foot”"))
    let json = try community.refuses(3, "template", "check", "bad", "--json")
    let details = try #require(try json.error()["details"] as? [[String: Any]])
    let places = details.map { detail in
      "\(detail["field"] ?? "") \(detail["line"] ?? ""):\(detail["column"] ?? "")"
    }
    #expect(places == ["subject 1:1", "content 1:4", "partial “Foot” 2:1", "content 2:12"])
    try community.refuses(3, "template", "render", "bad", saying: "frstName")

    try add(
      "Good", "{{firstName}} {{#groups}}{{name}}{{/groups}} {{theme}} {{>Good foot}}", "--variable", "theme")
    try add("Good foot", "{{organization.name}}")
    let good = try community.data("template", "check", "good")
    #expect(good["ok"] as? Bool == true)
    #expect((good["problems"] as? [Any])?.isEmpty == true)
    #expect(good["variables"] as? [String] == ["firstName", "groups", "name", "organization.name", "theme"])
    #expect(good["partials"] as? [String] == ["Good foot"])
  }

  @Test func whatIsUnbalancedAllTheSameIsTold() throws {
    try add("Old", "fine")
    try community.sandbox.execute([
      "sqlite3", community.sandbox.database, "UPDATE templates SET content = 'a' || char(10) || '{{#b}}'",
    ]).succeeded()
    try community.refuses(3, "template", "check", "old", saying: "line 2, column 1, content")
    try community.refuses(3, "template", "render", "old", saying: "line 2, column 1")
    try community.refuses(
      3, "template", "render", "old", "--data", "-", saying: "line 2, column 1", stdin: "{}")
  }

  @Test func whatIncludesItselfIsStopped() throws {
    try add("Loop", "x{{> loop}}")
    try community.refuses(3, "template", "check", "loop", saying: "includes itself")
    try community.refuses(3, "template", "render", "loop", saying: "includes itself")
    try community.refuses(3, "template", "render", "loop", "--data", "-", saying: "100 levels", stdin: "{}")
  }

  @Test func aTerminalIsShownNothingThatMovesIt() throws {
    try add("Odd", "a\u{1b}[2J{{firstName}}\n\tb")
    #expect(try community.run("template", "render", "odd").stdout == "a\u{1b}[2J\n\tb")
    let terminal = try community.sandbox.terminal(["template", "render", "odd"])
    terminal.finish()
    #expect(terminal.text.contains("\\x1b[2J") && !terminal.text.contains("\u{1b}[2J"), "\(terminal)")
  }
}
