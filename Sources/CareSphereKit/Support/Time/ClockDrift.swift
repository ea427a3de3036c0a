/// A machine's clock can run ahead, by years where a battery is empty, and be put right again. What was stored meanwhile
/// then lies further ahead than any right clock can have put it.
enum ClockDrift {
  /// By how many seconds a clock may be wrong before anything is made of it: what it says meanwhile comes true within
  /// a day.
  static let tolerance = 86_400

  /// The last moment that a right clock can have stored as the time of something that lies so many seconds ahead.
  /// - Parameter tolerance: by how many seconds the clock may have been wrong.
  static func limit(_ now: Timestamp, ahead seconds: Int = 0, tolerance: Int = tolerance) -> Timestamp {
    now.adding(seconds: seconds)?.adding(seconds: tolerance) ?? .max
  }
}
