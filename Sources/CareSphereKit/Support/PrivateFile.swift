import Glibc

/// Files that hold secrets: read only where nobody else could have read or written them, and written
/// whole or not at all.
public enum PrivateFile {
  /// The largest secret that is read, in bytes.
  public static let maximumBytes = 65_536

  /// What a file may be beyond a regular file of our own with mode 0600.
  public struct Leniency: OptionSet, Sendable {
    /// One bit each for `link` and `pipe`.
    public let rawValue: Int
    /// - Parameter rawValue: one bit each for `link` and `pipe`.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// A symbolic link, whose target is then judged.
    public static let link = Leniency(rawValue: 1)
    /// A pipe, as `<(pass show caresphere)` makes one.
    public static let pipe = Leniency(rawValue: 2)
  }

  /// The file's bytes, or nil where there is none.
  ///
  /// What is judged is the file that was opened, so that it cannot be exchanged in between.
  /// - Parameters:
  ///   - path: where it is.
  ///   - leniency: what it may be besides a regular file.
  /// - Throws: `UNAUTHORIZED` for a file that is not ours, that others can read or write, or that is
  ///   something else; `IO_ERROR` where the system refuses.
  public static func read(_ path: String, leniency: Leniency = []) throws(CareError) -> [UInt8]? {
    let links = leniency.contains(.link) ? 0 : O_NOFOLLOW
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | links)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return nil
      case ELOOP: throw refusal(path, "it is a symbolic link", "put the file itself there")
      default: throw failure("read", path)
      }
    }
    defer { close(descriptor) }
    try judge(descriptor, path, leniency)
    _ = fcntl(descriptor, F_SETFL, 0)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("read", path) }
      bytes.append(contentsOf: buffer.prefix(count))
      guard bytes.count <= maximumBytes else {
        throw CareError(.io, "\(path) is too large for what it should hold")
      }
    }
  }

  private static func judge(_ descriptor: Int32, _ path: String, _ leniency: Leniency) throws(CareError) {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw failure("read", path) }
    let kind = information.st_mode & S_IFMT
    guard kind == S_IFREG || (kind == S_IFIFO && leniency.contains(.pipe)) else {
      throw refusal(path, "it is not a regular file", "put a file there")
    }
    guard information.st_uid == geteuid() else {
      throw refusal(path, "it belongs to another user", "make it anew as the user who runs caresphere")
    }
    guard information.st_mode & 0o177 == 0 else {
      throw refusal(
        path, "its mode is \(octal(information.st_mode)), so others could have it",
        "if it is the right file, close it to others with: chmod 600 \(path)")
    }
  }

  /// Writes the file whole, with mode 0600: a reader sees the old one or the new one.
  ///
  /// - Parameters:
  ///   - bytes: all of it.
  ///   - path: in a folder that ``makeFolder(_:)`` has made.
  /// - Throws: `IO_ERROR`; the old file is then untouched.
  public static func write(_ bytes: [UInt8], to path: String) throws(CareError) {
    let draft = "\(path).\(Hex.encode(RandomBytes.make(8)))"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("write", path) }
    let complete =
      FileBytes.write(bytes, to: descriptor) && fchmod(descriptor, 0o600) == 0 && fsync(descriptor) == 0
    let error = complete ? nil : failure("write", path)
    close(descriptor)
    guard error == nil, rename(draft, path) == 0 else {
      let reason = error ?? failure("write", path)
      unlink(draft)
      throw reason
    }
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    FileBytes.sync(folder: folder)
  }

  /// Takes the file away, if it is there.
  /// - Throws: `IO_ERROR` where the system refuses.
  public static func remove(_ path: String) throws(CareError) {
    guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else { throw failure("remove", path) }
  }

  /// Makes a folder for such files, with mode 0700, and the folders above it where they are missing.
  /// - Throws: `UNAUTHORIZED` where it belongs to somebody else, `IO_ERROR` where it cannot be made.
  public static func makeFolder(_ path: String) throws(CareError) {
    var above = ""
    for name in path.split(separator: "/") {
      above += (above.isEmpty && !path.hasPrefix("/") ? "" : "/") + name
      guard mkdir(above, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw failure("make", above)
      }
    }
    var information = stat()
    guard lstat(path, &information) == 0 else { throw failure("make", path) }
    guard information.st_mode & S_IFMT == S_IFDIR, information.st_uid == geteuid() else {
      throw refusal(path, "it is not a folder of yours", "move it out of the way")
    }
    if information.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 { throw failure("protect", path) }
  }

  /// Refuses a folder in which others could have exchanged the files; a missing one is none.
  /// - Throws: `UNAUTHORIZED`.
  public static func judgeFolder(_ path: String) throws(CareError) {
    var information = stat()
    guard lstat(path, &information) == 0 else { return }
    guard information.st_mode & S_IFMT == S_IFDIR, information.st_uid == geteuid() else {
      throw refusal(path, "it is not a folder of yours", "move it out of the way")
    }
    guard information.st_mode & 0o077 == 0 else {
      throw refusal(path, "its mode is \(octal(information.st_mode))", "chmod 700 \(path)")
    }
  }

  private static func octal(_ mode: mode_t) -> String {
    let digits = String(mode & 0o7777, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func refusal(_ path: String, _ reason: String, _ hint: String) -> CareError {
    CareError(.unauthorized, "\(path) is refused: \(reason)", hint: hint)
  }

  private static func failure(_ verb: String, _ path: String) -> CareError {
    CareError(.io, "cannot \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}
