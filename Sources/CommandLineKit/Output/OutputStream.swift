import Glibc

/// The reader of our output has gone, as in `… | head -1`. The program then stops quietly, as a success.
public struct ClosedPipe: Error, Equatable {
  /// Nothing more is known of it.
  public init() {}
}

/// Data could not be written.
public struct OutputError: Error, Equatable {
  /// What was being written: a path, or `standard output`.
  public var target: String
  /// The system's error number.
  public var code: Int32

  /// What could not be written, and why.
  public init(target: String, code: Int32) {
    self.target = target
    self.code = code
  }

  /// One sentence without a full stop.
  public var message: String { "cannot write \(target): \(String(cString: strerror(code)))" }
}

/// Bytes on their way to a file descriptor, gathered into large writes. One thread.
///
/// The process must ignore SIGPIPE, or a closed pipe ends it before it can be told apart from a failure.
public final class OutputStream {
  private let buffer: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var count = 0
  private var descriptor: Int32
  private let target: String
  private let ownsDescriptor: Bool

  /// - Parameters:
  ///   - descriptor: an open file descriptor.
  ///   - target: how errors name it: a path, or `standard output`.
  ///   - ownsDescriptor: whether `close` closes the descriptor.
  ///   - capacity: bytes gathered before a write.
  public init(descriptor: Int32, target: String, ownsDescriptor: Bool = false, capacity: Int = 256 << 10) {
    self.descriptor = descriptor
    self.target = target
    self.ownsDescriptor = ownsDescriptor
    self.capacity = max(64, capacity)
    buffer = .allocate(capacity: self.capacity)
  }

  deinit {
    buffer.deallocate()
    if ownsDescriptor, descriptor >= 0 { _ = Glibc.close(descriptor) }
  }

  /// Appends one byte.
  public func append(_ byte: UInt8) throws {
    if count == capacity { try flush() }
    buffer[count] = byte
    count += 1
  }

  /// Appends bytes.
  public func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let base = bytes.baseAddress else { return }
    if bytes.count > capacity - count {
      try flush()
      if bytes.count >= capacity { return try write(base, bytes.count) }
    }
    (buffer + count).update(from: base, count: bytes.count)
    count += bytes.count
  }

  /// Appends bytes.
  public func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBufferPointer { try append($0) }
  }

  /// Appends a literal.
  public func append(_ text: StaticString) throws {
    try append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends text as UTF-8.
  public func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { try append($0) }
  }

  /// Appends a whole number in decimal.
  public func append(_ value: Int) throws {
    try append(String(value))
  }

  /// Writes out what is gathered.
  /// - Throws: `ClosedPipe`, `OutputError`.
  public func flush() throws {
    let pending = count
    count = 0
    try write(buffer, pending)
  }

  /// Writes out what is gathered and closes the descriptor where it is ours; a disk may turn out full only now.
  /// - Throws: `ClosedPipe`, `OutputError`.
  public func close() throws {
    guard descriptor >= 0 else { return }
    try flush()
    guard ownsDescriptor else { return }
    let closing = descriptor
    descriptor = -1
    if Glibc.close(closing) != 0, errno != EINTR { throw OutputError(target: target, code: errno) }
  }

  private func write(_ start: UnsafePointer<UInt8>, _ length: Int) throws {
    var written = 0
    while written < length {
      let result = Glibc.write(descriptor, start + written, length - written)
      if result >= 0 {
        written += result
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: try waitUntilWritable()
      case EPIPE: throw ClosedPipe()
      case let code: throw OutputError(target: target, code: code)
      }
    }
  }

  /// Somebody else may have made the pipe or terminal that we share non-blocking.
  private func waitUntilWritable() throws {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    if poll(&request, 1, -1) < 0, errno != EINTR { throw OutputError(target: target, code: errno) }
  }
}
