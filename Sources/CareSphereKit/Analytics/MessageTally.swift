import SQLiteStore

/// Adds up messages.
struct MessageTally {
  /// How many messages, and what became of their recipients.
  struct Counts {
    var messages = 0
    var sent = 0
    var delivered = 0
    var opened = 0
    var clicked = 0
    var failed = 0

    static func += (left: inout Counts, right: Counts) {
      left.messages += right.messages
      left.sent += right.sent
      left.delivered += right.delivered
      left.opened += right.opened
      left.clicked += right.clicked
      left.failed += right.failed
    }
  }

  /// A message type and a status.
  private struct Kind: Hashable {
    var type: MessageType
    var status: MessageStatus
  }

  /// Of the messages that were sent.
  private(set) var counts = Counts()
  /// The same by template, by its id.
  private(set) var templates: [String: Counts] = [:]
  /// What SMS cost, in millionths, by currency.
  private(set) var cost: [String: Int] = [:]

  private let range: AnalyticsRange
  /// Of each kind the number in each period. Where there is nothing at all, it is said of mails.
  private var kinds: [Kind: [Int]]
  private let nothing: [Int]

  init(_ range: AnalyticsRange) {
    self.range = range
    nothing = [Int](repeating: 0, count: range.periods.count)
    kinds = [Kind(type: .email, status: .sent): nothing]
  }

  /// How many there are of each kind in each period.
  var volume: [MessagingFigures.Volume] {
    let kinds = MessageType.allCases.flatMap { type in
      MessageStatus.allCases.compactMap { status in
        self.kinds[Kind(type: type, status: status)].map { (type: type, status: status, counts: $0) }
      }
    }
    return range.periods.enumerated().flatMap { index, period in
      kinds.map {
        MessagingFigures.Volume(
          period: period.name, type: $0.type, status: $0.status, count: $0.counts[index])
      }
    }
  }

  /// Adds a row of `SentMessageSource.messages`.
  mutating func add(row: Statement) {
    guard let type = MessageType(rawValue: row.string(0)),
      let status = MessageStatus(rawValue: row.string(1)),
      let moment = row.terminated(2).flatMap(StoredTime.seconds)
    else { return }
    if let period = range.indexOfPeriod(at: moment) {
      kinds[Kind(type: type, status: status), default: nothing][period] += 1
    }
    guard row.bool(3) else { return }
    let message = Counts(
      messages: 1, sent: row.integer(4), delivered: row.integer(5), opened: row.integer(6),
      clicked: row.integer(7), failed: row.integer(8))
    counts += message
    if let template = row.text(9) { templates[template, default: Counts()] += message }
    if type == .sms, let amount = row.optionalInteger(10), let currency = row.text(11) {
      cost[currency] = (cost[currency] ?? 0).addingReportingOverflow(amount).partialValue
    }
  }
}

extension AnalyticsRange {
  /// The place of the period in which a moment lies, in seconds since 1970; nil outside of the range.
  func indexOfPeriod(at seconds: Int) -> Int? {
    guard seconds >= since.secondsSinceEpoch, seconds < until.secondsSinceEpoch else { return nil }
    var (low, high) = (0, periods.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if periods[middle].start.secondsSinceEpoch <= seconds { low = middle } else { high = middle }
    }
    return low
  }
}
