import CareSphereKit
import CommandLineKit

/// `caresphere message suppressions`.
enum MessageSuppressions {
  static let command = Command(
    CommandSpec(
      name: "suppressions",
      abstract: "List the addresses that are not written to",
      discussion: """
        Lists the addresses that bounced or complained, newest first, and those of people who opted out and were \
        deleted since: of these only a digest is kept, and their address is empty. Whoever has such an address is \
        skipped. Channel sms is WhatsApp too.
        """,
      options: PageOptions.specs(
        sort: SuppressionStore.SortField.allCases.map(\.rawValue), byDefault: "at, the newest first"),
      examples: [
        .init("caresphere message suppressions", "All of them."),
        .init("caresphere message suppressions --limit 10 --fields address,reason", "The last ten, and why."),
      ]),
    access: .atLeast(.member), run: run)

  private static let columns = [
    Column("address"), Column("channel"), Column("reason"), Column("source"), Column("at"),
  ]

  private static func run(_ context: Context) throws {
    let database = try context.database()
    let store = SuppressionStore(database, provenance: try context.provenance())
    let page = PageOptions(context.parsed)
    let (field, isAscending) = page.sorting(newestFirst: SuppressionStore.SortField.at)
    try database.read {
      try context.output.emit(
        list: "suppressions", columns: columns, pagination: page.pagination { try store.count() },
        count: { page.count(of: try store.count()) },
        rows: { writer in
          try store.suppressions(
            sort: (field, isAscending), limit: page.limit ?? .max, offset: page.offset
          ) { try writer.write($0.json) }
        })
    }
  }
}
