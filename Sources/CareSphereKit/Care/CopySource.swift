import Glibc
import SQLiteStore

/// A database's file that is copied byte by byte, with the log that may lie beside it: a backup that is to be put back,
/// or what SQLite cannot copy by itself. It is read and never written to.
struct CopySource {
  let path: String

  /// Judges what can be told from the file's beginning.
  /// - Throws: `CareError`: `.io` where it cannot be read, `.validation` where it is no file, `.database` where it is
  ///   none of ours
  init(_ path: String) throws(CareError) {
    self.path = path
    var information = stat()
    guard stat(path, &information) == 0 else { throw Self.unreadable(path, errno) }
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw CareError(
        .validation, "\(path) is no regular file", hint: "name the file that `caresphere backup` has written")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 100)
    guard read(descriptor, &header, header.count) == header.count,
      header.starts(with: "SQLite format 3\0".utf8),
      header[68..<72].reduce(0, { $0 << 8 | Int($1) }) == Schema.applicationID
    else {
      throw CareError(
        .database, "\(path) is not a caresphere database",
        hint: "name a file that `caresphere backup` has written")
    }
  }

  /// Copies it, and the log beside it, which holds what was committed last.
  /// - Parameters:
  ///   - draft: where to.
  ///   - interrupted: asked again and again.
  /// - Throws: `CareError`: `.io`; `.database` where there is no room; `DatabaseError(.interrupted)`
  func copy(to draft: CopyDraft, interrupted: () -> Bool) throws {
    let before = try signature()
    for suffix in ["", "-wal", "-journal"] {
      var information = stat()
      guard suffix.isEmpty || stat(path + suffix, &information) == 0 else { continue }
      try copy(path + suffix, to: draft.path + suffix, interrupted: interrupted)
    }
    guard try signature() == before else {
      throw CareError(
        .conflict, "\(path) is being written to", hint: "make a copy of it with: caresphere backup")
    }
  }

  private func copy(_ source: String, to target: String, interrupted: () -> Bool) throws {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw Self.unreadable(source, errno) }
    defer { close(input) }
    let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw Self.unwritable(target, errno) }
    defer { close(output) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      if interrupted() { throw DatabaseError(.interrupted, "interrupted while copying") }
      let count = read(input, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.unreadable(source, errno) }
      if count == 0 { break }
      guard FileBytes.write(Array(buffer.prefix(count)), to: output) else {
        throw Self.unwritable(target, errno)
      }
    }
    guard fsync(output) == 0 else { throw Self.unwritable(target, errno) }
  }

  /// What changes when somebody writes to it.
  private func signature() throws(CareError) -> [Int] {
    var all: [Int] = []
    for suffix in ["", "-wal"] {
      var information = stat()
      guard stat(path + suffix, &information) == 0 else {
        if suffix.isEmpty { throw Self.unreadable(path, errno) }
        all += [-1, -1, -1]
        continue
      }
      all += [
        Int(information.st_size), Int(information.st_mtim.tv_sec), Int(information.st_mtim.tv_nsec),
      ]
    }
    return all
  }

  private static func unreadable(_ path: String, _ code: Int32) -> CareError {
    CareError(.io, "cannot read \(path): \(String(cString: strerror(code)))")
  }

  private static func unwritable(_ path: String, _ code: Int32) -> CareError {
    CareError(
      code == ENOSPC || code == EDQUOT ? .database : .io,
      "cannot write \(path): \(String(cString: strerror(code))); nothing was changed")
  }
}
