import CommandLineKit
import Glibc

/// A nameless file that takes what a stream writes, to be read back.
final class Capture {
  let descriptor: Int32

  init() throws {
    var template = Array("/tmp/capture-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    if descriptor < 0 { throw OutputError(target: "a temporary file", code: errno) }
    unlink(template)
  }

  deinit { close(descriptor) }

  var bytes: [UInt8] {
    let size = lseek(descriptor, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: max(0, size))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A console whose streams are captured, with terminals as the test needs them.
struct TestConsole {
  let console: Console
  let output: Capture
  let error: Capture

  init(terminal: Bool = false, width: Int = 40, environment: [String: String] = ["LANG": "en_US.UTF-8"])
    throws
  {
    output = try Capture()
    error = try Capture()
    console = Console(
      program: "shop", environment: environment, input: .init(descriptor: -1, isTerminal: terminal),
      output: .init(descriptor: output.descriptor, isTerminal: terminal),
      error: .init(descriptor: error.descriptor, isTerminal: terminal), width: width)
  }

  static let envelope = Envelope(timestamp: "2025-11-13T10:30:00Z", requestId: "r1", version: "1.0.0")

  func output(_ format: OutputFormat? = nil, _ change: (inout OutputOptions) -> Void = { _ in }) -> Output {
    var options = OutputOptions()
    options.format = format
    options.pager = false
    change(&options)
    return Output(console, options: options, envelope: Self.envelope)
  }
}
