import CareSphereKit

/// The messages of each period by type, and of all periods by status: what is shown of their volume.
struct MessageVolume {
  struct Period {
    var name: String
    /// One for each of `types`.
    var counts: [Int]
    var total: Int { counts.reduce(0, +) }
  }

  /// Those that there were any messages of.
  let types: [MessageType]
  let periods: [Period]
  /// Those that any messages have.
  let statuses: [(status: MessageStatus, count: Int)]

  init(_ volume: [MessagingFigures.Volume]) {
    let types = MessageType.allCases.filter { type in volume.contains { $0.type == type && $0.count > 0 } }
    var periods: [Period] = []
    var counts: [MessageStatus: Int] = [:]
    for each in volume {
      if periods.last?.name != each.period {
        periods.append(Period(name: each.period, counts: types.map { _ in 0 }))
      }
      if let column = types.firstIndex(of: each.type) {
        periods[periods.count - 1].counts[column] += each.count
      }
      counts[each.status, default: 0] += each.count
    }
    self.types = types
    self.periods = periods
    statuses = MessageStatus.allCases.compactMap { status in
      counts[status].flatMap { $0 > 0 ? (status: status, count: $0) : nil }
    }
  }

  /// All messages.
  var total: Int { periods.reduce(0) { $0 + $1.total } }

  /// What a type is called.
  static func name(_ type: MessageType) -> String {
    switch type {
    case .email: "e-mail"
    case .sms: "SMS"
    case .whatsapp: "WhatsApp"
    case .push: "push"
    case .inApp: "in app"
    }
  }
}

/// What became of those that messages were sent to.
struct MessageOutcome {
  var name: String
  var count: Int
  /// In percent of those sent to; nil where there are none.
  var share: Double?

  /// From what should be high to what should be low.
  static func all(_ figures: MessagingFigures) -> [MessageOutcome] {
    [
      ("delivered", figures.delivered), ("opened", figures.opened), ("clicked", figures.clicked),
      ("failed", figures.failed), ("bounced", figures.bounced), ("unsubscribed", figures.unsubscribed),
      ("complained", figures.complained),
    ].map { MessageOutcome(name: $0.0, count: $0.1, share: Percentage.of($0.1, in: figures.sent)) }
  }
}
