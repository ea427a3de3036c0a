import CareSphereKit
import CommandLineKit

/// `caresphere message schedule`.
enum MessageSchedule {
  static let command = Command(
    CommandSpec(
      name: "schedule",
      abstract: "Say when a message is to be sent",
      discussion: """
        The message goes out with the first `caresphere message deliver` from that time on, which cron runs. Its \
        texts are checked now; who gets it is settled then. Scheduled again, it has the new time.
        """,
      arguments: [.message],
      options: [
        OptionSpec(
          "at", "TIME", "When: a time of the organization's zone, or relative as +2h", isRequired: true)
      ],
      examples: [
        .init("caresphere message schedule Picnic --at '2027-03-05 18:00'", "At a time."),
        .init("caresphere message schedule Picnic --at +2h", "In two hours."),
      ]),
    access: .atLeast(.moderator)
  ) { context in
    let time = context.parsed.value("at") ?? ""
    let clock = try context.clock()
    try MessageChange.run(context) { message, store, _ in
      try store.schedule(message, at: time, clock: clock)
    }
  }
}
