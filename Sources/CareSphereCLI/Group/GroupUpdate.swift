import CareSphereKit
import CommandLineKit

/// `caresphere group update`.
enum GroupUpdate {
  static let command = Command(
    CommandSpec(
      name: "update",
      abstract: "Change a group",
      discussion: """
        Changes only what is given; an empty value takes a value away. An empty --where makes a dynamic group \
        one to put people in, empty at first. A group that people were put into becomes dynamic only when they \
        are taken out before. A name that the filter of another group or the conditions of a rule use cannot be \
        changed.
        """,
      arguments: [.group],
      options: [OptionSpec("name", "NAME", "What it is called from now on")] + GroupInputFlags.specs,
      examples: [
        .init("caresphere group update choir --name \"Gospel Choir\" --color '#aa0000'", "Rename it."),
        .init("caresphere group update youth --where 'age >= 12 and age < 20'", "Change who is meant."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: GroupOutput.columns)
    let input = try GroupInputFlags.input(context, name: context.parsed.value("name"))
    guard !input.isEmpty else {
      throw UsageError(
        "there is nothing to change", hint: "name what, for example --name", path: context.parsed.path)
    }
    let provenance = try context.provenance()
    let record = try context.write { database in
      let group = try context.group()
      let values = try input.values(over: group.values)
      let filters = try context.groupFilters()
      if let query = values.query, query != group.query { try filters.check(query, ofGroup: values.name) }
      let store = GroupStore(database, ids: context.ids, provenance: provenance)
      let rules = RuleNeeds(database, ids: context.ids, provenance: provenance)
      let updated = try rules.keepingSound(try context.filterCompiler()) {
        try filters.keepingSound { try store.update(group, to: values) }
      }
      return try context.record(of: updated)
    }
    try context.emitResult { try GroupOutput.emit(record, context) }
  }
}
