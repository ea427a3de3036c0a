import Glibc

/// Bytes into descriptors, and folders onto the disk.
enum FileBytes {
  /// Writes all of the bytes, however often the system stops short.
  /// - Returns: false where it refuses; `errno` says why.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { all in
      var written = 0
      while written < all.count {
        let count = Glibc.write(descriptor, all.baseAddress?.advanced(by: written), all.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }

  /// Without this a power cut could take back what was made or renamed in a folder.
  static func sync(folder path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
