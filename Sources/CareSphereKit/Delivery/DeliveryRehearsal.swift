import SQLiteStore

/// Does all that a run does but the sending: as if every server took everything. Call it within a transaction that is
/// taken back.
public struct DeliveryRehearsal {
  private let database: Database
  private let configuration: Configuration
  private let clock: Clock
  private let records: DeliveryRecords
  private let plans: DeliveryRun.Plans

  /// As ``DeliveryRun`` takes them.
  public init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, configuration: Configuration,
    clock: Clock, plans: @escaping DeliveryRun.Plans
  ) {
    self.database = database
    self.configuration = configuration
    self.clock = clock
    self.plans = plans
    records = DeliveryRecords(
      database, ids: ids, provenance: provenance, configuration: configuration, clock: clock)
  }

  /// - Parameter message: the id of the only message to look at; nil is all that is due.
  public func run(message: String? = nil) throws -> DeliveryReport {
    if message == nil {
      for id in try records.queue.scheduled(until: clock.effective) {
        try records.starting.begin(id, at: clock.effective, records.log)
      }
    }
    for id in try message.map({ [$0] }) ?? records.queue.sending(until: clock.effective) {
      guard let message = try MessageFinder(database).find(id: id), message.status == .sending else {
        continue
      }
      records.log.follow(message)
      do {
        let plan = try plans(message.type)
        try rehearse(message, isRepeatable: plan.isRepeatable)
      } catch let error as CareError where error.code == .unavailable {
        records.log.report.unavailable.append(error)
      }
    }
    return try records.log.finished(queue: records.queue)
  }

  private func rehearse(_ message: Message, isRepeatable: Bool) throws {
    let composer = try MessageComposer(
      message, database: database, configuration: configuration, clock: clock)
    let isLate = DeliveryStart.isLate(message, at: clock.effective)
    for row in try records.queue.dueRows(of: message.id, until: clock.effective) {
      try database.checkInterrupted(while: "rehearsing")
      switch try records.queue.look(at: row, of: message, isRepeatable: isRepeatable) {
      case .ready(let recipient):
        records.log.add(
          recipient,
          isLate
            ? .failed(DeliveryStart.late, isHardBounce: false, isAttempt: false)
            : try result(for: recipient, composer))
      case .settled(let recipient, let result): records.log.add(recipient, result)
      case nil: continue
      }
      if records.log.waiting >= 1000 { try records.log.write(now: clock.now) }
    }
    try records.log.write(now: clock.now)
  }

  private func result(
    for recipient: ClaimedRecipient, _ composer: MessageComposer
  ) throws -> RecipientResult {
    do {
      let message = try composer.compose(
        recipientID: recipient.id, memberID: recipient.memberID, email: recipient.email,
        phone: recipient.phone)
      return .sent(providerID: nil, segments: message.segments)
    } catch let error as CareError where error.code == .validation {
      return .failed(error.reason, isHardBounce: false, isAttempt: false)
    }
  }
}
