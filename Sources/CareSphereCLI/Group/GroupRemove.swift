import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere group remove`.
enum GroupRemove {
  static let command = Command(
    CommandSpec(
      name: "remove",
      abstract: "Take people out of a group",
      discussion:
        "Takes people out of a group; nothing else about them changes. It asks first when they are more than one.",
      arguments: [.group, .members(.oneOrMore)],
      examples: [
        .init("caresphere group remove choir ada@example.org", "One person."),
        .init("caresphere group remove choir ext:17 ext:18 --yes", "Two, without asking."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["group", "removed", "notMembers"])
    let references = context.parsed.arguments("MEMBER")
    let group = try context.group()
    try group.checkTakesAssignments()
    let count = try MemberFinder(try context.database()).find(all: references).count
    if count > 1 { try context.confirm("Take \(GroupOutput.members(count)) out of “\(group.name)”?") }
    let provenance = try context.provenance()
    let removed = try context.write { database in
      let people = try MemberFinder(database).find(all: references)
      return try GroupMembership(database, group: group, ids: context.ids, provenance: provenance)
        .remove(people)
    }
    let report = JSONObject([
      ("group", GroupOutput.reference(group)), ("removed", .integer(removed)),
      ("notMembers", .integer(count - removed)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
