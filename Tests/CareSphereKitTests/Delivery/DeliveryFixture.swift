import SQLiteStore
import Synchronization
import Testing

@testable import CareSphereKit

/// People, a message that is queued for them, and runs that deliver it to scripted servers.
final class DeliveryFixture {
  var messages: MessageFixture
  var options = DeliveryRun.Options()
  var asOf: Timestamp?
  /// The time of day of the runs.
  private(set) var time: Timestamp

  var database: Database { messages.database }

  init() throws {
    messages = try MessageFixture()
    time = messages.clock.now
    options.reconnectWaits = [0, 0.01, 0.02]
  }

  func wait(_ seconds: Int) throws { time = try #require(time.adding(seconds: seconds)) }

  /// Adds people `P0`, `P1`… with an address and a number each.
  func people(_ count: Int) throws -> [String] {
    try (0..<count).map {
      try messages.member("P\($0)", email: "p\($0)@example.org", phone: "+1415555\(1000 + $0)")
    }
  }

  /// A message to everybody, queued.
  func queued(_ title: String = "News", _ change: (inout MessageValues) -> Void = { _ in }) throws -> Message
  {
    try messages.begin(try messages.message(title, change))
  }

  @discardableResult
  func run(_ server: ScriptedServer) throws -> DeliveryReport { try run(server.plan()) }

  @discardableResult
  func run(_ plan: TransportPlan) throws -> DeliveryReport { try run { _ in plan } }

  @discardableResult
  func run(_ plans: @escaping DeliveryRun.Plans) throws -> DeliveryReport {
    let clock = Clock(now: time, asOf: asOf, zone: .utc)
    let run = DeliveryRun(
      database, options: options, ids: messages.ids, provenance: messages.provenance,
      configuration: messages.configuration, clock: clock, plans: plans)
    let time = time
    run.now = { time }
    return try run.run()
  }

  func message(_ message: Message) throws -> Message {
    try #require(try messages.finder.find(id: message.id))
  }

  func set(_ assignment: String) throws {
    try database.write { try database.execute("UPDATE message_recipients SET \(assignment)") }
  }

  /// One text a recipient: the columns, in the order of the rows.
  func rows(_ columns: String) throws -> [String] {
    var rows: [String] = []
    try database.query("SELECT \(columns) FROM message_recipients ORDER BY row_id") { row in
      rows.append((0..<row.columnCount).map { row.text($0) ?? "-" }.joined(separator: " "))
    }
    return rows
  }

  /// Whether the counters of every message are what its recipients say.
  func countersAgree() throws -> Bool {
    try database.first(
      """
      SELECT count(*) FROM messages AS m WHERE (SELECT (count(*) - coalesce(sum(status = 'skipped'), 0),
          coalesce(sum(status = 'skipped'), 0), coalesce(sum(status = 'pending'), 0),
          coalesce(sum(status = 'held'), 0), count(sent_at), coalesce(sum(status = 'failed'), 0))
        = (m.recipient_count, m.skipped_count, m.pending_count, m.held_count, m.sent_count, m.failed_count)
        FROM message_recipients WHERE message_id = m.id) = 0
      """
    ) { $0.integer(0) } == 0
  }
}
