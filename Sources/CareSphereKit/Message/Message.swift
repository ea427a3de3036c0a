import SQLiteStore
import TextFormats

/// `messages.message_type`: which way a message goes.
public enum MessageType: String, CaseIterable, Sendable {
  case email, sms, whatsapp, push
  case inApp = "in_app"

  /// The channel whose opt-outs hold for it; nil where nothing leaves the house.
  public var channel: Channel? {
    switch self {
    case .email: .email
    case .sms, .whatsapp: .sms
    case .push: .push
    case .inApp: nil
    }
  }
}

extension TemplateType {
  /// The way that a template of this type goes by itself.
  public var messageType: MessageType {
    switch self {
    case .email: .email
    case .sms: .sms
    case .push: .push
    case .whatsapp: .whatsapp
    }
  }

  /// Whether a message of a type can be made from such a template: what is shown in the app is short text, as an
  /// SMS and a push message are.
  public func fits(_ type: MessageType) -> Bool {
    type == messageType || type == .inApp && (self == .sms || self == .push)
  }
}

/// `messages.status`.
public enum MessageStatus: String, CaseIterable, Sendable {
  case draft, scheduled, sending, sent, failed

  /// Whether its texts and its audience can still be changed.
  public var isEditable: Bool { self == .draft || self == .scheduled }
}

/// `message_recipients.status`.
public enum RecipientStatus: String, CaseIterable, Sendable {
  case pending, sent, delivered, opened, clicked, failed
  /// Never to be sent, for the reason in `error_message`.
  case skipped
  /// It may have reached the gateway, and sending it again could reach the person twice.
  case held
}

/// To whom a message goes: everybody of any of these. References are resolved to ids when it is written; dynamic
/// groups and the expression are looked through when it is sent.
public struct Audience: Equatable, Sendable {
  /// Ids of groups.
  public var groups: [String] = []
  /// Ids of members.
  public var members: [String] = []
  /// A filter expression.
  public var expression: String?
  /// All active members.
  public var isEverybody = false

  /// Nobody.
  public init() {}

  /// Whether nobody is named.
  public var isEmpty: Bool { self == Audience() }

  /// As `messages.audience` keeps it.
  public var json: JSONObject {
    JSONObject([
      ("groups", .strings(groups)), ("members", .strings(members)), ("where", .optional(expression)),
      ("all", .bool(isEverybody)),
    ])
  }

  /// Reads what `messages.audience` keeps.
  init(json text: String) {
    guard let object = JSONObject(parsing: text) else { return }
    func strings(_ key: String) -> [String] { object[key]?.texts ?? [] }
    groups = strings("groups")
    members = strings("members")
    if case .string(let text)? = object["where"] { expression = text }
    isEverybody = object["all"] == .bool(true)
  }
}

/// What of a message people decide on.
public struct MessageValues: Equatable, Sendable {
  /// 1 to 255 characters, not unique; stands in for the subject of a mail that has none.
  public var title: String
  /// Mustache, one line, never escaped.
  public var subject: String?
  /// Mustache. A copy of the template's, where it is from one.
  public var content: String
  /// Which way it goes; of a template its own, unless another that fits is asked for.
  public var type = MessageType.email
  /// Anything but text is for e-mail alone.
  public var bodyFormat = BodyFormat.text
  /// `YYYY-MM-DDTHH:MM:SSZ`: not before that.
  public var scheduledFor: String?
  /// `YYYY-MM-DDTHH:MM:SSZ`: not after that.
  public var expiresAt: String?
  /// Whether several people with one address get one each.
  public var perMember = false
  /// Nobody until somebody is named; to nobody it cannot be sent.
  public var audience = Audience()
  /// What `--set` gives.
  public var settings = JSONObject()
  /// Names that its template says have to be given.
  public var variables: [String] = []
  /// The template that it was made from.
  public var templateID: String?
  /// Whether a rule sends it, on nobody's order (RFC 3834).
  public var isAutomatic = false

  /// A text to be sent by e-mail, to nobody yet.
  public init(title: String, content: String) {
    self.title = title
    self.content = content
  }

  /// The texts that are Mustache, under the names of their fields.
  public var texts: [TemplateText] {
    (subject.map { [TemplateText(field: "subject", text: $0)] } ?? [])
      + [TemplateText(field: "content", text: content)]
  }
}

/// Something to be written to many, and what has become of it.
public struct Message: Equatable, Sendable {
  /// A UUID of version 7 in small letters.
  public var id: String
  /// What people decided on, and cannot change any more once it is being sent.
  public var values: MessageValues
  /// Of the whole: `sent` once nobody is pending, `failed` where it failed for all or could not be begun.
  public var status: MessageStatus
  /// `YYYY-MM-DDTHH:MM:SSZ`: when its recipients were fixed, not when the last one got it; nil before.
  public var sentAt: String?
  /// The partials by folded name, as they were when it was sent; nil before.
  public var partials: JSONObject?
  /// Kept with the message, not counted when it is read.
  public var counts: Counts
  /// In millionths of `currency`; nil where nothing is known of costs.
  public var estimatedCost: Int?
  /// Three letters of ISO 4217, as configured when it was sent; nil where nothing is known of it.
  public var currency: String?
  /// The id of the user who made it.
  public var createdBy: String?
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  public var createdAt: String
  /// `YYYY-MM-DDTHH:MM:SSZ`: the last change, sending or retry; what becomes of recipients does not count.
  public var updatedAt: String

  /// Recipients by what has become of them; see the schema for what each counts.
  public struct Counts: Equatable, Sendable {
    /// All but the skipped.
    public var recipients = 0
    /// Who is left out: archived, opted out, suppressed, without an address, or reached through another.
    public var skipped = 0
    /// Who waits for a first or a further try.
    public var pending = 0
    /// Who may have got it; nothing is sent to them by itself.
    public var held = 0
    /// Whose message a server or gateway took, whatever became of it since; in the app, everybody.
    public var sent = 0
    /// Of whom it is told that it arrived; in the app, everybody.
    public var delivered = 0
    /// Who opened it, each once; a click is an opening, too.
    public var opened = 0
    /// Who followed a link, each once.
    public var clicked = 0
    /// Whom it was given up for, or from whom it came back unopened; the latter are among the sent, too.
    public var failed = 0
  }

  /// As `values` has it, for people to read.
  public var title: String { values.title }
  /// As `values` has it: which way the message goes.
  public var type: MessageType { values.type }

  /// The columns that `init(row:)` reads, for a SELECT over `messages`.
  static let columns =
    "id, title, subject, content, message_type, body_format, scheduled_for, expires_at, per_member, audience, "
    + "settings, variables, template_id, is_automatic, status, sent_at, partials, recipient_count, skipped_count, "
    + "pending_count, held_count, sent_count, delivered_count, opened_count, clicked_count, failed_count, "
    + "estimated_cost, currency, created_by, created_at, updated_at"

  /// Reads the current row of a SELECT of `columns`.
  init(row: Statement) {
    id = row.string(0)
    values = MessageValues(title: row.string(1), content: row.string(3))
    values.subject = row.text(2)
    values.type = MessageType(rawValue: row.string(4)) ?? .email
    values.bodyFormat = BodyFormat(rawValue: row.string(5)) ?? .text
    values.scheduledFor = row.text(6)
    values.expiresAt = row.text(7)
    values.perMember = row.integer(8) != 0
    values.audience = Audience(json: row.string(9))
    values.settings = Self.object(row.text(10)) ?? JSONObject()
    values.variables = Member.strings(row.text(11))
    values.templateID = row.text(12)
    values.isAutomatic = row.integer(13) != 0
    status = MessageStatus(rawValue: row.string(14)) ?? .draft
    sentAt = row.text(15)
    partials = Self.object(row.text(16))
    counts = Counts(
      recipients: row.integer(17), skipped: row.integer(18), pending: row.integer(19),
      held: row.integer(20), sent: row.integer(21), delivered: row.integer(22), opened: row.integer(23),
      clicked: row.integer(24), failed: row.integer(25))
    estimatedCost = row.isNull(26) ? nil : row.integer(26)
    currency = row.text(27)
    createdBy = row.text(28)
    createdAt = row.string(29)
    updatedAt = row.string(30)
  }

  private static func object(_ text: String?) -> JSONObject? { text.flatMap { JSONObject(parsing: $0) } }
}
