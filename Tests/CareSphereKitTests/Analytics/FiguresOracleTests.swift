import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// The figures of random communities against a count that goes through all rows, looks at each by itself, and uses
/// neither the indexes nor the streams.
@Suite struct FiguresOracleTests {
  private struct Row {
    var member: String
    var event: String
    var at: Timestamp
    var message = ""
    var url: String?
  }

  private static let links = ["https://grace.example/a", "https://grace.example/b", "c"]
  private static let people = SQLFragment("CAST(substr(m.id, 2) AS INTEGER) % 3 = ?", [.int(1)])

  /// Fills a database, with many deeds around the days on which clocks change.
  private func fill(_ fixture: DeedsFixture, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func moment() -> String {
      let centers = [1_741_500_000, 1_762_000_000, 1_743_865_200, 1_735_700_000]
      let seconds =
        Bool.random(using: &random)
        ? Int.random(in: 1_725_000_000..<1_775_000_000, using: &random)
        : (centers.randomElement(using: &random) ?? 0) + Int.random(in: -100_000...100_000, using: &random)
      return Timestamp(secondsSinceEpoch: seconds)?.description ?? ""
    }
    try fixture.write {
      // Of every other community many never do anything: more than are told of.
      for number in 0..<(seed.isMultiple(of: 2) ? 80 : 40) {
        try fixture.member(
          number, ["active", "active", "inactive", "archived"].randomElement(using: &random) ?? "active",
          created: Bool.random(using: &random) ? "2020-01-01T00:00:00Z" : moment())
      }
      for id in 0..<12 {
        let message = "n\(id)"
        try fixture.message(
          message, MessageType.allCases.randomElement(using: &random) ?? .email,
          MessageStatus.allCases.randomElement(using: &random) ?? .sent, at: moment())
        for number in 0..<40 where Int.random(in: 0..<3, using: &random) > 0 {
          let status = RecipientStatus.allCases.randomElement(using: &random) ?? .sent
          let happened = ["sent", "delivered", "opened", "clicked"].filter { _ in Bool.random(using: &random)
          }
          try fixture.recipient(number, of: message, status, Set(happened))
          for _ in 0..<Int.random(in: 0..<4, using: &random) {
            let kind = EventKind.allCases.randomElement(using: &random) ?? .opened
            try fixture.event(
              kind, of: message, by: number, at: moment(),
              url: kind == .clicked ? Self.links.randomElement(using: &random) : nil)
          }
        }
      }
      for _ in 0..<150 {
        let type = ["visit", "message_sent", "message_failed", "call"].randomElement(using: &random) ?? ""
        try fixture.activity(type, of: Int.random(in: 0..<40, using: &random), at: moment())
      }
      try fixture.count()
    }
  }

  private func events(_ fixture: DeedsFixture) throws -> [Row] {
    var rows: [Row] = []
    try fixture.database.query(
      "SELECT member_id, event, at, message_id, url FROM message_events ORDER BY row_id"
    ) {
      guard let at = Timestamp($0.string(2)) else { return }
      rows.append(
        Row(member: $0.string(0), event: $0.string(1), at: at, message: $0.string(3), url: $0.text(4)))
    }
    return rows
  }

  private func deeds(_ fixture: DeedsFixture) throws -> [Row] {
    var rows = try events(fixture).filter { ["opened", "clicked"].contains($0.event) }
    try fixture.database.query("SELECT member_id, activity_type, created_at FROM member_activities") {
      let row = ($0.string(0), $0.string(1), Timestamp($0.string(2)))
      if let at = row.2, !["message_sent", "message_failed"].contains(row.1) {
        rows.append(Row(member: row.0, event: row.1, at: at))
      }
    }
    return rows
  }

  private static let cases: [(seed: UInt64, zone: String, unit: AnalyticsRange.Unit)] = [
    (1, "UTC", .month), (2, "Asia/Kathmandu", .day), (3, "America/New_York", .week),
    (4, "Australia/Lord_Howe", .month), (5, "America/New_York", .day), (6, "Pacific/Kiritimati", .year),
  ]

  @Test(arguments: cases) func engagementIsWhatRowsSay(
    seed: UInt64, zone: String, unit: AnalyticsRange.Unit
  ) throws {
    let fixture = try DeedsFixture()
    try fill(fixture, seed: seed)
    let range = try DeedsFixture.range("2025-01-03T10:11:12Z", "2025-11-20T07:08:09Z", unit, zone: zone)
    let all = try deeds(fixture).filter { $0.at < range.until }
    for narrowing in [nil, Self.people] {
      let figures = try fixture.engagement(range, of: narrowing)
      func counts(_ member: String) -> Bool {
        narrowing == nil
          || member.dropFirst().allSatisfy(\.isNumber) && (Int(member.dropFirst()) ?? 0) % 3 == 1
      }
      let deeds = all.filter { counts($0.member) }
      for (period, activity) in zip(range.periods, figures.activePeople) {
        let active = Set(deeds.filter { $0.at >= period.start && $0.at < period.end }.map(\.member))
        #expect(activity.period == period.name && activity.count == active.count)
        var there = 0
        try fixture.database.query("SELECT id, created_at FROM members WHERE member_status <> 'archived'") {
          row in
          let isThere = Timestamp(row.string(1)).map { range.zone.date($0) <= period.lastDay } ?? false
          if isThere, counts(row.string(0)) { there += 1 }
        }
        #expect(activity.people == there)
      }
      var people: [EngagementFigures.Person] = []
      try fixture.database.query(
        "SELECT id FROM members WHERE member_status <> 'archived' AND created_at < ? ORDER BY id",
        [.text(range.until.description)]
      ) { row in
        let own = deeds.filter { $0.member == row.string(0) }
        let days = Set(own.filter { $0.at >= range.since }.map { range.zone.date($0.at) })
        let last = own.map(\.at).max()
        guard counts(row.string(0)) else { return }
        people.append(
          .init(
            id: row.string(0), name: "Ana \(row.string(0).dropFirst())", score: days.count,
            lastActiveAt: last?.description))
      }
      let best = people.filter { $0.score > 0 }.sorted {
        ($1.score, $1.lastActiveAt ?? "", $0.id) < ($0.score, $0.lastActiveAt ?? "", $1.id)
      }
      #expect(figures.mostEngaged == Array(best.prefix(10)))
      let least = people.sorted {
        ($0.score, $0.lastActiveAt ?? "", $0.id) < ($1.score, $1.lastActiveAt ?? "", $1.id)
      }
      #expect(figures.leastEngaged == Array(least.prefix(10)))
      let limit = try #require(range.until.adding(seconds: -90 * 86_400)).description
      let risky = people.filter { ($0.lastActiveAt ?? "9") <= limit }
        .sorted { ($1.lastActiveAt ?? "", $0.id) < ($0.lastActiveAt ?? "", $1.id) }
      #expect(figures.atRiskCount == risky.count && figures.atRisk == Array(risky.prefix(100)))
    }
  }

  @Test(arguments: cases) func messagingIsWhatRowsSay(
    seed: UInt64, zone: String, unit: AnalyticsRange.Unit
  ) throws {
    let fixture = try DeedsFixture()
    try fill(fixture, seed: seed)
    let range = try DeedsFixture.range("2025-01-03T10:11:12Z", "2025-11-20T07:08:09Z", unit, zone: zone)
    var sent: Set<String> = []
    try fixture.database.query("SELECT id, sent_at FROM messages WHERE sent_at IS NOT NULL") { row in
      if let at = Timestamp(row.string(1)), at >= range.since, at < range.until { sent.insert(row.string(0)) }
    }
    for narrowing in [nil, Self.people] {
      let figures = try fixture.messaging(range, of: narrowing)
      func counts(_ member: String) -> Bool { narrowing == nil || (Int(member.dropFirst()) ?? 0) % 3 == 1 }
      let events = try events(fixture).filter { sent.contains($0.message) && counts($0.member) }
      func people(_ event: String) -> Int {
        Set(events.filter { $0.event == event }.map { $0.message + $0.member }).count
      }
      #expect(figures.bounced == people("hard_bounced") && figures.complained == people("complained"))
      #expect(figures.unsubscribed == people("unsubscribed"))
      var totals = [0, 0, 0, 0, 0]
      var reached: Set<String> = []
      try fixture.database.query(
        """
        SELECT message_id, member_id, sent_at IS NOT NULL, delivered_at IS NOT NULL, opened_at IS NOT NULL,
          clicked_at IS NOT NULL, status = 'failed', status FROM message_recipients
        """
      ) { row in
        guard sent.contains(row.string(0)), counts(row.string(1)) else { return }
        // Who was skipped is no recipient of these people's.
        if narrowing != nil, row.string(7) == "skipped" { return }
        reached.insert(row.string(0))
        for column in 0..<5 { totals[column] += row.integer(column + 2) }
      }
      #expect(
        [figures.sent, figures.delivered, figures.opened, figures.clicked, figures.failed] == totals)
      #expect(figures.messages == (narrowing == nil ? sent : reached).count)
      var hours = [MessagingFigures.Deeds](repeating: .init(opens: 0, clicks: 0), count: 24)
      var weekdays = [MessagingFigures.Deeds](repeating: .init(opens: 0, clicks: 0), count: 7)
      for event in events where ["opened", "clicked"].contains(event.event) {
        let local = range.zone.local(event.at)
        let path: WritableKeyPath<MessagingFigures.Deeds, Int> = event.event == "opened" ? \.opens : \.clicks
        hours[local.hour][keyPath: path] += 1
        weekdays[local.date.weekday - 1][keyPath: path] += 1
      }
      #expect(figures.byHour == hours && figures.byWeekday == weekdays)
      let clicks = events.filter { $0.event == "clicked" }
      for link in Self.links {
        let own = clicks.filter { $0.url == link }
        let expected = own.isEmpty ? nil : (own.count, Set(own.map { $0.message + $0.member }).count)
        let found = figures.topLinks.first { $0.url == link }
        #expect(found?.clicks == expected?.0 && found?.uniqueClicks == expected?.1)
      }
    }
  }
}
