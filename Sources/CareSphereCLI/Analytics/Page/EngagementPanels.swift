import CareSphereKit
import CommandLineKit

/// Who takes part, on the page.
struct EngagementPanels {
  private let figures: EngagementFigures

  init(_ figures: EngagementFigures) { self.figures = figures }

  var section: Page.Section {
    Page.Section(
      "Taking part",
      "Somebody is active who opens a message, follows a link in one, or has an activity noted.",
      panels: [activity, engaged, atRisk, rules])
  }

  private var activity: Panel {
    let activity = figures.activePeople
    let shares = activity.map { Percentage.of($0.count, in: $0.people) }
    var sentence = ""
    if let last = activity.last {
      let share = shares.last.flatMap { $0 }.map { ", \(PageText.percent($0)) of all" } ?? ""
      let people = PageText.count(last.count, "person", "people")
      sentence = "\(people) \(PeriodLabel.during(last.period, figures.range.unit))\(share)."
    }
    return Panel(
      "Active people", description: sentence,
      graphic: .columns(
        ColumnsGraphic(
          labels: activity.map { PeriodLabel.of($0.period) },
          series: [.init("People", activity.map { Double($0.count) })], isStacked: true)),
      table: PageTable(
        [.text("Period"), .number("Active"), .number("Share")],
        rows: zip(activity, shares).map { [$0.period, FigureText.grouped($0.count), PageText.percent($1)] }),
      width: .wide)
  }

  private var engaged: Panel {
    Panel(
      "Most engaged", description: "The number of days on which they were active.",
      graphic: .bars(
        BarsGraphic(
          figures.mostEngaged.map { .init($0.name, Double($0.score), text: FigureText.grouped($0.score)) })),
      table: PageTable(
        [.text("Name"), .number("Active days"), .text("Last active")],
        rows: figures.mostEngaged.map { [$0.name, FigureText.grouped($0.score), day($0.lastActiveAt)] }))
  }

  private var atRisk: Panel {
    let shown = figures.atRisk.prefix(ShownDistribution.maximum)
    let count = PageText.count(figures.atRiskCount, "person was", "people were")
    return Panel(
      "At risk",
      description: "\(count) active before, and silent for \(EngagementFigures.daysOfSilence) days.",
      table: PageTable(
        [.text("Name"), .text("Last active")], rows: shown.map { [$0.name, day($0.lastActiveAt)] }),
      note: figures.atRiskCount > shown.count ? "The \(shown.count) who were active last." : "")
  }

  private var rules: Panel {
    let rules = figures.rules.sorted { $0.succeeded > $1.succeeded }
    let shown = rules.prefix(ShownDistribution.maximum)
    return Panel(
      "Rules", description: shown.isEmpty ? "" : "How often each did its work.",
      graphic: .bars(
        BarsGraphic(
          shown.map { .init($0.name, Double($0.succeeded), text: FigureText.grouped($0.succeeded)) })),
      table: PageTable(
        [
          .text("Rule"), .number("Succeeded"), .number("Failed"), .number("Skipped"), .number("Sent"),
          .number("Opened"), .number("Clicked"),
        ],
        rows: shown.map { rule in
          let counts = [rule.succeeded, rule.failed, rule.skipped, rule.sent, rule.opened, rule.clicked]
          return [rule.name] + counts.map(FigureText.grouped)
        }),
      note: rules.count > shown.count
        ? "The \(shown.count) that worked most of \(FigureText.grouped(rules.count))." : "")
  }

  private func day(_ moment: String?) -> String {
    moment == nil ? "never" : PeriodLabel.of(DashboardView.day(moment, figures.range.zone))
  }
}
