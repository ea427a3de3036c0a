import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// `caresphere member update`: one person, or all whom an expression finds.
enum MemberUpdate {
  static let command = Command(spec, access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    let reference = context.parsed.argument("MEMBER")
    let expression = context.parsed.value("where")
    guard (reference == nil) != (expression == nil) else {
      throw UsageError("say whom: either MEMBER or --where EXPR", path: context.parsed.path)
    }
    let values = MemberValues(clock: try context.clock())
    let draft = try MemberFlags.input(context).draft(for: .update, values: values)
    guard draft != MemberDraft() else {
      throw UsageError(
        "there is nothing to change", hint: "name what, for example --city, or --clear FIELD",
        path: context.parsed.path)
    }
    if let reference { return try updateOne(reference, draft, context) }
    try updateMany(expression ?? "", draft, context)
  }

  private static func updateOne(_ reference: String, _ draft: MemberDraft, _ context: Context) throws {
    try MemberOutput.check(context)
    let provenance = try context.provenance()
    let record = try context.write { database in
      let updater = try Updater(database, draft, context, provenance)
      var member = try MemberFinder(database).find(reference)
      if let change = try updater.change(of: member) {
        let before = change.fields(of: member)
        member = try updater.store.apply(change, to: member)
        try updater.audit.append(
          entity: "member", id: member.id, before: before, after: change.fields(of: member))
      }
      return try MemberOutput.record(of: member, context)
    }
    try context.emitResult { try MemberOutput.emit(record, context) }
  }

  private static func updateMany(_ expression: String, _ draft: MemberDraft, _ context: Context) throws {
    try context.output.checkReport(keys: ["matched", "updated", "unchanged"])
    guard draft.externalId == nil else {
      throw CareError(
        .validation, "an external id can be given to one person only, not to a set of them",
        hint: "name the person in place of --where",
        details: .fields([.init("externalId", "is one person's own")]))
    }
    var query = MemberQuery(try context.database())
    query.condition = try context.condition(expression)
    let count = try query.count()
    if count > 0 { try context.confirm("Update \(count) \(count == 1 ? "member" : "members")?") }
    let provenance = try context.provenance()
    let (matched, updated) = try context.write { database -> (Int, Int) in
      let updater = try Updater(database, draft, context, provenance)
      let rows = try MemberFinder(database).rowIDs(where: query.condition)
      var updated = 0
      for row in rows {
        guard let member = try MemberFinder(database).find(rowID: row),
          let change = try updater.change(of: member)
        else { continue }
        _ = try updater.store.apply(change, to: member)
        updated += 1
        try database.checkInterrupted(while: "updating")
      }
      try updater.audit.append(
        entity: "member", id: nil,
        after: JSONObject([
          ("where", .string(expression)), ("updated", .integer(updated)),
          ("fields", .strings(updater.fields)),
        ]))
      return (rows.count, updated)
    }
    let report = JSONObject([
      ("matched", .integer(matched)), ("updated", .integer(updated)),
      ("unchanged", .integer(matched - updated)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }

  /// Works out and carries out what one draft changes about members.
  private struct Updater {
    let draft: MemberDraft
    let groups: [String]
    let store: MemberStore
    let audit: AuditLog

    init(_ database: Database, _ draft: MemberDraft, _ context: Context, _ provenance: Provenance) throws {
      self.draft = draft
      groups = try MemberFlags.groups(of: draft, context)
      store = try MemberStore(database, ids: context.ids, provenance: provenance)
      audit = AuditLog(database, ids: context.ids, provenance: provenance)
    }

    /// Nil where nothing differs.
    func change(of member: Member) throws -> MemberChange? {
      var change = MemberChange(draft, of: member, tags: .replace)
      if !groups.isEmpty {
        let present = Set(try store.groups(of: member.id))
        change.joins = groups.filter { !present.contains($0) }
      }
      return change.isEmpty ? nil : change
    }

    /// The names of the fields that the draft speaks of.
    var fields: [String] { draft.mentionedFields.map(\.rawValue) }
  }

  private static let spec = CommandSpec(
    name: "update",
    abstract: "Change a person, or all whom an expression finds",
    discussion: """
      Changes only the fields that are given; --clear empties one. --tag replaces the tags, as the API does (see \
      member tag and untag), --group adds to groups. With --where everybody whom the expression finds is \
      changed, in one transaction, after a question with their number.
      """,
    arguments: [.members(.optional)],
    options: MemberFlags.specs + [
      OptionSpec("clear", "FIELD", "Empty this field, or custom.NAME", repeats: true),
      OptionSpec("where", "EXPR", "Everybody for whom this filter expression holds"),
    ],
    examples: [
      .init("caresphere member update ada@example.org --city Lagos --clear phone", "One person."),
      .init(
        "caresphere member update --where 'joinDate < -10y' --membership-type elder --yes",
        "Many, without asking."),
    ])
}
