import Glibc

/// Where the bytes of an import come from: a file, standard input, or memory.
package final class ByteSource {
  /// What to call it in messages.
  package let name: String
  private let read: (UnsafeMutableRawBufferPointer) throws(CareError) -> Int
  private let close: () -> Void

  /// A source that asks a function for its bytes.
  /// - Parameters:
  ///   - name: what to call it in messages.
  ///   - read: fills the beginning of the buffer and answers how many bytes it put there; 0 at the end.
  package init(name: String, read: @escaping (UnsafeMutableRawBufferPointer) throws(CareError) -> Int) {
    self.name = name
    self.read = read
    close = {}
  }

  /// Opens a file.
  /// - Parameter path: its path; `-` is standard input.
  /// - Throws: `.io` where it does not exist, cannot be read or is a directory.
  init(path: String) throws(CareError) {
    let label = path == "-" ? "standard input" : path
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.failure(label, errno) }
    name = label
    close = { if descriptor != STDIN_FILENO { _ = Glibc.close(descriptor) } }
    read = { buffer throws(CareError) in
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        if errno != EINTR { throw Self.failure(label, errno) }
      }
    }
  }

  deinit { close() }

  /// Fills the beginning of a buffer.
  /// - Returns: how many bytes were put there; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(CareError) -> Int {
    try read(buffer)
  }

  private static func failure(_ name: String, _ number: Int32) -> CareError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return CareError(.io, "\(name) cannot be read: \(reason)")
  }
}
