import SQLiteStore
import TextFormats

/// Writes what people did with a message into the history of what they did: the first time they opened it, each link
/// that they followed, and once each that it came back, that they complained or unsubscribed.
struct EventActivities {
  private let insertion: Statement
  private let ids: UUIDv7Generator
  private let database: Database

  init(_ database: Database, ids: UUIDv7Generator) throws {
    self.database = database
    self.ids = ids
    insertion = try database.prepare(
      """
      INSERT INTO member_activities (id, member_id, activity_type, description, metadata, created_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
  }

  /// What an activity is: `member_activities.activity_type`.
  enum Kind: String {
    case sent = "message_sent"
    case opened = "message_opened"
    case clicked = "message_clicked"
    case failed = "message_failed"
    case complained = "message_complained"
    case unsubscribed = "message_unsubscribed"

    /// For people.
    func description(_ title: String) -> String {
      switch self {
      case .sent: "Was sent “\(title)”"
      case .opened: "Opened “\(title)”"
      case .clicked: "Followed a link in “\(title)”"
      case .failed: "“\(title)” came back"
      case .complained: "Complained about “\(title)”"
      case .unsubscribed: "Unsubscribed from “\(title)”"
      }
    }
  }

  /// What an activity keeps of the message that it is about.
  static func metadata(messageID: String, title: String) -> JSONObject {
    JSONObject([("messageId", .string(messageID)), ("messageTitle", .string(title))])
  }

  /// Adds an activity.
  func add(
    _ kind: Kind, of recipient: RecipientState, message: TrackedMessage, url: String? = nil, at time: String
  ) throws {
    var metadata = Self.metadata(messageID: recipient.messageID, title: message.title)
    if let url { metadata["url"] = .string(url) }
    let values = [
      ids.next(), recipient.memberID, kind.rawValue, kind.description(message.title),
      JSONWriter.string(.object(metadata)),
      time,
    ]
    insertion.reset()
    for (index, value) in values.enumerated() { try insertion.bind(value, at: index + 1) }
    try insertion.run()
  }

  /// When an activity was that is there already; nil where it is not.
  func time(_ kind: Kind, of recipient: RecipientState) throws -> String? {
    try database.first(
      """
      SELECT created_at FROM member_activities
      WHERE member_id = ? AND activity_type = ? AND json_extract(metadata, '$.messageId') = ?
      """, [.text(recipient.memberID), .text(kind.rawValue), .text(recipient.messageID)]
    ) { $0.string(0) }
  }

  /// Moves an activity that is there to an earlier time, where what is known later happened before.
  func move(_ kind: Kind, of recipient: RecipientState, url: String? = nil, to time: String) throws {
    try database.execute(
      """
      UPDATE member_activities SET created_at = ?1
      WHERE member_id = ?2 AND created_at > ?1 AND activity_type = ?3
        AND json_extract(metadata, '$.messageId') = ?4 AND json_extract(metadata, '$.url') IS ?5
      """,
      [
        .text(time), .text(recipient.memberID), .text(kind.rawValue), .text(recipient.messageID),
        .optional(url),
      ])
  }
}

/// What events need to know of the message that they are about.
struct TrackedMessage {
  var title: String
  var type: MessageType
}
