import CareSphereKit
import TextFormats
import Testing

@testable import CareSphereCLI
@testable import CommandLineKit

/// The figures on terminals of every width.
@Suite struct AnalyticsViewTests {
  private static func lines(
    _ sheet: Sheet, width: Int?, isUTF8: Bool = true, isColored: Bool = false
  ) -> [String] {
    let style = TableLayout.Style(width: width, bold: isColored, ellipsis: isUTF8 ? "…" : "...")
    let text = SheetText(
      style: style, visible: { VisibleText.of($0, newline: isUTF8 ? "⏎" : "\\n") }, isUTF8: isUTF8,
      isColored: isColored
    ).text(sheet)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func sheets(_ figures: AnalyticsFigures) -> [(name: String, sheet: Sheet)] {
    [
      ("dashboard", DashboardView.sheet(figures.dashboard)), ("people", PeopleView.sheet(figures.people)),
      ("messaging", MessagingView.sheet(figures.messaging)),
      ("engagement", EngagementView.sheet(figures.engagement)),
    ]
  }

  @Test(arguments: [40, 60, 80, 200]) func fitsTheTerminal(width: Int) throws {
    let range = try SampleFigures.range()
    let all = [
      SampleFigures.plausible(range), SampleFigures.empty(range),
      SampleFigures.plausible(range, names: SampleFigures.hostile),
      SampleFigures.plausible(try SampleFigures.range(.day, since: "2023-02-27T00:00:00Z")),
    ]
    for (name, sheet) in all.flatMap(Self.sheets) {
      for line in Self.lines(sheet, width: width) {
        #expect(DisplayWidth.of(line) <= width, "\(name): «\(line)»")
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }, "\(name): «\(line)»")
      }
    }
  }

  @Test func drawsWithASCIIWhereNothingElseIsShown() throws {
    for (name, sheet) in Self.sheets(SampleFigures.plausible(try SampleFigures.range())) {
      for width in [40, 80, nil] {
        for line in Self.lines(sheet, width: width, isUTF8: false) {
          #expect(line.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(name): «\(line)»")
        }
      }
    }
  }

  @Test func dashboardAtEightyAndForty() throws {
    let figures = SampleFigures.plausible(try SampleFigures.range()).dashboard
    #expect(
      Self.lines(DashboardView.sheet(figures), width: 80).prefix(11) == [
        "range 2024-12-01 to 2025-11-21, by month (UTC)", "", "Dashboard",
        "                        now  change    a month ago",
        "Members                1234  ▲ 12.2 %         1100",
        "Active members         1013  ▼ 0.7 %          1020",
        "New this month           18  ▲                   0",
        "Messages this month      12  –                  12",
        "Open rate            43.2 %  ▲ 12.5 %       38.4 %",
        "Click rate            7.5 %  –                   –",
        "Active rules              5  ▲ 25.0 %            4",
      ])
    #expect(
      Self.lines(DashboardView.sheet(figures), width: 40, isUTF8: false).prefix(7) == [
        "range 2024-12-01 to 2025-11-21, by month", "(UTC)", "", "Dashboard",
        "                        now  change",
        "Members                1234  ^ 12.2 %",
        "Active members         1013  v 0.7 %",
      ])
  }

  @Test func barsAreAsLongAsTheRoomAllows() throws {
    let sheet = Sheet([
      .init(
        "Status",
        [
          .table(
            SheetTable(
              [.text(""), .number("people"), .number("share", isExpendable: true)],
              rows: [
                [.text("active"), .count(16), .percent(80)], [.text("inactive"), .count(4), .percent(20)],
              ], bars: [16, 4]))
        ])
    ])
    #expect(
      Self.lines(sheet, width: 42) == [
        "Status",
        "          people   share",
        "active        16  80.0 %  ████████████████",
        "inactive       4  20.0 %  ████", "",
      ])
    #expect(Self.lines(sheet, width: 42, isUTF8: false)[3] == "inactive       4  20.0 %  ####")
    #expect(Self.lines(sheet, width: nil)[2].hasSuffix("  " + String(repeating: "█", count: 30)))
    #expect(Self.lines(sheet, width: 200)[2].hasSuffix("  " + String(repeating: "█", count: 60)))
    #expect(Self.lines(sheet, width: 24)[1] == "          people   share")
    #expect(Self.lines(sheet, width: 20)[2] == "active        16")
  }

  @Test func colorOnlyWhereItIsWanted() throws {
    for (name, sheet) in Self.sheets(SampleFigures.plausible(try SampleFigures.range())) {
      let plain = Self.lines(sheet, width: 80).joined(separator: "\n")
      let colored = Self.lines(sheet, width: 80, isColored: true).joined(separator: "\n")
      #expect(!plain.contains("\u{1B}"), "\(name)")
      #expect(colored.contains("\u{1B}[1m"), "\(name)")
      let stripped = colored.replacing(/\u{1B}\[[0-9]*m/, with: "")
      #expect(stripped == plain, "\(name)")
    }
  }

  @Test func saysWhatIsLeftOut() throws {
    let figures = SampleFigures.plausible(try SampleFigures.range())
    let people = Self.lines(PeopleView.sheet(figures.people), width: 80)
    #expect(people.contains("The 20 largest of 3000."))
    #expect(people.contains { $0.hasPrefix("Here and below, everybody on record now: ") })
    let nobody = Self.lines(
      PeopleView.sheet(SampleFigures.empty(try SampleFigures.range()).people), width: 80)
    #expect(nobody.contains("Nobody is on record, or nobody whom --group and --where leave."))
    #expect(!people.contains { $0.contains("tag 2999") })
    let engagement = Self.lines(EngagementView.sheet(figures.engagement), width: 200)
    #expect(
      engagement.contains(
        "143 people were active before, and silent for 90 days. The first 20 of them:"))
  }

  @Test func nothingIsNoDivision() throws {
    let figures = SampleFigures.empty(try SampleFigures.range())
    let lines = Self.lines(DashboardView.sheet(figures.dashboard), width: 80)
    #expect(lines.contains { $0.hasPrefix("Open rate") && $0.hasSuffix("–") })
    for (name, sheet) in Self.sheets(figures) {
      #expect(!Self.lines(sheet, width: 80).contains { $0.contains("nan") || $0.contains("inf") }, "\(name)")
    }
  }
}
