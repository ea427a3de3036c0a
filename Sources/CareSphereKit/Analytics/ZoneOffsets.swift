/// The offsets of a zone, asked of the C library once for each day instead of for each of many moments.
struct ZoneOffsets {
  private let zone: Zone
  /// By days since 1970 in UTC, up to 2105.
  private var days = [Int32](repeating: Self.unknown, count: 49_308)

  private static let unknown = Int32.min
  /// Of a day on which the offset changes.
  private static let changing = Int32.max

  init(_ zone: Zone) { self.zone = zone }

  /// What the clock on the wall shows at a moment, as seconds since 1970 if it were one of UTC.
  /// - Parameter seconds: since 1970, within the years 0001 to 9999.
  @inline(__always)
  mutating func local(_ seconds: Int) -> Int {
    guard seconds >= 0, seconds < days.count &* 86_400 else { return exact(seconds) }
    let day = seconds / 86_400
    let offset = days[day]
    if offset < Self.changing, offset > Self.unknown { return seconds &+ Int(offset) }
    return learn(day) ? seconds &+ Int(days[day]) : exact(seconds)
  }

  private func offset(_ seconds: Int) -> Int {
    Timestamp(secondsSinceEpoch: seconds).map(zone.offset) ?? 0
  }

  private func exact(_ seconds: Int) -> Int { seconds + offset(seconds) }

  /// - Returns: whether the day has one offset
  @inline(never)
  private mutating func learn(_ day: Int) -> Bool {
    guard days[day] == Self.unknown else { return false }
    let first = offset(day * 86_400)
    let isSteady = first == offset(day * 86_400 + 86_399)
    days[day] = isSteady ? Int32(clamping: first) : Self.changing
    return isSteady
  }
}
