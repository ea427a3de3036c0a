import CareSphereKit
import CommandLineKit

/// `caresphere rule update`.
enum RuleUpdate {
  static let command = Command(
    CommandSpec(
      name: "update",
      abstract: "Change a rule",
      discussion: """
        Changes only what is given. Settings are merged: those that are not named stay, null takes one away, and \
        those that another trigger or action does not have are dropped. Conditions are replaced; empty ones mean \
        everybody.

        With another trigger a rule begins anew: it acts on what happens from then on, and what was waiting for \
        its time is dropped, as the log tells. Another action, other conditions or another name change nothing of \
        that.
        """,
      arguments: [.rule],
      options: [OptionSpec("name", "NAME", "What it is called from now on")] + RuleInputFlags.specs
        + [.flag("active", "Let it act")],
      examples: [
        .init("caresphere rule update birthdays --at 08:30", "Earlier in the morning."),
        .init("caresphere rule update welcome --name Greeting --where 'age < 18'", "Rename and narrow it."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    let parsed = context.parsed
    try context.output.check(columns: RuleOutput.columns)
    guard !(parsed.has("active") && parsed.has("inactive")) else {
      throw UsageError("--active and --inactive exclude each other", path: parsed.path)
    }
    let input = try RuleInputFlags.input(context, name: parsed.value("name"))
    guard !input.isEmpty else {
      throw UsageError("there is nothing to change", hint: "name what, for example --at", path: parsed.path)
    }
    let provenance = try context.provenance()
    let rule = try context.write { database in
      let rule = try context.rule()
      return try RuleStore(database, ids: context.ids, provenance: provenance)
        .update(rule, to: try input.values(over: rule.values, try context.ruleReview()))
    }
    try context.emitResult { try RuleOutput.emit(rule, context) }
  }
}
