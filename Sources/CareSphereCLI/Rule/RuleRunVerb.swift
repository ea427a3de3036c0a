import CareSphereKit
import CommandLineKit

/// `caresphere rule run`.
enum RuleRunVerb {
  static let command = Command(
    CommandSpec(
      name: "run",
      abstract: "Let rules act that are due",
      discussion: """
        What cron runs, with --quiet: takes up what has happened and which days and hours have come since the last \
        run, does what the rules say, and delivers what they send and whatever else waits in the queue. Every rule \
        acts once for each person and occurrence, however often it is run and even where a run is killed. One run is \
        at work at a time; while another one is, this one says so and ends with 0.

        What was missed is made up for within rules.catchUp of the configuration, 3 days by default; of a schedule \
        the latest time only. What is older is left, with one entry in the log for each rule. Conditions are judged \
        when something is due and a run comes by, and then for good. An effect that fails is tried again by the next \
        runs, 3 times in all, unless a value is wrong or what it needs is gone; the exit status is then 11. The \
        effects of rules can lead to others, 5 of them one after the other.

        The report counts the occurrences that were looked at (evaluated), for how many of them something was done \
        or tried (fired), and what came of it. With --dry-run it tells what would be done; --as-of runs the rules as \
        of another time, and without --dry-run uses up what is due until then.
        """,
      options: [
        OptionSpec("rule", "RULE", "Only this rule", value: .name("rule")),
        .flag("no-deliver", "Leave what is sent in the queue, for message deliver"),
      ],
      examples: [
        .init("caresphere rule run --quiet", "Every few minutes, by cron."),
        .init("caresphere rule run --dry-run --as-of +1d", "See what it would do until tomorrow, by ids."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: RuleWork.keys)
    let rule = try context.parsed.value("rule").map { try RuleFinder(try context.database()).resolve($0) }
    let work = try RuleWork(context)
    if context.isDryRun {
      return try work.conclude(try context.write { _ in try work.run.run(only: rule) })
    }
    context.tryToRemoveErasureRemains()
    let database = try context.database()
    guard let lock = try RunLock.acquire(databasePath: database.path, for: .rules) else {
      context.console.notice("another run of the rules is at work; it takes along whatever is due")
      return try work.conclude(RuleReport())
    }
    let report = try withExtendedLifetime(lock) { try work.perform { try work.run.run(only: rule) } }
    try work.conclude(report, delivers: !context.parsed.has("no-deliver"))
  }
}
