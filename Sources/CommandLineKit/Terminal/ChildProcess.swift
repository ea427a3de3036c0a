import Glibc

/// Starts programs directly, without a shell (posix_spawn(3)).
enum ChildProcess {
  /// - Parameters:
  ///   - words: the program, looked up in `PATH`, and its arguments.
  ///   - input: the descriptor that becomes its stdin.
  ///   - output: the descriptor that becomes its stdout.
  /// - Returns: its process id; nil where it cannot be started.
  static func spawn(_ words: [String], input: Int32, output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    if output != STDOUT_FILENO { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What we ignore, the child would ignore too.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    sigaddset(&signals, SIGXFSZ)
    sigaddset(&signals, SIGINT)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    guard let program = words.first else { return nil }
    var process: pid_t = 0
    let result = posix_spawnp(&process, program, &actions, &attributes, &arguments, environ)
    return result == 0 ? process : nil
  }

  /// Waits until the process has ended.
  static func wait(for process: pid_t) {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }
}
