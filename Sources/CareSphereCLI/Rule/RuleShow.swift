import CareSphereKit
import CommandLineKit

/// `caresphere rule show`.
enum RuleShow {
  static let command = Command(
    CommandSpec(
      name: "show",
      abstract: "Show a rule",
      arguments: [.rule],
      examples: [
        .init("caresphere rule show birthdays", "All of it."),
        .init("caresphere rule show birthdays --fields triggerConfig,conditions", "When, and for whom."),
      ]),
    access: .atLeast(.member)
  ) { context in
    try RuleOutput.emit(try context.rule(), context)
  }
}
