import SQLiteStore
import TextFormats

/// How a message did: what became of its recipients, and when they opened it and clicked.
public struct MessageFigures: Equatable, Sendable {
  /// How many there were within one hour.
  public struct Hour: Equatable, Sendable {
    /// Its beginning, `2025-11-13T09:00:00Z`.
    public var hour: String
    /// At least 1: hours without any are left out.
    public var count: Int
  }

  /// How often a link was followed.
  public struct Link: Equatable, Sendable {
    /// As the events have it; what differs in a single letter is another link.
    public var url: String
    /// Every click, those of one recipient several times included.
    public var clicks: Int
    /// By how many recipients.
    public var uniqueClicks: Int

    var json: JSONValue {
      ["url": .string(url), "clicks": .integer(clicks), "uniqueClicks": .integer(uniqueClicks)]
    }
  }

  /// How many links are told of.
  static let maximumLinks = 20

  /// The counters of the message as it was given, not counted anew.
  public var counts: Message.Counts
  /// Recipients from whose address it came back for good; one refused while it was sent is in `failed` alone.
  public var bounced: Int
  /// Recipients who called it unwanted, each once.
  public var complained: Int
  /// Recipients who opted out by way of this message, each once.
  public var unsubscribed: Int
  /// Every opening, those of one person several times included.
  public var opensByHour: [Hour]
  /// Every click, by hours of UTC in their order.
  public var clicksByHour: [Hour]
  /// The most followed first.
  public var topLinks: [Link]

  /// Reads the figures of a message.
  public init(_ message: Message, _ database: Database) throws {
    counts = message.counts
    let id = SQLValue.text(message.id)
    func recipients(_ event: String) throws -> Int {
      try database.first(
        "SELECT count(DISTINCT recipient_id) FROM message_events WHERE message_id = ? AND event = ?",
        [id, .text(event)]
      ) { $0.integer(0) } ?? 0
    }
    func hours(_ event: String) throws -> [Hour] {
      try database.all(
        """
        SELECT substr(at, 1, 13) || ':00:00Z' AS hour, count(*) FROM message_events
        WHERE message_id = ? AND event = ? GROUP BY hour ORDER BY hour
        """, [id, .text(event)]
      ) { Hour(hour: $0.string(0), count: $0.integer(1)) }
    }
    bounced = try recipients("hard_bounced")
    complained = try recipients("complained")
    unsubscribed = try recipients("unsubscribed")
    opensByHour = try hours("opened")
    clicksByHour = try hours("clicked")
    topLinks = []
    try database.query(
      """
      SELECT url, count(*) AS clicks, count(DISTINCT recipient_id) AS people FROM message_events
      WHERE message_id = ? AND event = 'clicked' AND url IS NOT NULL
      GROUP BY url ORDER BY clicks DESC, people DESC, url LIMIT \(Self.maximumLinks)
      """, [id]
    ) { topLinks.append(Link(url: $0.string(0), clicks: $0.integer(1), uniqueClicks: $0.integer(2))) }
  }

  /// The figures in the API design's names.
  public var json: JSONObject {
    JSONObject([
      ("totalRecipients", .integer(counts.recipients)), ("totalSent", .integer(counts.sent)),
      ("totalDelivered", .integer(counts.delivered)), ("totalOpened", .integer(counts.opened)),
      ("totalClicked", .integer(counts.clicked)), ("totalFailed", .integer(counts.failed)),
      ("totalSkipped", .integer(counts.skipped)), ("totalPending", .integer(counts.pending)),
      ("totalHeld", .integer(counts.held)), ("totalBounced", .integer(bounced)),
      ("totalComplained", .integer(complained)), ("totalUnsubscribed", .integer(unsubscribed)),
      ("openRate", rate(counts.opened)), ("clickRate", rate(counts.clicked)),
      ("deliveryRate", rate(counts.delivered)), ("bounceRate", rate(bounced)),
      ("unsubscribeRate", rate(unsubscribed)), ("opensByHour", Self.json(opensByHour)),
      ("clicksByHour", Self.json(clicksByHour)),
      ("topLinks", .array(topLinks.map(\.json))),
    ])
  }

  /// The keys of `json`.
  public static let keys = [
    "totalRecipients", "totalSent", "totalDelivered", "totalOpened", "totalClicked", "totalFailed",
    "totalSkipped", "totalPending", "totalHeld", "totalBounced", "totalComplained", "totalUnsubscribed",
    "openRate", "clickRate", "deliveryRate", "bounceRate", "unsubscribeRate", "opensByHour", "clicksByHour",
    "topLinks",
  ]

  /// The share of those it was sent to, in percent to one decimal.
  private func rate(_ count: Int) -> JSONValue { .percentage(of: count, in: counts.sent) }

  private static func json(_ hours: [Hour]) -> JSONValue {
    .array(hours.map { ["hour": .string($0.hour), "count": .integer($0.count)] })
  }
}

extension JSONValue {
  /// A share in percent, to one decimal, halves away from zero; null of nothing.
  static func percentage(of count: Int, in total: Int) -> JSONValue {
    Percentage.of(count, in: total).map { .number("\($0)") } ?? .null
  }
}
