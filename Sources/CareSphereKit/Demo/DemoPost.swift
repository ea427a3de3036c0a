import SQLiteStore
import TextFormats

/// Writes down messages of the past as if they had been sent then: the messages through their store, recipients, events
/// and activities row by row, the counters of each message by counting.
final class DemoPost {
  /// How much was written.
  struct Tally {
    var messages = 0
    var recipients = 0
    var events = 0
    var activities = 0
  }

  /// A message, and what became of it for everybody.
  struct Sent {
    var message: Message
    /// Why somebody was skipped, by their place.
    var skipped: [Int: String] = [:]
  }

  private(set) var tally = Tally()
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let calendar: DemoCalendar
  private let templates: [String: Template]
  private let groups: [String: String]
  private let answers: DemoAnswers
  private let rows: DemoRecipientRows
  private var sent = 0

  /// - Parameters:
  ///   - templates: by name.
  ///   - groups: their ids by name.
  init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, calendar: DemoCalendar,
    templates: [String: Template], groups: [String: String]
  ) throws {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.calendar = calendar
    self.templates = templates
    self.groups = groups
    answers = DemoAnswers(calendar)
    rows = try DemoRecipientRows(database, ids: ids)
  }

  /// Writes down a message and all that followed from it.
  func send(_ mailing: DemoMailing, _ roster: inout DemoRoster) throws -> Sent {
    var result = Sent(message: try begin(mailing))
    sent += 1
    var turn = 0
    let moment = calendar.moment(mailing.daysAgo, hour: mailing.hour)
    for person in mailing.people {
      var recipient = RecipientState(
        id: ids.next(), message: result.message, member: roster.id(person),
        email: mailing.type == .email ? roster.email(person) : nil,
        phone: mailing.type.channel == .sms ? roster.phone(person) : nil)
      if let reason = reason(to: person, mailing, at: moment, roster) {
        result.skipped[person] = reason
        recipient.status = .skipped
        recipient.error = reason
        try rows.insert(recipient)
      } else {
        let ending = answers.ending(mailing, sent, person: person, turn: turn, zeal: roster.zeal(person))
        try write(ending, &recipient, result.message, person, &roster)
        turn += 1
      }
      tally.recipients += 1
      if tally.recipients % 2048 == 0 { try database.checkInterrupted(while: DemoCommunity.work) }
    }
    try MessageCounters(database).recount([result.message.id])
    if mailing.type == .sms || mailing.type == .whatsapp {
      try database.execute(
        "UPDATE messages SET estimated_cost = recipient_count * ?, currency = 'USD' WHERE id = ?",
        [.int(DemoRecipientRows.price), .text(result.message.id)])
    }
    tally.messages += 1
    return result
  }

  // MARK: The message

  private func begin(_ mailing: DemoMailing) throws -> Message {
    let moment = calendar.moment(mailing.daysAgo, hour: mailing.hour)
    var provenance = provenance
    provenance.at = (mailing.isAutomatic ? moment : moment.adding(seconds: -5400) ?? moment).description
    let store = MessageStore(database, ids: ids, provenance: provenance)
    let message = try store.add(values(mailing))
    let partials = try MessageReview(message, database).partials
    try database.execute(
      """
      UPDATE messages SET status = 'sending', sent_at = ?1, updated_at = ?1, partials = ?2, rule_id = ?3 WHERE id = ?4
      """,
      [
        .text(moment.description), .text(JSONWriter.string(.object(partials))), .optional(mailing.ruleID),
        .text(message.id),
      ])
    try database.execute(
      "UPDATE templates SET usage_count = usage_count + 1 WHERE id = ?",
      [.optional(message.values.templateID)])
    return message
  }

  /// What a message says.
  func values(_ mailing: DemoMailing) -> MessageValues {
    var values: MessageValues
    switch mailing.text {
    case .own(let subject, let content):
      values = MessageValues(title: mailing.title, content: content)
      values.subject = subject
    case .template(let name):
      let template = templates[name]
      values = MessageValues(title: mailing.title, content: template?.values.content ?? "")
      values.subject = template?.values.subject
      values.bodyFormat = template?.values.bodyFormat ?? .text
      values.templateID = template?.id
    }
    values.type = mailing.type
    values.isAutomatic = mailing.isAutomatic
    values.perMember = mailing.isAutomatic
    if let group = mailing.group.flatMap({ groups[$0] }) { values.audience.groups = [group] }
    return values
  }

  // MARK: One person

  /// Why somebody is not written to; nil where they are.
  private func reason(
    to person: Int, _ mailing: DemoMailing, at moment: Timestamp, _ roster: DemoRoster
  ) -> String? {
    if let since = roster.archived[person], since <= moment { return SkipReason.archived }
    guard let channel = mailing.type.channel else { return nil }
    if let since = roster.optOuts[channel]?[person], since <= moment { return SkipReason.optedOut(channel) }
    switch channel {
    case .email:
      if roster.email(person) == nil { return SkipReason.noEmail }
      let owner = roster.emailOwner(person)
      if let known = roster.suppressed[owner], known.since <= moment {
        return Suppression.skipReason(known.source.rawValue)
      }
      if !mailing.isAutomatic, owner != person, isReached(owner, mailing, moment, roster) {
        return SkipReason.addressReached
      }
    case .sms: if roster.phone(person) == nil { return SkipReason.noPhone }
    case .push: break
    }
    return nil
  }

  /// Whether somebody, of whose mailbox others share, gets the message.
  private func isReached(
    _ owner: Int, _ mailing: DemoMailing, _ moment: Timestamp, _ roster: DemoRoster
  ) -> Bool {
    guard Self.contains(owner, in: mailing.people) else { return false }
    return reason(to: owner, mailing, at: moment, roster) == nil
  }

  /// Whether a number is in a list in ascending order.
  private static func contains(_ number: Int, in list: [Int]) -> Bool {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle] == number { return true }
      if list[middle] < number { low = middle + 1 } else { high = middle }
    }
    return false
  }

  private func write(
    _ ending: DemoAnswers.Ending, _ recipient: inout RecipientState, _ message: Message, _ person: Int,
    _ roster: inout DemoRoster
  ) throws {
    switch ending {
    case .held(let moment, let words):
      recipient.firstAttemptAt = moment.description
      recipient.status = .held
      recipient.error = words
      try rows.insert(recipient)
    case .refused(let moment, let words):
      recipient.firstAttemptAt = moment.description
      recipient.status = .failed
      recipient.error = words
      try rows.insert(recipient)
      try suppress(recipient, .bounce, words, person, at: moment, &roster)
    case .sent(let moment, let events):
      recipient.status = .sent
      recipient.sentAt = moment.description
      recipient.firstAttemptAt = message.type == .inApp ? nil : moment.description
      if message.type == .inApp {
        (recipient.status, recipient.deliveredAt) = (.delivered, moment.description)
      }
      let happened = events.filter { $0.at < calendar.now }
      for event in happened { recipient.apply(event, now: moment.description) }
      if recipient.status == .failed { recipient.error = happened.last?.detail }
      try rows.insert(recipient, segments: message.type.channel == .sms ? 1 : nil)
      tally.activities += try rows.insert(happened, of: recipient, message)
      tally.events += happened.count
      for event in happened { try follow(event, recipient, message, person, &roster) }
    }
  }

  // MARK: What follows

  /// What an event changes about the person and the address.
  private func follow(
    _ event: RecipientEvent, _ recipient: RecipientState, _ message: Message, _ person: Int,
    _ roster: inout DemoRoster
  ) throws {
    switch event.kind {
    case .opened, .clicked: roster.did(person, at: event.at)
    case .hardBounced:
      try suppress(recipient, .bounce, event.detail ?? "", person, at: event.at, &roster)
    case .complained, .unsubscribed:
      roster.did(person, at: event.at)
      try optOut(event, recipient, message)
      if roster.optOuts[.email]?[person] == nil { roster.optOuts[.email, default: [:]][person] = event.at }
      if event.kind == .complained {
        try suppress(recipient, .complaint, event.detail ?? "", person, at: event.at, &roster)
      }
    case .delivered, .softBounced: break
    }
  }

  private func optOut(_ event: RecipientEvent, _ recipient: RecipientState, _ message: Message) throws {
    var provenance = provenance
    provenance.at = event.at.description
    try EventOptOut(database, ids: ids, provenance: provenance, source: "message track").take(
      event, of: recipient, TrackedMessage(title: message.title, type: message.type))
  }

  private func suppress(
    _ recipient: RecipientState, _ source: SuppressionSource, _ words: String, _ person: Int,
    at moment: Timestamp,
    _ roster: inout DemoRoster
  ) throws {
    guard let email = recipient.email else { return }
    var provenance = provenance
    provenance.at = moment.description
    try SuppressionStore(database, provenance: provenance).suppress(
      email, channel: .email, reason: words, source: source.rawValue)
    roster.suppressed[roster.emailOwner(person)] = (moment, source)
  }
}
