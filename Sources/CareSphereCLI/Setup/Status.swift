import CareSphereKit
import CommandLineKit
import Glibc
import TextFormats

/// `caresphere status`: what there is, at a glance.
enum Status {
  /// So many days before a service token ends it is told, for cron works with one.
  private static let tokenNotice = 7

  static let command = Command(
    CommandSpec(
      name: "status",
      abstract: "See versions, sizes, counts, ways out and what waits",
      discussion: """
        Shows the versions of the program, of SQLite and of the schema, where database, configuration and login \
        are kept, how large the database is, how much is in it, when it was last backed up, what waits for cron and \
        since when, how many service tokens end within \(tokenNotice) days or have ended, and how messages go out. It \
        takes no login, and shows nothing of anybody.

        With --probe each way out that is set up is tried: mail servers and gateways are connected to, with TLS and a \
        login where those are set up, programs are looked for, and a Maildir is written to. Nothing is sent.

        Recipients who are held may have got their message: when a backup was put back, or a gateway did not answer. \
        They are not written to until `caresphere message retry MESSAGE --held` says so.

        Where the last backup is more than eight days old, or none was made in the first eight, a warning says \
        so; that is no failure, for copies may be made in other ways.

        It looks at the file's size, header and counts, not at every page of it: what is damaged further inside is found \
        by `caresphere check`.

        The exit status is 9 where the file is unwell, 13 where a probe failed, and 11 where something has waited for \
        a day: then cron does not run `caresphere message deliver` or `caresphere rule run`.
        """,
      options: [.flag("probe", "Try the ways out, without sending anything")],
      examples: [
        .init("caresphere status", "Look at it."),
        .init("caresphere status --probe", "Look also whether mail could leave."),
        .init("caresphere status --json --quiet > /dev/null || echo unwell", "In a script."),
      ]),
    access: .anyone, run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport()
    let clock = try context.clock()
    let configuration = try context.configuration()
    let database = try context.database()
    let (status, due, tokens) = try database.read {
      (
        try DatabaseStatus(database), try DueWork(database, configuration: configuration, clock: clock),
        try ServiceTokenStore(database, now: context.now).ends(within: tokenNotice * 86_400)
      )
    }
    let transports = TransportStatus.types.map {
      TransportStatus(
        of: $0, configuration: configuration, databasePath: database.path, environment: context.environment,
        probes: context.parsed.has("probe"))
    }
    try context.output.emit(
      report: Report(try report(status, due, tokens, transports, path: database.path, context)))
    advise(status, due, tokens, context)
    try judge(status, due, transports)
  }

  private static func advise(
    _ status: DatabaseStatus, _ due: DueWork, _ tokens: ServiceTokenStore.Ends, _ context: Context
  ) {
    if due.ahead > 0 {
      let what = due.ahead == 1 ? "1 rule or recipient waits" : "\(due.ahead) rules or recipients wait"
      context.console.warning(
        "\(what) for a time that is too far ahead, because this machine's clock was, or --as-of was given; go back to "
          + "the real time with: caresphere rule run, and: caresphere message deliver")
    }
    adviseOfBackups(status, now: context.now, context)
    if status.heldRecipients > 0 {
      let who = status.heldRecipients == 1 ? "1 recipient is" : "\(status.heldRecipients) recipients are"
      context.console.notice(
        "\(who) held, for they may have got \(HeldMessages.inWords(status.heldMessages)); see who they are with: "
          + "caresphere message recipients MESSAGE --status held, and write to them with: "
          + "caresphere message retry MESSAGE --held")
    }
    let renewal = "see which with: caresphere user tokens, and make another with: caresphere user token"
    if tokens.expired > 0 {
      let what = tokens.expired == 1 ? "1 service token has" : "\(tokens.expired) service tokens have"
      context.console.warning(
        "\(what) ended, and what works with it is refused; \(renewal); or end it for good with: caresphere user revoke"
      )
    }
    if tokens.expiring > 0, let next = tokens.next {
      let what = tokens.expiring == 1 ? "1 service token ends" : "\(tokens.expiring) service tokens end"
      let when = tokens.expiring == 1 ? "at \(next)" : "within \(tokenNotice) days, the first at \(next)"
      context.console.warning("\(what) \(when); \(renewal)")
    }
  }

  /// Backups that have stopped, or were never begun, are missed only when it is too late.
  private static func adviseOfBackups(_ status: DatabaseStatus, now: Timestamp, _ context: Context) {
    let cure = "let cron make one every night: caresphere backup --dir DIR --quiet"
    if let last = status.lastBackup {
      guard BackupRecord.isStale(last.at, now: now) else { return }
      context.console.warning("the last backup is of \(last.at); \(cure)")
    } else if status.membersByStatus.contains(where: { $0.count > 0 }), let createdAt = status.createdAt,
      BackupRecord.isStale(createdAt, now: now)
    {
      context.console.warning("no backup has been made of this database; \(cure)")
    }
  }

  private static func judge(
    _ status: DatabaseStatus, _ due: DueWork, _ transports: [TransportStatus]
  ) throws {
    guard status.problems.isEmpty else {
      throw CareError(
        .database, status.problems.joined(separator: "; "),
        hint: "see what is wrong with: caresphere check; put a backup back with: caresphere restore FILE")
    }
    let closed = transports.filter { $0.isOpen == false }
    if !closed.isEmpty {
      throw CareError(
        .unavailable, closed.count == 1 ? "a way out is closed" : "\(closed.count) ways out are closed",
        hint:
          "what goes that way waits until it is mended; how it is set up is told by: man caresphere-config",
        details: .fields(closed.map { .init($0.type.rawValue, $0.problem ?? "") }))
    }
    if due.isOverdue {
      throw CareError(
        .partialFailure, "something has waited for a day: cron does not run, or what it runs fails",
        hint: "let cron run: caresphere rule run --quiet, and: caresphere message deliver --quiet")
    }
  }

  private static func report(
    _ status: DatabaseStatus, _ due: DueWork, _ tokens: ServiceTokenStore.Ends,
    _ transports: [TransportStatus], path: String, _ context: Context
  ) throws -> JSONObject {
    let session = SessionFile(databasePath: path, environment: context.environment)
    let members = status.membersByStatus
    let counts: [(String, JSONValue)] =
      [("members", .integer(members.reduce(0) { $0 + $1.count }))]
      + status.counts.map { ($0.name, .integer($0.count)) }
    return JSONObject([
      ("ok", .bool(status.problems.isEmpty && !due.isOverdue && !transports.contains { $0.isOpen == false })),
      ("versions", ["caresphere": .string(App.version), "sqlite": .string(status.sqliteVersion)]),
      ("schema", ["version": .integer(status.schemaVersion), "createdAt": .optional(status.createdAt)]),
      (
        "paths",
        [
          "database": .string(path), "configuration": .optional(try context.configuration().path),
          "session": .optional(exists(session.path) ? session.path : nil),
        ]
      ),
      (
        "sizes",
        [
          "database": .integer(status.fileBytes), "log": .integer(status.logBytes),
          "free": .integer(status.freeBytes),
        ]
      ),
      ("counts", .object(JSONObject(counts))),
      ("membersByStatus", .object(JSONObject(members.map { ($0.status.rawValue, .integer($0.count)) }))),
      ("lastBackup", status.lastBackup?.json ?? .null),
      ("due", due.json),
      (
        "tokens",
        [
          "expiring": .integer(tokens.expiring), "expired": .integer(tokens.expired),
          "next": .optional(tokens.next),
        ]
      ),
      (
        "transports",
        .object(JSONObject(transports.map { ($0.type.rawValue, $0.json) }))
      ),
    ])
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}

extension BackupRecord {
  fileprivate var json: JSONValue {
    ["at": .string(at), "path": .string(path), "bytes": .integer(bytes), "exists": .bool(isThere)]
  }
}

extension DueWork {
  fileprivate var json: JSONValue {
    [
      "messages": .integer(messages), "recipients": .integer(recipients), "effects": .integer(effects),
      "events": .integer(events), "rules": .integer(rules), "oldest": .optional(oldest),
      "ahead": .integer(ahead), "overdue": .bool(isOverdue),
    ]
  }
}

extension TransportStatus {
  fileprivate var json: JSONValue {
    [
      "transport": .optional(name), "reachable": isOpen.map { .bool($0) } ?? .null,
      "problem": .optional(problem),
    ]
  }
}
