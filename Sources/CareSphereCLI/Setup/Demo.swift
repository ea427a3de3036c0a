import CareSphereKit
import CommandLineKit
import SQLiteStore

/// `caresphere demo`.
enum Demo {
  static let command = Command(
    CommandSpec(
      name: "demo",
      abstract: "Fill an empty database with people to try things out on",
      discussion: """
        Fills a database that has no people, groups, templates, messages and rules yet, in one transaction, so that \
        every command has something to show: families with names of several scripts, who joined over six years, \
        groups, templates, rules, and a year of messages with what people did with them. The same number of people \
        makes the same community every time, but that its days are counted back from today.

        E-mail addresses are on domains that are reserved for examples, phone numbers on those that are kept for \
        fiction, and nothing waits to be sent but a message of next week. Still: a database of real people is no \
        place to try things out.
        """,
      options: [
        OptionSpec(
          "members", "N", "How many people; \(defaultSize) without the flag",
          value: .integer(DemoCommunity.sizes))
      ],
      examples: [
        .init("caresphere demo", "Fill the database of a first try."),
        .init("caresphere demo --members 100000", "See how it is with many."),
      ]),
    access: .atLeast(.admin), run: run)

  static let defaultSize = 200

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: DemoReport.keys)
    let actor = try context.actor()
    let provenance = try context.provenance()
    let total = context.parsed.integer("members") ?? defaultSize
    let bar = ProgressBar(context.console, label: "people", total: total)
    let report = try context.write { database in
      try DemoCommunity(
        database, ids: context.ids, actor: actor, provenance: provenance, review: try context.ruleReview(),
        clock: try context.clock()
      ).make(members: total, tell: context.console.step, progress: bar.update)
    }
    bar.wipe()
    try context.emitResult { try context.output.emit(report: Report(report.json)) }
  }
}
