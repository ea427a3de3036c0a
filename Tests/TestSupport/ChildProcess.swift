import Foundation
import Synchronization

/// A process of our own, started with a chosen environment and folder, its signals at their
/// defaults, and ended by its id alone.
public final class ChildProcess {
  /// What the process gets as its standard streams: descriptors of ours, or a terminal of its own.
  enum Streams {
    case descriptors(input: Int32, output: Int32, error: Int32)
    /// The path of a pseudo-terminal, which becomes its controlling terminal.
    case terminal(String)
  }

  public let id: pid_t
  /// `POSIX_SPAWN_SETSID` of glibc, which its headers show to GNU sources only.
  private static let newSession: Int32 = 0x80
  /// Held while a process starts, and while descriptors are open that it must not inherit.
  static let starting = Mutex(())
  private var ending: Ending?

  /// How a process ended: with a status, or by a signal.
  public enum Ending: Equatable, Sendable {
    case exited(Int32)
    case signaled(Int32)
  }

  /// Starts `command`, whose first element is a path or a name to look up in `environment`'s PATH.
  /// - Throws: `TestSupportError` with the system's reason.
  init(_ command: [String], environment: [String: String], folder: String, streams: Streams) throws {
    guard let name = command.first else { throw TestSupportError("no command to run") }
    let executable = try Executable.path(of: name, search: environment["PATH"] ?? "")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    switch streams {
    case .descriptors(let input, let output, let error):
      for (target, source) in [input, output, error].enumerated() {
        posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
      }
    case .terminal(let path):
      // A session leader without a terminal takes the first that it opens.
      flags |= Self.newSession
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))

    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    var process: pid_t = 0
    // posix_spawn has no portable way to start in another folder; the shell becomes the program.
    let started = ["sh", "-c", #"cd "$0" && exec "$@""#, folder, executable] + command.dropFirst()
    let failure = Self.starting.withLock { _ in
      withCStrings(started) { arguments in
        withCStrings(variables) { posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, $0) }
      }
    }
    guard failure == 0 else {
      throw TestSupportError("can't start \(executable): \(String(cString: strerror(failure)))")
    }
    id = process
  }

  /// Two pipes, for what a process reads and for what it writes, that no other process holds open.
  static func pipes() -> (input: Pipe, output: Pipe) {
    starting.withLock { _ in
      let pipes = (input: Pipe(), output: Pipe())
      for pipe in [pipes.input, pipes.output] {
        for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
          _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
      }
      return pipes
    }
  }

  deinit {
    if ending == nil {
      Glibc.kill(id, SIGKILL)
      wait()
    }
  }

  /// Sends a signal to this process, unless it has been waited for already.
  public func kill(_ signal: Int32 = SIGKILL) {
    if ending == nil { Glibc.kill(id, signal) }
  }

  /// How the process ended, or nil while it runs.
  public func poll() -> Ending? {
    if ending == nil {
      var status: Int32 = 0
      if waitpid(id, &status, WNOHANG) == id { ending = Self.ending(status) }
    }
    return ending
  }

  /// Waits for the end of the process.
  @discardableResult public func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    let result = Self.ending(status)
    ending = result
    return result
  }

  /// Waits for at most `seconds`; a process that still runs then is killed.
  public func wait(seconds: Double) -> Ending {
    let deadline = Deadline(seconds: seconds)
    while !deadline.isOver {
      if let ending = poll() { return ending }
      usleep(1000)
    }
    kill()
    return wait()
  }

  private static func ending(_ status: Int32) -> Ending {
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
  }
}

/// A moment that a test waits for at most, on the clock that nobody sets.
struct Deadline {
  private let end: ContinuousClock.Instant

  init(seconds: Double) { end = .now.advanced(by: .seconds(seconds)) }

  var isOver: Bool { ContinuousClock.now >= end }

  /// What is left of it, for `poll`; never negative.
  var milliseconds: Int32 {
    let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
    return Int32(max(0, min(left, 1_000_000)))
  }
}

/// What goes wrong in the tools of the tests themselves.
public struct TestSupportError: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// Calls `body` with a null-terminated array of C strings that lives as long as the call.
private func withCStrings<T>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> T
) -> T {
  var pointers = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  pointers.append(nil)
  return pointers.withUnsafeBufferPointer { buffer in
    // The array has its closing nil at least, so it has an address.
    withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<CChar>?.self, capacity: buffer.count) { copy in
      _ = copy.initialize(from: buffer)
      return body(UnsafePointer(copy.baseAddress.unsafelyUnwrapped))
    }
  }
}
