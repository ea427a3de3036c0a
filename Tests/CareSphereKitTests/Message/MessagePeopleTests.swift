import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// What becomes of messages when the people they were written to go, or become one.
@Suite struct MessagePeopleTests {
  private let fixture: MessageFixture
  private let ana: String
  private let bo: String

  init() throws {
    fixture = try MessageFixture()
    ana = try fixture.member("Ana", email: "ana@grace.example", phone: "+1 555 0101")
    bo = try fixture.member("Bo", email: "bo@grace.example", phone: "+1 555 0102")
  }

  private func member(_ id: String) throws -> Member { try MemberFinder(fixture.database).find(id) }

  private func delete(_ id: String, erase: Bool = false) throws {
    let member = try member(id)
    try fixture.write {
      let erasure = erase ? try Erasure(of: member, fixture.database) : nil
      try MemberStore(fixture.database, ids: fixture.ids, provenance: fixture.provenance).delete(member)
      try erasure?.erase()
    }
  }

  private func merge(_ other: String, into keep: String) throws {
    let (other, keep) = (try member(other), try member(keep))
    _ = try fixture.write {
      try MemberMerge(fixture.database, ids: fixture.ids, provenance: fixture.provenance)
        .merge([other], into: keep)
    }
  }

  private static let sent = "status = 'sent', sent_at = '2026-03-02T00:00:00Z'"

  // MARK: Deletion

  @Test func theCountersFollowADeletion() throws {
    let message = try fixture.begin(try fixture.message())
    try fixture.deliver(message, to: ana, Self.sent)
    try delete(ana)
    let after = try fixture.reloaded(message)
    #expect(after.counts == .init(recipients: 1, pending: 1) && after.status == .sending)
  }

  @Test func theLastOnePendingEndsTheMessage() throws {
    for (outcome, status) in [(Self.sent, MessageStatus.sent), ("status = 'failed'", .failed)] {
      let last = try fixture.member("Last", email: "last@grace.example")
      let message = try fixture.begin(try fixture.message(status.rawValue))
      try fixture.deliver(message, to: ana, outcome)
      try fixture.deliver(message, to: bo, outcome)
      try delete(last)
      let after = try fixture.reloaded(message)
      #expect(after.status == status && after.counts.recipients == 2 && after.counts.pending == 0)
    }
  }

  @Test func nobodyLeftIsSent() throws {
    let message = try fixture.begin(try fixture.message())
    try delete(ana)
    try delete(bo)
    #expect(try fixture.reloaded(message).status == .sent)
  }

  @Test func anErasureLeavesNothingInMessages() throws {
    let message = try fixture.begin(
      try fixture.message {
        $0.audience = Audience()
        $0.audience.members = [ana, bo]
        $0.audience.expression = "email = 'ANA@grace.example' or email = bo@grace.example or id = \(ana)"
      })
    let other = try fixture.message("Other") {
      $0.audience.expression = "email in (ana@grace.example, xana@grace.example) and phone != '+1 555 0101'"
    }
    try fixture.deliver(message, to: ana, Self.sent + ", error_message = 'ana@grace.example is full'")
    try fixture.database.execute(
      """
      INSERT INTO message_events (recipient_id, message_id, member_id, event, at, detail)
      SELECT id, message_id, member_id, 'opened', '2026', 'ana@grace.example' FROM message_recipients WHERE member_id = ?
      """, [.text(ana)])
    try fixture.suppress("Ana@grace.example", .email)
    try fixture.suppress("old@grace.example", .email)
    try fixture.database.execute(
      "UPDATE message_recipients SET recipient_email = 'old@grace.example' WHERE member_id = ?", [.text(ana)])
    try delete(ana, erase: true)
    let after = try fixture.reloaded(message)
    #expect(after.values.audience.members == [bo])
    #expect(
      after.values.audience.expression == "email = 'erased' or email = bo@grace.example or id = erased")
    let expression = try fixture.finder.find(id: other.id)?.values.audience.expression
    #expect(expression == "email in (erased, xana@grace.example) and phone != 'erased'")
    for table in ["messages", "message_recipients", "message_events", "suppressions", "audit_log"] {
      try fixture.database.query("SELECT * FROM \(table)") { row in
        for column in 0..<row.columnCount {
          let text = (row.text(column) ?? "").lowercased()
          let isTrace = [ana, "ana@grace.example", "old@grace.example"].contains {
            text.replacing("xana@", with: "").contains($0)
          }
          #expect(!isTrace, "\(table).\(row.columnName(column)): \(text)")
        }
      }
    }
    #expect(try fixture.number("SELECT count(*) FROM suppressions") == 2)
  }

  @Test func anImportIsNotTakenBackFromUnderAMessage() throws {
    let batch = fixture.ids.next()
    try fixture.database.execute(
      "INSERT INTO import_batches (id, source, created_at) VALUES (?, 'x.csv', '2026')", [.text(batch)])
    try fixture.database.execute(
      "UPDATE members SET import_batch_id = ? WHERE id IN (?, ?)", [.text(batch), .text(ana), .text(bo)])
    _ = try fixture.begin(
      try fixture.message {
        $0.audience = Audience()
        $0.audience.members = [ana]
      })
    let kept = try fixture.write {
      var undo = try ImportUndo(
        fixture.database, batch: batch, ids: fixture.ids, provenance: fixture.provenance)
      return try undo.run(ids: fixture.ids, provenance: fixture.provenance).kept
    }
    #expect(kept == [ana])
  }

  // MARK: Merging

  @Test func recipientsMoveAlong() throws {
    let message = try fixture.begin(
      try fixture.message {
        $0.audience = Audience()
        $0.audience.members = [bo]
      })
    try fixture.deliver(message, to: bo, Self.sent)
    let draft = try fixture.message("Draft") {
      $0.audience = Audience()
      $0.audience.members = [bo, ana]
    }
    try merge(bo, into: ana)
    #expect(try fixture.recipients(message).map(\.member) == [ana])
    #expect(try fixture.reloaded(message).counts == .init(recipients: 1, sent: 1))
    #expect(try fixture.finder.find(id: draft.id)?.values.audience.members == [ana])
    #expect(try fixture.finder.find(id: message.id)?.values.audience.members == [ana])
  }

  /// What stays of two recipients of one message, by what had become of each.
  @Test(arguments: [
    ("status = 'pending'", sent, "sent"), (sent, "status = 'pending'", "sent"),
    ("status = 'skipped', error_message = 'twin'", sent, "sent"), ("status = 'failed'", sent, "sent"),
    ("status = 'pending'", "status = 'held'", "held"), ("status = 'failed'", "status = 'pending'", "pending"),
    ("status = 'skipped'", "status = 'failed'", "failed"),
    ("status = 'skipped'", "status = 'pending'", "pending"),
    ("status = 'failed', sent_at = '2026-03-02T00:00:00Z'", "status = 'pending'", "failed"),
    (
      sent, "status = 'opened', sent_at = '2026-03-01T00:00:00Z', opened_at = '2026-03-03T00:00:00Z'",
      "opened"
    ),
  ]) func ofTwoRecipientsTheOneThatGotFurtherStays(other: String, keep: String, status: String) throws {
    for (first, second) in [(other, keep), (keep, other)] {
      let message = try fixture.begin(try fixture.message { $0.title = first + second })
      try fixture.deliver(message, to: bo, first)
      try fixture.deliver(message, to: ana, second)
      let copy = try fixture.member("Copy", email: "copy@grace.example")
      try fixture.database.execute(
        "UPDATE message_recipients SET member_id = ? WHERE member_id = ?", [.text(copy), .text(bo)])
      try merge(copy, into: ana)
      let recipients = try fixture.recipients(message)
      #expect(recipients.map(\.member) == [ana] && recipients.map(\.status) == [status])
      let after = try fixture.reloaded(message)
      #expect(after.status == (status == "pending" ? .sending : status == "failed" ? .failed : .sent))
      try fixture.database.execute("DELETE FROM messages")
    }
  }

  @Test func whatBecameOfBothIsKept() throws {
    let message = try fixture.begin(try fixture.message())
    try fixture.deliver(message, to: ana, Self.sent + ", delivered_at = '2026-03-02T00:00:09Z'")
    try fixture.deliver(
      message, to: bo,
      "status = 'clicked', sent_at = '2026-03-02T00:00:01Z', opened_at = '2026-03-03', clicked_at = '2026-03-03'"
    )
    for (member, url) in [(ana, "a"), (bo, "b")] {
      try fixture.database.execute(
        """
        INSERT INTO message_events (recipient_id, message_id, member_id, event, at, url)
        SELECT id, message_id, member_id, 'clicked', '2026-03-03', ? FROM message_recipients WHERE member_id = ?
        """, [.text(url), .text(member)])
    }
    try merge(bo, into: ana)
    let row = try fixture.database.first(
      "SELECT status, sent_at, delivered_at, clicked_at FROM message_recipients"
    ) { row in
      (0..<4).map { row.string($0) }
    }
    #expect(row == ["clicked", "2026-03-02T00:00:00Z", "2026-03-02T00:00:09Z", "2026-03-03"])
    let events = "SELECT count(*) FROM message_events WHERE member_id = '\(ana)'"
    #expect(try fixture.number(events) == 2)
    #expect(
      try fixture.reloaded(message).counts
        == .init(recipients: 1, sent: 1, delivered: 1, opened: 1, clicked: 1))
  }
}
