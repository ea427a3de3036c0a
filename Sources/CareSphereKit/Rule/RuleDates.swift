import SQLiteStore
import TextFormats

/// Finds the people whose day has come, by the indexes of ``RuleIndexes``.
struct RuleDates {
  /// Somebody for whom a day comes round.
  struct Coming {
    var memberID: String
    /// As it is stored.
    var date: String
    var occurrence: DateOccurrence
  }

  /// How many days one statement asks for.
  private static let daysPerStatement = 400

  private let database: Database
  private let zone: Zone
  private let newest: String

  /// - Parameters:
  ///   - zone: the organization's.
  ///   - newest: the latest time that somebody's record can really have been made at; who has a later one was added
  ///     by a clock that ran ahead, and is there.
  init(_ database: Database, zone: Zone, newest: Timestamp) {
    self.database = database
    self.zone = zone
    self.newest = newest.description
  }

  /// Calls `body` for each person and occurrence that falls due after `start`, up to and with `end`: of those who are
  /// not archived and who were there already.
  func coming(
    _ trigger: DateTrigger, after start: Timestamp, upTo end: Timestamp, _ body: (Coming) throws -> Void
  ) throws {
    let days = trigger.dueDays(after: start, upTo: end, in: zone)
    guard !days.isEmpty else { return }
    var known: [String: [DateOccurrence]] = [:]
    try candidates(trigger, keys(trigger, days)) { memberID, text, createdAt in
      if known[text] == nil {
        known[text] = date(text).map { trigger.occurrences(of: $0, after: start, upTo: end, in: zone) } ?? []
      }
      for occurrence in known[text] ?? [] {
        guard occurrence.due.description >= createdAt || createdAt > newest else { continue }
        try body(Coming(memberID: memberID, date: text, occurrence: occurrence))
      }
    }
  }

  /// Whether anybody's day came round between two moments.
  func hasAny(_ trigger: DateTrigger, after start: Timestamp, upTo end: Timestamp) throws -> Bool {
    do {
      try coming(trigger, after: start, upTo: end) { _ in throw Found() }
      return false
    } catch is Found {
      return true
    }
  }

  private struct Found: Error {}

  /// A time stamp counts as its day in the organization's zone.
  private func date(_ text: String) -> BirthDate? {
    BirthDate(text) ?? Timestamp(text).map { BirthDate(zone.date($0)) }
  }

  // MARK: Looking up

  private func candidates(
    _ trigger: DateTrigger, _ keys: [String], _ body: (String, String, String) throws -> Void
  ) throws {
    let expression = RuleIndexes.expression(for: trigger, in: "m.")
    let value = RuleIndexes.value(of: trigger.field, in: "m.")
    var rest = keys[...]
    while !rest.isEmpty {
      let some = rest.prefix(Self.daysPerStatement)
      rest = rest.dropFirst(some.count)
      let marks = [String](repeating: "?", count: some.count).joined(separator: ", ")
      try database.query(
        """
        SELECT m.id, \(value), m.created_at FROM members AS m
        WHERE \(expression) IN (\(marks)) AND m.member_status <> 'archived'
        """, some.map { .text($0) }
      ) { try body($0.string(0), $0.string(1), $0.string(2)) }
    }
  }

  /// What the stored days can look like that come round on some days; a few too many rather than too few.
  private func keys(_ trigger: DateTrigger, _ days: [CalendarDate]) throws -> [String] {
    var stored: Set<CalendarDate> = []
    for day in days {
      stored.formUnion(try origins(trigger, day))
    }
    if RuleIndexes.mayBeTimestamp(trigger.field) {
      // The text has the day in UTC.
      for day in stored {
        for shift in [-1, 1] { if let day = day.adding(days: shift) { stored.insert(day) } }
      }
    }
    guard trigger.repetition == .yearly else { return stored.map(\.description).sorted() }
    var keys = Set(stored.map { String($0.description.suffix(5)) })
    if !keys.isDisjoint(with: ["02-28", "03-01"]) { keys.insert("02-29") }
    return keys.sorted()
  }

  /// The days on which what comes round on `day` can have begun.
  private func origins(_ trigger: DateTrigger, _ day: CalendarDate) throws -> [CalendarDate] {
    guard case .every(let step, let times) = trigger.repetition, step >= 1 else { return [day] }
    guard let first = try earliest(trigger) else { return [] }
    var origins: [CalendarDate] = []
    var (origin, count): (CalendarDate?, Int) = (day, 0)
    while let begun = origin, count < times, begun >= first {
      origins.append(begun)
      origin = begun.adding(days: -step)
      count += 1
    }
    return origins
  }

  /// The earliest day that anybody has.
  private func earliest(_ trigger: DateTrigger) throws -> CalendarDate? {
    let expression = RuleIndexes.expression(for: trigger, in: "m.")
    // Days without a year begin with `-`, and texts that are no days may stand before those that are.
    let text = try database.first(
      "SELECT min(\(expression)) FROM members AS m WHERE \(expression) >= '0001-01-01'"
    ) { $0.text(0) }
    guard let text, let text else { return nil }
    return CalendarDate(text)?.adding(days: -1) ?? .min
  }
}
