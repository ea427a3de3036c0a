import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere group delete`.
enum GroupDelete {
  static let command = Command(
    CommandSpec(
      name: "delete",
      abstract: "Delete a group",
      discussion: """
        Deletes a group; the people in it stay. A group that the filter of another names cannot be deleted; \
        nor can one that a rule needs, but with --force the rule is disabled.
        """,
      arguments: [.group],
      options: [.forceRules],
      examples: [.init("caresphere group delete choir", "Delete it; nobody is asked.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "group"])
    let provenance = try context.provenance()
    let group = try context.write { database in
      let group = try context.group()
      try context.release(.group(group))
      let store = GroupStore(database, ids: context.ids, provenance: provenance)
      try context.groupFilters().keepingSound { try store.delete(group) }
      return group
    }
    let report = JSONObject([
      ("message", "Group deleted successfully"), ("group", GroupOutput.reference(group)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
