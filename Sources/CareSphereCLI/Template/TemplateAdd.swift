import CareSphereKit
import CommandLineKit

/// `caresphere template add`.
enum TemplateAdd {
  static let command = Command(
    CommandSpec(
      name: "add",
      abstract: "Add a template",
      discussion: """
        Adds a template and prints it. No two names differ in letter case alone. Mistakes in its Mustache are \
        refused; whether its names are known is told by: caresphere template check.
        """,
      arguments: [ArgumentSpec("NAME", "What it is called", arity: .optional)],
      options: TemplateInputFlags.specs,
      examples: [
        .init(
          "caresphere template add Birthday --type email --subject 'Happy birthday, {{firstName}}!' "
            + "--content 'Dear {{firstName}}, you are {{age}} today.'",
          "A mail."),
        .init(
          "caresphere template add News --type email --body-format html --content-file news.html "
            + "--variable theme",
          "HTML from a file, with a name of its own."),
        .init("caresphere template add --from-json template.json", "Take the fields from a file."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: TemplateOutput.columns)
    let values = try TemplateInputFlags.input(context, name: context.parsed.argument("NAME")).values()
    let provenance = try context.provenance()
    let template = try context.write { database in
      try TemplateStore(database, ids: context.ids, provenance: provenance).add(values)
    }
    try context.emitResult { try TemplateOutput.emit(template, context) }
  }
}
