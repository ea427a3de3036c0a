import CareSphereKit
import CommandLineKit

/// `caresphere analytics members`.
enum AnalyticsMembers {
  static let command = Command(
    CommandSpec(
      name: "members",
      abstract: "See who the people are, and how their number changes",
      discussion: """
        growthTrend tells of each period who joined and who left, net, the difference of the two, and total, how many \
        there were at its end. People join on their joinDate, or where there is none on the day of createdAt; they \
        leave when they are archived, for the last time and if they still are, or when they are deleted, but not \
        before they have joined. total is without those who have left; who is to join after the range is not in it.

        statusDistribution, demographicBreakdown, membershipTypes, groups and tags are of everybody whose record is \
        there now, archived people included, whatever the range; --where 'status != archived' leaves those out. \
        ageGroups are by the age on the day of --as-of; who has no birthday, or one without its year, is unknown. \
        cityDistribution has the 20 largest cities, of which those whose names differ in letter case only are one, \
        in the spelling that most people have, and the rest as other. Who has no gender, city or membership type is \
        unknown. groups are the assigned and the dynamic ones; somebody may be in several, and have several tags.

        retention tells of those who joined in each period how many are active now, and their share.

        As csv and tsv there is one figure a line: section, key, period, value.
        """,
      options: AnalyticsFlags.specs,
      examples: [
        .init("caresphere analytics members", "All figures, by month."),
        .init(
          "caresphere analytics members --since 2020-01-01 --period year --fields growthTrend,retention",
          "How has the community grown?"),
        .init(
          "caresphere analytics members --where 'status != archived' --format csv > people.csv",
          "For a spreadsheet, without the archived."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: PeopleFigures.keys)
    let database = try context.database()
    let figures = try database.read {
      try PeopleFigures(try AnalyticsFlags.scope(context), database)
    }
    try context.output.emit(report: Report(figures.json), sheet: PeopleView.sheet(figures))
  }
}
