import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// What was sent and what became of it, with known answers.
@Suite struct MessagingFiguresTests {
  private let fixture: DeedsFixture
  private let range: AnalyticsRange

  init() throws {
    fixture = try DeedsFixture()
    range = try DeedsFixture.range("2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z")
  }

  @Test func ofNothingThereIsNothing() throws {
    let figures = try fixture.messaging(range)
    #expect(
      figures.volume == [
        .init(period: "2025-01", type: .email, status: .sent, count: 0),
        .init(period: "2025-02", type: .email, status: .sent, count: 0),
      ])
    #expect(figures.byHour.count == 24 && figures.byWeekday.count == 7)
    #expect(figures.bestHour == nil && figures.bestWeekday == nil)
    #expect(figures.json.keys == MessagingFigures.keys)
    let json = JSONWriter.string(.object(figures.json))
    for part in [
      #""totalSent":0"#, #""openRate":null"#, #""clickRate":null"#, #""deliveryRate":null"#,
      #""bounceRate":null"#, #""unsubscribeRate":null"#, #""complaintRate":null"#, #""bestHour":null"#,
      #""byHour":[{"hour":0,"opens":0,"clicks":0}"#, #"{"weekday":"sunday","opens":0,"clicks":0}]"#,
      #""topTemplates":[],"topLinks":[],"smsCost":{}"#,
    ] { #expect(json.contains(part), "\(json)") }
  }

  @Test func eachKindIsThereInEveryPeriod() throws {
    try fixture.write {
      try fixture.message("1", at: "2025-01-01T00:00:00Z")
      try fixture.message("2", at: "2025-02-28T23:59:59Z")
      try fixture.message("3", at: "2025-02-01T00:00:00Z")
      try fixture.message("4", .sms, .draft, at: "2025-01-31T23:59:59Z")
      try fixture.message("5", at: "2024-12-31T23:59:59Z")
      try fixture.message("6", at: "2025-03-01T00:00:00Z")
      try fixture.message("7", .push, .scheduled, at: "2025-03-01T00:00:00Z")
    }
    let figures = try fixture.messaging(range)
    #expect(
      figures.volume == [
        .init(period: "2025-01", type: .email, status: .sent, count: 1),
        .init(period: "2025-01", type: .sms, status: .draft, count: 1),
        .init(period: "2025-02", type: .email, status: .sent, count: 2),
        .init(period: "2025-02", type: .sms, status: .draft, count: 0),
      ])
    #expect(figures.messages == 3)
  }

  @Test func ratesArePooled() throws {
    try fixture.write {
      for number in 1...4 { try fixture.member(number) }
      try fixture.message("small", at: "2025-01-01T00:00:00Z")
      try fixture.message("large", at: "2025-01-02T00:00:00Z")
      try fixture.message("later", at: "2025-03-01T00:00:00Z")
      try fixture.recipient(1, of: "small", .opened, ["sent", "delivered", "opened"])
      for number in 1...3 { try fixture.recipient(number, of: "large", .delivered, ["sent", "delivered"]) }
      try fixture.recipient(4, of: "large", .failed, ["sent"])
      try fixture.recipient(1, of: "later", .clicked, ["sent", "opened", "clicked"])
      try fixture.count()
      // Told twice it is one address.
      try fixture.event(.hardBounced, of: "large", by: 4, at: "2025-01-02T00:00:01Z")
      try fixture.event(.hardBounced, of: "large", by: 4, at: "2025-01-02T00:00:02Z")
      try fixture.event(.unsubscribed, of: "large", by: 2, at: "2025-03-02T00:00:02Z")
      try fixture.event(.complained, of: "large", by: 2, at: "2025-03-02T00:00:02Z")
      try fixture.event(.unsubscribed, of: "later", by: 1, at: "2025-03-02T00:00:02Z")
    }
    let figures = try fixture.messaging(range)
    #expect(
      [figures.sent, figures.delivered, figures.opened, figures.clicked, figures.failed] == [5, 4, 1, 0, 1])
    #expect([figures.bounced, figures.unsubscribed, figures.complained] == [1, 1, 1])
    let json = JSONWriter.string(.object(figures.json))
    let rates =
      #""openRate":20.0,"clickRate":0.0,"deliveryRate":80.0,"bounceRate":20.0,"unsubscribeRate":20.0,"#
      + #""complaintRate":20.0"#
    #expect(json.contains(rates), "\(json)")
    let two = try fixture.messaging(range, of: SQLFragment("m.id IN (?, ?)", ["m1", "m4"]))
    #expect(
      [two.messages, two.sent, two.opened, two.failed, two.bounced, two.unsubscribed] == [2, 3, 1, 1, 1, 0])
    #expect(try fixture.messaging(range, of: .nobody).sent == 0)
  }

  /// The hour and the weekday of an opening, in zones with odd offsets and on the days when clocks change.
  @Test(arguments: [
    ("UTC", "2025-01-05T23:59:59Z", 23, "sunday"), ("Asia/Kathmandu", "2025-01-05T18:14:59Z", 23, "sunday"),
    ("Asia/Kathmandu", "2025-01-05T18:15:00Z", 0, "monday"),
    ("Asia/Kolkata", "2025-01-05T18:30:00Z", 0, "monday"),
    ("America/New_York", "2025-03-09T06:59:59Z", 1, "sunday"),
    ("America/New_York", "2025-03-09T07:00:00Z", 3, "sunday"),
    ("America/New_York", "2025-11-02T05:30:00Z", 1, "sunday"),
    ("America/New_York", "2025-11-02T06:30:00Z", 1, "sunday"),
    ("America/New_York", "2025-11-02T07:00:00Z", 2, "sunday"),
    ("Australia/Lord_Howe", "2025-04-05T14:59:59Z", 1, "sunday"),
    ("Australia/Lord_Howe", "2025-04-05T15:00:00Z", 1, "sunday"),
    ("Pacific/Kiritimati", "2025-01-05T10:00:00Z", 0, "monday"),
    ("UTC", "1969-12-28T22:00:00Z", 22, "sunday"),
  ]) func anOpeningIsCountedWhereItHappened(zone: String, time: String, hour: Int, weekday: String) throws {
    try fixture.write {
      try fixture.member(1)
      try fixture.message("news", at: "2025-01-03T00:00:00Z")
      try fixture.recipient(1, of: "news", .opened)
      try fixture.event(.opened, of: "news", by: 1, at: time)
      try fixture.event(.opened, of: "news", by: 1, at: "nonsense")
    }
    let figures = try fixture.messaging(
      try DeedsFixture.range("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z", zone: zone))
    #expect(figures.bestHour == hour)
    #expect(figures.bestWeekday.map { MessagingFigures.weekdays[$0] } == weekday)
    #expect(figures.byHour.map(\.opens).reduce(0, +) == 1)
    #expect(figures.byWeekday.map(\.opens).reduce(0, +) == 1)
  }

  @Test func linksCountClicksAndPeople() throws {
    try fixture.write {
      for number in 1...3 { try fixture.member(number) }
      for message in ["a", "b", "z"] {
        try fixture.message(message, at: message == "z" ? "2025-04-01T00:00:00Z" : "2025-01-03T00:00:00Z")
        for number in 1...3 { try fixture.recipient(number, of: message, .clicked) }
      }
      for (message, number, second, url) in [
        ("a", 1, 1, "x"), ("a", 1, 2, "x"), ("a", 2, 1, "x"), ("b", 1, 1, "x"), ("b", 1, 1, "y"),
        ("b", 2, 1, "y"), ("b", 3, 1, "y"), ("z", 1, 1, "z"), ("b", 3, 1, "e\u{301}"), ("b", 3, 1, "\u{e9}"),
      ] {
        try fixture.event(.clicked, of: message, by: number, at: "2025-01-03T00:00:0\(second)Z", url: url)
      }
      try fixture.event(.clicked, of: "a", by: 3, at: "2025-01-03T00:00:05Z")
    }
    let links = try fixture.messaging(range).topLinks
    #expect(
      links == [
        .init(url: "x", clicks: 4, uniqueClicks: 3), .init(url: "y", clicks: 3, uniqueClicks: 3),
        .init(url: "e\u{301}", clicks: 1, uniqueClicks: 1), .init(url: "\u{e9}", clicks: 1, uniqueClicks: 1),
      ])
    let one = try fixture.messaging(range, of: SQLFragment("m.id = ?", ["m1"]))
    #expect(
      one.topLinks == [
        .init(url: "x", clicks: 3, uniqueClicks: 2), .init(url: "y", clicks: 1, uniqueClicks: 1),
      ])
    #expect(one.byHour.first == .init(opens: 0, clicks: 4))
  }

  @Test func templatesAndCost() throws {
    try fixture.write {
      for number in 1...2 { try fixture.member(number) }
      for template in ["A", "B", "C"] { try fixture.template(template) }
      try fixture.message("1", at: "2025-01-03T00:00:00Z", template: "A")
      try fixture.message("2", at: "2025-01-04T00:00:00Z", template: "B")
      try fixture.message("3", .sms, at: "2025-01-05T00:00:00Z", template: "B", cost: 1_500_000)
      try fixture.message("4", .whatsapp, at: "2025-01-05T00:00:00Z", cost: 7_000_000)
      try fixture.message("5", .sms, .draft, at: "2025-01-05T00:00:00Z", template: "C")
      for message in ["1", "2", "3"] {
        for number in 1...2 { try fixture.recipient(number, of: message, .opened, ["sent", "opened"]) }
      }
      try fixture.count()
    }
    let figures = try fixture.messaging(range)
    #expect(
      figures.topTemplates == [
        .init(id: "B", name: "B", messages: 2, sent: 4, opened: 4, clicked: 0),
        .init(id: "A", name: "A", messages: 1, sent: 2, opened: 2, clicked: 0),
      ])
    #expect(JSONWriter.string(.object(figures.json)).hasSuffix(#""smsCost":{"EUR":1.5}}"#))
    let half = try fixture.messaging(range, of: SQLFragment("m.id = ?", ["m1"]))
    #expect(half.smsCost.first?.amount == 750_000 && half.topTemplates.map(\.sent) == [2, 1])
  }
}
