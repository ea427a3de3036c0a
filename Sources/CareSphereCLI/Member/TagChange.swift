import CareSphereKit
import CommandLineKit
import TextFormats

/// What `member tag` and `member untag` share.
enum TagChange {
  static let options = [
    OptionSpec("tag", "TAG", "The tag", repeats: true, isRequired: true)
  ]

  /// Changes the tags of the people that the command line names, each audited, and reports how many were changed.
  /// - Parameters:
  ///   - verb: how the question asks: "Tag" for `Tag 2 members?`.
  ///   - key: the report's name for those whose tags have changed.
  ///   - change: what becomes of somebody's tags, given those of the command line.
  static func run(
    _ context: Context, verb: String, key: String,
    _ change: (_ before: [String], _ tags: [String]) -> [String]
  ) throws {
    try context.output.checkReport(keys: ["tags", key, "unchanged"])
    let tags = try tags(context.parsed.values("tag"))
    let references = context.parsed.arguments("MEMBER")
    let count = try MemberFinder(try context.database()).find(all: references).count
    if count > 1 { try context.confirm("\(verb) \(count) members?") }
    let provenance = try context.provenance()
    let changed = try context.write { database in
      let store = try MemberStore(database, ids: context.ids, provenance: provenance)
      let audit = AuditLog(database, ids: context.ids, provenance: provenance)
      return try MemberFinder(database).find(all: references).count { member in
        var draft = MemberDraft()
        draft.tags = change(member.tags, tags)
        let change = MemberChange(draft, of: member, tags: .replace)
        guard !change.isEmpty else { return false }
        let after = try store.apply(change, to: member)
        try audit.append(
          entity: "member", id: member.id, before: change.fields(of: member), after: change.fields(of: after))
        return true
      }
    }
    let report = JSONObject([
      ("tags", .strings(tags)), (key, .integer(changed)), ("unchanged", .integer(count - changed)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }

  private static func tags(_ raw: [String]) throws -> [String] {
    do throws(ValueProblem) {
      if let tags = try MemberValues(clock: Clock(zone: .utc)).tags(raw) { return tags }
    } catch {
      throw CareError(.validation, "a tag is wrong", details: .fields([.init("tag", error.reason)]))
    }
    throw CareError(.validation, "a tag is wrong", details: .fields([.init("tag", "is empty")]))
  }
}
