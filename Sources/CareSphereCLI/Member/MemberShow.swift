import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member show`.
enum MemberShow {
  static let command = Command(spec, access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let database = try context.database()
    let record = try database.read {
      let member = try context.member()
      guard context.parsed.has("everything") else { return try MemberOutput.record(of: member, context) }
      try Access.atLeast(.admin).check(try context.actor(), command: "member show --everything")
      return try Everything.record(of: member, context)
    }
    guard context.parsed.has("everything") else { return try MemberOutput.emit(record, context) }
    try context.output.emit(
      dossier: record, columns: record.keys.map { Column($0, $0 == "id" ? .id : .json) })
  }

  private static let spec = CommandSpec(
    name: "show",
    abstract: "Show a person",
    discussion: """
      Shows the record with its groups and consents. With --everything all that is held on the person is shown, for \
      admins: notes, activities, messages and what became of them, what rules did, and what was changed when. A table \
      then has a section for each kind, without what is empty; whoever asks what is held on them gets it best as JSON.
      """,
    arguments: [.members(.one)],
    options: [.flag("everything", "All that is held on the person (admins)")],
    examples: [
      .init("caresphere member show ada@example.org", "Look at somebody by e-mail."),
      .init("caresphere member show ext:1042 --json", "By the id in another system, as JSON."),
      .init("caresphere member show ada@example.org --fields phone,custom.shoeSize", "Only some fields."),
      .init(
        "caresphere member show ada@example.org --everything --json -o ada.json", "All that is held on her."),
    ])
}
