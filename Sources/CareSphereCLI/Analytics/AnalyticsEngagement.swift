import CareSphereKit
import CommandLineKit

/// `caresphere analytics engagement`.
enum AnalyticsEngagement {
  static let command = Command(
    CommandSpec(
      name: "engagement",
      abstract: "See who takes part, and who has fallen silent",
      discussion: """
        Somebody is active who opens a message, follows a link in one, or has an activity noted of any kind but \
        message_sent and message_failed: what is sent to people is not their doing.

        activePeople has for each period how many people were active in it, each once, whatever their status, and \
        their share in percent of the people there were at its end without the archived and the deleted; null where \
        there were none.

        A score is the number of days of the range, in the organization's zone, on which somebody was active, \
        however often on each; lastActiveAt is the last time before the end of the range, also before its beginning. \
        mostEngaged are the ten with the highest scores, of equals who was active last, and without anybody who was \
        not active; leastEngaged the ten with the lowest, of equals who has been silent longest, those first who \
        never were active. atRisk are all who have been active and then silent for 90 days or more at the end of the \
        range: how many they are, and the first hundred, who was active last first. None of these lists has people \
        who are archived, or who were added after the range.

        rules has for each rule how often it succeeded, failed and was skipped in the range, as its log tells, and \
        to how many recipients its messages of the range were sent, who of them opened and clicked up to now, each \
        once for each message, and these in percent of sent.

        As csv and tsv there is one figure a line: section, key, period, value.
        """,
      options: AnalyticsFlags.specs,
      examples: [
        .init("caresphere analytics engagement", "The last twelve months."),
        .init(
          "caresphere analytics engagement --period week --since -8w", "The last weeks, one by one."
        ),
        .init(
          "caresphere analytics engagement --group Youth --fields atRisk --json",
          "Whom of the youth to call."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: EngagementFigures.keys)
    let database = try context.database()
    let figures = try database.read {
      try EngagementFigures(try AnalyticsFlags.scope(context), database)
    }
    try context.output.emit(report: Report(figures.json), sheet: EngagementView.sheet(figures))
  }
}
