import Glibc

/// A file that is already there and must not be replaced without being asked to.
public struct FileExists: Error, Equatable {
  /// The file.
  public var path: String
  /// The file that is there.
  public init(path: String) { self.path = path }
  /// One sentence without a full stop.
  public var message: String { "\(path) exists already" }
}

/// A file that appears under its name only when it is complete: written aside in the same directory with mode 0600,
/// synced, then put in place. Until then the data has no name where the file system can do that, so that a process
/// that is killed leaves nothing behind.
public final class AtomicFile {
  /// Where the contents go.
  public let stream: OutputStream
  private let path: String
  private let directory: String
  private let replaces: Bool
  private let descriptor: Int32
  /// The file's name while it is written; nil where it has none yet.
  private var temporaryPath: String?
  private var isOpen = true

  /// - Parameters:
  ///   - path: where the file is to appear.
  ///   - force: whether a file of this name may be replaced.
  /// - Throws: `FileExists`, `OutputError`.
  public init(path: String, force: Bool) throws {
    self.path = path
    replaces = force
    directory = Self.directory(of: path)
    try Self.check(path, force: force)
    // Such a file gets its name through /proc, which not every container has.
    let isNameless = access("/proc/self/fd", X_OK) == 0
    var descriptor = isNameless ? open(directory, Self.unnamedFile | O_WRONLY | O_CLOEXEC, 0o600) : -1
    if descriptor < 0 {
      // Nor does every file system know files without a name.
      var template = Array((directory + ".caresphere-XXXXXX").utf8CString)
      descriptor = mkstemp(&template)
      guard descriptor >= 0 else { throw OutputError(target: path, code: errno) }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      temporaryPath = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    self.descriptor = descriptor
    stream = OutputStream(descriptor: descriptor, target: path)
  }

  deinit { discard() }

  /// Puts the finished file in its place.
  /// - Throws: `FileExists` where somebody else made it meanwhile, `OutputError`.
  public func commit() throws {
    try stream.flush()
    try check(fsync(descriptor))
    if replaces {
      let name = try temporaryPath ?? nameAside()
      temporaryPath = name
      try check(rename(name, path))
      temporaryPath = nil
    } else if try linkInPlace() {
      if let temporaryPath { unlink(temporaryPath) }
      temporaryPath = nil
    }
    // What was synced is on the disk, whatever closing says.
    isOpen = false
    _ = Glibc.close(descriptor)
    try syncDirectory()
  }

  /// Forgets what was written. Does nothing after `commit`.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    if let temporaryPath { unlink(temporaryPath) }
    _ = Glibc.close(descriptor)
  }

  /// Whether a file could be made there, as far as that can be told beforehand.
  /// - Throws: `FileExists`, `OutputError`.
  static func check(_ path: String, force: Bool) throws {
    if path.isEmpty { throw OutputError(target: "a file without a name", code: ENOENT) }
    var status = stat()
    if lstat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { throw OutputError(target: path, code: EISDIR) }
      if !force { throw FileExists(path: path) }
    }
    if access(directory(of: path), W_OK | X_OK) != 0 { throw OutputError(target: path, code: errno) }
  }

  private static func directory(of path: String) -> String {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    return slash.map { String(path[...$0]) } ?? "./"
  }

  /// Whether `-o` should write straight to this path, because it is a device or a pipe and no file: `/dev/null`.
  public static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// `O_TMPFILE`, a macro that Swift does not import (open(2)).
  private static let unnamedFile: Int32 = 0o20_000_000 | O_DIRECTORY

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// A hard link refuses an existing name in the same step that makes it, which no check beforehand can.
  private func linkInPlace() throws -> Bool {
    if link(to: path) { return true }
    switch errno {
    case EEXIST: throw FileExists(path: path)
    case EPERM, EOPNOTSUPP, EMLINK:
      guard let temporaryPath else { throw OutputError(target: path, code: errno) }
      if Self.exists(path) { throw FileExists(path: path) }
      try check(rename(temporaryPath, path))
      self.temporaryPath = nil
      return false
    case let code: throw OutputError(target: path, code: code)
    }
  }

  private func link(to name: String) -> Bool {
    if let temporaryPath { return Glibc.link(temporaryPath, name) == 0 }
    return linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  private func nameAside() throws -> String {
    while true {
      let name = directory + ".caresphere-" + String(UInt64.random(in: .min ... .max), radix: 36)
      if link(to: name) { return name }
      guard errno == EEXIST else { throw OutputError(target: path, code: errno) }
    }
  }

  /// The name itself must survive a power cut too.
  private func syncDirectory() throws {
    let handle = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    defer { _ = Glibc.close(handle) }
    guard fsync(handle) != 0, errno != EINVAL else { return }
    let code = errno
    // Who is told that it failed finds nothing there, and can try again.
    if !replaces { unlink(path) }
    throw OutputError(target: path, code: code)
  }

  private func check(_ result: Int32) throws {
    if result != 0 { throw OutputError(target: path, code: errno) }
  }
}
