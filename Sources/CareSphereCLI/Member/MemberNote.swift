import CareSphereKit
import CommandLineKit

/// `caresphere member note`.
enum MemberNote {
  static let command = Command(
    CommandSpec(
      name: "note",
      abstract: "Write a note about a person",
      discussion: """
        Keeps a note about a person, with your name and the time. A private note reaches you and admins only; \
        the audit log says that it was written, and nothing of what it says.
        """,
      arguments: [.members(.one), ArgumentSpec("TEXT", "The note; - reads it from stdin")],
      options: [
        OptionSpec("type", "TYPE", "A kind of your own, such as visit"),
        .flag("private", "Only for you and admins"),
      ],
      examples: [
        .init(
          "caresphere member note ada@example.org \"Called, will come on Sunday\" --type call", "A note."),
        .init(
          "caresphere member note ada@example.org - --private < visit.txt", "A private one, from a file."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    let columns = NoteOutput.noteColumns(context.output) + [NoteOutput.member]
    try context.output.check(columns: columns)
    let text = try InputText.text(context.parsed.argument("TEXT") ?? "", context.console)
    let provenance = try context.provenance()
    let author = try context.actor()
    let note = try context.write { database in
      try NoteStore(database).add(
        text, type: context.parsed.value("type"), isPrivate: context.parsed.has("private"),
        to: try context.member(), by: author, ids: context.ids, provenance: provenance)
    }
    try context.emitResult { try context.output.emit(record: note.json, columns: columns) }
  }
}
