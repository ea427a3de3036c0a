import Glibc
import SQLiteStore

/// Copies a database while others work with it: one state of all of it, verified and on the disk before it has its
/// name, so that what has the name is whole whenever power fails.
public struct DatabaseBackup {
  /// Where the copy goes.
  public enum Destination: Equatable, Sendable {
    /// A file; with `replaces` also where one is.
    case file(String, replaces: Bool)
    /// A folder, in which so many copies stay.
    case folder(String, keep: Int)
  }

  /// What was made.
  public struct Result: Sendable {
    /// Where the copy is, without links in its folders; of a rehearsal, where it would be.
    public var path: String
    /// How large the copy is, all of it in one file.
    public var bytes: Int
    /// The copy's `PRAGMA user_version`: how many migrations it has been through.
    public var schemaVersion: Int
    /// How many records of members it holds, archived ones included; counted in the copy.
    public var members: Int
    /// Older copies that made way.
    public var removed: [String] = []
    /// Older copies that should have, and why not.
    public var kept: [(path: String, reason: String)] = []
    /// Copies that are dated more than a day ahead, and left alone.
    public var ahead: [String] = []
  }

  /// Called with what is being done.
  public var tell: (String) -> Void = { _ in }

  private let database: Database
  private let options: Database.Options
  private let now: Timestamp

  /// - Parameters:
  ///   - options: with which the copy is opened to be verified.
  ///   - now: after which a copy in a folder is named.
  public init(_ database: Database, options: Database.Options, now: Timestamp) {
    self.database = database
    self.options = options
    self.now = now
  }

  /// Makes the copy. Not within a transaction.
  /// - Parameter isRehearsal: whether all the work is done, and then taken back.
  /// - Throws: `CareError`: `.conflict` where there is a file that must stay, `.validation` where the destination is no
  ///   place for a copy, `.io` where it cannot be written; `DatabaseError` where the database cannot be read or is
  ///   damaged
  public func run(to destination: Destination, isRehearsal: Bool = false) throws -> Result {
    let (folder, name) = try place(destination)
    let draft = try CopyDraft(in: folder)
    tell("copying \(database.path)")
    do {
      try copy(to: draft)
    } catch let error as DatabaseError where error.kind == .full {
      throw CareError(.io, "the disk of \(folder) is full; there is no new backup")
    }
    var result = try verified(draft.path)
    try draft.sync()
    if isRehearsal {
      result.path = folder + "/" + (name ?? BackupName.text(now))
    } else {
      result.path = try give(draft, folder, name, replaces: destination.replaces)
    }
    if case .folder(_, let keep) = destination {
      try rotate(folder, keep: keep, newest: result.path, isRehearsal: isRehearsal, &result)
    }
    return result
  }

  // MARK: Where to

  /// The folder, without links, and the name in it; nil where that is made of the time.
  private func place(_ destination: Destination) throws(CareError) -> (folder: String, name: String?) {
    switch destination {
    case .folder(let path, _):
      return (try Self.folder(path), nil)
    case .file(let path, let replaces):
      let slash = path.lastIndex(of: "/")
      let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
      guard !name.isEmpty, name != ".", name != ".." else { throw Self.noFile(path) }
      let folder = try Self.folder(slash.map { String(path[...$0]) } ?? ".")
      try judge(folder + "/" + name, given: path, replaces: replaces)
      return (folder, name)
    }
  }

  private static func noFile(_ path: String) -> CareError {
    CareError(
      .validation, "\(path) is a folder", hint: "name a file, or make one in it with: backup --dir \(path)")
  }

  private static func folder(_ path: String) throws(CareError) -> String {
    guard let resolved = realpath(path, nil) else {
      let isMissing = errno == ENOENT
      throw CareError(
        .io, "cannot write to the folder \(path): \(String(cString: strerror(errno)))",
        hint: isMissing ? "make it first, for nobody else to read: mkdir -m 700 \(path)" : nil)
    }
    defer { free(resolved) }
    let folder = String(cString: resolved)
    var information = stat()
    guard stat(folder, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      throw CareError(.io, "\(path) is not a folder")
    }
    return folder == "/" ? "" : folder
  }

  private func judge(_ path: String, given: String, replaces: Bool) throws(CareError) {
    for suffix in ["", "-wal", "-shm", "-journal", ".lock", ".deliver.lock", ".rules.lock"]
    where path == database.path + suffix {
      throw CareError(.validation, "\(given) is the database itself, or belongs to it")
    }
    var information = stat()
    guard lstat(path, &information) == 0 else { return }
    switch information.st_mode & S_IFMT {
    case S_IFREG, S_IFLNK:
      if replaces { return }
      throw CareError(.conflict, "\(given) exists already", hint: "add --force to replace it")
    case S_IFDIR: throw Self.noFile(given)
    default: throw CareError(.validation, "\(given) is no file: a backup has to be verified where it is")
    }
  }

  // MARK: The copy

  /// VACUUM INTO, which waits for nobody. It cannot copy a table with a generated column out of a file that cannot be
  /// written to (SQLite 3.40: "28 columns but 29 values"); that one's bytes are copied, where nobody else changes them.
  private func copy(to draft: CopyDraft) throws {
    guard database.isReadOnly else { return try database.execute("VACUUM INTO ?", [.text(draft.path)]) }
    try CopySource(database.path).copy(to: draft, interrupted: options.interrupted)
  }

  private func verified(_ path: String) throws -> Result {
    let copy = try Database.inspect(
      path: path, options: options, latestVersion: Schema.migrations.count)
    let verification = try CopyVerification(copy)
    tell(verification.inWords)
    try verification.run()
    let bytes = try copy.pragma("page_count") * copy.pragma("page_size")
    return Result(
      path: path, bytes: bytes, schemaVersion: try copy.pragma("user_version"),
      members: try copy.first("SELECT count(*) FROM members") { $0.integer(0) } ?? 0)
  }

  private func give(
    _ draft: CopyDraft, _ folder: String, _ name: String?, replaces: Bool
  ) throws -> String {
    if let name {
      let path = folder + "/" + name
      guard try draft.name(path, replaces: replaces) else {
        throw CareError(.conflict, "\(path) exists already", hint: "add --force to replace it")
      }
      return path
    }
    // Of several that are made in one second each gets a second of its own.
    var time = now
    for _ in 0..<600 {
      let path = folder + "/" + BackupName.text(time)
      if try draft.name(path, replaces: false) { return path }
      if options.interrupted() { throw DatabaseError(.interrupted, "interrupted; there is no new backup") }
      usleep(100_000)
      time = .now()
    }
    throw CareError(.io, "no name is free for a backup in \(folder)")
  }

  // MARK: Older ones

  /// Copies that a clock far ahead has dated are no older ones: they neither go nor take the place of real ones.
  private func rotate(
    _ folder: String, keep: Int, newest: String, isRehearsal: Bool, _ result: inout Result
  ) throws {
    let tomorrow = BackupName.text(now.adding(seconds: 86_400) ?? .max)
    let others = Self.backups(in: folder).filter { folder + "/" + $0 != newest }.sorted(by: >)
    result.ahead = others.filter { $0 > tomorrow }.map { folder + "/" + $0 }
    for name in others.dropFirst(result.ahead.count).dropFirst(max(0, keep - 1)).reversed() {
      let path = folder + "/" + name
      if isRehearsal || unlink(path) == 0 {
        result.removed.append(path)
      } else if errno != ENOENT {
        result.kept.append((path, String(cString: strerror(errno))))
      }
    }
    if !result.removed.isEmpty, !isRehearsal { FileBytes.sync(folder: folder) }
  }

  private static func backups(in folder: String) -> [String] {
    (FolderListing.names(in: folder) ?? []).filter { name in
      guard BackupName.matches(name) else { return false }
      var information = stat()
      return lstat(folder + "/" + name, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    }
  }
}

extension DatabaseBackup.Destination {
  fileprivate var replaces: Bool {
    if case .file(_, let replaces) = self { replaces } else { false }
  }
}
