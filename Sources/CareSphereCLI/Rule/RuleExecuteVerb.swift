import CareSphereKit
import CommandLineKit

/// `caresphere rule execute`.
enum RuleExecuteVerb {
  static let command = Command(
    CommandSpec(
      name: "execute",
      abstract: "Let a rule act now, by hand",
      discussion: """
        Does what the rule does, without its trigger, for the people who are named or for all for whom its \
        conditions hold, and delivers what it sends. Of those who are named, the ones for whom they do not hold are \
        skipped. It works on a disabled rule too. It takes the place of nothing that the rule does by itself.
        """,
      arguments: [.rule],
      options: [
        OptionSpec(
          "member", "MEMBER", "For this person; all that the conditions choose by default", repeats: true)
      ],
      examples: [
        .init("caresphere rule execute welcome --member ada@example.org", "Welcome somebody again."),
        .init("caresphere rule execute welcome --dry-run", "See for whom it would act."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: RuleWork.keys)
    let rule = try context.rule()
    let references = context.parsed.values("member")
    let members = references.isEmpty ? nil : try MemberFinder(try context.database()).find(all: references)
    let work = try RuleWork(context)
    let count = try members?.count ?? work.run.size(of: rule)
    if let count, members == nil ? count > 0 : count > 1 {
      try context.confirm("Let “\(rule.name)” act for \(count) \(count == 1 ? "member" : "members")?")
    }
    if context.isDryRun {
      return try work.conclude(try context.write { _ in try work.run.execute(rule, for: members) })
    }
    let report = try work.perform { try work.run.execute(rule, for: members) }
    try work.conclude(report, delivers: true)
  }
}
