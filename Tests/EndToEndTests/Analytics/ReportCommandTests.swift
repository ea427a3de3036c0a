import Foundation
import TestSupport
import Testing

/// `analytics report` and the figures at a terminal, as a person meets them.
@Suite struct ReportCommandTests {
  @Test func isAPageByItself() throws {
    let community = try Community()
    let sandbox = community.sandbox
    try sandbox.write(
      "home/.config/caresphere/config.json",
      "{organization: {name: 'Grace & <Sons>', timezone: 'Africa/Lagos'}}")
    let page = try community.run("analytics", "report").stdout
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("<h1 dir=\"auto\">Grace &amp; &lt;Sons&gt;</h1>"))
    #expect(page.contains("(Africa/Lagos)"))

    try community.run("analytics", "report", "--output", "report.html")
    var information = stat()
    #expect(stat(sandbox.path("report.html"), &information) == 0)
    #expect(information.st_mode & 0o777 == 0o600)
    try community.refuses(7, "analytics", "report", "--output", "report.html", saying: "exists")
    try community.run("analytics", "report", "--output", "report.html", "--force")
  }

  @Test func hasTheFiguresOfTheFourVerbs() throws {
    let community = try Community()
    let report = try community.data("analytics", "report", "--as-of", "2025-11-21")
    for (name, verb) in [
      ("dashboard", "dashboard"), ("members", "members"), ("messages", "messages"),
      ("engagement", "engagement"),
    ] {
      let figures = try community.data("analytics", verb, "--as-of", "2025-11-21")
      let part = try #require(report[name] as? [String: Any])
      #expect(NSDictionary(dictionary: part) == NSDictionary(dictionary: figures), "\(name)")
    }
    let lines = try community.run("analytics", "report", "--format", "csv").lines
    #expect(lines.first == "section,key,period,value")
    #expect(lines.contains("dashboard,totalMembers,,3"))
    #expect(lines.contains { $0.hasPrefix("members,growthTrend.joined,") })
    #expect(
      try community.run("analytics", "report", "--format", "jsonl", "--fields", "engagement").lines.count == 1
    )
  }

  @Test(arguments: [
    ("report.pdf", "print it"), ("2025.CSV", "--format csv"), ("a.b/r.json", "--format json"),
    ("r.xlsx", ".csv"),
  ])
  func aPageIsNotCalledAfterSomethingElse(name: String, advice: String) throws {
    let community = try Community()
    try community.sandbox.write("a.b/other", "")
    try community.refuses(2, "analytics", "report", "--output", name, saying: advice)
    #expect(!community.sandbox.exists(name))
    for other in ["report", "a.b/report", "report.htm"] {
      try community.run("analytics", "report", "--output", other)
    }
  }

  @Test func anotherFormatIsWrittenUnderItsName() throws {
    let community = try Community()
    try community.run("analytics", "report", "--format", "csv", "-o", "r.csv")
    #expect(try community.sandbox.read("r.csv").hasPrefix("section,key,period,value\n"))
  }

  @Test func isNarrowedAsTheOthers() throws {
    let community = try Community()
    let page = try community.run(
      "analytics", "report", "--where", "city = Lagos", "--since", "2025-01-01", "--until", "2025-06-30",
      "--period",
      "week"
    ).stdout
    #expect(page.contains("Only people with city = Lagos"))
    #expect(page.contains("1 Jan 2025 to 30 Jun 2025, by week"))
    #expect(!page.contains("Oslo"))
    try community.refuses(2, "analytics", "report", "--fields", "dashboard", saying: "--fields")
    try community.refuses(2, "analytics", "report", "--format", "ids", saying: "--format")
    try community.refuses(3, "analytics", "report", "--since", "2025-02-01", "--until", "2025-01-01")
  }

  @Test(arguments: ["dashboard", "members", "messages", "engagement"])
  func fitsATerminal(verb: String) throws {
    let community = try Community()
    for columns in [40, 80] {
      let terminal = try community.sandbox.terminal(["analytics", verb], columns: columns)
      #expect(terminal.finish() == .exited(0))
      let text = terminal.text.replacing(/\u{1B}\[[0-9]*m/, with: "")
      for line in text.split(whereSeparator: \.isNewline) {
        #expect(line.count <= columns, "\(verb): «\(line)»")
      }
    }
    let plain = try community.sandbox.run(
      ["analytics", verb, "--format", "table"], environment: ["LANG": "C"]
    ).succeeded()
    #expect(plain.output.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) }, "\(plain)")
  }
}
