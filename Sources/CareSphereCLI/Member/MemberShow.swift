import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member show`.
enum MemberShow {
  static let command = Command(spec, access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let database = try context.database()
    let record = try database.read {
      let member = try MemberFinder(database).find(context.parsed.argument("MEMBER") ?? "")
      guard context.parsed.has("everything") else { return try MemberOutput.record(of: member, context) }
      try Access.atLeast(.admin).check(try context.actor(), command: "member show --everything")
      return try Everything.record(of: member, context)
    }
    guard context.parsed.has("everything") else { return try MemberOutput.emit(record, context) }
    try context.output.emit(record: record, columns: record.keys.map { Column($0, $0 == "id" ? .id : .json) })
  }

  private static let spec = CommandSpec(
    name: "show",
    abstract: "Show a person",
    discussion: """
      Shows the record with its groups and consents; with --everything all that is held on the person, notes, \
      activities and what was changed when included, for admins.
      """,
    arguments: [ArgumentSpec("MEMBER", "An id or part of one, an e-mail address, or ext:ID")],
    options: [.flag("everything", "All that is held on the person (admins)")],
    examples: [
      .init("caresphere member show ada@example.org", "Look at somebody by e-mail."),
      .init("caresphere member show ext:1042 --json", "By the id in another system, as JSON."),
      .init("caresphere member show ada@example.org --fields phone,custom.shoeSize", "Only some fields."),
    ])
}
