import SQLiteStore
import TextFormats

/// The in-app messages of one person, the newest first.
public struct Inbox {
  /// One of them.
  public struct Letter: Equatable, Sendable {
    /// The id of the recipient's row.
    public var recipientID: String
    /// The message's; nobody has one twice.
    public var messageID: String
    /// When it arrived.
    public var sentAt: String?
    /// When it was read first; nil where it has not been.
    public var openedAt: String?
    /// `sent`, `delivered`, `opened` or `clicked`; who was skipped has no letter.
    public var status: RecipientStatus
  }

  private let database: Database
  private let memberID: String

  /// The inbox of the member with this id.
  public init(_ database: Database, memberID: String) {
    self.database = database
    self.memberID = memberID
  }

  /// How many there are on all pages.
  public func count() throws -> Int {
    try database.first("SELECT count(*) \(Self.source)", [.text(memberID)]) { $0.integer(0) } ?? 0
  }

  /// The messages, without their texts.
  /// - Parameters:
  ///   - isAscending: whether the oldest come first.
  ///   - limit: how many at most, after the `offset` first ones; nil for all.
  public func letters(isAscending: Bool = false, limit: Int? = nil, offset: Int = 0) throws -> [Letter] {
    var letters: [Letter] = []
    let direction = isAscending ? "ASC" : "DESC"
    try database.query(
      """
      SELECT r.id, r.message_id, r.sent_at, r.opened_at, r.status \(Self.source)
      ORDER BY r.sent_at \(direction), r.row_id \(direction) LIMIT ? OFFSET ?
      """, [.text(memberID), .int(limit ?? -1), .int(offset)]
    ) { row in
      letters.append(
        Letter(
          recipientID: row.string(0), messageID: row.string(1), sentAt: row.text(2), openedAt: row.text(3),
          status: RecipientStatus(rawValue: row.string(4)) ?? .delivered))
    }
    return letters
  }

  /// Marks those that have not been opened as opened now: the recipients, the counters of their messages, and the
  /// history of the person. Call it within `Database.write`.
  /// - Parameter tracker: stores the openings.
  public static func open(_ letters: [Letter], at now: Timestamp, with tracker: EventTracker) throws {
    let events = letters.filter { $0.openedAt == nil }.map { letter in
      RecipientEvent(.opened, at: now, clues: RecipientClues(recipientID: letter.recipientID))
    }
    _ = try tracker.track(events)
  }

  /// What reached the person; skipped ones never did.
  private static let source = """
    FROM message_recipients AS r JOIN messages AS m ON m.id = r.message_id
    WHERE r.member_id = ? AND m.message_type = 'in_app' AND r.status IN ('sent', 'delivered', 'opened', 'clicked')
    """
}
