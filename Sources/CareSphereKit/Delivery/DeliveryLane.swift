/// One way out, and the messages that go by it, one after the other.
final class DeliveryLane {
  /// A thread of the way, as the thread with the database knows it.
  private struct Courier {
    /// Its number among all.
    var number: Int
    var isBusy = false
    /// How often in a row it found nobody to deliver to.
    var failures = 0
    /// Nanoseconds of the monotonic clock before which it does not try again.
    var notBefore = 0
    /// Whether it has given up.
    var isRetired = false
  }

  /// A message that is being gone through.
  struct Pass {
    let message: Message
    var composer: MessageComposer
    /// When the composer was made.
    var madeAt: Timestamp
    /// The rows of recipients who have not been looked at.
    var rows: ArraySlice<Int>
  }

  let plan: TransportPlan
  /// Ids of messages to go through.
  var messages: ArraySlice<String> = []
  var pass: Pass?
  /// Claimed, but not composed.
  var claimed: ArraySlice<ClaimedRecipient> = []
  /// Composed, but in nobody's hands.
  private var ready: ArraySlice<DeliveryJob> = []
  /// Over which a server stumbled. They come last, lest one mail that a server cannot bear keeps all others waiting.
  private var aside: [DeliveryJob] = []
  /// Why the way is given up for this run.
  private(set) var failure: String?
  private var pacer: Pacer
  private var couriers: [Courier] = []
  private let waits: [Double]
  private var batch = ClaimBatch()

  /// - Parameter waits: seconds before each new attempt of a courier that found nobody to deliver to.
  init(_ plan: TransportPlan, waits: [Double]) {
    self.plan = plan
    self.waits = waits
    pacer = Pacer(plan.rate)
  }

  // MARK: What there is to do

  /// Whether something is in the hands of a server.
  var inFlight: Int { couriers.count { $0.isBusy } }

  /// Whether there is nothing left that could be sent.
  var isDone: Bool {
    failure != nil || isUsedUp && ready.isEmpty && aside.isEmpty && inFlight == 0
  }

  /// Whether nobody is left who could be composed for.
  private var isUsedUp: Bool { messages.isEmpty && pass == nil && claimed.isEmpty }

  /// Whether another message should be composed. What cannot be repeated is claimed only when it can go at once.
  func wantsMore(at now: Int) -> Bool {
    guard failure == nil else { return false }
    if plan.isRepeatable { return ready.count < 2 * plan.connections }
    return ready.isEmpty && pacer.wait(at: now) == 0 && canGive(at: now)
  }

  /// How many to claim together.
  func batchSize(at now: Int) -> Int { plan.isRepeatable ? batch.next(at: now) : 1 }

  func add(_ job: DeliveryJob) { ready.append(job) }

  /// Lets go of all that is claimed and in nobody's hands.
  /// - Returns: those whom nothing was tried for, and those over whom a server stumbled
  func surrender() -> (untried: [ClaimedRecipient], stumbled: [ClaimedRecipient]) {
    defer {
      ready = []
      claimed = []
      aside = []
    }
    return (ready.map(\.recipient) + claimed, aside.map(\.recipient))
  }

  // MARK: Handing out

  /// The next message and the number of whoever is to take it; nil where none can go now.
  /// - Parameter hire: starts another thread.
  func next(at now: Int, hire: (TransportPlan) throws -> Int) throws -> (job: DeliveryJob, courier: Int)? {
    if ready.isEmpty, isUsedUp {
      ready = aside[...]
      aside = []
    }
    guard failure == nil, !ready.isEmpty, pacer.wait(at: now) == 0 else { return nil }
    guard let index = try idleCourier(at: now, hire: hire), let job = ready.popFirst() else { return nil }
    pacer.take(at: now)
    couriers[index].isBusy = true
    return (job, couriers[index].number)
  }

  private func isIdle(_ courier: Courier, _ now: Int) -> Bool {
    !courier.isBusy && !courier.isRetired && courier.notBefore <= now
  }

  private func canGive(at now: Int) -> Bool {
    couriers.count < plan.connections || couriers.contains { isIdle($0, now) }
  }

  /// One that has a connection, rather than a new one.
  private func idleCourier(at now: Int, hire: (TransportPlan) throws -> Int) throws -> Int? {
    if let index = couriers.indices.first(where: { isIdle(couriers[$0], now) && couriers[$0].failures == 0 })
      ?? couriers.indices.first(where: { isIdle(couriers[$0], now) })
    {
      return index
    }
    guard couriers.count < max(1, plan.connections) else { return nil }
    couriers.append(Courier(number: try hire(plan)))
    return couriers.count - 1
  }

  /// In how many nanoseconds something can go that cannot go now; nil where nothing waits for the time alone.
  func delay(at now: Int) -> Int? {
    guard !isDone else { return nil }
    let paused = couriers.filter { !$0.isBusy && !$0.isRetired }.map { max(0, $0.notBefore - now) }.min()
    let delay = max(pacer.wait(at: now), paused ?? 0)
    return delay > 0 ? delay : nil
  }

  // MARK: Coming back

  /// Whether this courier is one of this way's; it is idle from now on.
  /// - Parameters:
  ///   - job: what it had.
  ///   - unavailable: why it found nobody to deliver to; nil where the message was judged.
  func take(_ number: Int, back job: DeliveryJob, unavailable: String?, at now: Int) -> Bool {
    guard let index = couriers.firstIndex(where: { $0.number == number }) else { return false }
    couriers[index].isBusy = false
    guard let unavailable else {
      couriers[index].failures = 0
      return true
    }
    aside.append(job)
    let failures = couriers[index].failures
    couriers[index].failures += 1
    if failures < waits.count {
      couriers[index].notBefore = now + Int(waits[failures] * 1_000_000_000)
    } else {
      couriers[index].isRetired = true
      if couriers.allSatisfy(\.isRetired) { failure = unavailable }
    }
    return true
  }
}

/// How many recipients are claimed together: as many as are served in about a second, so that what is checked when
/// somebody is claimed still holds when they are written to.
struct ClaimBatch {
  private static let most = 256
  private var size = 8
  private var start: Int?

  /// - Parameter now: nanoseconds of the monotonic clock, when the batch before is used up.
  mutating func next(at now: Int) -> Int {
    if let start {
      let seconds = Double(now - start) / 1_000_000_000
      if seconds < 1 { size = min(Self.most, size * 2) }
      if seconds > 2 { size = max(1, size / 2) }
    }
    start = now
    return size
  }
}
