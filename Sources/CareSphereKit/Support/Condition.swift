import Glibc

/// A lock of threads, which stays in one place in memory, as C wants it.
final class Lock: @unchecked Sendable {
  fileprivate let pointer = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() { pthread_mutex_init(pointer, nil) }

  deinit {
    pthread_mutex_destroy(pointer)
    pointer.deallocate()
  }

  /// Runs `body` while no other thread has the lock.
  func locked<T>(_ body: () throws -> T) rethrows -> T {
    pthread_mutex_lock(pointer)
    defer { pthread_mutex_unlock(pointer) }
    return try body()
  }
}

/// What threads that have a lock wait for. Time is that of the clock that only goes forward.
final class Condition: @unchecked Sendable {
  private let pointer = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

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

  /// Wakes one thread that waits.
  func signal() { pthread_cond_signal(pointer) }

  /// Wakes all threads that wait.
  func broadcast() { pthread_cond_broadcast(pointer) }

  /// Lets go of the lock until the thread is woken; that may be for nothing.
  func wait(_ lock: Lock) { pthread_cond_wait(pointer, lock.pointer) }

  /// Lets go of the lock until the thread is woken, which may be for nothing, or a moment has come.
  /// - Parameter moment: nanoseconds of the monotonic clock.
  /// - Returns: false where the moment has come
  func wait(_ lock: Lock, until moment: Int) -> Bool {
    var time = timespec(tv_sec: moment / 1_000_000_000, tv_nsec: moment % 1_000_000_000)
    return pthread_cond_timedwait(pointer, lock.pointer, &time) != ETIMEDOUT
  }
}
