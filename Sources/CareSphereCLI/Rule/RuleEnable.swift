import CommandLineKit

/// `caresphere rule enable`.
enum RuleEnable {
  static let command = Command(
    CommandSpec(
      name: "enable",
      abstract: "Let a rule act",
      discussion: """
        From now on the rule acts; what happened while it was disabled it never acts on. What it needs has to be \
        there. A rule that is enabled stays as it is.
        """,
      arguments: [.rule],
      examples: [.init("caresphere rule enable birthdays", "Let it act again.")]),
    access: .atLeast(.moderator)
  ) { try RuleSwitch.run($0, isActive: true) }
}
