import CareSphereKit
import CommandLineKit

/// `caresphere member notes`.
enum MemberNotes {
  static let command = Command(
    CommandSpec(
      name: "notes",
      abstract: "List the notes about a person",
      discussion:
        "Lists the notes about a person, newest first; private ones only to their author and admins.",
      arguments: [.members(.one)],
      examples: [.init("caresphere member notes ada@example.org", "All that you may read.")]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let notes = try NoteStore(try context.database()).notes(
      of: try context.member().id, for: try context.actor())
    try context.output.emit(
      list: "notes", columns: NoteOutput.noteColumns(context.output), records: notes.lazy.map(\.json))
  }
}
