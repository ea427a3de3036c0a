import Glibc

/// Somebody was asked and stopped the program, or closed the terminal, instead of answering.
public struct PromptInterrupted: Error, Equatable {
  /// Nothing more is known of it.
  public init() {}
}

/// There is nobody at a terminal who could be asked.
public struct NobodyToAsk: Error, Equatable {
  /// Nothing more is known of it.
  public init() {}
}

extension Console {
  /// Whether somebody can be asked: prompts are allowed, stderr is a terminal, and so is stdin or, where stdin is
  /// taken by data, the process has a terminal.
  public var canAsk: Bool {
    guard mayPrompt, error.isTerminal else { return false }
    if input.isTerminal { return true }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    if terminal >= 0 { close(terminal) }
    return terminal >= 0
  }

  /// Asks for a yes or a no, and asks again where the answer is neither; an empty line is a no.
  /// - Parameter question: one sentence with its question mark; stored text in it is made visible.
  /// - Throws: `NobodyToAsk`, `PromptInterrupted`.
  public func confirm(_ question: String) throws -> Bool {
    while true {
      switch try ask("\(visible(question)) [y/N] ", isHidden: false).lowercased() {
      case "y", "yes": return true
      case "", "n", "no": return false
      default: say("Please answer y or n.")
      }
    }
  }

  /// Asks for a password, which is not shown as it is typed. The terminal is put back whatever happens.
  /// - Throws: `NobodyToAsk`, `PromptInterrupted`.
  public func readPassword(_ question: String) throws -> String {
    try ask("\(visible(question)): ", isHidden: true)
  }

  private func ask(_ question: String, isHidden: Bool) throws -> String {
    guard mayPrompt, error.isTerminal else { throw NobodyToAsk() }
    let terminal = input.isTerminal ? input.descriptor : open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { throw NobodyToAsk() }
    defer { if terminal != input.descriptor { close(terminal) } }
    progress?.wipe()
    let reader = LineReader(descriptor: terminal)
    let answer: String?
    if isHidden {
      answer = try HiddenEntry(terminal).read(reader) { writeToError(question) }
    } else {
      writeToError(question)
      answer = reader.read { true }
    }
    // Nobody saw the end of the line.
    if isHidden || answer == nil { writeToError("\n") }
    guard let answer else { throw PromptInterrupted() }
    return answer
  }
}

/// Reads lines byte by byte, because what follows a line belongs to somebody else.
struct LineReader {
  /// No line that is typed for a prompt is longer, in bytes.
  static let longestLine = 64 << 10
  let descriptor: Int32

  /// - Parameter isReady: waits for the next byte; false ends the reading.
  /// - Returns: the line without its line feed; nil at the end of the input, after a signal, and where the wait was
  ///   ended.
  func read(_ isReady: () -> Bool) -> String? {
    var bytes: [UInt8] = []
    while bytes.count < Self.longestLine {
      guard isReady() else { return nil }
      var byte: UInt8 = 0
      let count = Glibc.read(descriptor, &byte, 1)
      // A signal that the program handles takes the question back.
      if count < 0 { return nil }
      if count == 0 {
        if bytes.isEmpty { return nil }
        break
      }
      if byte == UInt8(ascii: "\n") { break }
      bytes.append(byte)
    }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A terminal that does not show what is typed, for the time of one line. The signals that would end or stop the
/// program are held back meanwhile and let through only when the terminal has been put right again.
private final class HiddenEntry {
  private let terminal: Int32
  private var shown = termios()
  private var hidden = termios()
  private var held = sigset_t()
  private var previous = sigset_t()
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]

  init(_ terminal: Int32) throws {
    self.terminal = terminal
    guard tcgetattr(terminal, &shown) == 0 else { throw NobodyToAsk() }
    hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO | ECHONL)
    sigemptyset(&held)
    for signal in Self.signals { sigaddset(&held, signal) }
  }

  /// - Parameter ask: writes the question, when nothing that is typed is shown any more.
  /// - Returns: nil at the end of the input, or where a signal came that did not end the process.
  func read(_ reader: LineReader, ask: () -> Void) -> String? {
    pthread_sigmask(SIG_BLOCK, &held, &previous)
    tcsetattr(terminal, TCSANOW, &hidden)
    defer {
      tcsetattr(terminal, TCSANOW, &shown)
      pthread_sigmask(SIG_SETMASK, &previous, nil)
    }
    ask()
    return reader.read { waitForKey() }
  }

  private func waitForKey() -> Bool {
    var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, 50) <= 0 {
      var pending = sigset_t()
      sigpending(&pending)
      let arrived = Self.signals.filter { sigismember(&pending, $0) == 1 }
      if arrived.isEmpty { continue }
      // Here the signals take effect: most end the process, with the terminal as it was.
      tcsetattr(terminal, TCSANOW, &shown)
      pthread_sigmask(SIG_SETMASK, &previous, nil)
      pthread_sigmask(SIG_BLOCK, &held, nil)
      tcsetattr(terminal, TCSANOW, &hidden)
      // Only a stop is something to come back from.
      if arrived != [SIGTSTP] { return false }
    }
    return true
  }
}
