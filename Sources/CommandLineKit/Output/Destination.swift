import Glibc

/// Where the data of one command goes: stdout, a pager, or a file that appears when it is complete.
final class Destination {
  private enum Target {
    case standardOutput
    case pager(Pager)
    case file(AtomicFile)
    /// A device or a pipe, which cannot be put in place at the end.
    case special
  }

  private(set) var stream: OutputStream
  private var target: Target
  private let console: Console
  private let mayPage: Bool

  /// - Parameters:
  ///   - options: `--output`, `--force`, `--no-pager`.
  ///   - mayPage: whether it is a list for people, who may want it page by page; what a command did is not.
  /// - Throws: `FileExists`, `OutputError`.
  init(_ console: Console, options: OutputOptions, mayPage: Bool) throws {
    self.console = console
    self.mayPage = mayPage && options.pager && options.file == nil && console.output.isTerminal
    guard let path = options.file else {
      (stream, target) = (console.out, .standardOutput)
      return
    }
    if AtomicFile.isSpecial(path) {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputError(target: path, code: errno) }
      (stream, target) = (OutputStream(descriptor: descriptor, target: path, ownsDescriptor: true), .special)
    } else {
      let file = try AtomicFile(path: path, force: options.force)
      (stream, target) = (file.stream, .file(file))
    }
  }

  /// The stream for text of at least this many lines: through the pager where the terminal is shorter.
  func stream(lines: Int) -> OutputStream {
    if mayPage, case .standardOutput = target, lines >= console.size.rows, let pager = Pager.start(console) {
      target = .pager(pager)
      stream = pager.stream
    }
    return stream
  }

  /// Writes with `body`, then makes sure that everything has arrived. A pager that was quit is a success.
  /// - Throws: what `body` throws, `ClosedPipe`, `FileExists`, `OutputError`.
  func write(_ body: () throws -> Void) throws {
    do {
      try body()
      switch target {
      case .standardOutput: try stream.flush()
      case .pager(let pager): try pager.finish()
      case .file(let file): try file.commit()
      case .special: try stream.close()
      }
    } catch {
      if case .pager(let pager) = target {
        pager.abandon()
        if error is ClosedPipe { return }
      }
      if case .file(let file) = target { file.discard() }
      throw error
    }
  }
}
