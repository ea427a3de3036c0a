import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere rule delete`.
enum RuleDelete {
  static let command = Command(
    CommandSpec(
      name: "delete",
      abstract: "Delete a rule",
      discussion: """
        Deletes a rule with its log and with what was waiting for its time; messages that it sent stay. To keep the \
        log, disable the rule instead.
        """,
      arguments: [.rule],
      examples: [.init("caresphere rule delete birthdays", "Delete it; nobody is asked.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "rule"])
    let provenance = try context.provenance()
    let rule = try context.write { database in
      let rule = try context.rule()
      try RuleStore(database, ids: context.ids, provenance: provenance).delete(rule)
      return rule
    }
    let report = JSONObject([
      ("message", "Rule deleted successfully"), ("rule", RuleOutput.reference(rule)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
