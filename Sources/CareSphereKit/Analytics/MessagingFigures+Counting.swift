import SQLiteStore

extension MessagingFigures {
  /// Counts the figures. Call it within `Database.read`.
  public init(_ scope: AnalyticsScope, _ database: Database) throws {
    self = try ChosenPeople.lend(scope, database) { isNarrowed in
      try MessagingFigures(scope.range, database, isNarrowed: isNarrowed)
    }
  }

  private init(_ range: AnalyticsRange, _ database: Database, isNarrowed: Bool) throws {
    let source = SentMessageSource(range, isNarrowed: isNarrowed)
    var tally = MessageTally(range)
    try database.query(source.messages, source.arguments) { tally.add(row: $0) }
    self.range = range
    let counts = tally.counts
    (messages, sent, delivered) = (counts.messages, counts.sent, counts.delivered)
    (opened, clicked, failed) = (counts.opened, counts.clicked, counts.failed)
    func people(_ event: EventKind) throws -> Int {
      try database.first(source.people(event), source.arguments) { $0.integer(0) } ?? 0
    }
    bounced = try people(.hardBounced)
    unsubscribed = try people(.unsubscribed)
    complained = try people(.complained)
    volume = tally.volume
    smsCost = tally.cost.sorted { $0.key < $1.key }.map { (currency: $0.key, amount: $0.value) }
    topTemplates = try Self.templates(tally.templates, database)
    var hours = HourTally(range.zone)
    try database.query(source.times(.opened), source.arguments) { hours.addOpening($0.terminated(0)) }
    try database.query(source.times(.clicked), source.arguments) { hours.addClick($0.terminated(0)) }
    (byHour, byWeekday) = (hours.byHour, hours.byWeekday)
    var links = LinkTally()
    try database.query(source.clicks, source.arguments) { links.add(url: $0.utf8(0), recipient: $0.utf8(1)) }
    topLinks = links.top(MessageFigures.maximumLinks)
  }

  private static func templates(
    _ uses: [String: MessageTally.Counts], _ database: Database
  ) throws -> [TemplateUse] {
    let templates = try uses.map { id, counts in
      let name = try database.first("SELECT name FROM templates WHERE id = ?", [.text(id)]) { $0.string(0) }
      return TemplateUse(
        id: id, name: name ?? "", messages: counts.messages, sent: counts.sent, opened: counts.opened,
        clicked: counts.clicked)
    }
    let sorted = templates.sorted { left, right in
      (right.opened, right.clicked, left.sent, left.name, left.id)
        < (left.opened, left.clicked, right.sent, right.name, right.id)
    }
    return Array(sorted.prefix(maximumTemplates))
  }
}
