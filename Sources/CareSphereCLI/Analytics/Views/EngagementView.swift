import CareSphereKit
import CommandLineKit

/// The figures of taking part for a terminal.
enum EngagementView {
  static func sheet(_ figures: EngagementFigures) -> Sheet {
    let zone = figures.range.zone
    return Sheet(
      lead: RangeLine.text(figures.range),
      [
        activity(figures.activePeople),
        Sheet.Section("Most engaged", [.table(scores(figures.mostEngaged, zone))]),
        Sheet.Section("Least engaged", [.table(scores(figures.leastEngaged, zone))]),
        Sheet.Section("At risk", atRisk(figures, zone)),
        Sheet.Section("Rules", [.table(rules(figures.rules))]),
      ])
  }

  private static func activity(_ activity: [EngagementFigures.Activity]) -> Sheet.Section {
    let table = SheetTable(
      [.text("period"), .number("people"), .number("share")],
      rows: activity.map {
        [.text($0.period), .count($0.count), .percent(Percentage.of($0.count, in: $0.people))]
      },
      bars: activity.map { Double($0.count) })
    return Sheet.Section(
      "Active people",
      [.sparklines([.init("people", activity.map { Double($0.count) })]), .table(table)])
  }

  private static func scores(_ people: [EngagementFigures.Person], _ zone: Zone) -> SheetTable {
    SheetTable(
      [.text("name"), .number("active days"), .text("last active", isExpendable: true)],
      rows: people.map {
        [.text($0.name), .count($0.score), .text(DashboardView.day($0.lastActiveAt, zone))]
      },
      bars: people.map { Double($0.score) })
  }

  private static func atRisk(_ figures: EngagementFigures, _ zone: Zone) -> [Sheet.Part] {
    if figures.atRiskCount == 0 { return [] }
    let shown = figures.atRisk.prefix(ShownDistribution.maximum)
    let table = SheetTable(
      [.text("name"), .text("last active")],
      rows: shown.map { [.text($0.name), .text(DashboardView.day($0.lastActiveAt, zone))] })
    let omitted = figures.atRiskCount > shown.count ? " The first \(shown.count) of them:" : ""
    let who = figures.atRiskCount == 1 ? "1 person was" : "\(figures.atRiskCount) people were"
    return [
      .remark("\(who) active before, and silent for \(EngagementFigures.daysOfSilence) days.\(omitted)"),
      .table(table),
    ]
  }

  private static func rules(_ rules: [EngagementFigures.RuleResponse]) -> SheetTable {
    SheetTable(
      [
        .text("rule"), .number("succeeded"), .number("failed", isExpendable: true),
        .number("skipped", isExpendable: true), .number("sent", isExpendable: true),
        .number("opened"), .number("open rate", isExpendable: true),
      ],
      rows: rules.map {
        [
          .text($0.name), .count($0.succeeded), .count($0.failed), .count($0.skipped), .count($0.sent),
          .count($0.opened), .percent(Percentage.of($0.opened, in: $0.sent)),
        ]
      })
  }
}
