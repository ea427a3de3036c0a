import Glibc
import TestSupport
import Testing

@testable import CareSphereKit

/// Ways out of a configuration, in a sandbox, and messages to send by them.
struct TransportFixture {
  let sandbox: Sandbox
  var environment: [String: String]

  init() throws {
    sandbox = try Sandbox()
    environment = sandbox.environment.merging(["CARESPHERE_SERVER_TIMEOUT": "2s"]) { $1 }
  }

  /// What the text of a configuration makes of a type of messages.
  func plan(_ configuration: String, for type: MessageType = .email) throws -> TransportPlan {
    let parsed = try Configuration(
      parsing: Array(configuration.utf8), path: sandbox.path("config.json"), home: nil)
    return try Transports.plan(
      for: type, configuration: parsed, databasePath: sandbox.path("data/caresphere.db"),
      environment: environment)
  }

  /// One way out, as `plan` makes it.
  func transport(_ configuration: String, for type: MessageType = .email) throws -> any Transport {
    try plan(configuration, for: type).connect()
  }

  /// A way out to a mail server.
  /// - Parameter more: further keys of `email.smtp`.
  func smtp(_ server: TestServer, _ more: String = "", user: String? = nil) throws -> any Transport {
    try transport(Self.smtp(port: server.port, more, user: user))
  }

  /// A configuration for a mail server on this machine.
  static func smtp(
    port: Int, _ more: String = "", user: String? = nil, host: String = "127.0.0.1", scheme: String = "smtp"
  ) -> String {
    let login = user.map { $0 + "@" } ?? ""
    return """
      { email: { from: "office@grace.example", transport: "smtp",
        smtp: { url: "\(scheme)://\(login)\(host):\(port)"\(more.isEmpty ? "" : ", " + more) } } }
      """
  }

  /// Writes a file that only its owner can read.
  func secret(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
    let path = try sandbox.write(name, text)
    chmod(path, mode)
    return path
  }

  /// Writes a program for the shell.
  func program(_ name: String, _ script: String) throws -> String {
    let path = sandbox.path(name)
    // By a process of its own: a child that another test starts just now would keep a file open that we write here,
    // and a file that is open for writing cannot be run.
    try sandbox.execute(
      ["install", "-m", "755", "/dev/stdin", path], stdin: Array("#!/bin/sh\n\(script)\n".utf8)
    ).succeeded()
    return path
  }
}

extension Outgoing {
  /// A small mail; the number is in its id.
  static func mail(
    _ number: Int = 1, to recipient: String = "ana@example.org", from sender: String = "office@grace.example",
    body: String = "Hello"
  ) -> Outgoing {
    let id =
      "019a8c00-0000-7000-8000-" + String(repeating: "0", count: 12 - String(number).count) + "\(number)"
    let text =
      "From: office@grace.example\r\nTo: \(recipient)\r\nSubject: Test\r\nMessage-ID: <\(id)@grace.example>\r\n"
      + "X-CareSphere-Recipient: \(id)\r\n\r\n\(body)\r\n"
    return Outgoing(recipientID: id, sender: sender, recipient: recipient, content: Array(text.utf8))
  }

  /// A text.
  static func text(_ body: String, to recipient: String = "+4915112345678") -> Outgoing {
    Outgoing(
      recipientID: "019a8c00-0000-7000-8000-00000000000a", sender: "+15551230000", recipient: recipient,
      content: Array(body.utf8))
  }
}

extension DeliveryOutcome {
  /// The outcome's kind alone.
  var kind: String {
    switch self {
    case .accepted: "accepted"
    case .deferred: "deferred"
    case .refused(_, let isHardBounce): isHardBounce ? "hard bounce" : "refused"
    case .uncertain: "uncertain"
    case .unavailable: "unavailable"
    }
  }

  /// What was said.
  var words: String {
    switch self {
    case .accepted(let id): id ?? ""
    case .deferred(let words), .refused(let words, _), .uncertain(let words), .unavailable(let words): words
    }
  }

  /// Expects this kind, and the text in what was said.
  func expect(_ kind: String, saying text: String = "", sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(self.kind == kind, "\(self)", sourceLocation: sourceLocation)
    #expect(text.isEmpty || words.contains(text), "no «\(text)» in \(self)", sourceLocation: sourceLocation)
  }
}
