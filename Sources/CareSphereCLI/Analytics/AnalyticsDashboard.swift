import CareSphereKit
import CommandLineKit

/// `caresphere analytics dashboard`.
enum AnalyticsDashboard {
  static let command = Command(
    CommandSpec(
      name: "dashboard",
      abstract: "See the whole at a glance",
      discussion: """
        totalMembers counts every record there was at the end of the range, activeMembers those whose status then was \
        active. newMembersThisMonth are those who joined in the calendar month of --as-of, up to that day: by \
        joinDate, or where there is none by the day of createdAt. messagesSentThisMonth are the messages whose \
        sending began on those days and did not fail. averageOpenRate and averageClickRate are of everything that \
        was sent by the messages of the range: who opened it, and who clicked, each once. automationRulesActive are \
        the rules that are switched on. recentActivities are the ten newest before the end of the range.

        trends has each figure again, with previous: what it was a month earlier, on the same day of the month \
        before; the range is moved with it. What was deleted since is part of that past, and statuses are those \
        of then. Of rules only their making is known: previous counts those of the active ones that there were. \
        change is in percent of previous, to one decimal, and null where that is 0 or null; changeType is increase, \
        decrease or none.

        As csv and tsv there is one figure a line: section, key, period, value.
        """,
      options: AnalyticsFlags.specs,
      examples: [
        .init("caresphere analytics dashboard", "How are we doing?"),
        .init("caresphere analytics dashboard --group Youth", "How is the youth doing?"),
        .init(
          "caresphere analytics dashboard --as-of 2025-06-30 --fields totalMembers,trends --json",
          "At the end of a month, for a script."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: DashboardFigures.keys)
    let database = try context.database()
    let figures = try database.read {
      try DashboardFigures(try AnalyticsFlags.scope(context), database)
    }
    try context.output.emit(report: Report(figures.json), sheet: DashboardView.sheet(figures))
  }
}
