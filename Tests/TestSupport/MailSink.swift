import Foundation
import Testing

/// Postfix's `smtp-sink`, which takes mail as fast as it can and forgets it.
public final class MailSink {
  public let port: Int
  private let process: ChildProcess

  /// - Throws: ends the test where postfix is not installed
  public init(in sandbox: Sandbox, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let program = "/usr/sbin/smtp-sink"
    try Requirement.tool(program, sourceLocation: sourceLocation)
    // It cannot be told to take any port, so somebody else could be faster; nobody is, in a test.
    port = try FreePort.find()
    let user = getuid() == 0 ? ["-u", "nobody"] : []
    process = try sandbox.spawn(running: [program] + user + ["127.0.0.1:\(port)", "64"], name: "smtp-sink")
    let deadline = Deadline(seconds: 10)
    while !FreePort.answers(port) {
      guard !deadline.isOver, process.poll() == nil else { throw TestSupportError("smtp-sink did not start") }
      usleep(10_000)
    }
  }

  deinit { stop() }

  /// Ends it.
  public func stop() {
    process.kill()
    process.wait()
  }
}
