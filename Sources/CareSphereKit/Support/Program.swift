import Glibc

/// Another program: started directly, without a shell, fed, and waited for (posix_spawn(3)).
struct Program {
  /// How it ended and what it wrote.
  struct Ending: Equatable {
    enum How: Equatable {
      case exited(Int32)
      case signaled(Int32)
      /// It was still at work when its time was over, and was killed.
      case timedOut
      /// It could not be started, for this `errno`.
      case missing(Int32)
    }
    var how: How
    /// The beginning of what it wrote to stdout.
    var output: [UInt8] = []
    /// The beginning of what it wrote to stderr.
    var errors: [UInt8] = []

    /// `ended with status 1: no such user`.
    var inWords: String {
      let ended =
        switch how {
        case .exited(let status): "ended with status \(status)"
        case .signaled(let number): "was ended by signal \(number)"
        case .timedOut: "did not end in time and was killed"
        case .missing(let number): "cannot be started: \(String(cString: strerror(number)))"
        }
      let words = ServerWords.firstLine(errors)
      return words.isEmpty ? ended : "\(ended): \(words)"
    }
  }

  /// How much of each stream is kept; the rest is read and dropped.
  static let keptBytes = 65_536

  /// The program, looked up in `PATH` where it has no slash, and its arguments.
  private let words: [String]
  private let environment: [String: String]
  private let isForeground: Bool

  /// - Parameters:
  ///   - words: the program and its arguments.
  ///   - environment: all of its variables.
  ///   - isForeground: whether it may talk to the terminal, and then gets its signals too.
  init(_ words: [String], environment: [String: String], isForeground: Bool = false) {
    self.words = words
    self.environment = environment
    self.isForeground = isForeground
  }

  /// Runs it to its end.
  /// - Parameters:
  ///   - input: what it reads from stdin.
  ///   - limit: after how many milliseconds it is killed.
  ///   - patience: ends it sooner.
  func run(input: [UInt8], limit: Int, patience: Patience) -> Ending {
    guard let pipes = ProgramPipes() else { return Ending(how: .missing(errno)) }
    let (process, failure) = spawn(pipes)
    pipes.closeTheirs()
    guard let process else { return Ending(how: .missing(failure)) }
    var streams = pipes.ours(input: input)
    let deadline = Monotonic.nanoseconds() + limit * 1_000_000
    var isLate = false
    while streams.isOpen, !isLate {
      streams.wait(milliseconds: 200)
      isLate = Monotonic.nanoseconds() >= deadline || patience.isOver
    }
    streams.close()
    // One that has closed its streams may still be at work.
    var status: Int32 = 0
    while true {
      if isLate { kill(isForeground ? process : -process, SIGKILL) }
      let ended = waitpid(process, &status, isLate ? 0 : WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { return Ending(how: .missing(errno)) }
      isLate = isLate || Monotonic.nanoseconds() >= deadline || patience.isOver
      if !isLate { usleep(2000) }
    }
    let signal = status & 0x7F
    let how: Ending.How =
      isLate && signal == SIGKILL
      ? .timedOut : signal == 0 ? .exited((status >> 8) & 0xFF) : .signaled(signal)
    return Ending(how: how, output: streams.output, errors: streams.errors)
  }

  private func spawn(_ pipes: ProgramPipes) -> (process: pid_t?, failure: Int32) {
    guard let program = words.first else { return (nil, ENOENT) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, source) in pipes.theirs.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What we ignore or hold back, it would too.
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // In a group of its own control-C does not reach it: what is in flight is finished.
    let group = isForeground ? 0 : POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { variables.forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, program, &actions, &attributes, &arguments, &variables)
    return failure == 0 ? (process, 0) : (nil, failure)
  }
}
