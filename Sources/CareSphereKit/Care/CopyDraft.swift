import CRuntime
import Glibc
import SQLiteStore

/// A copy of a database while it is being made, under a name that nobody takes for a finished one. It is removed with
/// the object; what a dead process has left behind the next one removes, knowing it by the lock that died with it.
final class CopyDraft {
  /// Where it is; it exists, with mode 0600, and is empty.
  let path: String
  private let descriptor: Int32
  private var isKept = false

  private static let prefix = ".caresphere-copy-"
  /// What SQLite makes beside a file.
  private static let companions = [
    "-wal", "-shm", "-journal", ".lock", ".before-v\(Schema.migrations.count)",
  ]

  /// - Parameter folder: where the copy is to be in the end.
  /// - Throws: `CareError(.io)` where nothing can be made there
  init(in folder: String) throws(CareError) {
    Self.removeLeftovers(in: folder)
    (path, descriptor) = try Self.make(in: folder)
  }

  deinit {
    if !isKept { unlink(path) }
    removeCompanions()
    close(descriptor)
  }

  /// Brings it onto the disk.
  /// - Throws: `CareError(.io)`
  func sync() throws(CareError) {
    guard fsync(descriptor) == 0, fchmod(descriptor, 0o600) == 0 else {
      throw CareError(.io, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
  }

  /// Gives it its name, in one step, and lets go of it.
  /// - Parameter replaces: whether a file of that name may be there.
  /// - Returns: whether it has the name: not where one is there that must stay.
  /// - Throws: `CareError(.io)`
  func name(_ final: String, replaces: Bool) throws(CareError) -> Bool {
    var code = replaces ? (rename(path, final) == 0 ? 0 : errno) : caresphere_rename_new(path, final)
    if code == EINVAL || code == ENOSYS {
      // A file system that cannot refuse a name in the same step that gives it.
      code = access(final, F_OK) == 0 ? EEXIST : rename(path, final) == 0 ? 0 : errno
    }
    if code == EEXIST { return false }
    guard code == 0 else {
      throw CareError(.io, "cannot write \(final): \(String(cString: strerror(code)))")
    }
    letGo()
    FileBytes.sync(folder: final.lastIndex(of: "/").map { String(final[...$0]) } ?? ".")
    return true
  }

  /// Leaves the file to whoever has taken it over.
  func letGo() { isKept = true }

  /// Makes a file and locks it. Whoever looks for leftovers between the two takes it for one; then there is another.
  private static func make(in folder: String) throws(CareError) -> (path: String, descriptor: Int32) {
    while true {
      let path = folder + "/" + prefix + Hex.encode(RandomBytes.make(8))
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw CareError(.io, "cannot write to \(folder): \(String(cString: strerror(errno)))")
      }
      if lock(descriptor) { return (path, descriptor) }
      unlink(path)
      close(descriptor)
    }
  }

  /// - Returns: whether the file is ours from now on: nobody else has it locked, and nobody has removed it. A file
  ///   system without locks has no leftovers that could be told from what is under way.
  private static func lock(_ descriptor: Int32) -> Bool {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return errno != EWOULDBLOCK }
    var information = stat()
    return fstat(descriptor, &information) == 0 && information.st_nlink > 0
  }

  private func removeCompanions() {
    for suffix in Self.companions { unlink(path + suffix) }
  }

  private static func removeLeftovers(in folder: String) {
    for name in FolderListing.names(in: folder) ?? [] where name.hasPrefix(prefix) {
      let base = folder + "/" + name.prefix(prefix.utf8.count + 16)
      let descriptor = open(base, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
      // What lies beside a copy that has its name by now, or has gone, is of no use either.
      let isDead = descriptor < 0 ? errno == ENOENT : flock(descriptor, LOCK_EX | LOCK_NB) == 0
      if isDead { for suffix in [""] + companions { unlink(base + suffix) } }
      if descriptor >= 0 { close(descriptor) }
    }
  }
}
