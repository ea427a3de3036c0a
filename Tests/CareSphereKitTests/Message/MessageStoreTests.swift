import SQLiteStore
import Testing
import TextFormats

@testable import CareSphereKit

/// Messages from being drafted to being deleted, and by what they are found.
@Suite struct MessageStoreTests {
  private let fixture: MessageFixture
  private let moderator: Actor

  init() throws {
    fixture = try MessageFixture()
    moderator = fixture.users.actor(try fixture.users.add("mo", role: .moderator))
    try fixture.member("Ana", email: "ana@grace.example")
  }

  private static let settings = JSONObject([("x", [1, nil, ["y": "z"]])])

  private func schedule(_ message: Message, _ time: String) throws -> Message {
    try fixture.write { try fixture.store.schedule(message, at: time, clock: fixture.clock) }
  }

  private func cancel(_ message: Message) throws -> Message {
    try fixture.write { try fixture.store.cancel(message) }
  }

  private func delete(_ message: Message, _ actor: Actor) throws {
    try fixture.write { try fixture.store.delete(message, by: actor) }
  }

  @Test func whatIsStoredIsReadBack() throws {
    let message = try fixture.message("Título ✝") {
      $0.subject = "Dear {{firstName}}"
      $0.type = .sms
      $0.expiresAt = "2026-04-01T00:00:00Z"
      $0.perMember = true
      $0.audience.groups = ["a"]
      $0.audience.members = ["b"]
      $0.audience.expression = "city = 'O\\'Hara'"
      $0.settings = Self.settings
      $0.variables = ["theme"]
      $0.isAutomatic = true
    }
    #expect(message.status == .draft && message.createdBy == fixture.admin.id)
    #expect(try fixture.finder.find(id: message.id) == message)
    #expect(message.values.settings == Self.settings)
    #expect(message.values.perMember && message.values.isAutomatic)
    #expect(message.values.audience.expression == "city = 'O\\'Hara'")
  }

  @Test func changesAreAuditedWithWhatDiffers() throws {
    let message = try fixture.message()
    var values = message.values
    values.title = "Other"
    let update = values
    let changed = try fixture.write { try fixture.store.update(message, to: update, status: .draft) }
    #expect(changed.title == "Other")
    let same = try fixture.write { try fixture.store.update(changed, to: update, status: .draft) }
    #expect(same == changed)
    var entries: [String] = []
    try fixture.database.query(
      "SELECT coalesce(before, '-') || ' ' || coalesce(after, '-') FROM audit_log WHERE entity = 'message' ORDER BY row_id"
    ) { entries.append($0.string(0)) }
    #expect(entries.count == 2 && entries.last == #"{"title":"News"} {"title":"Other"}"#)
  }

  @Test func schedulingAndCancelling() throws {
    let draft = try fixture.message()
    let scheduled = try schedule(draft, "+1d")
    #expect(scheduled.status == .scheduled && scheduled.values.scheduledFor == "2026-03-02T12:00:00Z")
    #expect(try schedule(scheduled, "+2d").values.scheduledFor == "2026-03-03T12:00:00Z")
    let cancelled = try cancel(scheduled)
    #expect(cancelled.status == .draft && cancelled.values.scheduledFor == nil)
    #expect(try fixture.error { _ = try cancel(cancelled) }.code == .conflict)
    for time in ["-1d", "whenever", ""] {
      #expect(try fixture.error { _ = try schedule(cancelled, time) }.code == .validation)
    }
    #expect(try fixture.finder.find(id: draft.id) == cancelled)
  }

  @Test func whatNobodyWillLookAtAgainIsCheckedWhenItIsScheduled() throws {
    let message = try fixture.message { $0.content = "{{nope}}" }
    #expect(try fixture.error { _ = try schedule(message, "+1d") }.code == .validation)
    #expect(try fixture.finder.find(id: message.id) == message)
    let flags: [(field: MessageInput.Field, value: JSONValue)] = [
      (.title, "N"), (.content, "{{nope}}"), (.scheduledFor, "+1d"),
    ]
    #expect(try fixture.error { _ = try fixture.add(flags) }.code == .validation)
  }

  @Test func aQueuedMessageCanBeTakenBackUntilSomebodyWasWrittenTo() throws {
    let template = try fixture.template("T", "Hello {{>P}}") { _ in }
    try fixture.template("P", "there")
    let message = try fixture.message { $0.templateID = template.id }
    let begun = try fixture.begin(message)
    let draft = try cancel(begun)
    #expect(draft.status == .draft && draft.counts == .init() && draft.sentAt == nil && draft.partials == nil)
    #expect(try fixture.number("SELECT count(*) FROM message_recipients") == 0)
    #expect(try TemplateFinder(fixture.database).find(id: template.id)?.usageCount == 0)
    for trace in ["claimed_at = '2026'", "first_attempt_at = '2026'", "status = 'held'", "status = 'failed'"]
    {
      let again = try fixture.begin(try #require(try fixture.finder.find(id: message.id)))
      try fixture.database.execute("UPDATE message_recipients SET \(trace)")
      #expect(try fixture.error { _ = try cancel(again) }.code == .conflict, "\(trace)")
      try fixture.database.execute(
        "UPDATE message_recipients SET status = 'pending', claimed_at = NULL, first_attempt_at = NULL")
      _ = try cancel(again)
    }
  }

  @Test func whatCouldNotBeBegunCanBeMendedAndSent() throws {
    let message = try schedule(try fixture.message(), "+1d")
    try fixture.database.execute("UPDATE messages SET status = 'failed'")
    let failed = try #require(try fixture.finder.find(id: message.id))
    #expect(try fixture.error { _ = try fixture.begin(failed) }.hint?.contains("message cancel") == true)
    #expect(try fixture.begin(try cancel(failed)).status == .sending)
  }

  @Test func sentMessagesAreFrozen() throws {
    let sent = try fixture.begin(try fixture.message { $0.type = .inApp })
    var values = sent.values
    values.title = "Other"
    let update = values
    let attempts: [() throws -> Void] = [
      { _ = try fixture.write { try fixture.store.update(sent, to: update, status: .draft) } },
      { _ = try schedule(sent, "+1d") }, { _ = try cancel(sent) },
      {
        _ = try MessageInput(flags: [(.title, "")]).values(over: sent, fixture.database, clock: fixture.clock)
      },
    ]
    for attempt in attempts { #expect(try fixture.error { try attempt() }.code == .conflict) }
  }

  @Test func whoMayDeleteWhat() throws {
    let draft = try fixture.message("Draft")
    try delete(draft, moderator)
    try delete(try schedule(try fixture.message("Scheduled"), "+1d"), moderator)
    let sending = try fixture.begin(try fixture.message("Sending"))
    #expect(try fixture.error { try delete(sending, fixture.admin) }.code == .conflict)
    let sent = try fixture.begin(try fixture.message("Sent") { $0.type = .inApp })
    #expect(try fixture.error { try delete(sent, moderator) }.code == .forbidden)
    try delete(sent, fixture.admin)
    #expect(try fixture.number("SELECT count(*) FROM messages") == 1)
    #expect(
      try fixture.number(
        "SELECT count(*) FROM audit_log WHERE entity = 'message' AND after IS NULL AND before IS NOT NULL")
        == 3)
  }

  // MARK: Finding

  @Test func messagesAreFoundByTitleAndId() throws {
    let message = try fixture.message("Sommerfest für Groß und Klein")
    let tail = String(message.id.suffix(8))
    for reference in [message.id, message.id.uppercased(), tail, " sommerfest FÜR gross und klein "] {
      #expect(try fixture.finder.resolve(reference) == message)
    }
    let mistyped = try fixture.error { _ = try fixture.finder.resolve("Sommerfst für Groß und Klein") }
    #expect(mistyped.code == .notFound && mistyped.hint?.contains("Sommerfest") == true)
    #expect(try fixture.error { _ = try fixture.finder.resolve("%%%%") }.code == .notFound)
    #expect(try fixture.error { _ = try fixture.finder.resolve("") }.code == .notFound)
  }

  @Test func severalOfOneTitleAreListed() throws {
    let first = try fixture.message("News")
    let second = try fixture.begin(try fixture.message("NEWS"))
    let error = try fixture.error { _ = try fixture.finder.resolve("news") }
    #expect(error.code == .conflict)
    #expect(error.details == .fields([.init(first.id, "News, draft"), .init(second.id, "NEWS, sending")]))
    #expect(try fixture.finder.resolve(second.id) == second)
  }
}
