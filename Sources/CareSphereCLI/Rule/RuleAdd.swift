import CareSphereKit
import CommandLineKit

/// `caresphere rule add`.
enum RuleAdd {
  static let command = Command(
    CommandSpec(
      name: "add",
      abstract: "Add a rule",
      discussion: """
        Adds a rule and prints it. No two names differ in letter case alone. All of it is checked: what the trigger \
        or the action does not have, what does not exist, names in texts that are not known; everything that is \
        wrong is listed with its place in the JSON. What triggers and actions there are, and their settings, is \
        told by: caresphere help rule.

        Each shorthand stands for a setting of the same name; --template is templateId, which takes any reference, \
        --tag and --group are the action's, or the trigger's where the action has none. A setting that is given \
        both ways is an error. A rule is carried out by: caresphere rule run.
        """,
      arguments: [ArgumentSpec("NAME", "What it is called", arity: .optional)],
      options: RuleInputFlags.specs,
      examples: [
        .init(
          "caresphere rule add Birthdays --trigger birthday --at 09:00 --action send_message --template Birthday "
            + "--where 'status = active'",
          "A mail in the morning of each birthday."),
        .init(
          "caresphere rule add Welcome --trigger group_joined --trigger-group Youth --action add_tag --tag youth",
          "A tag for who joins a group."),
        .init(
          "caresphere rule add Quiet --trigger inactivity --trigger-config '{\"days\":90}' --action notify_user "
            + "--action-config '{\"user\":\"ada@example.org\",\"note\":\"{{fullName}} was not seen for 90 days\"}'",
          "Tell somebody."),
        .init("caresphere rule add --from-json rule.json", "Take the fields from a file."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: RuleOutput.columns)
    let input = try RuleInputFlags.input(context, name: context.parsed.argument("NAME"))
    let provenance = try context.provenance()
    let rule = try context.write { database in
      try RuleStore(database, ids: context.ids, provenance: provenance)
        .add(try input.values(try context.ruleReview()))
    }
    try context.emitResult { try RuleOutput.emit(rule, context) }
    warn(of: rule, context)
  }

  /// Says where a flag that may have been meant for the trigger as well went to the action alone.
  private static func warn(of rule: Rule, _ context: Context) {
    for flag in ["tag", "group"]
    where context.parsed.has(flag) && rule.values.triggerType.rawValue.hasPrefix("\(flag)_")
      && rule.values.triggerConfig.members.isEmpty
    {
      context.console.notice(
        "--\(flag) is the action's; it acts on every \(flag), unless you name one with: caresphere rule update RULE "
          + "--trigger-\(flag) \(flag.uppercased())")
    }
  }
}
