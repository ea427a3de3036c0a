import CareSphereKit
import CommandLineKit

/// `caresphere template update`.
enum TemplateUpdate {
  static let command = Command(
    CommandSpec(
      name: "update",
      abstract: "Change a template",
      discussion: """
        Changes only what is given; an empty value takes a value away, and --variable replaces all that there \
        were. Messages that are sent already stay as they are. One that another template or a message still to be \
        sent includes as a partial keeps its name, unless you say --force: what includes it cannot be sent then \
        until it is mended.
        """,
      arguments: [.template],
      options: [OptionSpec("name", "NAME", "What it is called from now on")] + TemplateInputFlags.specs
        + [
          .flag("active", "Let it be used again"),
          .flag("force", "Rename it although something includes it; let --output replace a file"),
        ],
      examples: [
        .init("caresphere template update birthday --content-file birthday.txt", "Replace the text."),
        .init("caresphere template update news --inactive", "Keep it for later."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    let parsed = context.parsed
    try context.output.check(columns: TemplateOutput.columns)
    guard !(parsed.has("active") && parsed.has("inactive")) else {
      throw UsageError("--active and --inactive exclude each other", path: parsed.path)
    }
    let input = try TemplateInputFlags.input(context, name: parsed.value("name"))
    guard !input.isEmpty else {
      throw UsageError(
        "there is nothing to change", hint: "name what, for example --content", path: parsed.path)
    }
    let provenance = try context.provenance()
    let template = try context.write { database in
      let template = try context.template()
      return try TemplateStore(database, ids: context.ids, provenance: provenance)
        .update(template, to: try input.values(over: template.values), force: parsed.has("force"))
    }
    try context.emitResult { try TemplateOutput.emit(template, context) }
  }
}
