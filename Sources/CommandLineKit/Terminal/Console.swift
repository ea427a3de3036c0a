import Glibc
import TextFormats

/// When to colour.
public enum ColorChoice: String, CaseIterable, Sendable { case auto, always, never }

/// The three standard streams, what is known of the terminal behind them, and how much to say. Data goes through
/// `out`, everything said to a person through the functions here, to stderr. One thread.
public final class Console {
  /// One of the standard streams. Tests set `isTerminal` as they need it.
  public struct Stream: Sendable {
    /// The file descriptor.
    public var descriptor: Int32
    /// Whether a person sees it.
    public var isTerminal: Bool

    /// A stream of which everything is known.
    public init(descriptor: Int32, isTerminal: Bool) {
      self.descriptor = descriptor
      self.isTerminal = isTerminal
    }

    /// A descriptor of this process, asked whether it is a terminal.
    public init(descriptor: Int32) {
      self.init(descriptor: descriptor, isTerminal: isatty(descriptor) == 1)
    }
  }

  /// The program's name, which begins every message.
  public let program: String
  /// The variables of the process.
  public let environment: [String: String]
  /// Standard input.
  public let input: Stream
  /// Standard output.
  public let output: Stream
  /// Standard error.
  public let error: Stream
  /// The data of the command.
  public let out: OutputStream
  /// Whether the locale can show more than ASCII.
  public let isUTF8: Bool
  /// What `--color` says.
  public var color: ColorChoice = .auto
  /// Nothing on success but the data asked for.
  public var isQuiet = false
  /// What was done, step by step.
  public var isVerbose = false
  /// Whether questions may be asked at all: not with `--no-input`.
  public var mayPrompt = true
  private let fixedWidth: Int?
  /// What is drawn on the last line of stderr, and must be wiped before anything is said there.
  weak var progress: ProgressBar?

  /// - Parameters:
  ///   - program: the name that begins every message.
  ///   - environment: read for `NO_COLOR`, `TERM`, `COLUMNS`, `PAGER` and the locale.
  ///   - input: stdin by default.
  ///   - output: stdout by default.
  ///   - error: stderr by default.
  ///   - width: the terminal's columns; asked of the terminal by default.
  public init(
    program: String, environment: [String: String], input: Stream = Stream(descriptor: STDIN_FILENO),
    output: Stream = Stream(descriptor: STDOUT_FILENO), error: Stream = Stream(descriptor: STDERR_FILENO),
    width: Int? = nil
  ) {
    self.program = program
    self.environment = environment
    self.input = input
    self.output = output
    self.error = error
    fixedWidth = width
    out = OutputStream(descriptor: output.descriptor, target: "standard output")
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    isUTF8 = ["utf-8", "utf8"].contains { locale.lowercased().hasSuffix($0) }
  }

  /// The width of the terminal in columns: as the terminal says, else `COLUMNS`, else 80.
  public var width: Int { size.columns }

  /// The size of the terminal behind stdout, else behind stderr.
  var size: (columns: Int, rows: Int) {
    if let fixedWidth { return (fixedWidth, 24) }
    for stream in [output, error] where stream.isTerminal {
      var size = winsize()
      if ioctl(stream.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
        return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
      }
    }
    let columns = environment["COLUMNS"].flatMap { Int($0) } ?? 0
    return (columns > 0 ? min(columns, 10_000) : 80, 24)
  }

  /// Whether to write colour and bold into this stream (no-color.org; `TERM=dumb`).
  public func usesColor(on stream: Stream) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      stream.isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
  }

  /// What marks text that was cut: `…`, or `...` where the locale is not UTF-8.
  public var ellipsis: String { isUTF8 ? "…" : "..." }

  /// Stored text as it may be shown on one line of a terminal.
  public func visible(_ text: String) -> String {
    VisibleText.of(text, newline: isUTF8 ? "⏎" : "\\n")
  }

  /// Says something on stderr, unless quiet. Stored text in it is made visible.
  public func notice(_ message: String) {
    if !isQuiet { say(visible(message)) }
  }

  /// Warns on stderr, unless quiet.
  public func warning(_ message: String) {
    if !isQuiet { say("\(program): warning: \(visible(message))") }
  }

  /// Says on stderr what is being done, where that was asked for.
  public func step(_ message: String) {
    if isVerbose { say(visible(message)) }
  }

  /// Writes a line to stderr as it is. What cannot be written there is lost: there is nowhere to complain.
  public func say(_ line: String) {
    progress?.wipe()
    writeToError(line + "\n")
  }

  func writeToError(_ text: String) {
    let stream = OutputStream(descriptor: error.descriptor, target: "standard error", capacity: 4096)
    try? stream.append(text)
    try? stream.flush()
  }
}
