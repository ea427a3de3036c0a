import Foundation
import Testing

/// A program on a terminal of its own: what a person would see and type.
public final class Pseudoterminal: CustomStringConvertible {
  private let command: [String]
  private let controller: Int32
  /// `TIOCSPTLCK` and `TIOCGPTN` of Linux (ioctl_tty(2)), which are macros that Swift can't read.
  private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
  private let process: ChildProcess
  /// Where the program runs, which is there as long as the terminal.
  private let sandbox: Sandbox
  /// All that the program has written so far, escape sequences included.
  public private(set) var transcript: [UInt8] = []

  init(
    _ command: [String], columns: Int, rows: Int, environment: [String: String], in sandbox: Sandbox
  ) throws {
    self.sandbox = sandbox
    let controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (locked, number): (Int32, UInt32) = (0, 0)
    guard controller >= 0, ioctl(controller, Self.setLock, &locked) == 0,
      ioctl(controller, Self.getNumber, &number) == 0
    else { throw TestSupportError("no pseudo-terminal: \(String(cString: strerror(errno)))") }
    var size = winsize(
      ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    (self.command, self.controller) = (command, controller)
    do {
      process = try ChildProcess(
        command, environment: environment, folder: sandbox.path, streams: .terminal("/dev/pts/\(number)"))
    } catch {
      close(controller)
      throw error
    }
  }

  deinit { close(controller) }

  /// What has been written so far, as text.
  public var text: String { String(decoding: transcript, as: UTF8.self) }

  public var description: String {
    "\ncommand on a terminal: \(command.joined(separator: " "))\nwrote: \(text.debugDescription)"
  }

  /// Types: `\r` or `\n` is the return key, `\u{3}` control-C, `\u{4}` control-D.
  public func send(_ keys: String) throws {
    var rest = Array(keys.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
      guard written > 0 else { throw TestSupportError("can't type to \(self)") }
      rest = rest.dropFirst(written)
    }
  }

  /// Reads until the text appears in what is written from now on, or was written since the last call.
  /// - Throws: where the program ends, or `seconds` pass, without it.
  public func expect(
    _ wanted: String, seconds: Double = 20, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = Deadline(seconds: seconds)
    while true {
      let unread = String(decoding: transcript[expectedUpTo...], as: UTF8.self)
      if let range = unread.range(of: wanted) {
        expectedUpTo += unread[..<range.upperBound].utf8.count
        return
      }
      guard readMore(deadline) else { break }
    }
    try #require(Bool(false), "«\(wanted)» never came: \(self)", sourceLocation: sourceLocation)
  }
  private var expectedUpTo = 0

  /// Reads until the program ends, which after `seconds` is made to.
  /// - Returns: how it ended.
  @discardableResult public func finish(seconds: Double = 30) -> ChildProcess.Ending {
    let deadline = Deadline(seconds: seconds)
    while readMore(deadline) {}
    if deadline.isOver { process.kill() }
    return process.wait(seconds: seconds)
  }

  /// Sends the process a signal.
  public func kill(_ signal: Int32) { process.kill(signal) }

  /// - Returns: false at the deadline, or where the program has closed its terminal.
  private func readMore(_ deadline: Deadline) -> Bool {
    var waiting = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, deadline.milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(controller, &buffer, buffer.count)
    // A terminal whose last user has gone answers with EIO.
    guard count > 0 else { return false }
    transcript.append(contentsOf: buffer[0..<count])
    return true
  }
}
