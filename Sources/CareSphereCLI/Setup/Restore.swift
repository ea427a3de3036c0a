import CRuntime
import CareSphereKit
import CommandLineKit
import Glibc
import SQLiteStore
import TextFormats

/// `caresphere restore`.
enum Restore {
  static let command = Command(spec, access: .anyone, run: run)

  private static let keys = [
    "path", "file", "keptAside", "members", "sessionsEnded", "tokensRevoked", "optOutsKept", "recipientsHeld",
    "messagesUnscheduled", "effectsSkipped", "membersReturned", "membersLeftOut",
  ]

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: keys)
    let file = context.parsed.argument("FILE") ?? ""
    guard file != "-", !file.isEmpty else {
      throw CareError(.validation, "a backup cannot be read from standard input", hint: "name the file")
    }
    let restore = try DatabaseRestore(
      from: file, to: context.databasePath, options: try context.databaseOptions(), now: context.now)
    restore.tell = { context.console.step($0) }
    let (actor, size) = try authorize(context)
    caresphere_signals_hold(1)
    defer { caresphere_signals_hold(0) }
    let contents = try restore.copy()
    let place = size.map { "\(restore.path) (\($0) members)" } ?? restore.path
    try context.confirm("Put \(file) (\(contents.members) members) in the place of \(place)?")
    context.closeDatabase()
    let provenance = Provenance(
      actorID: nil, actor: actor?.auditName ?? "nobody logged in", command: context.command, at: context.now)
    let report = try restore.replace(
      ids: context.ids, provenance: provenance, hasLive: size != nil, isRehearsal: context.isDryRun)
    if !context.isDryRun {
      try? SessionFile(databasePath: restore.path, environment: context.environment).remove()
    }
    let head = JSONObject([("path", .string(restore.path)), ("file", .string(file))])
    try context.emitResult {
      try context.output.emit(
        report: Report(JSONObject((head.members + report.json.members).map { ($0.key, $0.value) })))
    }
    advise(report, hadLive: size != nil, context)
  }

  /// Only an admin may take the place of a database that works.
  /// - Returns: who that is, and how many members it has; nil where there is none that can be opened
  private static func authorize(_ context: Context) throws -> (Actor?, members: Int?) {
    do {
      let database = try context.database()
      let actor = try context.actor()
      try Access.atLeast(.admin).check(actor, command: context.command)
      return (actor, try database.first("SELECT count(*) FROM members") { $0.integer(0) })
    } catch let error as CareError where error.code == .unauthorized {
      throw Self.explained(error, context)
    } catch let error as DatabaseError where error.kind != .busy && error.kind != .interrupted {
      context.closeDatabase()
      var information = stat()
      if lstat(context.databasePath, &information) == 0,
        information.st_mode & S_IFMT != S_IFREG || information.st_uid != geteuid()
      {
        throw error
      }
      if error.kind != .missing {
        context.console.notice("the database there cannot be opened: \(error.message)")
      }
      return (nil, nil)
    }
  }

  /// Why a login is asked for, which a damaged file may no longer be able to give.
  private static func explained(_ error: CareError, _ context: Context) -> CareError {
    var error = error
    let path = context.databasePath
    let damage = (try? context.database()).flatMap { try? DatabaseCheck($0).firstDamage() }
    let login = "log in as an admin with: caresphere user login EMAIL"
    error.message +=
      damage == nil ? "; \(path) opens, so not everybody may replace it" : "; \(path) is damaged, but opens"
    error.hint = "\(login); or, where that cannot be, move \(path) out of the way and restore again"
    return error
  }

  private static func advise(_ report: RestoreReport, hadLive: Bool, _ context: Context) {
    let isTrial = context.isDryRun
    if !report.hasAskedLive {
      let since = report.lastChange.map { " since \($0)" } ?? " since the backup"
      let place = hadLive ? "could not be read in full" : "is missing or could not be opened"
      context.console.warning(
        "the file from before \(place), so opt-outs, deletions and erasures\(since) are not known; see what you know of "
          + "them before you write to anybody")
    }
    if let first = report.membersReturned.first {
      let count = report.membersReturned.count
      let people = count == 1 ? "1 person" : "\(count) people"
      context.console.warning(
        isTrial
          ? "\(people) who had been deleted since would be back"
          : "\(people) who had been deleted since \(count == 1 ? "is" : "are") back (see membersReturned); delete them "
            + "again with: caresphere member delete \(first)\(count == 1 ? "" : " …"), and --erase where they were erased"
      )
    }
    if let count = report.membersLeftOut, count > 0 {
      let people = count == 1 ? "1 person" : "\(count) people"
      let place = report.keptAside ?? context.databasePath
      context.console.notice("\(people) of \(place) \(count == 1 ? "is" : "are") not in the backup")
    }
    if report.recipientsHeld > 0 {
      let who = report.recipientsHeld == 1 ? "1 recipient" : "\(report.recipientsHeld) recipients"
      let of = HeldMessages.inWords(report.messagesHeld)
      context.console.notice(
        isTrial
          ? "\(who) of \(of) would be held, for they may have got their message since"
          : "\(who) of \(of) \(report.recipientsHeld == 1 ? "is" : "are") held, for they may have got their message "
            + "since; see who they are with: caresphere message recipients MESSAGE --status held, and write to them with: "
            + "caresphere message retry MESSAGE --held")
    }
    context.console.notice(
      isTrial
        ? "a dry run: nothing was put back; everybody would have to log in again"
        : "everybody has to log in again with: caresphere user login EMAIL")
  }

  private static let spec = CommandSpec(
    name: "restore",
    abstract: "Put a backup back",
    discussion: """
      Puts a FILE that `caresphere backup` has written in the place of the database, after asking. The file is copied \
      beside the database and verified there: what is not a whole and healthy caresphere database of this or an older \
      version is refused, and nothing is changed. Then both are exchanged in one step. The file from before is kept \
      beside it, called after the database and the time, as in caresphere.db.before-restore-20251113T103000Z; remove \
      it when it is not needed any more. Nothing may be delivered and no rule may act meanwhile (exit status 8).

      All logins end. Service tokens stay, but for those that were revoked since the backup was made. Users, their \
      roles and passwords are as the backup has them.

      What has happened since must not happen again, nor may an opt-out be forgotten. Opt-outs and suppressed \
      addresses of the file from before are taken over. Recipients who were still waiting when the backup was made \
      are held (`caresphere message retry MESSAGE --held` writes to them), scheduled messages become drafts, and what \
      rules had yet to do is let go of, unless it still waits in the file from before too. Where that file is missing \
      or cannot be read, or is not what became of the backup's database, all that was due by now counts as done. \
      People who were deleted since the backup was made are back, and listed as far as the file from before knows of \
      them; who was added since is not in it, and is counted.

      As long as the database opens, only who is logged in with the role admin may put another file in its place. \
      Where it is missing or cannot be opened, the command answers whoever can write there; where it opens but is too \
      damaged to log in, or the disk fails while it is read, move it out of the way first.
      """,
    arguments: [ArgumentSpec("FILE", "The backup", value: .file)],
    examples: [
      .init("caresphere restore /var/backups/caresphere/caresphere-20251113T103000Z.db", "Asks first."),
      .init(
        "caresphere restore parish.db --dry-run", "See whether it can be put back, and what that would do."),
    ])
}
