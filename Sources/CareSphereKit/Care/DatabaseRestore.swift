import Glibc
import SQLiteStore
import TextFormats

/// Puts a backup in the place of the database. All the work is done on a copy beside it; then the two files are
/// exchanged in one step, so that there is the old one or the new one, whenever power fails.
public final class DatabaseRestore {
  /// What is in the backup.
  public struct Contents: Sendable {
    /// As the file has it; it becomes the newest.
    public var schemaVersion: Int
    /// How many records of members it holds, archived ones included.
    public var members: Int
  }

  /// Called with what is being done.
  public var tell: (String) -> Void = { _ in }

  /// Where the database is or was, without links in its folders.
  public let path: String
  private let source: CopySource
  private let options: Database.Options
  private let now: Timestamp
  private var draft: CopyDraft?

  /// Judges the file.
  /// - Parameters:
  ///   - file: what is to be put back.
  ///   - path: where to.
  ///   - now: the time of the restoration.
  /// - Throws: `CareError`: `.io` where the file cannot be read, `.validation` where it is no file or the database
  ///   itself, `.database` where it is none of ours; `DatabaseError(.io)` where the database's folder is missing
  public init(from file: String, to path: String, options: Database.Options, now: Timestamp) throws {
    source = try CopySource(file)
    self.path = try DatabaseReplacement.place(path)
    self.options = options
    self.now = now
    var (one, other) = (stat(), stat())
    if stat(file, &one) == 0, stat(path, &other) == 0, one.st_dev == other.st_dev, one.st_ino == other.st_ino
    {
      throw CareError(.validation, "\(file) is the database itself")
    }
  }

  // MARK: The copy

  /// Copies the file beside the database, verifies the copy, and brings it to the newest schema.
  /// - Throws: `CareError`, `DatabaseError` where the file is not healthy or cannot be copied
  public func copy() throws -> Contents {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let draft = try CopyDraft(in: folder)
    tell("copying \(source.path)")
    try source.copy(to: draft, interrupted: options.interrupted)
    do {
      let contents = try verify(draft.path)
      if contents.schemaVersion < Schema.migrations.count {
        tell("bringing the copy from schema \(contents.schemaVersion) to \(Schema.migrations.count)")
        _ = try Database.open(path: draft.path, options: options, migrations: Schema.migrations)
      }
      self.draft = draft
      return contents
    } catch let error as DatabaseError where error.kind != .interrupted && error.kind != .full {
      let message = error.message.replacing(draft.path, with: source.path)
      throw CareError(
        .database,
        error.kind == .newer || error.kind == .foreign
          ? message : "\(source.path) is not healthy, so it is not put back: \(message)",
        hint: error.kind == .newer ? "install the newer caresphere that wrote it" : "try an older backup")
    }
  }

  private func verify(_ copy: String) throws -> Contents {
    let database = try Database.inspect(
      path: copy, options: options, latestVersion: Schema.migrations.count)
    let verification = try CopyVerification(database)
    tell(verification.inWords)
    try verification.run()
    let orphan = try database.first("PRAGMA foreign_key_check") { "\($0.string(0)) row \($0.integer(1))" }
    if let orphan { throw DatabaseError(.corrupt, "\(orphan) belongs to something that is not there") }
    let version = try database.pragma("user_version")
    guard version > 0 else { throw DatabaseError(.foreign, "\(source.path) is not a caresphere database") }
    return Contents(
      schemaVersion: version,
      members: try database.first("SELECT count(*) FROM members") { $0.integer(0) } ?? 0)
  }

  // MARK: The exchange

  /// Puts the copy in the place of the database. Nobody may have that open in this process.
  /// - Parameters:
  ///   - provenance: how it is recorded.
  ///   - hasLive: whether the database that is there can be opened; then it is asked what has happened since, and a disk
  ///     that does not answer ends it all.
  ///   - isRehearsal: whether all is done but the exchange.
  /// - Throws: `CareError`: `.databaseBusy` while messages are delivered or rules act, `.database` where the disk does not
  ///   give what the database holds; `DatabaseError`: `.busy` while others have the database open
  public func replace(
    ids: UUIDv7Generator, provenance: Provenance, hasLive: Bool, isRehearsal: Bool = false
  ) throws -> RestoreReport {
    guard let draft else { throw CareError(.internalError, "there is no copy to put back") }
    let locks = [try lock(.delivery, "messages are being delivered"), try lock(.rules, "rules are acting")]
    return try withExtendedLifetime(locks) {
      let replacement = try DatabaseReplacement(path: path, options: options)
      var report = try adapt(draft.path, ids: ids, provenance: provenance, hasLive: hasLive)
      try draft.sync()
      if isRehearsal { return report }
      let aside = freeName()
      tell("exchanging the files")
      if try replacement.replace(by: draft.path, keeping: aside) { report.keptAside = aside }
      draft.letGo()
      return report
    }
  }

  private func lock(_ work: RunLock.Work, _ reason: String) throws(CareError) -> RunLock {
    if let lock = try RunLock.acquire(databasePath: path, for: work) { return lock }
    throw CareError(
      .databaseBusy, "\(reason), so nothing was put back", hint: "try again when that has ended")
  }

  /// What must not be as it was when the backup was made.
  private func adapt(
    _ copy: String, ids: UUIDv7Generator, provenance: Provenance, hasLive: Bool
  ) throws -> RestoreReport {
    let database = try Database.open(path: copy, options: options, migrations: Schema.migrations)
    let live = hasLive ? try openLive() : try? openLive()
    let report = try database.write {
      let restored = RestoredDatabase(database, live: live, ids: ids, provenance: provenance, now: now)
      return try restored.adapt(from: place(source.path))
    }
    try database.becomeWhole()
    return report
  }

  private func openLive() throws -> Database {
    try Database.inspect(path: path, options: options, latestVersion: Schema.migrations.count)
  }

  /// A file's place, whatever the folder of the process.
  private func place(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// `…/caresphere.db.before-restore-20251113T103000Z`, which is free.
  private func freeName() -> String {
    var time = now
    while true {
      let name = "\(path).before-restore-\(BackupName.stamp(time))"
      if access(name, F_OK) != 0 { return name }
      time = time.adding(seconds: 1) ?? .min
    }
  }
}
