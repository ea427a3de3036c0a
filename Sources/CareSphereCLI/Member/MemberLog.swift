import CareSphereKit
import CommandLineKit

/// `caresphere member log`.
enum MemberLog {
  static let command = Command(
    CommandSpec(
      name: "log",
      abstract: "Log something that a person did",
      discussion: "Records that a person did something, or that something happened to them, now.",
      arguments: [
        .members(.one), ArgumentSpec("TYPE", "A kind of your own, such as attendance"),
        ArgumentSpec("DESCRIPTION", "What it was", arity: .optional),
      ],
      options: [OptionSpec("metadata", "JSON", "A JSON object with whatever else is to be known")],
      examples: [
        .init("caresphere member log ada@example.org attendance \"Sunday service\"", "Somebody was there."),
        .init(
          "caresphere member log ada@example.org gift --metadata '{\"amount\":50,\"fund\":\"roof\"}'",
          "With figures of your own."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    let columns = NoteOutput.activityColumns(context.output) + [NoteOutput.member]
    try context.output.check(columns: columns)
    let parsed = context.parsed
    let provenance = try context.provenance()
    let author = try context.actor()
    let activity = try context.write { database in
      try ActivityStore(database).add(
        type: parsed.argument("TYPE") ?? "", description: parsed.argument("DESCRIPTION"),
        metadata: parsed.value("metadata"), to: try context.member(), by: author, ids: context.ids,
        provenance: provenance)
    }
    try context.emitResult { try context.output.emit(record: activity.json, columns: columns) }
  }
}
