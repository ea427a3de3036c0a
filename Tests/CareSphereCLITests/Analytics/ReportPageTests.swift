import CareSphereKit
import CommandLineKit
import Foundation
import TestSupport
import Testing

@testable import CareSphereCLI

/// The page as a browser reads it.
@Suite struct ReportPageTests {
  private static func html(
    _ figures: AnalyticsFigures, organization: String? = "Grace Church", narrowedTo: [String] = []
  ) throws -> String {
    let madeAt = try #require(Timestamp("2025-11-21T10:30:00Z"))
    return ReportPage(
      figures: figures, organization: organization, narrowedTo: narrowedTo, madeAt: madeAt
    ).page.html()
  }

  /// Pages of every kind, by name.
  private static func pages() throws -> [(name: String, html: String)] {
    let hostile = SampleFigures.hostile
    return try [
      ("plausible", html(SampleFigures.plausible(SampleFigures.range()))),
      ("empty", html(SampleFigures.empty(SampleFigures.range()), organization: nil)),
      (
        "hostile",
        html(
          SampleFigures.plausible(SampleFigures.range(.week), names: hostile), organization: hostile.joined(),
          narrowedTo: hostile)
      ),
      (
        "long",
        html(
          SampleFigures.plausible(SampleFigures.range(.day, since: "2023-02-27T00:00:00Z"), names: hostile))
      ),
      ("single", html(SampleFigures.plausible(SampleFigures.range(since: "2025-11-01T00:00:00Z")))),
    ]
  }

  @Test func staysSmall() throws {
    let many = SampleFigures.hostile + (0..<400).map { "\($0)" + String(repeating: "\"", count: 2000) }
    let range = try SampleFigures.range(.day, since: "2023-02-27T00:00:00Z")
    #expect(range.periods.count > 990)
    #expect(try Self.html(SampleFigures.plausible(range)).utf8.count < 500_000)
    #expect(try Self.html(SampleFigures.plausible(range, names: many)).utf8.count < 1_000_000)
  }

  @Test func isWellFormed() throws {
    let python = try Requirement.python()
    let sandbox = try Sandbox()
    let script = """
      import html5lib, sys
      for name in sys.argv[1:]:
          html5lib.HTMLParser(strict=True).parse(open(name, 'rb'))
      """
    for page in try Self.pages() { try sandbox.write(page.name + ".html", page.html) }
    let files = try Self.pages().map { $0.name + ".html" }
    try sandbox.execute([python, "-c", script] + files).succeeded()
  }

  @Test func saysWhatItIsOf() throws {
    let page = try Self.html(
      SampleFigures.plausible(SampleFigures.range()), narrowedTo: ["in the group Youth", "with age < 20"])
    for text in [
      "<h1 dir=\"auto\">Grace Church</h1>", "1 Dec 2024 to 21 Nov 2025, by month",
      "Only people in the group Youth and with age &lt; 20",
      "Made on 21 Nov 2025, 10:30 (UTC)", "1,234", "12.2 % from 1,100", "Most: Active, 82.1 % of 1,234.",
      "The 20 largest of 3,000.", "143 people were active before", "cost 12.34 USD",
      "Most is opened on Sundays.",
    ] { #expect(page.contains(text), "no «\(text)»") }
  }

  @Test(arguments: [
    (AnalyticsRange.Unit.day, "on 21 Nov 2025"), (.week, "in the week of 17 Nov 2025"),
    (.month, "in Nov 2025"),
    (.year, "in 2025"),
  ])
  func aPeriodIsPartOfASentence(unit: AnalyticsRange.Unit, words: String) throws {
    let range = try SampleFigures.range(unit)
    #expect(PeriodLabel.during(try #require(range.periods.last).name, unit) == words)
    #expect(try Self.html(SampleFigures.plausible(range)).contains(" \(words)"), "no «\(words)»")
  }

  @Test func storedTextIsNoMarkup() throws {
    let hostile = SampleFigures.hostile
    let page = try Self.html(
      SampleFigures.plausible(SampleFigures.range(), names: hostile), organization: hostile.joined())
    let lower = page.lowercased()
    for text in [
      "<script", "<svg onload", "<img", "\u{202E}", "\u{1B}", "\u{FFFE}", "\u{0}", "<!-- {{", "href=\"http",
    ] {
      #expect(!lower.contains(text), "has «\(text)»")
    }
    #expect(page.contains("a\\u{202E}b\\x1b[31mc"))
  }

  @Test func isReadInABrowser() throws {
    try Requirement.tool("chromium-headless-shell", "python3")
    let sandbox = try Sandbox()
    if let folder = ProcessInfo.processInfo.environment["CARESPHERE_TEST_PICTURES"] {
      try Self.takePictures(in: folder, sandbox)
    }
    for page in try Self.pages() {
      let file = try sandbox.write(page.name + ".html", page.html)
      let script = Repository.root + "/Tests/Browser/page.py"
      let outcome = try sandbox.execute(["python3", script, file]).succeeded()
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      #expect((report["console"] as? [String])?.isEmpty == true, "\(page.name): \(report["console"] ?? "")")
      #expect((report["requests"] as? [String])?.isEmpty == true, "\(page.name): \(report["requests"] ?? "")")
      #expect((report["pages"] as? Int ?? 0) >= 3, "\(page.name): \(report["pages"] ?? "")")
      let views = try #require(report["views"] as? [String: [String: Any]])
      #expect(views.count == 8)
      for (name, view) in views {
        try Self.check(view, "\(page.name), \(name)", isEmpty: page.name == "empty")
      }
    }
  }

  private static func check(_ view: [String: Any], _ name: String, isEmpty: Bool) throws {
    for key in ["faint", "outside", "overlaps"] {
      #expect((view[key] as? [Any])?.isEmpty == true, "\(name): \(key) \(view[key] ?? "")")
    }
    for key in ["unnamed", "withoutTable", "untitled", "scripts", "handlers", "ids"] {
      #expect(view[key] as? Int == 0, "\(name): \(key)")
    }
    #expect(try #require(view["overflow"] as? Int) <= 0, "\(name): wider than the window")
    #expect(view["alerted"] as? Bool == false, "\(name): a script has run")
    #expect(try #require(view["charts"] as? Int) >= (isEmpty ? 5 : 16), "\(name)")
    #expect(try #require(view["texts"] as? Int) > 100, "\(name)")
  }

  /// For who wants to look at them.
  private static func takePictures(in folder: String, _ sandbox: Sandbox) throws {
    for page in try pages() {
      let place = folder + "/" + page.name
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      let file = try sandbox.write(place + "/page.html", page.html)
      try sandbox.execute(["python3", Repository.root + "/Tests/Browser/page.py", file, place])
    }
  }
}
