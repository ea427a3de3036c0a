import CRuntime
import Glibc

/// The three pipes to a program that is about to start.
struct ProgramPipes {
  /// What become its stdin, stdout and stderr.
  private(set) var theirs: [Int32] = []
  private var kept: [Int32] = []

  /// Nil where the system has no more descriptors; `errno` says so.
  init?() {
    for isInput in [true, false, false] {
      var ends: [Int32] = [-1, -1]
      // A program that another thread starts meanwhile must not hold an end of them open.
      guard caresphere_pipe(&ends) == 0 else {
        let reason = errno
        for end in theirs + kept { close(end) }
        errno = reason
        return nil
      }
      theirs.append(isInput ? ends[0] : ends[1])
      kept.append(isInput ? ends[1] : ends[0])
    }
  }

  /// Closes the ends that are the program's, so that ours see it end.
  func closeTheirs() { for end in theirs { close(end) } }

  /// Our ends.
  /// - Parameter input: what is written to the program's stdin.
  func ours(input: [UInt8]) -> ProgramStreams { ProgramStreams(kept, input: input) }
}

/// Our side of a running program's streams: feeds it and drains both that it writes, so that neither waits for the
/// other.
struct ProgramStreams {
  private var input: Int32
  private var reading: [(descriptor: Int32, bytes: [UInt8])]
  private var rest: ArraySlice<UInt8>

  /// - Parameter descriptors: what its stdin, stdout and stderr are at our side.
  fileprivate init(_ descriptors: [Int32], input: [UInt8]) {
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    self.input = descriptors.first ?? -1
    reading = descriptors.dropFirst().map { ($0, []) }
    rest = input[...]
  }

  /// The beginning of its stdout.
  var output: [UInt8] { reading.first?.bytes ?? [] }
  /// The beginning of its stderr.
  var errors: [UInt8] { reading.last?.bytes ?? [] }
  /// Whether it could still write.
  var isOpen: Bool { reading.contains { $0.descriptor >= 0 } }

  /// Writes and reads what is possible now, after waiting for it for at most that long.
  mutating func wait(milliseconds: Int32) {
    feed()
    var waiting = reading.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    waiting.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
    guard poll(&waiting, nfds_t(waiting.count), milliseconds) > 0 else { return }
    for index in reading.indices where waiting[index].revents != 0 { drain(index) }
  }

  /// Closes what is open still.
  mutating func close() {
    for index in reading.indices where reading[index].descriptor >= 0 {
      Glibc.close(reading[index].descriptor)
      reading[index].descriptor = -1
    }
    closeInput()
  }

  private mutating func closeInput() {
    if input >= 0 { Glibc.close(input) }
    input = -1
  }

  private mutating func feed() {
    while input >= 0 {
      if rest.isEmpty { return closeInput() }
      let written = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        return closeInput()  // it reads no more, which is its own affair
      }
    }
  }

  private mutating func drain(_ index: Int) {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = read(reading[index].descriptor, &buffer, buffer.count)
    if count > 0 {
      let room = max(0, Program.keptBytes - reading[index].bytes.count)
      reading[index].bytes += buffer.prefix(min(count, room))
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      Glibc.close(reading[index].descriptor)
      reading[index].descriptor = -1
    }
  }
}
