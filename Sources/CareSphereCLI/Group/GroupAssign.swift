import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere group assign`.
enum GroupAssign {
  static let command = Command(
    CommandSpec(
      name: "assign",
      abstract: "Put people into a group",
      discussion: """
        Puts people into a group: those named, those in a file, or those whom a filter finds. A file is any that \
        member import reads, or one reference a line; where a line names nobody, nobody is put in. It asks \
        first when they are more than one.
        """,
      arguments: [.group, .members(.zeroOrMore)],
      options: [
        OptionSpec("from", "FILE", "Everybody in this file; - is stdin", value: .file),
        OptionSpec("where", "EXPR", "Everybody for whom this filter expression holds"),
      ],
      examples: [
        .init("caresphere group assign choir ada@example.org", "One person."),
        .init(
          "caresphere group assign choir --from singers.csv --yes", "Everybody in a file, without asking."),
        .init(
          "caresphere group assign choir --where 'tag = singer'", "Whom a filter finds, after a question."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["group", "assigned", "alreadyMembers"])
    let parsed = context.parsed
    let references = parsed.arguments("MEMBER")
    guard [!references.isEmpty, parsed.has("from"), parsed.has("where")].count(where: { $0 }) == 1 else {
      throw UsageError("say whom: MEMBER, --from FILE or --where EXPR", path: parsed.path)
    }
    let group = try context.group()
    try group.checkTakesAssignments()
    if references.isEmpty {
      try assignSet(to: group, context)
    } else {
      try assign(references, to: group, context)
    }
  }

  private static func assign(_ references: [String], to group: Group, _ context: Context) throws {
    let count = try MemberFinder(try context.database()).find(all: references).count
    if count > 1 { try ask(count, group, context) }
    let provenance = try context.provenance()
    let assigned = try context.write { database in
      let people = try MemberFinder(database).find(all: references)
      return try GroupMembership(database, group: group, ids: context.ids, provenance: provenance)
        .assign(people)
    }
    try report(group, assigned: assigned, of: count, context)
  }

  private static func assignSet(to group: Group, _ context: Context) throws {
    let database = try context.database()
    let expression = context.parsed.value("where")
    let condition = try expression.map(context.condition)
    var file: [Int]?
    if let path = context.parsed.value("from") {
      var reader = try MemberFile(database, clock: try context.clock())
      file = try reader.read(path)
    }
    func rows() throws -> [Int] {
      try file ?? condition.map { try MemberFinder(database).rowIDs(where: $0) } ?? []
    }
    let count = try rows().count
    if count > 0 { try ask(count, group, context) }
    let provenance = try context.provenance()
    let (assigned, total) = try context.write { database in
      // Asked again, because others may have made changes while a person was thinking.
      let rows = try rows()
      let source = JSONObject([expression.map { ("where", .string($0)) } ?? ("from", .string("file"))])
      let counts = try GroupMembership(database, group: group, ids: context.ids, provenance: provenance)
        .change(adding: rows, source: source)
      return (counts.added, rows.count)
    }
    try report(group, assigned: assigned, of: total, context)
  }

  private static func ask(_ count: Int, _ group: Group, _ context: Context) throws {
    try context.confirm("Put \(GroupOutput.members(count)) into “\(group.name)”?")
  }

  private static func report(_ group: Group, assigned: Int, of total: Int, _ context: Context) throws {
    let report = JSONObject([
      ("group", GroupOutput.reference(group)), ("assigned", .integer(assigned)),
      ("alreadyMembers", .integer(total - assigned)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
