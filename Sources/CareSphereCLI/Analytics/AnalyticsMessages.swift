import CareSphereKit
import CommandLineKit

/// `caresphere analytics messages`.
enum AnalyticsMessages {
  static let command = Command(
    CommandSpec(
      name: "messages",
      abstract: "See what was sent, and what became of it",
      discussion: """
        volume is the number of messages by period, type and status: each type with each status that it has in the \
        range, and mails that were sent in any case, in every period, 0 included. A message counts when its sending \
        began; one that has not been sent yet counts when it was made.

        All other figures are of the messages whose sending began in the range, and of what has become of them up to \
        now, also after its end. totalMessages is how many they are; totalSent, totalDelivered, totalOpened, \
        totalClicked, totalFailed, totalBounced, totalComplained and totalUnsubscribed count their recipients, each \
        once for each message. bounced is what came back after it was sent; what a server refused at once is \
        failed. openRate, clickRate, deliveryRate, bounceRate, \
        unsubscribeRate and complaintRate are these in percent of totalSent, of all messages together; where nothing \
        was sent they are null.

        byHour and byWeekday count every opening and every click by the clock and the calendar of the organization's \
        zone. bestHour and bestWeekday have the most openings, of equals the more clicks; null where there are none. \
        topTemplates are the 20 templates whose messages were opened by most recipients, with their rates; topLinks \
        the 20 links that were followed most, with all clicks and with how many recipients made them. smsCost is what \
        the text messages were going to cost when their recipients were fixed, by currency.

        With --group or --where only those people count: messages are those that went to any of them, and a cost is \
        shared out among all recipients of a message.

        As csv and tsv there is one figure a line: section, key, period, value.
        """,
      options: AnalyticsFlags.specs,
      examples: [
        .init("caresphere analytics messages", "The last twelve months."),
        .init("caresphere analytics messages --since 2025-01-01 --period week", "This year by weeks."),
        .init(
          "caresphere analytics messages --where 'age < 30' --fields openRate,bestHour,bestWeekday",
          "When do the young read?"),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: MessagingFigures.keys)
    let database = try context.database()
    let figures = try database.read {
      try MessagingFigures(try AnalyticsFlags.scope(context), database)
    }
    try context.output.emit(report: Report(figures.json), sheet: MessagingView.sheet(figures))
  }
}
