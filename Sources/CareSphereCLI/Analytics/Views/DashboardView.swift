import CareSphereKit
import CommandLineKit

/// The dashboard for a terminal.
enum DashboardView {
  static func sheet(_ figures: DashboardFigures) -> Sheet {
    let trends = figures.trends.map { trend -> [SheetTable.Cell] in
      let figure = DashboardFigures.Figure(rawValue: trend.name)
      return [
        .text(figure.map(name) ?? trend.name), cell(trend.value, figure), .change(change(trend)),
        cell(trend.previous, figure),
      ]
    }
    let activities = figures.recentActivities.map { recent -> [SheetTable.Cell] in
      [
        .text(day(recent.activity.createdAt, figures.range.zone)), .text(recent.memberName),
        .text(recent.activity.type), .text(recent.activity.description ?? ""),
      ]
    }
    return Sheet(
      lead: RangeLine.text(figures.range),
      [
        Sheet.Section(
          "Dashboard",
          [
            .table(
              SheetTable(
                [.text(""), .number("now"), .text("change"), .number("a month ago", isExpendable: true)],
                rows: trends))
          ]),
        Sheet.Section(
          "Recent activities",
          [
            .table(
              SheetTable(
                [.text("on"), .text("who"), .text("what"), .text("", isExpendable: true)], rows: activities))
          ]),
      ])
  }

  /// What a figure is called.
  static func name(_ figure: DashboardFigures.Figure) -> String {
    switch figure {
    case .totalMembers: "Members"
    case .activeMembers: "Active members"
    case .newMembersThisMonth: "New this month"
    case .messagesSentThisMonth: "Messages this month"
    case .averageOpenRate: "Open rate"
    case .averageClickRate: "Click rate"
    case .automationRulesActive: "Active rules"
    }
  }

  /// The day of a moment in the organization's zone.
  static func day(_ moment: String?, _ zone: Zone) -> String {
    guard let moment else { return "" }
    return Timestamp(moment).map { zone.date($0).description } ?? moment
  }

  private static func cell(_ value: Double?, _ figure: DashboardFigures.Figure?) -> SheetTable.Cell {
    if figure?.isRate ?? true { return .percent(value) }
    return value.flatMap { Int(exactly: $0.rounded()) }.map(SheetTable.Cell.count) ?? .percent(nil)
  }

  private static func change(_ trend: DashboardFigures.Trend) -> SheetTable.Change {
    switch trend.direction {
    case .increase: .increase(trend.change)
    case .decrease: .decrease(trend.change)
    case .none: .none
    }
  }
}
