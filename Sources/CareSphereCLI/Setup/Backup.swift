import CRuntime
import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// `caresphere backup`.
enum Backup {
  static let command = Command(spec, access: .atLeast(.admin), run: run)

  private static let columns = [
    Column("path"), Column("bytes"), Column("schemaVersion"), Column("members"), Column("createdAt"),
    Column("removed", .list),
  ]

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: columns.map(\.name))
    let destination = try destination(context)
    let database = try context.database()
    caresphere_signals_hold(1)
    defer { caresphere_signals_hold(0) }
    var backup = DatabaseBackup(database, options: try context.databaseOptions(), now: context.now)
    backup.tell = { context.console.step($0) }
    let result = try backup.run(to: destination, isRehearsal: context.isDryRun)
    if !context.isDryRun { remember(result, context) }
    let report = JSONObject([
      ("path", .string(result.path)), ("bytes", .integer(result.bytes)),
      ("schemaVersion", .integer(result.schemaVersion)), ("members", .integer(result.members)),
      ("createdAt", .string(context.now.description)), ("removed", .strings(result.removed)),
    ])
    try context.emitResult(always: !result.kept.isEmpty) { try context.output.emit(report: Report(report)) }
    if let first = result.ahead.first {
      let rest = result.ahead.count > 1 ? " and \(result.ahead.count - 1) more are" : " is"
      context.console.warning(
        "\(first)\(rest) dated ahead, so a clock was wrong, and left alone; see what that is, and remove it")
    }
    guard result.kept.isEmpty else {
      throw CareError(
        .partialFailure, "the backup is made, but older ones could not be removed",
        details: .fields(result.kept.map { .init($0.path, $0.reason) }))
    }
  }

  private static func destination(_ context: Context) throws -> DatabaseBackup.Destination {
    let parsed = context.parsed
    let path = parsed.argument("FILE")
    guard let folder = parsed.value("dir") else {
      guard let path else {
        throw UsageError("name the FILE, or a folder with --dir", path: parsed.path)
      }
      if parsed.has("keep") {
        throw UsageError("--keep goes with --dir", path: parsed.path)
      }
      guard path != "-", !path.isEmpty else {
        throw CareError(
          .validation, "a backup cannot be written to standard output: it is verified where it is",
          hint: "name a file")
      }
      return .file(path, replaces: parsed.has("force"))
    }
    guard path == nil else { throw UsageError("FILE and --dir exclude each other", path: parsed.path) }
    let keep = try parsed.integer("keep") ?? context.configuration().backup.keep
    return .folder(folder, keep: keep)
  }

  /// Notes in the database that there is a backup. That it cannot be noted makes the backup no worse.
  private static func remember(_ result: DatabaseBackup.Result, _ context: Context) {
    do {
      let record = BackupRecord(at: context.now, path: result.path, bytes: result.bytes)
      try context.database().uninterrupted {
        try context.database().write { try record.store(try context.database()) }
      }
    } catch let error as DatabaseError where error.kind == .readOnly {
      context.console.step("the database is read-only, so it does not remember the backup")
    } catch {
      context.console.warning(
        "the backup is made, but the database does not remember it: \(Failure(error).message)")
    }
  }

  private static let spec = CommandSpec(
    name: "backup",
    abstract: "Copy the database while others work",
    discussion: """
      Writes a complete copy of the database into one file with mode 0600, as it is at one moment; others go on \
      reading and writing meanwhile. The copy is verified and on the disk before it gets its name, so that what has \
      the name is whole, whatever happens. (Of a copy larger than the machine's memory the indexes are not compared \
      with the rows, which would take hours: `caresphere check --db FILE` does that.) It can be put back with \
      `caresphere restore`, or opened by any SQLite program. A FILE that is there is not replaced without --force.

      With --dir the copy is called caresphere-20251113T103000Z.db, after the time, and of the copies with such \
      names in that folder the newest remain: as many as --keep says, else backup.keep of the configuration, else 7. \
      Files with other names, or dated more than a day ahead, are never touched. `caresphere status` shows when the \
      last backup was made.

      A backup holds everything, people's data and the digests of passwords included; people who are erased later \
      are still in it.
      """,
    arguments: [ArgumentSpec("FILE", "The file to write", value: .file, arity: .optional)],
    options: [
      OptionSpec("dir", "DIR", "Write a file named after the time into this folder", value: .directory),
      OptionSpec(
        "keep", "N", "How many files of that pattern stay in the folder; backup.keep by default",
        value: .integer(1...100_000)),
    ],
    examples: [
      .init("caresphere backup /mnt/usb/parish.db", "One copy."),
      .init("caresphere backup --dir /var/backups/caresphere --keep 30 --quiet", "Every night, by cron."),
    ])
}
