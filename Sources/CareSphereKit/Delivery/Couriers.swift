import Glibc

/// Threads that hand over what they are given, each with a connection of its own and one message at a time, while the
/// thread that has the database goes on.
final class Couriers: @unchecked Sendable {
  /// What a courier comes back with.
  struct Finished: Sendable {
    var courier: Int
    var job: DeliveryJob
    var outcome: DeliveryOutcome
  }

  /// One thread. What can change is under the lock; `thread` is its owner's.
  private final class Courier: @unchecked Sendable {
    let number: Int
    let plan: TransportPlan
    let called = Condition()
    var thread = pthread_t()
    var job: DeliveryJob?
    var isBusy = false

    init(_ number: Int, _ plan: TransportPlan) {
      self.number = number
      self.plan = plan
    }
  }

  private let lock = Lock()
  private let arrived = Condition()
  /// Touched by the thread that hires only.
  private var couriers: [Courier] = []
  private var finished: [Finished] = []
  private var isDismissed = false

  /// Starts a thread that connects when it gets its first message.
  /// - Returns: the number of the courier
  /// - Throws: `CareError(.io)` where the system has no more threads
  func hire(_ plan: TransportPlan) throws(CareError) -> Int {
    let courier = Courier(couriers.count, plan)
    courier.thread = try WorkerThread.start { self.run(courier) }
    couriers.append(courier)
    return courier.number
  }

  /// Gives an idle courier something to hand over.
  func give(_ job: DeliveryJob, to number: Int) {
    let courier = couriers[number]
    lock.locked {
      courier.job = job
      courier.isBusy = true
      courier.called.signal()
    }
  }

  /// Whoever has come back, after waiting for the first for at most `nanoseconds`.
  func wait(nanoseconds: Int) -> [Finished] {
    lock.locked {
      if finished.isEmpty, nanoseconds > 0 {
        let moment = Monotonic.nanoseconds() + nanoseconds
        while finished.isEmpty, arrived.wait(lock, until: moment) {}
      }
      defer { finished.removeAll(keepingCapacity: true) }
      return finished
    }
  }

  /// Ends the threads. Those that still wait for a server are left to themselves: they end with the process.
  func dismiss() {
    let idle = lock.locked { () -> [Courier] in
      isDismissed = true
      for courier in couriers { courier.called.signal() }
      return couriers.filter { !$0.isBusy }
    }
    for courier in couriers where !idle.contains(where: { $0 === courier }) { pthread_detach(courier.thread) }
    for courier in idle { pthread_join(courier.thread, nil) }
    couriers = []
  }

  // MARK: On the courier's thread

  private func run(_ courier: Courier) {
    var transport: (any Transport)?
    while let job = nextJob(of: courier) {
      let connected = transport ?? courier.plan.connect()
      transport = connected
      let outcome = connected.deliver(job.outgoing)
      lock.locked {
        courier.isBusy = false
        finished.append(Finished(courier: courier.number, job: job, outcome: outcome))
        arrived.signal()
      }
    }
  }

  /// Waits for something to do; nil where there will be nothing any more.
  private func nextJob(of courier: Courier) -> DeliveryJob? {
    lock.locked {
      while courier.job == nil, !isDismissed { courier.called.wait(lock) }
      defer { courier.job = nil }
      return isDismissed ? nil : courier.job
    }
  }
}
