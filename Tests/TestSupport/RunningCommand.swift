import Foundation

/// A started command whose three streams are pipes of ours, all served at once: a child that fills
/// one pipe while we wait on another would hang for ever.
final class RunningCommand {
  private let command: [String]
  private let process: ChildProcess
  private let listing: @Sendable () -> String
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private let started = ContinuousClock.now

  init(
    _ command: [String], environment: [String: String], folder: String,
    listing: @escaping @Sendable () -> String
  ) throws {
    // Writing to a child that has gone is an error to handle, not a signal to die of.
    signal(SIGPIPE, SIG_IGN)
    let (childInput, input) = try Self.pipe()
    let (output, childOutput) = try Self.pipe()
    let (errors, childErrors) = try Self.pipe()
    defer { for descriptor in [childInput, childOutput, childErrors] { close(descriptor) } }
    (self.command, self.listing) = (command, listing)
    (self.input, self.output, self.errors) = (input, output, errors)
    do {
      process = try ChildProcess(
        command, environment: environment, folder: folder,
        streams: .descriptors(input: childInput, output: childOutput, error: childErrors))
    } catch {
      for descriptor in [input, output, errors] { close(descriptor) }
      throw error
    }
    for descriptor in [input, output, errors] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    // ChildProcess starts nothing between the two calls, so that no other child holds these open.
    return try ChildProcess.starting.withLock { _ in
      guard Glibc.pipe(&ends) == 0 else {
        throw TestSupportError("no pipe: \(String(cString: strerror(errno)))")
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }

  /// Feeds it `stdin`, collects what it writes, and waits for its end, for at most `seconds`.
  func finish(stdin: [UInt8], seconds: Double) -> Outcome {
    let deadline = Deadline(seconds: seconds)
    var rest = stdin[...]
    var collected: (output: [UInt8], errors: [UInt8]) = ([], [])
    while output >= 0 || errors >= 0, !deadline.isOver {
      feed(&rest)
      // A negative descriptor is one that poll passes over.
      var waiting = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&waiting, 3, deadline.milliseconds) > 0 else { continue }
      if waiting[0].revents != 0 { drain(&output, into: &collected.output) }
      if waiting[1].revents != 0 { drain(&errors, into: &collected.errors) }
    }
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    let timedOut = deadline.isOver && process.poll() == nil
    if timedOut { process.kill() }
    let ending = process.wait(seconds: seconds)
    let elapsed = started.duration(to: .now) / .seconds(1)
    var (status, signal): (Int32, Int32?) = (-1, nil)
    switch ending {
    case .exited(let code): status = code
    case .signaled(let number): signal = number
    }
    return Outcome(
      command: command, status: status, signal: signal, timedOut: timedOut, seconds: elapsed,
      output: collected.output, errorOutput: collected.errors, listing: listing)
  }

  private func feed(_ rest: inout ArraySlice<UInt8>) {
    while input >= 0 {
      if rest.isEmpty {
        close(input)
        input = -1
        return
      }
      let written = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        rest = []  // nobody reads any more
      }
    }
  }

  private func drain(_ descriptor: inout Int32, into bytes: inout [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 {
      bytes.append(contentsOf: buffer[0..<count])
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      close(descriptor)
      descriptor = -1
    }
  }
}
