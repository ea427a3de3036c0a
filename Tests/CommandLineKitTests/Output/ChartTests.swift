import Testing

@testable import CommandLineKit

@Suite struct ChartTests {
  @Test(arguments: [
    (8.0, 8.0, 4, "████"), (4, 8, 4, "██"), (5, 8, 4, "██▌"), (1, 64, 8, "▏"), (0.001, 8, 4, "▏"),
    (0, 8, 4, ""),
    (-1, 8, 4, ""), (16, 8, 4, "████"), (1, 0, 4, ""), (1, 8, 0, ""),
  ]) func barsAreExactToAnEighth(value: Double, most: Double, columns: Int, bar: String) {
    #expect(Chart.bar(value, of: most, columns: columns, isUTF8: true) == bar)
  }

  @Test func barsOfASCIIAreNumberSigns() {
    #expect(Chart.bar(5, of: 8, columns: 4, isUTF8: false) == "###")
    #expect(Chart.bar(0.01, of: 8, columns: 4, isUTF8: false) == "#")
  }

  @Test func sparklinesAreNoLongerThanTheRoom() {
    #expect(Chart.sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
    #expect(Chart.sparkline([1, 1, 3, 3, 5, 5], columns: 3) == "▁▄█")
    #expect(Chart.sparkline((0..<1000).map(Double.init), columns: 40).count == 40)
    #expect(Chart.sparkline([]) == "")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1234, "−1,234"),
    (Int.min, "−9,223,372,036,854,775,808"),
  ]) func thousandsAreApart(value: Int, text: String) {
    #expect(FigureText.grouped(value) == text)
  }

  @Test(arguments: [
    (12.45, 1, "12.5"), (0.04, 1, "0.0"), (-0.06, 1, "-0.1"), (99.96, 1, "100.0"), (3, 0, "3"),
    (0.05, 2, "0.05"),
    (Double.nan, 1, "–"), (Double.infinity, 1, "–"), (1e300, 1, "–"),
  ]) func decimalsAreRounded(value: Double, places: Int, text: String) {
    #expect(FigureText.decimal(value, places: places) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (2.5, "2.5"), (1500, "1,500"), (25_000, "25k"), (2_500_000, "2.5M"), (25_000_000, "25M"),
    (1e18, "–"),
  ]) func axesHaveShortNumbers(value: Double, text: String) {
    #expect(FigureText.short(value) == text)
  }

  @Test(arguments: [
    ([0.0, 10], true, true, [0.0, 5, 10]), ([0, 3], true, true, [0, 1, 2, 3]),
    ([Double](), true, true, [0, 1, 2, 3, 4]),
    ([0, 0], true, true, [0, 1, 2, 3, 4]), ([-7, 34], true, true, [-20, 0, 20, 40]),
    ([1100, 1234], false, true, [1100, 1150, 1200, 1250]), ([7, 7], false, true, [0, 2, 4, 6, 8]),
    ([0, 100], true, false, [0, 50, 100]), ([1e300, Double.nan], true, true, [0, 1, 2, 3, 4]),
  ]) func axesEndAtRoundNumbers(values: [Double], startsAtZero: Bool, isWhole: Bool, ticks: [Double]) {
    let axis = Axis(values, startsAtZero: startsAtZero, isWhole: isWhole)
    #expect(axis.ticks == ticks)
    for value in values where value.magnitude < 1e14 {
      #expect(value >= axis.low && value <= axis.high)
    }
  }

  @Test func labelsAreCutToWhatSurelyFits() {
    #expect(Markup.cut("Lagos", ems: 9) == "Lagos")
    #expect(Markup.cut(String(repeating: "W", count: 500), ems: 9) == "WWWWWWWW…")
    #expect(Markup.cut("教会の友の会の教会", ems: 9) == "教会の友の会の…")
    #expect(Markup.cut("a\u{202E}b", ems: 90) == "a\\u{202E}b")
  }

  @Test func markupIsEscaped() {
    #expect(Markup.escaped("<a href=\"x\">'&") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;")
    #expect(Markup.escaped("\u{FFFE}\u{1}\n") == "\u{FFFD}\\x01⏎")
  }
}
