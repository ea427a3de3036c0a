import TextFormats

/// What was sent, and what became of it.
public struct MessagingFigures: Sendable {
  /// How many messages of a type and status were begun in a period.
  public struct Volume: Equatable, Sendable {
    public var period: String
    public var type: MessageType
    public var status: MessageStatus
    public var count: Int

    var json: JSONValue {
      [
        "period": .string(period), "type": .string(type.rawValue), "status": .string(status.rawValue),
        "count": .integer(count),
      ]
    }
  }

  /// How often people opened and clicked, every event counted.
  public struct Deeds: Equatable, Sendable {
    public var opens: Int
    public var clicks: Int
  }

  /// How the messages made from a template did.
  public struct TemplateUse: Equatable, Sendable {
    public var id: String
    public var name: String
    public var messages: Int
    public var sent: Int
    public var opened: Int
    public var clicked: Int

    var json: JSONValue {
      [
        "id": .string(id), "name": .string(name), "messages": .integer(messages), "sent": .integer(sent),
        "opened": .integer(opened), "clicked": .integer(clicked),
        "openRate": .percentage(of: opened, in: sent), "clickRate": .percentage(of: clicked, in: sent),
      ]
    }
  }

  /// The days of the week as they are called, from Monday.
  public static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  /// How many templates are told of.
  public static let maximumTemplates = 20

  public var range: AnalyticsRange
  /// Messages that were sent in the range.
  public var messages: Int
  /// Recipients of the messages sent in the range.
  public var sent: Int
  public var delivered: Int
  public var opened: Int
  public var clicked: Int
  public var failed: Int
  public var bounced: Int
  public var unsubscribed: Int
  public var complained: Int
  /// By period, then type, then status: each type with each status that it has in the range, in every period.
  public var volume: [Volume]
  /// 24, from midnight in the organization's zone.
  public var byHour: [Deeds]
  /// 7, from Monday.
  public var byWeekday: [Deeds]
  /// The most opened first.
  public var topTemplates: [TemplateUse]
  public var topLinks: [MessageFigures.Link]
  /// Millionths of a currency, by its name.
  public var smsCost: [(currency: String, amount: Int)]

  /// The hour of the day with the most openings, of equals with more clicks, then the earlier one; nil where nothing
  /// was opened or clicked.
  public var bestHour: Int? { Self.best(of: byHour) }
  /// The day of the week, 0 for Monday, by the same rule.
  public var bestWeekday: Int? { Self.best(of: byWeekday) }

  private static func best(of deeds: [Deeds]) -> Int? {
    var best: Int?
    var most = Deeds(opens: 0, clicks: 0)
    for (index, each) in deeds.enumerated() where (each.opens, each.clicks) > (most.opens, most.clicks) {
      (best, most) = (index, each)
    }
    return best
  }
}

extension MessagingFigures {
  /// The keys of `json`.
  public static let keys = [
    "range", "totalMessages", "totalSent", "totalDelivered", "totalOpened", "totalClicked", "totalFailed",
    "totalBounced", "totalComplained", "totalUnsubscribed", "openRate", "clickRate", "deliveryRate",
    "bounceRate", "unsubscribeRate", "complaintRate", "bestHour", "bestWeekday", "volume", "byHour",
    "byWeekday", "topTemplates", "topLinks", "smsCost",
  ]

  /// The figures in the API design's names.
  public var json: JSONObject {
    JSONObject(
      [("range", .object(range.json))] + totals + rates + [
        ("bestHour", bestHour.map(JSONValue.integer) ?? .null),
        ("bestWeekday", bestWeekday.map { .string(Self.weekdays[$0]) } ?? .null),
        ("volume", .array(volume.map(\.json))),
        (
          "byHour",
          .array(byHour.enumerated().map { Self.json(("hour", .integer($0.offset)), $0.element) })
        ),
        (
          "byWeekday",
          .array(zip(Self.weekdays, byWeekday).map { Self.json(("weekday", .string($0)), $1) })
        ),
        ("topTemplates", .array(topTemplates.map(\.json))),
        ("topLinks", .array(topLinks.map(\.json))),
        ("smsCost", .object(JSONObject(smsCost.map { ($0.currency, .millionths($0.amount)) }))),
      ])
  }

  private var totals: [(String, JSONValue)] {
    [
      ("totalMessages", .integer(messages)), ("totalSent", .integer(sent)),
      ("totalDelivered", .integer(delivered)), ("totalOpened", .integer(opened)),
      ("totalClicked", .integer(clicked)), ("totalFailed", .integer(failed)),
      ("totalBounced", .integer(bounced)), ("totalComplained", .integer(complained)),
      ("totalUnsubscribed", .integer(unsubscribed)),
    ]
  }

  private var rates: [(String, JSONValue)] {
    func rate(_ count: Int) -> JSONValue { .percentage(of: count, in: sent) }
    return [
      ("openRate", rate(opened)), ("clickRate", rate(clicked)), ("deliveryRate", rate(delivered)),
      ("bounceRate", rate(bounced)), ("unsubscribeRate", rate(unsubscribed)),
      ("complaintRate", rate(complained)),
    ]
  }

  private static func json(_ time: (String, JSONValue), _ deeds: Deeds) -> JSONValue {
    .object(JSONObject([time, ("opens", .integer(deeds.opens)), ("clicks", .integer(deeds.clicks))]))
  }
}
