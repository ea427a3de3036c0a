import CareSphereKit
import CommandLineKit

/// `caresphere group add`.
enum GroupAdd {
  static let command = Command(
    CommandSpec(
      name: "add",
      abstract: "Add a group",
      discussion: """
        Adds a group and prints it. With --where it is dynamic: nobody is put into it, and its members are \
        always those whom the filter finds. No two names differ in letter case alone.
        """,
      arguments: [ArgumentSpec("NAME", "What it is called", arity: .optional)],
      options: GroupInputFlags.specs,
      examples: [
        .init("caresphere group add Choir --type ministry", "An empty group, to put people in."),
        .init(
          "caresphere group add Youth --where 'age >= 13 and age < 20'", "A group that keeps itself current."),
        .init("caresphere group add --from-json group.json", "Take the fields from a file."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: GroupOutput.columns)
    let values = try GroupInputFlags.input(context, name: context.parsed.argument("NAME")).values()
    let provenance = try context.provenance()
    let record = try context.write { database in
      if let query = values.query { try context.groupFilters().check(query, ofGroup: values.name) }
      let group = try GroupStore(database, ids: context.ids, provenance: provenance).add(values)
      return try context.record(of: group)
    }
    try context.emitResult { try GroupOutput.emit(record, context) }
  }
}
