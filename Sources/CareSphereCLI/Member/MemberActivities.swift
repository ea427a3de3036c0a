import CareSphereKit
import CommandLineKit

/// `caresphere member activities`.
enum MemberActivities {
  static let command = Command(
    CommandSpec(
      name: "activities",
      abstract: "List what a person did",
      discussion: "Lists what was logged about a person, newest first.",
      arguments: [.members(.one)],
      options: [OptionSpec("type", "TYPE", "Only this kind")]
        + PageOptions.specs(
          sort: ActivityStore.SortField.allCases.map(\.rawValue), byDefault: "createdAt, the newest first"),
      examples: [
        .init("caresphere member activities ada@example.org", "Everything."),
        .init(
          "caresphere member activities ada@example.org --type attendance --limit 5",
          "The last five of a kind."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let store = ActivityStore(try context.database())
    let page = PageOptions(context.parsed)
    let type = context.parsed.value("type")
    let (field, isAscending) = page.sorting(newestFirst: ActivityStore.SortField.createdAt)
    try context.database().read {
      let member = try context.member().id
      try context.output.emit(
        list: "activities", columns: NoteOutput.activityColumns(context.output),
        pagination: page.pagination { try store.count(of: member, type: type) },
        count: { page.count(of: try store.count(of: member, type: type)) },
        rows: { writer in
          try store.activities(
            of: member, type: type, sort: (field, isAscending), limit: page.limit ?? .max, offset: page.offset
          ) { try writer.write($0.json) }
        })
    }
  }
}
