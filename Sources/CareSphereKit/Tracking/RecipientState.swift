import SQLiteStore

/// A recipient as events find and leave it. Whatever the order in which events come, it ends the same.
struct RecipientState: Equatable {
  var rowID: Int
  var id: String
  var messageID: String
  var memberID: String
  var email: String?
  var phone: String?
  var status: RecipientStatus
  var sentAt: String?
  var deliveredAt: String?
  var openedAt: String?
  var clickedAt: String?
  var error: String?
  var firstAttemptAt: String?

  /// The columns that `init(row:)` reads, for a SELECT over `message_recipients AS r`.
  static let columns =
    "r.row_id, r.id, r.message_id, r.member_id, r.recipient_email, r.recipient_phone, r.status, r.sent_at, "
    + "r.delivered_at, r.opened_at, r.clicked_at, r.error_message, r.first_attempt_at"

  /// Reads the current row of a SELECT of `columns`.
  init(row: Statement) {
    rowID = row.integer(0)
    id = row.string(1)
    messageID = row.string(2)
    memberID = row.string(3)
    email = row.text(4)
    phone = row.text(5)
    status = RecipientStatus(rawValue: row.string(6)) ?? .sent
    sentAt = row.text(7)
    deliveredAt = row.text(8)
    openedAt = row.text(9)
    clickedAt = row.text(10)
    error = row.text(11)
    firstAttemptAt = row.text(12)
  }

  /// The address on a channel; nil where there is none.
  func address(on channel: Channel) -> String? {
    switch channel {
    case .email: email
    case .sms: phone
    case .push: nil
    }
  }

  /// What has become of the recipient after an event that was not counted before. Times are the earliest; the status
  /// is the furthest, and a failure outweighs all but that somebody has seen the message.
  /// - Parameter now: when it is learnt of, which is when it was sent where nothing tells better.
  mutating func apply(_ event: RecipientEvent, now: String) {
    accept(now: now)
    let at = event.at.description
    switch event.kind {
    case .delivered:
      deliveredAt = Self.earliest(deliveredAt, at)
      if status == .sent { status = .delivered }
    case .opened:
      openedAt = Self.earliest(openedAt, at)
      reach(.opened)
    case .clicked:
      // Who follows a link has the message open, whether or not its pictures were loaded.
      openedAt = Self.earliest(openedAt, at)
      clickedAt = Self.earliest(clickedAt, at)
      reach(.clicked)
    case .hardBounced: fail()
    case .softBounced: if event.endsDelivery { fail() }
    case .complained, .unsubscribed: break
    }
  }

  /// Nothing is told of what never left: a recipient that waits for another try, or of which nothing was known, had
  /// been taken after all, and is not tried again.
  private mutating func accept(now: String) {
    guard status == .pending || status == .held || status == .skipped else { return }
    status = .sent
    sentAt = sentAt ?? firstAttemptAt ?? now
    error = nil
  }

  private mutating func reach(_ reached: RecipientStatus) {
    if status == .clicked { return }
    if status == .failed { error = nil }
    status = reached
  }

  private mutating func fail() {
    if status == .sent || status == .delivered { status = .failed }
  }

  private static func earliest(_ known: String?, _ new: String) -> String {
    known.map { min($0, new) } ?? new
  }
}
