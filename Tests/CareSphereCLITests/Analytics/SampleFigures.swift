import CareSphereKit
import Testing

@testable import CareSphereCLI
@testable import CareSphereKit

/// Figures that nobody counted.
enum SampleFigures {
  /// What somebody with bad intentions could call a group, a tag or themselves.
  static let hostile = [
    "</script><svg onload=\"hacked=1\"><script>hacked=1</script>",
    "</title></style></table>\"' onclick='hacked=1",
    "&lt;b&gt; &amp; <img src=http://127.0.0.1:9/x onerror=hacked=1>",
    "a\u{202E}b\u{1B}[31mc\u{7}\u{0}d\u{FFFE}",
    String(repeating: "W", count: 500), String(repeating: "教会", count: 250), "]]> --> <!-- {{x}} \\",
    String(repeating: "\"", count: 500), "👩‍👩‍👧‍👦 家族", "\n\t\r",
  ]

  static func range(_ unit: AnalyticsRange.Unit = .month, since: String = "2024-12-01T00:00:00Z") throws
    -> AnalyticsRange
  {
    let now = try #require(Timestamp("2025-11-21T10:30:00Z"))
    return try AnalyticsRange(since: Timestamp(since), unit: unit, clock: Clock(now: now, zone: .utc))
  }

  /// A community of some size.
  static func plausible(_ range: AnalyticsRange, names: [String] = ["Ana Souza", "Ben Okoro", "Ida Berg"])
    -> AnalyticsFigures
  {
    AnalyticsFigures(
      dashboard: dashboard(range, names), people: people(range, names), messaging: messaging(range, names),
      engagement: engagement(range, names))
  }

  /// Nothing at all.
  static func empty(_ range: AnalyticsRange) -> AnalyticsFigures {
    AnalyticsFigures(
      dashboard: DashboardFigures(
        range: range, totalMembers: 0, activeMembers: 0, newMembersThisMonth: 0, messagesSentThisMonth: 0,
        averageOpenRate: nil, averageClickRate: nil, automationRulesActive: 0, recentActivities: [],
        trends: DashboardFigures.Figure.allCases.map {
          .init(name: $0.rawValue, value: $0.isRate ? nil : 0, previous: $0.isRate ? nil : 0)
        }),
      people: PeopleFigures(
        range: range, growthTrend: range.periods.map { .init(period: $0.name, joined: 0, left: 0, total: 0) },
        statusDistribution: [("active", 0), ("inactive", 0)], ageGroups: [("0-12", 0), ("unknown", 0)],
        genderDistribution: [], cityDistribution: [], membershipTypes: [], groups: [], tags: [],
        retention: range.periods.map { .init(cohort: $0.name, joined: 0, stillActive: 0) }),
      messaging: MessagingFigures(
        range: range, messages: 0, sent: 0, delivered: 0, opened: 0, clicked: 0, failed: 0, bounced: 0,
        unsubscribed: 0, complained: 0, volume: [], byHour: (0..<24).map { _ in .init(opens: 0, clicks: 0) },
        byWeekday: (0..<7).map { _ in .init(opens: 0, clicks: 0) }, topTemplates: [], topLinks: [],
        smsCost: []),
      engagement: EngagementFigures(
        range: range, activePeople: range.periods.map { .init(period: $0.name, count: 0, people: 0) },
        mostEngaged: [], leastEngaged: [], atRiskCount: 0, atRisk: [], rules: []))
  }

  /// A name for each number: the given ones, then others.
  private static func name(_ number: Int, _ names: [String], _ rest: String) -> String {
    number < names.count ? names[number] : "\(rest) \(number + 1)"
  }

  private static func wave(_ index: Int, _ low: Int, _ high: Int) -> Int {
    low + (index * 7919 + index * index * 31) % max(1, high - low)
  }

  private static func dashboard(_ range: AnalyticsRange, _ names: [String]) -> DashboardFigures {
    let values: [(Double?, Double?)] = [
      (1234, 1100), (1013, 1020), (18, 0), (12, 12), (43.2, 38.4), (7.5, nil), (5, 4),
    ]
    let activities = (0..<10).map { index in
      DashboardFigures.RecentActivity(
        activity: Activity(
          id: "a\(index)", memberID: "m\(index)", type: index % 3 == 0 ? "attended_event" : "phone_call",
          description: index % 2 == 0 ? name(index, names, "Sunday service") : nil, metadata: nil,
          author: nil,
          createdAt: "2025-11-\(21 - index)T09:00:00Z"),
        memberName: name(index, names, "Member"))
    }
    return DashboardFigures(
      range: range, totalMembers: 1234, activeMembers: 1013, newMembersThisMonth: 18,
      messagesSentThisMonth: 12,
      averageOpenRate: 43.2, averageClickRate: 7.5, automationRulesActive: 5, recentActivities: activities,
      trends: zip(DashboardFigures.Figure.allCases, values).map {
        .init(name: $0.rawValue, value: $1.0, previous: $1.1)
      })
  }

  private static func people(_ range: AnalyticsRange, _ names: [String]) -> PeopleFigures {
    var total = 1052
    let growth = range.periods.enumerated().map { index, period -> PeopleFigures.Growth in
      let (joined, left) = (wave(index, 6, 34), wave(index + 3, 0, 9))
      total += joined - left
      return .init(period: period.name, joined: joined, left: left, total: total)
    }
    func list(_ count: Int, _ rest: String) -> PeopleFigures.Distribution {
      (0..<count).map { (label: name($0, names, rest), count: max(1, 400 / ($0 + 1))) }
    }
    return PeopleFigures(
      range: range, growthTrend: growth,
      statusDistribution: [("active", 1013), ("inactive", 87), ("visitor", 96), ("archived", 38)],
      ageGroups: [
        ("0-12", 120), ("13-17", 88), ("18-24", 97), ("25-34", 231), ("35-44", 204), ("45-54", 163),
        ("55-64", 121),
        ("65+", 112), ("unknown", 98),
      ],
      genderDistribution: [("female", 655), ("male", 540), ("unknown", 39)],
      cityDistribution: list(20, "City") + [("other", 31), ("unknown", 12)],
      membershipTypes: [("Full member", 840), ("Associate", 210), ("unknown", 184)],
      groups: list(40, "Group"),
      tags: list(3000, "tag"),
      retention: growth.map { .init(cohort: $0.period, joined: $0.joined, stillActive: $0.joined * 4 / 5) })
  }

  private static func messaging(_ range: AnalyticsRange, _ names: [String]) -> MessagingFigures {
    let types: [MessageType] = [.email, .sms, .whatsapp]
    let volume = range.periods.enumerated().flatMap { index, period in
      types.enumerated().flatMap { place, type in
        [MessageStatus.sent, .failed].map { status in
          MessagingFigures.Volume(
            period: period.name, type: type, status: status,
            count: status == .failed ? wave(index, 0, 2) : wave(index + place, 1, 9 - 2 * place))
        }
      }
    }
    let hours = [
      20, 8, 4, 2, 3, 30, 120, 260, 410, 380, 300, 280, 350, 290, 210, 220, 280, 420, 610, 820, 760, 480, 210,
      80,
    ]
    return MessagingFigures(
      range: range, messages: 96, sent: 12_345, delivered: 12_101, opened: 5333, clicked: 926, failed: 122,
      bounced: 61, unsubscribed: 14, complained: 1, volume: volume,
      byHour: hours.map { .init(opens: $0, clicks: $0 / 6) },
      byWeekday: [700, 640, 810, 690, 590, 620, 1480].map { .init(opens: $0, clicks: $0 / 7) },
      topTemplates: (0..<8).map {
        .init(
          id: "t\($0)", name: name($0, names, "Template"), messages: 12 - $0, sent: 1500 - 100 * $0,
          opened: 900 - 90 * $0,
          clicked: 120 - 12 * $0)
      },
      topLinks: (0..<12).map {
        .init(
          url: $0 < names.count
            ? "https://example.org/" + names[$0] : "https://www.example.org/events/summer-camp-\($0)",
          clicks: 300 / ($0 + 1), uniqueClicks: 200 / ($0 + 1))
      }, smsCost: [("USD", 12_340_000)])
  }

  private static func engagement(_ range: AnalyticsRange, _ names: [String]) -> EngagementFigures {
    func person(_ index: Int, _ score: Int, _ at: String?) -> EngagementFigures.Person {
      .init(id: "p\(index)", name: name(index, names, "Member"), score: score, lastActiveAt: at)
    }
    return EngagementFigures(
      range: range,
      activePeople: range.periods.enumerated().map {
        .init(period: $1.name, count: wave($0, 250, 420), people: 1100 + 10 * min($0, 12))
      },
      mostEngaged: (0..<10).map { person($0, 41 - 3 * $0, "2025-11-\(20 - $0)T18:20:00Z") },
      leastEngaged: (0..<10).map { person($0, $0 / 4, $0 < 5 ? nil : "2025-02-0\($0)T08:00:00Z") },
      atRiskCount: 143, atRisk: (0..<100).map { person($0, 2, "2025-0\(8 - $0 / 20)-12T08:00:00Z") },
      rules: (0..<4).map {
        .init(
          id: "r\($0)", name: name($0, names, "Birthday greeting"), succeeded: 400 / ($0 + 1), failed: $0,
          skipped: 2 * $0,
          sent: 300 / ($0 + 1), opened: 200 / ($0 + 1), clicked: 20)
      })
  }
}
