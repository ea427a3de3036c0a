import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere template delete`.
enum TemplateDelete {
  static let command = Command(
    CommandSpec(
      name: "delete",
      abstract: "Delete a template",
      discussion: """
        Deletes a template; messages that were made from it stay, with their copy of its texts. One that a rule \
        sends, or that is a part of what a rule sends, cannot be deleted, nor can one that another template or a \
        message still to be sent includes as a partial. With --force it can: the rule is disabled, and what includes \
        it cannot be sent until it is mended.
        """,
      arguments: [.template],
      options: [.forceRules],
      examples: [.init("caresphere template delete birthday", "Delete it; nobody is asked.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "template"])
    let provenance = try context.provenance()
    let template = try context.write { database in
      let template = try context.template()
      try context.release(.template(template))
      try TemplateStore(database, ids: context.ids, provenance: provenance)
        .delete(template, force: context.parsed.has(OptionSpec.forceRules.name))
      return template
    }
    let report = JSONObject([
      ("message", "Template deleted successfully"), ("template", TemplateOutput.reference(template)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
