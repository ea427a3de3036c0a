import CareSphereKit
import CommandLineKit

/// `caresphere message recipients`.
enum MessageRecipients {
  static let command = Command(
    CommandSpec(
      name: "recipients",
      abstract: "List who got a message, and who did not",
      discussion: """
        Lists everybody whom a message is or was for, with the state of each: pending, to be sent or tried again; \
        sent, taken by the server; delivered, opened, clicked, as the provider told; failed, with the server's \
        words; skipped, never to be sent, with the reason; held, where the gateway did not tell whether it took it. \
        Reason and words are errorMessage. A draft has no recipients yet.
        """,
      arguments: [.message],
      options: [
        OptionSpec(
          "status", "STATUS,…", "Only those in one of these states",
          value: .choices(RecipientStatus.allCases.map(\.rawValue)))
      ]
        + PageOptions.specs(
          sort: RecipientField.sortable.map(\.rawValue), byDefault: "when the people were added"),
      examples: [
        .init("caresphere message recipients 'Weekly News'", "Everybody."),
        .init(
          "caresphere message recipients 'Weekly News' --status failed,skipped "
            + "--fields memberName,recipientEmail,errorMessage",
          "Who did not get it, and why."),
        .init(
          "caresphere message recipients 'Weekly News' --status opened,clicked --format count",
          "How many read it?"),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: RecipientOutput.columns)
    let page = PageOptions(context.parsed)
    let database = try context.database()
    try database.read {
      var reader = RecipientReader(database, messageID: try context.message().id)
      reader.statuses = context.parsed.list("status").compactMap(RecipientStatus.init(rawValue:))
      reader.sort = page.sort.flatMap(RecipientField.init(rawValue:))
      reader.isDescending = page.order == .desc
      reader.limit = page.limit
      reader.offset = page.offset
      let all = reader
      try context.output.emit(
        list: "recipients", columns: RecipientOutput.columns,
        pagination: page.pagination { try all.count() }, count: { page.count(of: try all.count()) },
        rows: { try RecipientOutput.write(all, into: $0) })
    }
  }
}
