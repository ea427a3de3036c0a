import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// `caresphere member delete`.
enum MemberDelete {
  static let command = Command(spec, access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    let erases = context.parsed.has("erase")
    try context.output.checkReport(keys: ["message", "deleted", "ids"] + (erases ? ["outOfReach"] : []))
    if !context.isDryRun { _ = context.removeErasureRemains() }
    let references = context.parsed.arguments("MEMBER")
    let count = try MemberFinder(try context.database()).find(all: references).count
    if count > 1 { try context.confirm("Delete \(count) members?") }
    let provenance = try context.provenance()
    if erases { try context.database().execute("PRAGMA secure_delete = ON") }
    var copies: [MaildirCopies] = []
    let deleted = try context.write { database in
      let store = try MemberStore(database, ids: context.ids, provenance: provenance)
      let audit = AuditLog(database, ids: context.ids, provenance: provenance)
      let members = try MemberFinder(database).find(all: references)
      for member in members {
        let before = try context.record(of: member).json(namesGroups: true).withoutEmpty
        let erasure = erases ? try Erasure(of: member, database) : nil
        if erases {
          let configuration = try context.configuration()
          copies.append(try MaildirCopies(of: member.id, database, configuration: configuration))
        }
        try store.delete(member)
        try erasure?.erase()
        try audit.append(entity: "member", id: member.id, before: erases ? nil : before)
      }
      if erases {
        try Erasure.scrubSearch(database)
        // Mails go before the person: a run that is killed in between can be made again as long as they are there.
        if !context.isDryRun { try remove(copies, context) }
        try ErasureRemains(database).note(at: context.now)
      }
      return members.map(\.id)
    }
    let remains = erases && !context.isDryRun ? context.removeErasureRemains() : nil
    var report = JSONObject([
      (
        "message",
        .string(deleted.count == 1 ? "Member deleted successfully" : "Members deleted successfully")
      ),
      ("deleted", .integer(deleted.count)), ("ids", .strings(deleted)),
    ])
    if erases { report["outOfReach"] = .strings(try OutOfReach.files(try context.database())) }
    try context.emitResult(always: remains != nil) { try context.output.emit(report: Report(report)) }
    if let remains {
      throw CareError(
        .partialFailure,
        "deleted, but the file could not be written anew, in which traces may be left: \(remains)",
        hint: "it is tried again by: caresphere message deliver, which cron runs")
    }
  }

  private static func remove(_ copies: [MaildirCopies], _ context: Context) throws {
    for copy in copies {
      let count = try copy.remove()
      context.console.step("removed \(count) mail\(count == 1 ? "" : "s") from the Maildir")
    }
  }

  private static let spec = CommandSpec(
    name: "delete",
    abstract: "Delete people",
    discussion: """
      Deletes people with their notes, activities, groups and consents. Addresses that were opted out stay so: \
      a digest of them is kept, and whoever comes with such an address later is opted out from the start. It asks first \
      when they are more than one.

      With --erase nothing else is left: not in the file, which is written anew for that and takes as long as it is \
      large, not in its audit log, not in the Maildir. Exports, backups, files that a restoration has kept aside and \
      mails on other servers are out of reach; the copies that are known are listed as outOfReach. What others wrote in \
      their own words (a note on somebody else, the text of a message, the name of a group) is theirs and stays. Where \
      the filter of a group or rule named the address or id of who was erased, it says erased instead.
      """,
    arguments: [.members(.oneOrMore)],
    options: [.flag("erase", "Leave no trace but the digests of opted-out addresses")],
    examples: [
      .init("caresphere member delete ada@example.org", "One person."),
      .init(
        "caresphere member delete ext:17 ext:18 --erase --yes", "Two, without a trace and without asking."),
    ])
}
