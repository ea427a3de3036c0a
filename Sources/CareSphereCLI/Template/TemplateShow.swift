import CareSphereKit
import CommandLineKit

/// `caresphere template show`.
enum TemplateShow {
  static let command = Command(
    CommandSpec(
      name: "show",
      abstract: "Show a template",
      arguments: [.template],
      examples: [
        .init("caresphere template show birthday", "All of it."),
        .init("caresphere template show birthday --fields content --format tsv --no-headers", "Its text."),
      ]),
    access: .atLeast(.member)
  ) { context in
    try TemplateOutput.emit(try context.template(), context)
  }
}
