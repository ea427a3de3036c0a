import Glibc

/// Threads beside the one that has the database.
enum WorkerThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread that runs `body` and then ends. Signals are left to the thread that has the database.
  /// - Parameter stackSize: in bytes.
  /// - Returns: the thread, to be joined or detached
  /// - Throws: `CareError(.io)` where the system has no more threads
  static func start(
    stackSize: Int = 8 << 20, _ body: @escaping @Sendable () -> Void
  ) throws(CareError) -> pthread_t {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw CareError(.io, "cannot start a thread: \(String(cString: strerror(code)))")
    }
    return thread
  }
}
