import CommandLineKit

/// `caresphere rule disable`.
enum RuleDisable {
  static let command = Command(
    CommandSpec(
      name: "disable",
      abstract: "Keep a rule from acting",
      discussion: "The rule and its log stay. What happens until it is enabled again it never acts on.",
      arguments: [.rule],
      examples: [.init("caresphere rule disable birthdays", "No more mails for now.")]),
    access: .atLeast(.moderator)
  ) { try RuleSwitch.run($0, isActive: false) }
}
