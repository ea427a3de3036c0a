import CareSphereKit
import CommandLineKit
import TextFormats

/// How rules are shown.
enum RuleOutput {
  /// The fields of a rule, in the API design's names.
  static let columns = [
    Column("id", .id), Column("name"), Column("description", shownInTable: false), Column("triggerType"),
    Column("triggerConfig", .json, shownInTable: false), Column("actionType"),
    Column("actionConfig", .json, shownInTable: false), Column("conditions", .json, shownInTable: false),
    Column("isActive", .boolean), Column("runCount", .integer), Column("successCount", .integer),
    Column("failureCount", .integer), Column("lastRunAt"), Column("createdBy", shownInTable: false),
    Column("createdAt", shownInTable: false), Column("updatedAt", shownInTable: false),
  ]

  /// Shows one rule, of which a table has everything.
  static func emit(_ rule: Rule, _ context: Context) throws {
    try context.output.emit(record: rule.json, columns: columns)
  }

  /// A rule as reports name it.
  static func reference(_ rule: Rule) -> JSONValue {
    ["id": .string(rule.id), "name": .string(rule.name)]
  }
}

extension ArgumentSpec {
  /// RULE.
  static let rule = ArgumentSpec("RULE", "A name, or an id or part of one", value: .name("rule"))
}

extension OptionSpec {
  /// `--force` of what deletes something that rules can need.
  static let forceRules = OptionSpec.flag(
    "force", "Disable the rules that need it; let --output replace a file")
}

extension Context {
  /// The rule that the command line names.
  func rule() throws -> Rule {
    try RuleFinder(try database()).resolve(parsed.argument(ArgumentSpec.rule.name) ?? "")
  }

  /// What looks through a rule before it is stored.
  func ruleReview() throws -> RuleReview {
    RuleReview(try database(), compiler: try filterCompiler(), clock: try clock())
  }

  /// Makes sure that no rule needs what is about to be deleted, or with `--force` disables those that do. Call it
  /// within the transaction of the deletion.
  func release(_ need: RuleNeed) throws {
    let rules = try RuleNeeds(try database(), ids: ids, provenance: try provenance())
      .release(need, force: parsed.has(OptionSpec.forceRules.name))
    for rule in rules { console.warning("the rule “\(rule.name)” is disabled: it needed what is deleted") }
  }
}
