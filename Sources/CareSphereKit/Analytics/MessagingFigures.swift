import TextFormats

/// What was sent, and what became of it.
public struct MessagingFigures: Sendable {
  /// How many messages of a type and status there are of a period.
  public struct Volume: Equatable, Sendable {
    /// As `AnalyticsRange.Period.name` has it: when sending began; of what is not sent, when it was made.
    public var period: String
    /// In every period each that there is in any of them.
    public var type: MessageType
    /// What it is now, not what it was in the period.
    public var status: MessageStatus
    /// Messages, not recipients; may be 0.
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
    /// Openings that were told of; a click alone adds none.
    public var opens: Int
    /// Clicks, those of which no link is told included.
    public var clicks: Int
  }

  /// How the messages made from a template did.
  public struct TemplateUse: Equatable, Sendable {
    /// The template's; messages of a deleted one are not told of.
    public var id: String
    /// As the template is called now.
    public var name: String
    /// Messages made from it that were sent in the range.
    public var messages: Int
    /// Their recipients whose message was sent, whatever became of it since.
    public var sent: Int
    /// Those of the `sent` who opened it, each once for each message; a click is an opening, too.
    public var opened: Int
    /// Those of the `sent` who followed a link, each once for each message.
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

  /// When sending began, of messages; what became of them later counts as well.
  public var range: AnalyticsRange
  /// Messages that were sent in the range.
  public var messages: Int
  /// Their recipients whose message was sent, whatever became of it since.
  public var sent: Int
  /// Those of the `sent` of whom it is told that it arrived.
  public var delivered: Int
  /// Those who opened it, each once for each message; a click is an opening, too.
  public var opened: Int
  /// Those who followed a link, each once for each message.
  public var clicked: Int
  /// Those it was given up for, and those of the `sent` from whom it came back unopened.
  public var failed: Int
  /// Those from whose address it came back for good; one refused while it was sent is in `failed` alone.
  public var bounced: Int
  /// Those who opted out by way of the message.
  public var unsubscribed: Int
  /// Those who called it unwanted, each once for each message.
  public var complained: Int
  /// By period, then type, then status: each type with each status that it has in the range, in every period.
  public var volume: [Volume]
  /// 24, from midnight in the organization's zone.
  public var byHour: [Deeds]
  /// 7, from Monday.
  public var byWeekday: [Deeds]
  /// The most opened first.
  public var topTemplates: [TemplateUse]
  /// The most followed first, 20 at most.
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
