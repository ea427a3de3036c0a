import CRuntime
import Glibc

/// The file under a database, judged before SQLite touches it: SQLite itself would take an empty
/// file for an empty database, follow a link out of the folder, or write into a file that another
/// user can swap.
struct DatabaseFile {
  /// The real path, without links in its folders.
  let path: String

  /// - Throws: `DatabaseError`: `.missing`, `.foreign`, `.io`, `.readOnly`
  init(existingAt path: String) throws {
    var information = stat()
    guard lstat(path, &information) == 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        throw DatabaseError(.missing, "there is no database at \(path)")
      }
      throw DatabaseError(.io, "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    switch information.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw DatabaseError(.foreign, "\(path) is a directory, not a database")
    case S_IFLNK: throw DatabaseError(.foreign, "\(path) is a symbolic link; name the file itself")
    default: throw DatabaseError(.foreign, "\(path) is not a regular file")
    }
    guard information.st_uid == geteuid() else {
      throw DatabaseError(.readOnly, "\(path) belongs to another user (id \(information.st_uid))")
    }
    guard information.st_nlink == 1 else {
      throw DatabaseError(.foreign, "\(path) has other names (hard links), which SQLite cannot lock")
    }
    guard information.st_size > 0 else {
      throw DatabaseError.unrecognized("\(path) is empty (0 bytes), not a caresphere database")
    }
    self.path = try Self.realPath(path)
  }

  /// Whether nothing can be made beside it, and there is no log that would then be left unread.
  var isOnReadOnlyDisk: Bool {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    var log = stat()
    return access(folder, W_OK) != 0 && (stat(path + "-wal", &log) != 0 || log.st_size == 0)
  }

  /// The path as SQLite takes it where parameters follow (sqlite.org/uri.html).
  static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes = Array("file:".utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func realPath(_ path: String) throws -> String {
    guard let resolved = realpath(path, nil) else {
      throw DatabaseError(.io, "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Gives a finished file its name, unless something has it.
  /// - Returns: whether it could; `errno` says why not, `EEXIST` where something is there.
  static func place(_ draft: String, at path: String) -> Bool {
    let code = caresphere_rename_new(draft, path)
    if code == 0 { return true }
    errno = code
    guard code == EINVAL || code == ENOSYS else { return false }
    // A file system that cannot do it in one step. A file that is left with both names is not opened, because
    // SQLite cannot lock it.
    guard link(draft, path) == 0 else { return false }
    unlink(draft)
    return true
  }

  /// Waits until a file is on the disk.
  /// - Returns: whether it is.
  static func sync(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  /// Makes a rename or link in the file's folder survive a power cut.
  static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
