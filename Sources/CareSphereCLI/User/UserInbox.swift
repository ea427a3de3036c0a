import CareSphereKit
import CommandLineKit

/// `caresphere user inbox`.
enum UserInbox {
  static let command = Command(
    CommandSpec(
      name: "inbox",
      abstract: "See what rules have told you",
      discussion: """
        Lists what rules with the action notify_user have told whoever is logged in, newest first. A service token \
        reads what its maker was told.
        """,
      options: PageOptions.specs(
        sort: UserNotificationStore.SortField.allCases.map(\.rawValue),
        byDefault: "createdAt, the newest first"),
      examples: [
        .init("caresphere user inbox", "Everything."),
        .init("caresphere user inbox --limit 5", "The last five."),
      ]),
    access: .atLeast(.member), run: run)

  private static let columns = [
    Column("id", .id), Column("title"), Column("note"), Column("ruleId", .id, shownInTable: false),
    Column("memberId", .id, shownInTable: false), Column("memberName"), Column("createdAt"),
  ]

  private static func run(_ context: Context) throws {
    try context.output.check(columns: columns)
    let inbox = UserNotificationStore(try context.database())
    let user = try context.actor().id
    let page = PageOptions(context.parsed)
    let (field, isAscending) = page.sorting(newestFirst: UserNotificationStore.SortField.createdAt)
    try context.database().read {
      try context.output.emit(
        list: "messages", columns: columns, pagination: page.pagination { try inbox.count(of: user) },
        count: { page.count(of: try inbox.count(of: user)) },
        rows: { writer in
          try inbox.notifications(
            of: user, sort: (field, isAscending), limit: page.limit ?? .max, offset: page.offset
          ) { try writer.write($0) }
        })
    }
  }
}
