import CareSphereKit
import CommandLineKit

/// `caresphere message analytics`.
enum MessageAnalytics {
  static let command = Command(
    CommandSpec(
      name: "analytics",
      abstract: "Tell how a message did",
      discussion: """
        Counts recipients: to how many it was sent, who got it, opened it and clicked, each once. The rates are \
        shares of those it was sent to, in percent; where it was sent to nobody there are none. The hours are of UTC \
        and count every opening and every click; topLinks are the 20 links that were followed most, with all clicks \
        and with how many people made them. A click is also an opening. bounced is what came back after it \
        was sent; what a server refused at once is failed.

        As csv and tsv there is one figure a line: section, key, period, value.
        """,
      arguments: [.message],
      examples: [
        .init("caresphere message analytics 'Weekly News'", "All figures."),
        .init("caresphere message analytics 'Weekly News' --fields openRate,clickRate", "Two of them."),
        .init("caresphere message analytics 'Weekly News' --format csv > news.csv", "For a spreadsheet."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: MessageFigures.keys)
    let database = try context.database()
    let figures = try database.read { try MessageFigures(try context.message(), database) }
    try context.output.emit(report: Report(figures.json))
  }
}
