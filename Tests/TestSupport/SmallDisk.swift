import Foundation
import Testing

/// A file system of a few megabytes, in memory, that can be filled without harm. Only root can have
/// one.
public final class SmallDisk {
  /// Where it is mounted.
  public let path: String

  /// Mounts it at the folder `name` of the sandbox, which is made.
  public init(
    in sandbox: Sandbox, name: String = "small", kibibytes: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    path = sandbox.path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(kibibytes)k,mode=700") == 0 else {
      try Requirement.missing("can't mount a small disk: \(String(cString: strerror(errno)))", sourceLocation)
    }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// Makes it a disk that nobody can write to, root included.
  public func makeReadOnly() throws {
    guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT) | UInt(MS_RDONLY), nil) == 0 else {
      throw TestSupportError("can't make \(path) read-only: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes a file that leaves no room but `kibibytes`.
  public func fill(leaving kibibytes: Int = 0) throws {
    let file = open(path + "/filler", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw TestSupportError("can't fill \(path)") }
    defer { close(file) }
    let block = [UInt8](repeating: 0, count: 4096)
    while write(file, block, block.count) > 0 {}
    var information = stat()
    fstat(file, &information)
    ftruncate(file, max(0, information.st_size - kibibytes * 1024))
  }
}
