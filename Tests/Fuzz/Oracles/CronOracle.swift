import CareSphereKit

/// Cron expressions: what is read is the same after it has been written, and its moments, looked for backwards as rules
/// do, come to an end, go back in time, and are found again from either side.
enum CronOracle {
  private static let zones = [
    Zone.utc, try? Zone(named: "Europe/Berlin"), try? Zone(named: "Australia/Lord_Howe"),
  ]
  .compactMap { $0 }
  /// An ordinary day, the ends of summer time and its beginning, a leap year's end, the ends of all time.
  private static let ends =
    [
      "2025-11-13T10:30:00Z", "2025-10-26T02:59:59Z", "2025-03-30T01:00:00Z", "2025-04-05T15:10:00Z",
      "2024-12-31T23:59:59Z",
    ].compactMap(Timestamp.init) + [.max]

  static func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let schedule: CronSchedule
    do {
      schedule = try CronSchedule(parsing: text)
    } catch {
      return try require(!error.reason.isEmpty, "refused without a reason")
    }
    try require(try CronSchedule(parsing: schedule.text) == schedule, "\(schedule.text) is read as another")
    for zone in zones {
      for end in ends { try check(schedule, upTo: end, in: zone) }
      try require(
        schedule.latest(after: .min, upTo: .min, in: zone) == nil, "something between a moment and itself")
    }
  }

  private static func check(_ schedule: CronSchedule, upTo end: Timestamp, in zone: Zone) throws {
    var end = end
    for _ in 0..<3 {
      guard let moment = schedule.latest(after: .min, upTo: end, in: zone) else {
        throw BrokenPromise("nothing before \(end) in \(zone.name)")
      }
      try require(moment <= end, "\(moment) is later than \(end)")
      try require(moment.secondsSinceEpoch % 60 == 0, "\(moment) is not on the minute")
      try require(
        schedule.latest(after: moment, upTo: end, in: zone) == nil, "another between \(moment) and \(end)")
      guard let before = moment.adding(seconds: -1) else { return }
      try require(
        schedule.latest(after: before, upTo: moment, in: zone) == moment, "\(moment) is not found alone")
      try require(
        schedule.latest(after: before, upTo: end, in: zone) == moment, "\(moment) is not the latest")
      end = before
    }
  }
}
