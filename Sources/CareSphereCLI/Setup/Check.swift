import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// `caresphere check`: whether the file is as it must be.
enum Check {
  static let command = Command(
    CommandSpec(
      name: "check",
      abstract: "See whether all is well with the database",
      discussion: """
        Looks at all of the file: its pages and indexes, foreign keys, tables and triggers, and whatever follows \
        from something else: the counters of groups, messages, templates and rules, the search index, sort keys, \
        the members of events, the ledger of rules, and the form of ids, times and JSON. What is wrong is listed, \
        the first hundred of each kind, and the exit status is 9. It reads only, also from a disk that cannot be \
        written to, and names rows by their ids. Where records are dated in the future, because this machine's clock ran \
        ahead, a warning says so, and the exit status is no other for it.

        --repair makes anew what follows from the rest, in one transaction, after asking; it changes nothing that \
        people have written or decided, so that it takes no login either, and is recorded in the audit log under \
        the name of whoever is logged in. Where the file itself is damaged, or rows cannot be right and their \
        indexes say something else, nothing is written: a backup is to be put back with `caresphere restore`. What is \
        left wrong is listed, and the exit status is 9 then.
        """,
      options: [.flag("repair", "Make anew what follows from the rest")],
      examples: [
        .init("caresphere check", "See whether all is well."),
        .init("caresphere check --repair --dry-run", "See what a repair would mend."),
        .init("caresphere check --quiet || caresphere check --repair --yes", "In a script."),
      ]),
    access: .anyone, run: run)

  private static func run(_ context: Context) throws {
    let repairs = context.parsed.has("repair")
    try context.output.checkReport(keys: ["ok", "problems"] + (repairs ? ["repaired"] : []))
    if repairs { return try repair(context) }
    try conclude(try inspect(context), mended: nil, context)
  }

  private static func repair(_ context: Context) throws {
    let before = try inspect(context)
    if before.isDamaged {
      try emit(before, mended: [], context)
      throw DatabaseRepair.damaged(before)
    }
    guard before.mendable > 0 else { return try conclude(before, mended: [], context) }
    try context.confirm("Mend \(before.mendable) problem\(before.mendable == 1 ? "" : "s")?")
    let provenance =
      (try? context.provenance())
      ?? Provenance(
        actorID: nil, actor: "nobody logged in", command: context.command, at: context.now)
    let (mended, remaining) = try context.write { database in
      let bar = ProgressBar(context.console, label: "Mending", total: 2 * DatabaseCheck.steps)
      defer { bar.wipe() }
      var check = try DatabaseCheck(database)
      var done = 0
      check.progress = { _ in
        done += 1
        bar.update(done)
      }
      return try DatabaseRepair(database, ids: context.ids, provenance: provenance).run(check)
    }
    if !mended.isEmpty {
      context.console.notice(
        context.isDryRun
          ? "a dry run: \(before.total - remaining.total) of \(before.total) would be mended; nothing was changed"
          : "\(before.total - remaining.total) of \(before.total) are mended")
    }
    try conclude(remaining, mended: mended, context)
  }

  private static func inspect(_ context: Context) throws -> CheckFindings {
    let database = try Database.inspect(
      path: context.databasePath, options: try context.databaseOptions(),
      latestVersion: Schema.migrations.count)
    let version = try database.pragma("user_version")
    if version < Schema.migrations.count {
      context.console.warning(
        "the file has schema \(version) and this program \(Schema.migrations.count), so only its pages, indexes and "
          + "foreign keys are checked; any other command brings it up to date")
    }
    let bar = ProgressBar(context.console, label: "Checking", total: DatabaseCheck.steps)
    defer { bar.wipe() }
    bar.update(0)
    var check = try DatabaseCheck(database)
    check.progress = bar.update
    let findings = try check.run()
    bar.wipe()
    if version == Schema.migrations.count, !findings.isDamaged { warnOfClock(database, context) }
    return findings
  }

  /// A time that is still to come is nothing wrong with the file, and nothing that can be mended: it is what the clock
  /// said.
  private static func warnOfClock(_ database: Database, _ context: Context) {
    guard let counts = try? FutureRecords(database, now: context.now).counts, !counts.isEmpty else { return }
    let which = counts.map { "\($0.table) \($0.count)" }.joined(separator: ", ")
    context.console.warning(
      "records are dated later than this machine's clock (\(which)): it ran ahead when they were written, or is behind "
        + "now; rules and messages that wait for such a time are brought back by: caresphere rule run, and: "
        + "caresphere message deliver")
  }

  private static func conclude(
    _ findings: CheckFindings, mended: [CheckProblem]?, _ context: Context
  ) throws {
    try emit(findings, mended: mended, context)
    guard !findings.isEmpty else { return }
    let count = findings.total == 1 ? "1 problem" : "\(findings.total) problems"
    let left = mended == nil ? "" : " that cannot be made anew from the rest"
    throw CareError(
      .database, "the database has \(count)\(left)", hint: hint(findings, isRepaired: mended != nil))
  }

  private static func hint(_ findings: CheckFindings, isRepaired: Bool) -> String {
    let backup = "put a backup back with: caresphere restore FILE"
    if findings.isDamaged { return backup }
    guard findings.mendable > 0, !isRepaired else {
      return "keep a copy of the file as it is with: caresphere backup FILE; \(backup)"
    }
    let which =
      findings.mendable < findings.total
      ? "\(findings.mendable) of them" : findings.total == 1 ? "it" : "them all"
    return "see what would be mended with: caresphere check --repair --dry-run; mend \(which) with: "
      + "caresphere check --repair"
  }

  private static func emit(
    _ findings: CheckFindings, mended: [CheckProblem]?, _ context: Context
  ) throws {
    func list(_ problems: [CheckProblem]) -> JSONValue { .array(problems.map { .object($0.json) }) }
    var report = JSONObject([("ok", .bool(findings.isEmpty)), ("problems", list(findings.problems))])
    if let mended { report["repaired"] = list(mended) }
    try context.emitResult(always: !findings.isEmpty) {
      try context.output.emit(report: Report(report, figures: figures(report)))
    }
  }

  /// Each problem is a line: its kind as the section, what it is of as the key.
  private static func figures(_ report: JSONObject) -> [Report.Figure] {
    var figures = [Report.Figure(section: "summary", key: "ok", value: report["ok"] ?? .null)]
    for (name, suffix) in [("problems", ""), ("repaired", " repaired")] {
      guard case .array(let problems)? = report[name] else { continue }
      for case .object(let problem) in problems {
        guard case .string(let kind)? = problem["kind"], case .string(let what)? = problem["what"] else {
          continue
        }
        figures.append(
          Report.Figure(section: name, key: "\(kind): \(what)\(suffix)", value: problem["found"] ?? .null))
      }
    }
    return figures
  }
}
