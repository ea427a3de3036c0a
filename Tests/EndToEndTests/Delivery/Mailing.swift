import Foundation
import TestSupport
import Testing

/// A database with people, and a message for all of them.
struct Mailing {
  let sandbox: Sandbox
  let database: SQLiteShell
  static let title = "News"

  /// - Parameters:
  ///   - people: how many, `p0@example.org` with the number +14155551000 and so on.
  ///   - type: of the message.
  ///   - content: of the message.
  ///   - databasePath: where the database is, if not where it is by default.
  init(
    people: Int, type: String = "email", content: String = "Dear {{firstName}}", databasePath: String? = nil,
    in given: Sandbox? = nil
  )
    throws
  {
    sandbox = try given ?? Sandbox()
    if let databasePath { sandbox.environment["CARESPHERE_DB"] = databasePath }
    sandbox.environment["CARESPHERE_SERVER_TIMEOUT"] = "2s"
    try sandbox.initialize()
    database = try SQLiteShell(sandbox, database: databasePath)
    let lines = (0..<people).map { "P\($0),Souza,p\($0)@example.org,+1415555\(1000 + $0)" }
    let file = (["firstName,lastName,email,phone"] + lines).joined(separator: "\n") + "\n"
    try sandbox.run("member", "import", "-", "-q", stdin: file).succeeded()
    try add(
      Self.title, content, ["--type", type] + (type == "email" ? ["--subject", "Hello {{firstName}}"] : []))
  }

  /// Adds a message to everybody.
  func add(_ title: String, _ content: String = "Dear {{firstName}}", _ flags: [String] = []) throws {
    try sandbox.run(
      ["message", "add", "--title", title, "--content", content, "--to-all", "-q"] + flags
    ).succeeded()
  }

  /// Writes the configuration, JSON5.
  func configure(_ text: String) throws {
    try sandbox.write("home/.config/caresphere/config.json", text)
  }

  /// Mail goes to this server from now on.
  func mail(to port: Int, connections: Int = 1, rate: String? = nil, delivery: String = "{}") throws {
    try configure(
      """
      { email: { from: "Grace Church <office@grace.example>", transport: "smtp",
          rate: \(rate.map { "\"\($0)\"" } ?? "null"),
          smtp: { url: "smtp://127.0.0.1:\(port)", tls: "none", connections: \(connections) } },
        delivery: \(delivery) }
      """)
  }

  /// Texts go to this gateway from now on.
  func text(to port: Int, rate: String? = nil) throws {
    try sandbox.write("token", "secret\n")
    try sandbox.execute(["chmod", "600", sandbox.path("token")]).succeeded()
    try configure(
      """
      { organization: { defaultCountry: "US" },
        sms: { transport: "http", from: "+15550100", rate: \(rate.map { "\"\($0)\"" } ?? "null"),
          costPerSegment: 0.01, currency: "USD",
          http: { url: "http://127.0.0.1:\(port)", accountSid: "AC1", authTokenFile: "\(sandbox.path("token"))" } } }
      """)
  }

  @discardableResult func run(_ arguments: String...) throws -> Outcome {
    try sandbox.run(arguments)
  }

  /// The `data` of a command that ends with this status.
  func data(
    _ status: Int32 = 0, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws
    -> [String: Any]
  {
    let outcome = try sandbox.run(arguments + ["--json"])
    try #require(outcome.status == status, "\(outcome)", sourceLocation: sourceLocation)
    return try outcome.data(sourceLocation: sourceLocation)
  }

  /// How many recipients have each status: `sent 3`.
  func states() throws -> [String] {
    try database.rows(
      "SELECT status || ' ' || count(*) FROM message_recipients GROUP BY status ORDER BY status")
  }

  /// Expects that every message's counters are what its recipients say, and that nothing is left claimed.
  func expectAgreement(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try database.expectSound(sourceLocation: sourceLocation)
    let wrong = try database.count(
      """
      SELECT count(*) FROM messages AS m
      JOIN (SELECT message_id, sum(status <> 'skipped') AS recipients, sum(status = 'skipped') AS skipped,
          sum(status = 'pending') AS pending, sum(status = 'held') AS held, count(sent_at) AS sent,
          sum(status = 'failed') AS failed FROM message_recipients GROUP BY message_id) AS r ON r.message_id = m.id
      WHERE (m.recipient_count, m.skipped_count, m.pending_count, m.held_count, m.sent_count, m.failed_count)
        <> (r.recipients, r.skipped, r.pending, r.held, r.sent, r.failed)
      """)
    #expect(wrong == 0, sourceLocation: sourceLocation)
    #expect(
      try database.count(
        "SELECT count(*) FROM message_recipients WHERE claimed_at IS NOT NULL AND status <> 'pending'"
      ) == 0,
      sourceLocation: sourceLocation)
    #expect(
      try database.count(
        "SELECT count(*) FROM member_activities WHERE activity_type = 'message_sent'")
        == database.count("SELECT count(*) FROM message_recipients WHERE sent_at IS NOT NULL"),
      sourceLocation: sourceLocation)
  }

  /// The mails of the Maildir beside the database.
  func outbox() throws -> [String] {
    let folder = (sandbox.database as NSString).deletingLastPathComponent + "/outbox/new"
    return try FileManager.default.contentsOfDirectory(atPath: folder).map {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)), as: UTF8.self)
    }
  }
}

extension TestServer {
  /// Of each mail that was taken, the recipient and the Message-ID.
  func taken() throws -> [(recipient: String, id: String)] {
    try mails().map { ($0.recipients.first ?? "", $0.header("Message-ID") ?? "") }
  }

  /// Waits until it has taken so many mails or requests.
  func wait(for count: Int, _ event: String = "mail") throws {
    for _ in 0..<1000 {
      if try journal(event).count >= count { return }
      usleep(20_000)
    }
    Issue.record("only \(try journal(event).count) of \(count) arrived")
  }
}
