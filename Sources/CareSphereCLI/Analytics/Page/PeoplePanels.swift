import CareSphereKit
import CommandLineKit

/// Who the people are, and how their number changes, on the page.
struct PeoplePanels {
  private let figures: PeopleFigures
  private let people: Int
  private let labels: [String]

  init(_ figures: PeopleFigures) {
    self.figures = figures
    people = figures.statusDistribution.reduce(0) { $0 + $1.count }
    labels = figures.growthTrend.map { PeriodLabel.of($0.period) }
  }

  var section: Page.Section {
    Page.Section(
      "People",
      "Who has come and who has left; then everybody on record today, archived people included.",
      panels: [
        total, change,
        distribution("Status", figures.statusDistribution, isOurs: true),
        distribution("Age", figures.ageGroups, isOurs: true),
        distribution("Gender", figures.genderDistribution, isOurs: true),
        distribution("Cities", figures.cityDistribution),
        distribution("Membership types", figures.membershipTypes),
        distribution("Groups", figures.groups, isDisjoint: false),
        distribution("Tags", figures.tags, isDisjoint: false), retention,
      ])
  }

  private var total: Panel {
    let growth = figures.growthTrend
    return Panel(
      "Members", description: totalSentence,
      graphic: .line(LineGraphic(labels: labels, values: growth.map { Double($0.total) })),
      table: PageTable(
        [.text("Period"), .number("Members at its end")],
        rows: growth.map { [$0.period, FigureText.grouped($0.total)] }), width: .wide)
  }

  private var totalSentence: String {
    guard let first = figures.growthTrend.first, let last = figures.growthTrend.last else { return "" }
    let now = "\(FigureText.grouped(last.total)) at the end, without those who have left"
    let change = last.total - (first.total - first.joined + first.left)
    if change == 0 { return "\(now); as many as before \(PeriodLabel.of(first.period))." }
    let more = "\(FigureText.grouped(abs(change))) \(change > 0 ? "more" : "fewer")"
    return "\(now); \(more) than before \(PeriodLabel.of(first.period))."
  }

  private var change: Panel {
    let growth = figures.growthTrend
    let joined = FigureText.grouped(growth.reduce(0) { $0 + $1.joined })
    let left = FigureText.grouped(growth.reduce(0) { $0 + $1.left })
    return Panel(
      "Joined and left", description: "\(joined) joined, \(left) left.",
      graphic: .columns(
        ColumnsGraphic(
          labels: labels,
          series: [
            .init("Joined", growth.map { Double($0.joined) }),
            .init("Left (below the line)", growth.map { -Double($0.left) }),
          ], isStacked: true)),
      table: PageTable(
        [.text("Period"), .number("Joined"), .number("Left"), .number("Net")],
        rows: growth.map {
          [$0.period] + [$0.joined, $0.left, $0.joined - $0.left].map(FigureText.grouped)
        }), width: .wide)
  }

  /// - Parameters:
  ///   - isOurs: whether the labels are words of ours and not stored text.
  ///   - isDisjoint: whether each person is in one only.
  private func distribution(
    _ title: String, _ distribution: PeopleFigures.Distribution, isOurs: Bool = false, isDisjoint: Bool = true
  ) -> Panel {
    let shown = ShownDistribution(distribution, isDisjoint: isDisjoint)
    let rows = shown.rows.map { row in
      (
        label: isOurs ? PageText.label(row.label) : row.label, count: row.count,
        share: Percentage.of(row.count, in: people)
      )
    }
    var sentence = ""
    if let most = rows.filter({ !["unknown", "Unknown", "other"].contains($0.label) }).max(by: {
      $0.count < $1.count
    }),
      most.count > 0
    {
      sentence = "Most: \(most.label), \(PageText.percent(most.share)) of \(FigureText.grouped(people))."
    }
    return Panel(
      title, description: sentence,
      graphic: .bars(
        BarsGraphic(rows.map { .init($0.label, Double($0.count), text: FigureText.grouped($0.count)) })),
      table: PageTable(
        [.text(title), .number("People"), .number("Share")],
        rows: rows.map { [$0.label, FigureText.grouped($0.count), PageText.percent($0.share)] }),
      note: note(shown, isDisjoint: isDisjoint))
  }

  private func note(_ shown: ShownDistribution, isDisjoint: Bool) -> String {
    guard shown.omitted > 0 else {
      return isDisjoint ? "" : "Somebody may be in several."
    }
    let largest = "The \(ShownDistribution.maximum) largest of \(FigureText.grouped(shown.total))"
    return isDisjoint
      ? "\(largest); the others together are “other”." : "\(largest). Somebody may be in several."
  }

  private var retention: Panel {
    let rates = figures.retention.map { Percentage.of($0.stillActive, in: $0.joined) }
    let joined = figures.retention.reduce(0) { $0 + $1.joined }
    let active = figures.retention.reduce(0) { $0 + $1.stillActive }
    return Panel(
      "Still active of those who joined",
      description: joined == 0
        ? "Nobody joined." : "\(PageText.percent(Percentage.of(active, in: joined))) of all who joined.",
      graphic: .line(
        LineGraphic(
          labels: figures.retention.map { PeriodLabel.of($0.cohort) }, values: rates, isPercent: true)),
      table: PageTable(
        [.text("Joined in"), .number("Joined"), .number("Still active"), .number("Share")],
        rows: zip(figures.retention, rates).map {
          [
            $0.cohort, FigureText.grouped($0.joined), FigureText.grouped($0.stillActive),
            PageText.percent($1),
          ]
        }), width: .wide)
  }
}
