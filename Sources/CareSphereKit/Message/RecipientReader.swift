import SQLiteStore

/// What of a recipient is shown, in the names of the contract.
public enum RecipientField: String, CaseIterable, Sendable {
  case id, memberId, memberName, recipientEmail, recipientPhone, status, sentAt, deliveredAt, openedAt,
    clickedAt
  case errorMessage, attempts

  /// What a list can be sorted by.
  public static let sortable = allCases.filter { $0 != .id && $0 != .errorMessage }

  /// The value, over `message_recipients AS r` and `members AS m`.
  var sql: String {
    switch self {
    case .id: "r.id"
    case .memberId: "r.member_id"
    case .memberName: "trim(m.first_name || ' ' || m.last_name, ' ')"
    case .recipientEmail: "r.recipient_email"
    case .recipientPhone: "r.recipient_phone"
    case .status: "r.status"
    case .sentAt: "r.sent_at"
    case .deliveredAt: "r.delivered_at"
    case .openedAt: "r.opened_at"
    case .clickedAt: "r.clicked_at"
    case .errorMessage: "coalesce(r.error_message, (\(Self.complaint)))"
    case .attempts: "r.attempts"
    }
  }

  /// What came back although somebody had opened it: the words of the first hard bounce, else of the first complaint.
  private static let complaint = """
    SELECT coalesce(e.detail, iif(e.event = 'hard_bounced', 'it came back for good', 'its owner complained'))
    FROM message_events AS e WHERE e.recipient_id = r.id AND e.event IN ('hard_bounced', 'complained')
    ORDER BY e.event = 'complained', e.at, e.row_id LIMIT 1
    """

  /// What a list is sorted by: people by last name, then first, as everywhere.
  var key: String {
    switch self {
    case .memberName: "m.name_key"
    case .recipientEmail: "r.recipient_email COLLATE NOCASE"
    default: sql
    }
  }
}

/// The recipients of one message, of whom there may be a million: they are never held all at once.
public struct RecipientReader {
  /// Only those in one of these states; all where there are none.
  public var statuses: [RecipientStatus] = []
  /// Nil for the order of the members' ids, mostly that in which they were added; it needs no sorting.
  public var sort: RecipientField?
  /// Turns the order of equal ones round as well, and the one without `sort`.
  public var isDescending = false
  /// How many at most, after the first `offset`; nil for all.
  public var limit: Int?
  /// How many come before the first, with or without a `limit`.
  public var offset = 0

  private let database: Database
  private let messageID: String

  /// All recipients of the message with this id.
  public init(_ database: Database, messageID: String) {
    self.database = database
    self.messageID = messageID
  }

  /// How many there are on all pages.
  public func count() throws -> Int {
    let (condition, arguments) = condition
    return try database.first("SELECT count(*) FROM message_recipients AS r WHERE \(condition)", arguments) {
      $0.integer(0)
    } ?? 0
  }

  /// Calls `body` for each recipient; column i of the row holds the i-th of `fields`.
  public func each(_ fields: [RecipientField], _ body: (Statement) throws -> Void) throws {
    try database.query(sql(fields), condition.arguments + [.int(limit ?? -1), .int(offset)], body)
  }

  /// The SELECT of `each`; its last two parameters are how many at most, and how many come before.
  func sql(_ fields: [RecipientField]) -> String {
    let columns = fields.isEmpty ? "1" : fields.map(\.sql).joined(separator: ", ")
    let direction = isDescending ? "DESC" : "ASC"
    let key = sort.map { "\($0.key) \(direction), " } ?? ""
    // The index over message and member gives this order; CROSS keeps the recipients the outer loop.
    let needsMember = fields.contains(.memberName) || sort == .memberName
    let members = needsMember ? "CROSS JOIN members AS m ON m.id = r.member_id" : ""
    return """
      SELECT \(columns) FROM message_recipients AS r \(members)
      WHERE \(condition.sql) ORDER BY \(key)r.member_id \(direction) LIMIT ? OFFSET ?
      """
  }

  private var condition: (sql: String, arguments: [SQLValue]) {
    let message = SQLValue.text(messageID)
    if statuses.isEmpty { return ("r.message_id = ?", [message]) }
    let places = statuses.map { _ in "?" }.joined(separator: ", ")
    return ("r.message_id = ? AND r.status IN (\(places))", [message] + statuses.map { .text($0.rawValue) })
  }
}
