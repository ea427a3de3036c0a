import Glibc

/// A clock that only goes forward, whatever is done to the time of day.
enum Monotonic {
  /// Nanoseconds since some moment before the program began.
  static func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
