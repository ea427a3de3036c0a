/// What became of a message to somebody: whether it arrived, and what they did with it.
struct DemoAnswers {
  /// How it ended for one person.
  enum Ending {
    /// It left; what is told of it since, in the order in which it happened.
    case sent(at: Timestamp, events: [RecipientEvent])
    /// The server refused it at once.
    case refused(at: Timestamp, String)
    /// It may have reached the gateway.
    case held(at: Timestamp, String)
  }

  static let unknownMailbox = "550 5.1.1 there is no such mailbox"
  private static let fullMailbox = "452 4.2.2 the mailbox is full"
  private static let silentGateway = "the gateway did not answer; it may have taken the message"

  private let calendar: DemoCalendar

  init(_ calendar: DemoCalendar) { self.calendar = calendar }

  /// What became of a message.
  /// - Parameters:
  ///   - number: the place of the message among all.
  ///   - person: the place of whoever got it.
  ///   - turn: how many got it before.
  func ending(
    _ mailing: DemoMailing, _ number: Int, person: Int, turn: Int, zeal: DemoPerson.Zeal
  ) -> Ending {
    var dice = DemoDice(.answers, number, person)
    // Twenty a second leave; of very many, all within two hours.
    let sent = calendar.moment(mailing.daysAgo, hour: mailing.hour, second: min(turn / 20, 7200))
    let chance = dice.below(1000)
    if mailing.type == .inApp { return .sent(at: sent, events: opening(mailing, person, zeal, sent, &dice)) }
    if mailing.isRefused || mailing.type == .email && chance < 5 {
      return .refused(at: sent, Self.unknownMailbox)
    }
    if mailing.type == .sms || mailing.type == .whatsapp, chance < 12 {
      return .held(at: sent, Self.silentGateway)
    }
    if mailing.type == .email, chance == 5 {
      return .sent(
        at: sent, events: [event(.hardBounced, sent, 20 + dice.below(600), detail: Self.unknownMailbox)])
    }
    var events: [RecipientEvent] = []
    if mailing.type == .email, 14..<24 ~= chance {
      events.append(event(.softBounced, sent, 15, detail: Self.fullMailbox))
      events.append(event(.delivered, sent, 1800 + dice.below(3600)))
    } else if chance < 970 {
      events.append(event(.delivered, sent, 2 + dice.below(60)))
    }
    // A text message tells nobody that it was read.
    if mailing.type != .sms { events += opening(mailing, person, zeal, sent, &dice) }
    return .sent(at: sent, events: events)
  }

  private func event(
    _ kind: EventKind, _ sent: Timestamp, _ seconds: Int, url: String? = nil, detail: String? = nil
  ) -> RecipientEvent {
    var event = RecipientEvent(kind, at: sent.adding(seconds: seconds) ?? sent, clues: RecipientClues())
    event.url = url
    event.detail = detail
    return event
  }

  /// Whether somebody opened it, followed its links, or had enough of it. All of that within two days.
  private func opening(
    _ mailing: DemoMailing, _ person: Int, _ zeal: DemoPerson.Zeal, _ sent: Timestamp, _ dice: inout DemoDice
  ) -> [RecipientEvent] {
    let chance =
      switch zeal {
      case .silent: 20
      case .lapsed: mailing.daysAgo > DemoRoster.lapse(person) ? 600 : 0
      case .occasional: 340
      case .keen: 740
      }
    guard dice.happens(perMille: chance * mailing.appeal / 1000) else { return [] }
    // Half of those who read it do so within three hours.
    let delay = 4000 + dice.below(dice.below(2) == 0 ? 7000 : 130_000)
    var events = [event(.opened, sent, delay)]
    if dice.happens(perMille: 180) { events.append(event(.opened, sent, delay + 3600 + dice.below(20_000))) }
    for (place, link) in mailing.links.enumerated()
    where dice.happens(perMille: [230, 90, 60][min(place, 2)]) {
      events.append(event(.clicked, sent, delay + 20 + 37 * place + dice.below(30), url: link))
    }
    if mailing.type == .email, !mailing.isAutomatic {
      let enough = dice.below(1000)
      if enough < 2 { events.append(event(.complained, sent, delay + 300, detail: "abuse")) }
      if 2..<10 ~= enough { events.append(event(.unsubscribed, sent, delay + 200)) }
    }
    return events.sorted { $0.at < $1.at }
  }
}
