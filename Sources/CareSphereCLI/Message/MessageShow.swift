import CareSphereKit
import CommandLineKit

/// `caresphere message show`.
enum MessageShow {
  static let command = Command(
    CommandSpec(
      name: "show",
      abstract: "Show a message",
      discussion: """
        Shows a message: its texts, to whom it goes by the names that they have now, and how many have got it. With \
        --format json or jsonl the recipients are part of it, all of them; elsewhere they are listed by: caresphere \
        message recipients.

        recipientCount is how many it is for, without skippedCount: those who opted out, are archived, cannot be \
        reached or share an address. Of the others pendingCount are to be sent or tried again, heldCount may have \
        got it, which the gateway did not tell, and failedCount did not get it.
        """,
      arguments: [.message],
      examples: [
        .init("caresphere message show 'Weekly News'", "All of it."),
        .init(
          "caresphere message show 'Weekly News' --fields status,pendingCount,failedCount", "How far is it?"),
        .init("caresphere message show 1a2b3c4d --json", "With its recipients, as JSON."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try MessageOutput.check(context)
    let database = try context.database()
    try database.read {
      let message = try context.message()
      let reader = RecipientReader(database, messageID: message.id)
      try MessageOutput.emit(try MessageOutput.record(of: message, context), context) { writer in
        try RecipientOutput.write(reader, into: writer)
      }
    }
  }
}
