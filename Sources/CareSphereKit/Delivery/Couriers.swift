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

  /// A condition variable that stays in one place in memory, as C wants it.
  private final class Condition: @unchecked Sendable {
    let pointer = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      pthread_cond_init(pointer, &attributes)
      pthread_condattr_destroy(&attributes)
    }

    deinit {
      pthread_cond_destroy(pointer)
      pointer.deallocate()
    }
  }

  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrived = Condition()
  /// Touched by the thread that hires only.
  private var couriers: [Courier] = []
  private var finished: [Finished] = []
  private var isDismissed = false

  init() { pthread_mutex_init(lock, nil) }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Starts a thread that connects when it gets its first message.
  /// - Returns: the number of the courier
  /// - Throws: `CareError(.io)` where the system has no more threads
  func hire(_ plan: TransportPlan) throws(CareError) -> Int {
    let courier = Courier(couriers.count, plan)
    let code = start(courier)
    guard code == 0 else {
      throw CareError(.io, "cannot start a thread: \(String(cString: strerror(code)))")
    }
    couriers.append(courier)
    return courier.number
  }

  /// Gives an idle courier something to hand over.
  func give(_ job: DeliveryJob, to number: Int) {
    let courier = couriers[number]
    locked {
      courier.job = job
      courier.isBusy = true
      pthread_cond_signal(courier.called.pointer)
    }
  }

  /// Whoever has come back, after waiting for the first for at most `nanoseconds`.
  func wait(nanoseconds: Int) -> [Finished] {
    locked {
      if finished.isEmpty, nanoseconds > 0 {
        var moment = Self.moment(in: nanoseconds)
        while finished.isEmpty, pthread_cond_timedwait(arrived.pointer, lock, &moment) != ETIMEDOUT {}
      }
      defer { finished.removeAll(keepingCapacity: true) }
      return finished
    }
  }

  /// Ends the threads. Those that still wait for a server are left to themselves: they end with the process.
  func dismiss() {
    let idle = locked { () -> [Courier] in
      isDismissed = true
      for courier in couriers { pthread_cond_signal(courier.called.pointer) }
      return couriers.filter { !$0.isBusy }
    }
    for courier in couriers where !idle.contains(where: { $0 === courier }) { pthread_detach(courier.thread) }
    for courier in idle { pthread_join(courier.thread, nil) }
    couriers = []
  }

  private func locked<T>(_ body: () -> T) -> T {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }

  private static func moment(in nanoseconds: Int) -> timespec {
    var moment = timespec()
    clock_gettime(CLOCK_MONOTONIC, &moment)
    let fraction = moment.tv_nsec + nanoseconds % 1_000_000_000
    moment.tv_sec += nanoseconds / 1_000_000_000 + fraction / 1_000_000_000
    moment.tv_nsec = fraction % 1_000_000_000
    return moment
  }

  // MARK: On the courier's thread

  private func start(_ courier: Courier) -> Int32 {
    // Signals are for the thread that holds the database.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let context = Unmanaged.passRetained(Work(couriers: self, courier: courier))
    let code = pthread_create(
      &courier.thread, nil,
      { context in
        guard let context else { return nil }
        let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
        work.couriers.run(work.courier)
        return nil
      }, context.toOpaque())
    if code != 0 { context.release() }
    return code
  }

  private final class Work {
    let couriers: Couriers
    let courier: Courier
    init(couriers: Couriers, courier: Courier) {
      self.couriers = couriers
      self.courier = courier
    }
  }

  private func run(_ courier: Courier) {
    var transport: (any Transport)?
    while let job = nextJob(of: courier) {
      let connected = transport ?? courier.plan.connect()
      transport = connected
      let outcome = connected.deliver(job.outgoing)
      locked {
        courier.isBusy = false
        finished.append(Finished(courier: courier.number, job: job, outcome: outcome))
        pthread_cond_signal(arrived.pointer)
      }
    }
  }

  /// Waits for something to do; nil where there will be nothing any more.
  private func nextJob(of courier: Courier) -> DeliveryJob? {
    locked {
      while courier.job == nil, !isDismissed { pthread_cond_wait(courier.called.pointer, lock) }
      defer { courier.job = nil }
      return isDismissed ? nil : courier.job
    }
  }
}
