import Glibc

/// The program in `PAGER` (`less -FRX` by default), run without a shell, reading what would go to the terminal.
final class Pager {
  /// The pager's stdin.
  let stream: OutputStream
  private let process: pid_t
  private var previous = sigaction()
  private var isRunning = true

  /// Starts the pager.
  /// - Returns: nil where none is wanted (`PAGER` is empty or `cat`) or it cannot be started.
  static func start(_ console: Console) -> Pager? {
    let command = console.environment["PAGER"] ?? "less -FRX"
    let words = command.split(separator: " ").map(String.init)
    guard let program = words.first, program != "cat" else { return nil }
    try? console.out.flush()
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    guard let process = ChildProcess.spawn(words, input: ends[0], output: console.output.descriptor) else {
      close(ends[1])
      return nil
    }
    return Pager(process: process, descriptor: ends[1])
  }

  private init(process: pid_t, descriptor: Int32) {
    self.process = process
    stream = OutputStream(descriptor: descriptor, target: "the pager", ownsDescriptor: true)
    // Ctrl-C is for the pager, which would otherwise be left alone with the terminal.
    var ignore = sigaction()
    ignore.__sigaction_handler.sa_handler = SIG_IGN
    sigaction(SIGINT, &ignore, &previous)
  }

  deinit { abandon() }

  /// Hands over the rest and waits until the reader has finished.
  /// - Throws: `ClosedPipe` where the pager was quit, `OutputError`.
  func finish() throws {
    try stream.close()
    abandon()
  }

  /// Waits for the pager without handing over more.
  func abandon() {
    guard isRunning else { return }
    isRunning = false
    try? stream.close()
    ChildProcess.wait(for: process)
    sigaction(SIGINT, &previous, nil)
  }
}
