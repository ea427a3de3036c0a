import CareSphereKit
import CommandLineKit

/// All figures of the analytics, counted at one moment.
struct AnalyticsFigures {
  var dashboard: DashboardFigures
  var people: PeopleFigures
  var messaging: MessagingFigures
  var engagement: EngagementFigures
}

/// The figures as a page to read, to print and to mail.
struct ReportPage {
  var figures: AnalyticsFigures
  /// The organization's name; nil where none is configured.
  var organization: String?
  /// What has to be true of all people that it is of, in the words of the command line: `in the group Youth`; empty for
  /// everybody.
  var narrowedTo: [String]
  var madeAt: Timestamp

  /// Beyond so many periods their tables take most of the page, and texts are cut shorter.
  private static let manyPeriods = 366

  /// The page.
  var page: Page {
    let range = figures.people.range
    var lines = [PeriodLabel.range(range) + ", by \(range.unit.rawValue)"]
    if !narrowedTo.isEmpty { lines.append("Only people " + narrowedTo.joined(separator: " and ")) }
    lines.append("Made on \(PeriodLabel.moment(madeAt, range.zone)) (\(range.zone.name))")
    return Page(
      title: organization ?? "Our community", kind: "Community report", lines: lines,
      sections: [
        glance, PeoplePanels(figures.people).section, MessagingPanels(figures.messaging).section,
        takingPart,
      ],
      footer:
        "Shares are in percent, and missing where there is nothing to divide by. This page names people: "
        + "share it with care.",
      longestText: range.periods.count > Self.manyPeriods ? 300 : 1000)
  }

  private var glance: Page.Section {
    Page.Section(
      "At a glance", "Arrows compare with the same day of the month before.",
      tiles: figures.dashboard.trends.map(tile))
  }

  private var takingPart: Page.Section {
    var section = EngagementPanels(figures.engagement).section
    let recent = figures.dashboard.recentActivities
    let table = PageTable(
      [.text("Who"), .text("What"), .text("On")],
      rows: recent.map {
        let day = DashboardView.day($0.activity.createdAt, figures.dashboard.range.zone)
        return [
          $0.memberName, $0.activity.description ?? PageText.label($0.activity.type), PeriodLabel.of(day),
        ]
      })
    if !recent.isEmpty { section.panels.append(Panel("Recent activities", table: table, width: .wide)) }
    return section
  }

  private func tile(_ trend: DashboardFigures.Trend) -> Page.Tile {
    let figure = DashboardFigures.Figure(rawValue: trend.name)
    func text(_ value: Double?) -> String {
      if figure?.isRate ?? true { return PageText.percent(value) }
      return value.flatMap { Int(exactly: $0.rounded()) }.map(FigureText.grouped) ?? PageText.none
    }
    let direction: Page.Tile.Direction =
      switch trend.direction {
      case .increase: .up
      case .decrease: .down
      case .none: .level
      }
    let change: String? = trend.previous.map { previous in
      if direction == .level { return "as before" }
      let percent = trend.change.map { PageText.percent(abs($0)) + " " } ?? ""
      return percent + "from " + text(previous)
    }
    return Page.Tile(
      figure.map(DashboardView.name) ?? trend.name, text(trend.value), change: change, direction: direction)
  }
}

/// How the page writes what there is.
enum PageText {
  /// Where there is no figure.
  static let none = "–"

  /// A share: `12.5 %`.
  static func percent(_ share: Double?) -> String {
    share.map { FigureText.decimal($0, places: 1) + " %" } ?? none
  }

  /// A count and what is counted: `1 person`.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    FigureText.grouped(count) + " " + (count == 1 ? one : many)
  }

  /// A word of ours as a label: `in_app` as `In app`.
  static func label(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst().replacing("_", with: " ")
  }
}
