import SQLiteStore

/// Delivers what is due: one thread has the database, and hands what it has claimed and composed to the threads that
/// talk to servers. None of those gets its next message before the result of its last one is committed, so that a run
/// that is killed has at most one on each connection of which nothing is known.
public final class DeliveryRun {
  /// What a run is to do.
  public struct Options: Sendable {
    /// The id of the only message to deliver; nil is all that is due.
    public var message: String?
    /// After how many seconds no further message is handed out; nil where there is no end.
    public var maximumSeconds: Int?
    /// Seconds before each new attempt to reach a server that could not be reached.
    public var reconnectWaits: [Double] = [0, 1, 2]
    /// How many seconds the servers still have to answer when nothing more is handed out.
    public var answerTime = 30
    /// Ends the waits of the ways out, where those were given it, too.
    public var patience = Patience()

    /// All that is due, for as long as it takes.
    public init() {}
  }

  /// The way of each type of message, as ``Transports`` has it.
  public typealias Plans = (MessageType) throws -> TransportPlan

  /// Called with the number of recipients who are dealt with.
  public var progress: (Int) -> Void = { _ in }
  /// The real time. Tests set it.
  var now: () -> Timestamp = Timestamp.now

  let database: Database
  let options: Options
  let clock: Clock
  private let records: DeliveryRecords
  private let plans: Plans
  private let configuration: Configuration
  private let couriers = Couriers()
  private var lanes: [MessageType: DeliveryLane] = [:]
  /// Types whose way could not be used from the start.
  private var closed: Set<MessageType> = []
  /// Messages that this run has gone through or is about to.
  private var seen: Set<String> = []
  private let deadline: Int?

  /// Make it while holding the ``RunLock``.
  /// - Parameters:
  ///   - clock: its `effective` time decides what is due.
  ///   - plans: asked once for each type of message.
  public init(
    _ database: Database, options: Options, ids: UUIDv7Generator, provenance: Provenance,
    configuration: Configuration, clock: Clock, plans: @escaping Plans
  ) {
    self.database = database
    self.options = options
    self.clock = clock
    self.plans = plans
    self.configuration = configuration
    records = DeliveryRecords(
      database, ids: ids, provenance: provenance, configuration: configuration, clock: clock)
    deadline = options.maximumSeconds.map { Monotonic.nanoseconds() + min($0, 1_000_000) * 1_000_000_000 }
  }

  /// Delivers until nothing is due any more, the time is over or a signal comes.
  /// - Throws: `DatabaseError`, `CareError`; what was sent is recorded as far as the disk allows.
  public func run() throws -> DeliveryReport {
    defer { couriers.dismiss() }
    do {
      try deliver()
    } catch let error as DatabaseError where error.kind == .interrupted {
      records.log.report.ending = .interrupted
    } catch {
      try? finish()
      throw records.log.explained(error)
    }
    do {
      try finish()
    } catch {
      throw records.log.explained(error)
    }
    return try records.log.finished(queue: records.queue)
  }

  // MARK: The loop

  private func deliver() throws {
    try database.write {
      try MessageCounters(database).settle()
      // Who gives another time to judge by means it.
      if clock.asOf == nil {
        try records.queue.recall(after: RetrySchedule(configuration.delivery).limit(now()), to: now())
      }
    }
    var nextLook = 0
    while true {
      if let ending { return records.log.report.ending = ending }
      let now = Monotonic.nanoseconds()
      if now >= nextLook || !isBusy {
        // While this run is at work nobody else delivers, so it looks for what others have queued meanwhile.
        try lookForMessages()
        nextLook = now + 1_000_000_000
        if !isBusy { return }
      }
      try step()
    }
  }

  private var isBusy: Bool { lanes.values.contains { !$0.isDone } }

  /// Why nothing more is to be handed out; nil where it goes on.
  private var ending: DeliveryReport.Ending? {
    if database.isInterrupted { return .interrupted }
    if let deadline, Monotonic.nanoseconds() >= deadline { return .timeOver }
    return nil
  }

  /// Hands out what is ready, prepares one more, and writes down what has come back.
  private func step() throws {
    for lane in lanes.values {
      while let next = try lane.next(at: Monotonic.nanoseconds(), hire: couriers.hire) {
        couriers.give(next.job, to: next.courier)
      }
    }
    var hasPrepared = false
    for lane in lanes.values where lane.wantsMore(at: Monotonic.nanoseconds()) {
      if try prepare(lane) { hasPrepared = true }
    }
    try receive(couriers.wait(nanoseconds: hasPrepared ? 0 : patience()))
  }

  /// How long nothing can happen but that somebody comes back; signals are looked for ten times a second.
  private func patience() -> Int {
    let now = Monotonic.nanoseconds()
    let delays = lanes.values.compactMap { $0.delay(at: now) }
    return min(100_000_000, delays.min() ?? 100_000_000)
  }

  private func receive(_ finished: [Couriers.Finished]) throws {
    guard !finished.isEmpty else { return }
    let now = Monotonic.nanoseconds()
    for one in finished {
      var unavailable: String?
      if case .unavailable(let reason) = one.outcome { unavailable = reason }
      let lane = lanes.values.first {
        $0.take(one.courier, back: one.job, unavailable: unavailable, at: now)
      }
      if let result = RecipientResult(one.outcome, segments: one.job.segments) {
        records.log.add(one.job.recipient, result)
      } else if let lane, let failure = lane.failure {
        records.log.close(lane.plan.name, failure)
      }
    }
    try write()
  }

  private func write() throws {
    try records.log.write(now: now(), judgedAt: effectiveNow)
    progress(records.log.count)
  }

  // MARK: What is due

  /// The time to judge by, which goes on while the run does.
  private var effectiveNow: Timestamp {
    let real = now()
    guard let asOf = clock.asOf else { return real }
    return asOf.adding(seconds: max(0, real.secondsSinceEpoch - clock.now.secondsSinceEpoch)) ?? asOf
  }

  private func beginScheduled() throws {
    for id in try records.queue.scheduled(until: effectiveNow) {
      if database.isInterrupted { return }
      guard let message = try MessageFinder(database).find(id: id) else { continue }
      if message.type.channel != nil, try lane(of: message.type) == nil { continue }
      try records.starting.begin(id, at: effectiveNow, records.log)
    }
  }

  /// Gives the lanes the messages that have come due.
  private func lookForMessages() throws {
    if options.message == nil { try beginScheduled() }
    let due = try options.message.map { [$0] } ?? records.queue.sending(until: effectiveNow)
    for id in due where seen.insert(id).inserted {
      guard let message = try MessageFinder(database).find(id: id) else { continue }
      records.log.follow(message)
      try lane(of: message.type)?.messages.append(id)
    }
  }

  private func lane(of type: MessageType) throws -> DeliveryLane? {
    if let lane = lanes[type] { return lane }
    guard !closed.contains(type) else { return nil }
    do {
      let lane = DeliveryLane(try plans(type), waits: options.reconnectWaits)
      lanes[type] = lane
      return lane
    } catch let error as CareError {
      closed.insert(type)
      records.log.report.unavailable.append(error)
      return nil
    }
  }

  // MARK: Preparing

  /// Composes the next message of a lane, after claiming some where none is left.
  /// - Returns: whether anything was done
  private func prepare(_ lane: DeliveryLane) throws -> Bool {
    if let recipient = lane.claimed.popFirst() {
      try compose(recipient, lane)
      return true
    }
    guard let pass = lane.pass else { return try beginPass(lane) }
    guard !pass.rows.isEmpty else {
      lane.pass = nil
      return true
    }
    if try refuseLate(pass, lane) { return true }
    try claim(pass, lane)
    return true
  }

  private func beginPass(_ lane: DeliveryLane) throws -> Bool {
    guard let id = lane.messages.popFirst(), let message = try MessageFinder(database).find(id: id),
      message.status == .sending
    else { return false }
    let rows = try records.queue.dueRows(of: id, until: effectiveNow)[...]
    do {
      lane.pass = DeliveryLane.Pass(
        message: message, composer: try composer(message), madeAt: now(), rows: rows)
    } catch let error as CareError where error.code == .unavailable {
      records.log.report.unavailable.append(error)
    } catch let error as CareError {
      try settle(rows, of: message) { .failed(error.message, isHardBounce: false, isAttempt: false) }
    }
    return true
  }

  private func composer(_ message: Message) throws -> MessageComposer {
    var clock = clock
    clock.now = now()
    return try MessageComposer(message, database: database, configuration: configuration, clock: clock)
  }

  private func compose(_ recipient: ClaimedRecipient, _ lane: DeliveryLane) throws {
    guard let composer = lane.pass?.composer else { return }
    do {
      let message = try composer.compose(
        recipientID: recipient.id, memberID: recipient.memberID, email: recipient.email,
        phone: recipient.phone)
      lane.add(DeliveryJob(recipient: recipient, outgoing: message.outgoing, segments: message.segments))
    } catch let error as CareError where error.code == .validation {
      records.log.add(recipient, .failed(error.reason, isHardBounce: false, isAttempt: false))
      try write()
    }
  }

  /// Looks at the next recipients again and takes those into this run's hands who can still be written to.
  private func claim(_ pass: DeliveryLane.Pass, _ lane: DeliveryLane) throws {
    let moment = now()
    let rows = pass.rows.prefix(lane.batchSize(at: Monotonic.nanoseconds()))
    var claimed: [ClaimedRecipient] = []
    var settled: [DeliveryMarks.Mark] = []
    func claim() throws -> Bool {
      guard try records.queue.isUnchanged(pass.message) else { return false }
      for row in rows {
        switch try records.queue.look(at: row, of: pass.message, isRepeatable: lane.plan.isRepeatable) {
        case .ready(let recipient):
          try records.queue.claim(recipient, at: moment)
          claimed.append(recipient)
        case .settled(let recipient, let result):
          settled.append(.init(recipient: recipient, result: result))
        case nil: break
        }
      }
      return true
    }
    // A claim tells the next run what may have been sent; only what cannot be repeated depends on that.
    let isUnchanged =
      try lane.plan.isRepeatable
      ? database.relaxed { try database.write(claim) } : database.write(claim)
    guard isUnchanged else {
      // Somebody cancelled it, and may have changed it and sent it again.
      lane.pass = nil
      seen.remove(pass.message.id)
      return
    }
    lane.pass?.rows = pass.rows.dropFirst(rows.count)
    lane.claimed += claimed
    // A mail says when it was written, and a slow run lasts for hours.
    if moment.secondsSinceEpoch - pass.madeAt.secondsSinceEpoch > 60 {
      lane.pass?.composer = try composer(pass.message)
      lane.pass?.madeAt = moment
    }
    for mark in settled { records.log.add(mark.recipient, mark.result) }
    if !settled.isEmpty { try write() }
  }

  /// Gives up all who are left of a message that is not to be sent any more.
  private func refuseLate(_ pass: DeliveryLane.Pass, _ lane: DeliveryLane) throws -> Bool {
    guard DeliveryStart.isLate(pass.message, at: effectiveNow) else { return false }
    lane.pass = nil
    try settle(pass.rows, of: pass.message) {
      .failed(DeliveryStart.late, isHardBounce: false, isAttempt: false)
    }
    return true
  }

  private func settle(
    _ rows: ArraySlice<Int>, of message: Message, _ result: () -> RecipientResult
  ) throws {
    for row in rows {
      switch try records.queue.look(at: row, of: message, isRepeatable: true) {
      case .ready(let recipient): records.log.add(recipient, result())
      case .settled(let recipient, let other): records.log.add(recipient, other)
      case nil: continue
      }
      if records.log.waiting >= 1000 { try write() }
    }
    try write()
  }

  // MARK: The end

  /// Waits for what is in the hands of servers, writes it down, and lets go of what is claimed.
  private func finish() throws {
    try database.uninterrupted {
      options.patience.end(inMilliseconds: options.answerTime * 1000)
      // A little longer, for what then comes back.
      let end = Monotonic.nanoseconds() + (options.answerTime + 2) * 1_000_000_000
      while lanes.values.contains(where: { $0.inFlight > 0 }), Monotonic.nanoseconds() < end {
        // What cannot be written down now is kept, and tried once more below.
        try? receive(couriers.wait(nanoseconds: 100_000_000))
      }
      records.log.report.unanswered = lanes.values.reduce(0) { $0 + $1.inFlight }
      try write()
      try release()
    }
  }

  private func release() throws {
    let moment = now()
    let surrendered = lanes.values.map { $0.surrender() }
    guard surrendered.contains(where: { !$0.untried.isEmpty || !$0.stumbled.isEmpty }) else { return }
    try database.relaxed {
      try database.write {
        for (untried, stumbled) in surrendered {
          try records.queue.release(untried)
          // The next run, too, tries the others first.
          try records.queue.release(stumbled, dueAt: moment)
        }
      }
    }
  }
}

extension RecipientResult {
  /// Nil where the message was not judged.
  init?(_ outcome: DeliveryOutcome, segments: Int?) {
    switch outcome {
    case .accepted(let id): self = .sent(providerID: id, segments: segments)
    case .deferred(let words): self = .deferred(words)
    case .refused(let words, let isHardBounce):
      self = .failed(words, isHardBounce: isHardBounce, isAttempt: true)
    case .uncertain(let words): self = .held(words)
    case .unavailable: return nil
    }
  }
}
