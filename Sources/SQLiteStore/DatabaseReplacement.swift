import CRuntime
import CSQLite
import Glibc

/// Puts another file in the place of a database, or where none is any more. As long as it is there nobody writes:
/// other writers wait, and then see that their file is another one (`Database.isReplaced`).
public final class DatabaseReplacement {
  /// Where the database is, without links in its folders.
  public let path: String
  private let options: Database.Options
  private let lock: WriterLock

  /// Waits for other writers.
  /// - Throws: `DatabaseError`: `.busy`, `.interrupted`, `.readOnly`, `.io`
  public init(path: String, options: Database.Options) throws {
    self.path = try Self.place(path)
    self.options = options
    lock = WriterLock(path: self.path + ".lock")
    try lock.acquire(milliseconds: options.lockTimeout, interrupted: options.interrupted)
  }

  deinit { lock.release() }

  /// The path of a file that may be missing, without links in its folders.
  /// - Throws: `DatabaseError(.io)` where the folder is missing
  public static func place(_ path: String) throws -> String {
    let slash = path.lastIndex(of: "/")
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let folder = try DatabaseFile.realPath(slash.map { String(path[...$0]) } ?? ".")
    return folder == "/" ? "/" + name : folder + "/" + name
  }

  /// Exchanges the files, in one step: whoever looks, and whenever this process dies, finds the one or the other.
  /// - Parameters:
  ///   - draft: the new file, complete and on the disk, in the same folder.
  ///   - aside: the name for the old one, of which there must be none yet.
  /// - Returns: whether there was an old one.
  /// - Throws: `DatabaseError`: `.busy` where somebody reads the old one for longer than is to be waited
  public func replace(by draft: String, keeping aside: String) throws -> Bool {
    var information = stat()
    let isThere = lstat(path, &information) == 0
    let old = isThere ? try emptyLog() : nil
    let gate = old == nil ? nil : try OpeningGate(path: path, options: options)
    defer { withExtendedLifetime((old, gate)) {} }
    try putAwayLog(isEmpty: old != nil, aside: aside)
    if isThere {
      try check(renameNew(draft, aside), "keep \(path) as \(aside)")
      switch caresphere_exchange(aside, path) {
      case 0: break
      case EINVAL, ENOSYS:
        // This file system knows no exchange; for a moment there is no database.
        try check(rename(aside, draft) == 0 ? 0 : errno, "name \(draft)")
        try check(renameNew(path, aside), "keep \(path) as \(aside)")
        try check(renameNew(draft, path), "put the new file at \(path)")
      case let code: try check(code, "put the new file at \(path)")
      }
    } else {
      try check(renameNew(draft, path), "put the new file at \(path)")
    }
    DatabaseFile.syncFolder(of: path)
    return isThere
  }

  /// Moves the old file's log into it.
  /// - Returns: a connection to it; nil where it cannot be opened as a database
  private func emptyLog() throws -> Database? {
    do {
      let database = try Database(path: path, options: options)
      _ = try database.pragma("user_version")
      let isStuck = try database.first("PRAGMA wal_checkpoint(FULL)") { row in
        row.bool(0) || row.integer(1) != row.integer(2)
      }
      guard isStuck != true else { throw DatabaseError(.busy, "its log cannot be moved into it") }
      return database
    } catch let error as DatabaseError {
      switch error.kind {
      case .busy:
        throw DatabaseError(
          .busy, "another process has been reading \(path) for \(options.lockTimeout / 1000) s")
      case .foreign, .corrupt, .io: return nil
      default: throw error
      }
    }
  }

  /// A log is found by its name, so that of the old file must not be there when the new one is.
  private func putAwayLog(isEmpty: Bool, aside: String) throws {
    for suffix in ["-wal", "-journal"] {
      var information = stat()
      guard lstat(path + suffix, &information) == 0 else { continue }
      if isEmpty || information.st_size == 0 {
        try check(unlink(path + suffix) == 0 ? 0 : errno, "remove \(path)\(suffix)")
      } else {
        try check(renameNew(path + suffix, aside + suffix), "keep \(path)\(suffix)")
      }
    }
    if unlink(path + "-shm") != 0, errno != ENOENT { try check(errno, "remove \(path)-shm") }
    DatabaseFile.syncFolder(of: path)
  }

  private func renameNew(_ from: String, _ to: String) -> Int32 {
    let code = caresphere_rename_new(from, to)
    guard code == EINVAL || code == ENOSYS else { return code }
    var information = stat()
    if lstat(to, &information) == 0 { return EEXIST }
    return rename(from, to) == 0 ? 0 : errno
  }

  private func check(_ code: Int32, _ action: String) throws {
    if code == 0 { return }
    throw DatabaseError(errno: code, "cannot \(action)")
  }
}

/// Keeps others from beginning to use a file, as long as it is there. Who would open the old file while its log is put
/// away could take the new one's log for it. Those who have it open already keep their own log, whose name alone goes.
private final class OpeningGate {
  /// `PENDING_BYTE`: who wants to begin reading takes this byte for a moment (sqlite.org/lockingv3.html).
  private static let pendingByte: off_t = 0x4000_0000
  private let descriptor: Int32

  /// - Throws: `DatabaseError`: `.busy`, `.interrupted`, `.io`
  init(path: String, options: Database.Options) throws {
    descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      throw DatabaseError(.io, "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    var request = flock()
    request.l_type = Int16(F_WRLCK)
    request.l_whence = Int16(SEEK_SET)
    request.l_start = Self.pendingByte
    request.l_len = 1
    for _ in 0...max(1, options.lockTimeout / 10) {
      if fcntl(descriptor, F_SETLK, &request) == 0 { return }
      if options.interrupted() { throw DatabaseError(.interrupted, "interrupted while waiting for readers") }
      usleep(10_000)
    }
    throw DatabaseError(.busy, "others keep beginning to read \(path)")
  }

  deinit { close(descriptor) }
}

extension Database {
  /// Makes a file that nobody else has open whole in itself, on the disk, and ready for a log. Use it no more afterwards.
  public func becomeWhole() throws {
    try configure(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
    try execute("PRAGMA journal_mode = DELETE")
    try execute("PRAGMA journal_mode = WAL")
  }
}
