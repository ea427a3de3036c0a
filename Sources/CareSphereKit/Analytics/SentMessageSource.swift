import SQLiteStore

/// Where the figures of messages come from, as SELECTs with the range as their parameters `?1` and `?2`. Of everybody
/// the counters of messages tell most; narrowed to people, it is their recipients and events that are read.
struct SentMessageSource {
  let arguments: [SQLValue]
  private let isNarrowed: Bool

  /// - Parameter isNarrowed: whether only the people in ``ChosenPeople`` count.
  init(_ range: AnalyticsRange, isNarrowed: Bool) {
    arguments = [.text(range.since.description), .text(range.until.description)]
    self.isNarrowed = isNarrowed
  }

  private static let isInRange = "g.sent_at >= ?1 AND g.sent_at < ?2"

  /// What ``MessageTally`` reads: a message a row.
  var messages: String {
    let message = "g.message_type, g.status, coalesce(g.sent_at, g.created_at), g.sent_at IS NOT NULL"
    guard isNarrowed else {
      let columns = """
        SELECT \(message), g.sent_count, g.delivered_count, g.opened_count, g.clicked_count, g.failed_count,
          g.template_id, g.estimated_cost, g.currency
        FROM messages AS g
        """
      return """
        \(columns) WHERE \(Self.isInRange)
        UNION ALL \(columns) WHERE g.sent_at IS NULL AND g.created_at >= ?1 AND g.created_at < ?2
        """
    }
    // What a message is going to cost is shared out among those whom it goes to.
    return """
      SELECT \(message), s.sent, s.delivered, s.opened, s.clicked, s.failed, g.template_id,
        g.estimated_cost * s.recipients / max(g.recipient_count, s.recipients), g.currency
      FROM (
        SELECT r.message_id, count(*) AS recipients, count(r.sent_at) AS sent, count(r.delivered_at) AS delivered,
          count(r.opened_at) AS opened, count(r.clicked_at) AS clicked, sum(r.status = 'failed') AS failed
        FROM \(ChosenPeople.table) AS p CROSS JOIN message_recipients AS r ON r.member_id = p.id
        WHERE r.status <> 'skipped' GROUP BY r.message_id) AS s
      CROSS JOIN messages AS g ON g.id = s.message_id WHERE \(Self.isInRange)
      """
  }

  /// How many recipients an event is told of.
  func people(_ event: EventKind) -> String {
    """
    SELECT count(DISTINCT e.recipient_id) FROM messages AS g CROSS JOIN message_events AS e
      ON e.message_id = g.id AND e.event = '\(event.rawValue)'
    WHERE \(Self.isInRange)\(isNarrowed ? " AND e.member_id IN \(ChosenPeople.ids)" : "")
    """
  }

  /// When each event of a kind was.
  func times(_ event: EventKind) -> String { events("e.at", event) }

  /// The link and the recipient of each click, so that equal ones follow each other.
  var clicks: String {
    let order =
      isNarrowed ? "ORDER BY e.url, e.recipient_id" : "ORDER BY g.sent_at, g.rowid, e.url, e.recipient_id"
    return events("e.url, e.recipient_id", .clicked, index: " INDEXED BY message_events_links")
      + " AND e.url IS NOT NULL \(order)"
  }

  private func events(_ columns: String, _ event: EventKind, index: String = "") -> String {
    guard isNarrowed else {
      return """
        SELECT \(columns) FROM messages AS g CROSS JOIN message_events AS e\(index)
          ON e.message_id = g.id AND e.event = '\(event.rawValue)'
        WHERE \(Self.isInRange)
        """
    }
    return """
      SELECT \(columns) FROM \(ChosenPeople.table) AS p
      CROSS JOIN message_events AS e INDEXED BY message_events_deeds ON e.member_id = p.id AND e.\(MemberDeeds.events)
      CROSS JOIN messages AS g ON g.id = e.message_id
      WHERE e.event = '\(event.rawValue)' AND \(Self.isInRange)
      """
  }
}
