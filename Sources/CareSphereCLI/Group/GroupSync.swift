import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// `caresphere group sync`.
enum GroupSync {
  static let command = Command(
    CommandSpec(
      name: "sync",
      abstract: "Make a group hold exactly the people in a file",
      discussion: """
        Puts everybody in the file into the group and takes everybody else out. The file is any that member \
        import reads, or one reference a line; where a line names nobody, nothing is changed.

        It asks before anybody is taken out, and refuses to take out more than --max-removals, because then the file \
        is more likely to be the wrong one. That is a number of people, or a part of those in the group, rounded down: \
        20% of 9 lets one go, 20% of 4 nobody. For a small group give a number.
        """,
      arguments: [.group, ArgumentSpec("FILE", "The file; - is stdin", value: .file)],
      options: [
        .flag("add-only", "Take nobody out"),
        .flag("remove-only", "Put nobody in"),
        OptionSpec("max-removals", "N|N%", "Refuse to take out more than this; 20% by default"),
      ],
      examples: [
        .init("caresphere group sync choir singers.txt --dry-run", "See what would change."),
        .init("caresphere group sync choir singers.csv --yes --max-removals 5", "At most five may go."),
        .init("caresphere group sync choir - --add-only < more.txt", "Only put people in."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["group", "added", "removed", "unchanged"])
    let parsed = context.parsed
    guard !(parsed.has("add-only") && parsed.has("remove-only")) else {
      throw UsageError("--add-only and --remove-only leave nothing to do", path: parsed.path)
    }
    let limit = try RemovalLimit(parsed.value("max-removals") ?? "20%", path: parsed.path)
    let group = try context.group()
    try group.checkTakesAssignments()
    let database = try context.database()
    var reader = try MemberFile(database, clock: try context.clock())
    let wanted = try reader.read(parsed.argument("FILE") ?? "-")
    let provenance = try context.provenance()

    func plan() throws -> Plan {
      var plan = Plan(present: try GroupMembership.rows(of: group, database), wanted: wanted)
      if parsed.has("add-only") { plan.removed = [] }
      if parsed.has("remove-only") { plan.added = [] }
      try limit.check(removals: plan.removed.count, of: plan.present)
      return plan
    }
    let removals = try plan().removed.count
    if removals > 0 { try context.confirm("Take \(GroupOutput.members(removals)) out of “\(group.name)”?") }
    let (counts, present) = try context.write { database in
      // Asked again, because others may have made changes while a person was thinking.
      let plan = try plan()
      let membership = try GroupMembership(
        database, group: group, ids: context.ids, provenance: provenance)
      let source = JSONObject([("from", .string("file"))])
      return (try membership.change(adding: plan.added, removing: plan.removed, source: source), plan.present)
    }
    let report = JSONObject([
      ("group", GroupOutput.reference(group)), ("added", .integer(counts.added)),
      ("removed", .integer(counts.removed)), ("unchanged", .integer(present - counts.removed)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }

  /// Who is to come and who to go, as keys of rows.
  private struct Plan {
    /// How many are in the group.
    var present: Int
    var added: [Int]
    var removed: [Int]

    init(present rows: [Int], wanted: [Int]) {
      let (before, after) = (Set(rows), Set(wanted))
      present = rows.count
      added = wanted.filter { !before.contains($0) }
      removed = rows.filter { !after.contains($0) }
    }
  }
}

/// `--max-removals`: a number of people, or a part of those in the group.
struct RemovalLimit: Equatable {
  let number: Int
  let isPercentage: Bool

  /// - Throws: `UsageError` for anything but `5` or `20%`.
  init(_ text: String, path: [String]) throws(UsageError) {
    isPercentage = text.hasSuffix("%")
    guard let number = Int(isPercentage ? String(text.dropLast()) : text), number >= 0,
      !text.hasPrefix("+"), !isPercentage || number <= 100
    else {
      throw UsageError("--max-removals takes a number such as 5, or a part such as 20%", path: path)
    }
    self.number = number
  }

  /// - Parameters:
  ///   - removals: how many are to go.
  ///   - present: how many are in the group.
  /// - Throws: `CareError(.conflict)` where that is too many.
  func check(removals: Int, of present: Int) throws(CareError) {
    // Whole people: 20% of 7 are 1.4, so one may go.
    let most = isPercentage ? Int(Double(present) * Double(number) / 100) : number
    guard removals > most else { return }
    let limit = isPercentage ? "\(most) may be: \(number)% of \(present), rounded down" : "\(most) may be"
    throw CareError(
      .conflict, "\(GroupOutput.members(removals)) of \(present) would be taken out, and at most \(limit)",
      hint: "look at the file; if it is right, add --max-removals \(removals)")
  }
}
