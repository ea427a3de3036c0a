/// What time it is, and where. It is handed to whatever needs the time, so that tests can set it.
public struct Clock: Sendable {
  /// The real time: what is recorded as having happened, happened now.
  public var now: Timestamp
  /// `--as-of`: the time to judge by instead, for ages, filters, rules, deliveries and analytics.
  public var asOf: Timestamp?
  /// The organization's zone.
  public var zone: Zone

  /// A clock that stands still.
  /// - Parameters:
  ///   - now: the real time.
  ///   - asOf: the time to judge by, where it is another.
  ///   - zone: the organization's zone.
  public init(now: Timestamp = .now(), asOf: Timestamp? = nil, zone: Zone) {
    self.now = now
    self.asOf = asOf
    self.zone = zone
  }

  /// The time to judge by: `--as-of`, else the real one.
  public var effective: Timestamp { asOf ?? now }

  /// Today, by the time to judge by, in the organization's zone.
  public var today: CalendarDate { zone.date(effective) }
}
