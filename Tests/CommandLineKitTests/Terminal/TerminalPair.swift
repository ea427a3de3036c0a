import CommandLineKit
import Foundation
import Glibc
import TestSupport

/// Both ends of a terminal in this process: what a person types and sees, and what the program has.
final class TerminalPair: Sendable {
  let person: Int32
  let program: Int32

  init() throws {
    person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // TIOCSPTLCK and TIOCGPTN, ioctl_tty(2).
    var (locked, number): (Int32, UInt32) = (0, 0)
    guard person >= 0, ioctl(person, 0x4004_5431, &locked) == 0, ioctl(person, 0x8004_5430, &number) == 0
    else {
      throw TestSupportError("no terminal")
    }
    program = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    if program < 0 { throw TestSupportError("no terminal") }
  }

  deinit {
    close(person)
    close(program)
  }

  func type(_ keys: String) { _ = write(person, keys, keys.utf8.count) }

  /// Types once what is typed is no longer shown, from a thread of its own.
  func typeHidden(_ keys: String) {
    Thread.detachNewThread { [self] in
      for _ in 0..<10_000 where echoes { usleep(1_000) }
      type(keys)
    }
  }

  /// What is on the screen by now.
  func read(milliseconds: Int32 = 100) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var request = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, milliseconds) > 0 {
      let count = Glibc.read(person, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  var echoes: Bool {
    var state = termios()
    return tcgetattr(program, &state) == 0 && state.c_lflag & tcflag_t(ECHO) != 0
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(person, UInt(TIOCSWINSZ), &size)
  }

  func console(_ environment: [String: String] = ["LANG": "C.UTF-8"]) -> Console {
    let stream = Console.Stream(descriptor: program)
    return Console(program: "shop", environment: environment, input: stream, output: stream, error: stream)
  }
}
