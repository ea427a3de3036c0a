import CareSphereKit
import CommandLineKit

/// `caresphere message deliver`.
enum MessageDeliver {
  static let command = Command(
    CommandSpec(
      name: "deliver",
      abstract: "Deliver what is due",
      discussion: """
        What cron runs, with --quiet: begins scheduled messages whose time has come, delivers what is queued, and \
        tries again what was refused for now. One run delivers at a time; while another one is at work this one says \
        so and ends with 0.

        A refusal for now is tried again after 5 minutes, doubling up to 4 hours, for 5 days; a refusal for good \
        fails that recipient, and the exit status is 11. While a server cannot be reached at all its messages wait, \
        and the exit status is 13; with --quiet the error alone is said then. A message past its --expires is not \
        sent. --as-of decides what is due, not what is recorded.
        """,
      options: [
        OptionSpec("max-time", "TIME", "Hand out nothing more after this time, such as 50s or 5m")
      ],
      examples: [
        .init("caresphere message deliver --quiet --max-time 50s", "Every minute, by cron."),
        .init("caresphere message deliver --as-of +1d --dry-run", "See what is due until tomorrow."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: MessageDelivery.keys)
    let seconds = try context.parsed.value("max-time").map { text throws(UsageError) in
      guard let seconds = DurationText.seconds(text) else {
        throw UsageError("--max-time is a time such as 50s or 5m, not \(text)", path: context.parsed.path)
      }
      return seconds
    }
    let delivery = try MessageDelivery(context)
    if context.isDryRun {
      return try delivery.conclude(try context.write { _ in try delivery.rehearse(nil) })
    }
    context.tryToRemoveErasureRemains()
    guard let report = try delivery.deliver(seconds: seconds) else {
      context.console.notice("another run is delivering; it takes along whatever is due")
      return try delivery.conclude(DeliveryReport())
    }
    try delivery.conclude(report)
  }
}
