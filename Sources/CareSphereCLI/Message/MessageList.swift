import CareSphereKit
import CommandLineKit

/// `caresphere message list`.
enum MessageList {
  static let command = Command(
    CommandSpec(
      name: "list",
      abstract: "List the messages",
      discussion: """
        Lists the messages without their texts, the newest first. recipientCount leaves out those who were skipped; \
        estimatedCost is what the texts of a message cost.
        """,
      options: [
        OptionSpec(
          "status", "STATUS,…", "Only those in one of these states",
          value: .choices(MessageStatus.allCases.map(\.rawValue))),
        OptionSpec(
          "type", "TYPE,…", "Only those of one of these types",
          value: .choices(MessageType.allCases.map(\.rawValue))),
      ]
        + PageOptions.specs(
          sort: MessageField.sortable.map(\.rawValue), byDefault: "createdAt, the newest first"),
      examples: [
        .init("caresphere message list", "All messages."),
        .init("caresphere message list --status scheduled --sort scheduledFor", "What goes out next."),
        .init("caresphere message list --status sent --type email --limit 5", "The last five mails sent."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let parsed = context.parsed
    let page = PageOptions(parsed)
    let database = try context.database()
    var query = MessageQuery(database)
    query.statuses = parsed.list("status").compactMap(MessageStatus.init(rawValue:))
    query.types = parsed.list("type").compactMap(MessageType.init(rawValue:))
    let (field, isAscending) = page.sorting(newestFirst: MessageField.createdAt)
    query.sort = field
    query.isDescending = !isAscending
    query.limit = page.limit
    query.offset = page.offset
    try database.read {
      try context.output.emit(
        list: "messages", columns: MessageOutput.listColumns,
        pagination: page.pagination { try query.count() }, count: { page.count(of: try query.count()) },
        rows: { writer in
          let fields = writer.columns.compactMap { MessageField(rawValue: $0.name) }
          try query.each(fields) { try MessageOutput.write($0, into: writer) }
        })
    }
  }
}
