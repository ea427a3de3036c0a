import CareSphereKit
import TextFormats

/// What the verbs have in common that let a rule act or not.
enum RuleSwitch {
  /// - Parameter isActive: whether the named rule is to act.
  static func run(_ context: Context, isActive: Bool) throws {
    try context.output.check(columns: RuleOutput.columns)
    let provenance = try context.provenance()
    let rule = try context.write { database in
      let rule = try context.rule()
      let store = RuleStore(database, ids: context.ids, provenance: provenance)
      guard isActive else { return try store.setActive(false, rule) }
      // What it needs may have gone while it was disabled.
      let input = try RuleInput(flags: [(.isActive, true)])
      return try store.update(rule, to: try input.values(over: rule.values, try context.ruleReview()))
    }
    try context.emitResult { try RuleOutput.emit(rule, context) }
  }
}
