import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// A database with people, groups and templates as a test wants them, and what writes messages to them.
struct MessageFixture {
  let users: UserFixture
  let admin: Actor
  let provenance: Provenance
  let clock: Clock
  var configuration = Configuration()

  var database: Database { users.database }
  var ids: UUIDv7Generator { users.ids }
  var store: MessageStore { MessageStore(database, ids: ids, provenance: provenance) }
  var finder: MessageFinder { MessageFinder(database) }

  /// - Parameter now: the time of everything that happens.
  init(now: String = "2026-03-01T12:00:00Z") throws {
    users = try UserFixture()
    admin = users.actor(try users.add("admin", role: .admin))
    let time = try #require(Timestamp(now))
    provenance = Provenance(actorID: admin.id, actor: admin.email, command: "test", at: time)
    clock = Clock(now: time, zone: .utc)
  }

  func write<T>(_ body: () throws -> T) throws -> T { try database.write { try body() } }

  // MARK: What there is

  /// Adds a person.
  @discardableResult
  func member(
    _ name: String, email: String? = nil, phone: String? = nil, status: String? = nil,
    createdAt: String? = nil,
    optOuts: [Channel] = [], groups: [String] = []
  ) throws -> String {
    var draft = MemberDraft()
    draft.firstName = name
    draft.lastName = ""
    draft.email = email
    draft.phone = phone
    draft.memberStatus = status.flatMap(MemberStatus.init(rawValue:))
    draft.createdAt = createdAt
    draft.optOuts = optOuts
    return try write {
      try MemberStore(database, ids: ids, provenance: provenance).add(draft, groups: groups)
    }
  }

  /// Adds a group, dynamic where it has a query.
  func group(_ name: String, where query: String? = nil) throws -> String {
    var values = GroupValues(name: name)
    values.query = query
    return try write { try GroupStore(database, ids: ids, provenance: provenance).add(values).id }
  }

  @discardableResult
  func template(_ name: String, _ content: String, _ change: (inout TemplateValues) -> Void = { _ in }) throws
    -> Template
  {
    var values = TemplateValues(name: name, content: content)
    change(&values)
    return try write { try TemplateStore(database, ids: ids, provenance: provenance).add(values) }
  }

  func suppress(_ address: String, _ channel: Channel, source: String = "bounce") throws {
    try write {
      try SuppressionStore(database, provenance: provenance)
        .suppress(address, channel: channel, reason: "no such user", source: source)
    }
  }

  // MARK: Messages

  /// Adds a message to all active members, unless it is changed.
  func message(_ title: String = "News", _ change: (inout MessageValues) -> Void = { _ in }) throws -> Message
  {
    var values = MessageValues(title: title, content: "Hello")
    values.audience.isEverybody = true
    change(&values)
    return try write { try store.add(values) }
  }

  /// Adds a message as `message add` would.
  func add(_ flags: [(field: MessageInput.Field, value: JSONValue)], body: JSONValue? = nil) throws -> Message
  {
    let input = try MessageInput(flags: flags, body: body)
    return try write {
      let (values, status) = try input.values(database, clock: clock)
      return try store.add(values, status: status)
    }
  }

  func begin(_ message: Message) throws -> Message {
    try write {
      try MessageQueueing(
        database, ids: ids, provenance: provenance, configuration: configuration, clock: clock
      ).begin(message)
    }
  }

  struct Recipient: Equatable {
    var member: String
    var address: String?
    var status: String
    var reason: String?
  }

  /// The recipients, in the order in which they were written.
  func recipients(_ message: Message) throws -> [Recipient] {
    var recipients: [Recipient] = []
    try database.query(
      """
      SELECT member_id, coalesce(recipient_email, recipient_phone), status, error_message FROM message_recipients
      WHERE message_id = ? ORDER BY row_id
      """, [.text(message.id)]
    ) { row in
      recipients.append(
        Recipient(member: row.string(0), address: row.text(1), status: row.string(2), reason: row.text(3)))
    }
    return recipients
  }

  /// Sets columns of a recipient, as delivery would, and lets the counters follow.
  func deliver(_ message: Message, to member: String, _ assignments: String) throws {
    try write {
      try database.execute(
        "UPDATE message_recipients SET \(assignments) WHERE message_id = ? AND member_id = ?",
        [.text(message.id), .text(member)])
      try MessageCounters(database).recount([message.id])
    }
  }

  /// The message as it is now, whose counters have to be what its recipients say.
  func reloaded(_ message: Message) throws -> Message {
    let now = try #require(try finder.find(id: message.id))
    try write { try MessageCounters(database).recount([message.id]) }
    let counted = try #require(try finder.find(id: message.id))
    #expect(now.counts == counted.counts)
    #expect(now.status == counted.status)
    return now
  }

  /// The `CareError` that `body` throws.
  func error(_ body: () throws -> Void) throws -> CareError {
    try #require(throws: CareError.self) { try body() }
  }

  func number(_ sql: String) throws -> Int { try database.first(sql) { $0.integer(0) } ?? 0 }
}
