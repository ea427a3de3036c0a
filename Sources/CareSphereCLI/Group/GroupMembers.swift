import CareSphereKit
import CommandLineKit

/// `caresphere group members`.
enum GroupMembers {
  static let command = Command(
    CommandSpec(
      name: "members",
      abstract: "List the people in a group",
      discussion: """
        Lists the people in a group, or those of them whom the flags find: all that is given must hold.
        """,
      arguments: [.group],
      options: FilterFlags.specs + MemberList.pageSpecs,
      examples: [
        .init("caresphere group members choir", "Everybody in it, by name."),
        .init(
          "caresphere group members youth --where 'age >= 16' --format count", "How many are 16 or more."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    var filter = try FilterFlags.filter(context.parsed)
    filter.groups.append(try context.group().id)
    try MemberList.emit(filter, context)
  }
}
