import SQLiteStore
import TextFormats

/// Makes of one message what each person gets: its texts are compiled once, and each person costs one look into the
/// database. It belongs to the thread of its database.
public final class MessageComposer {
  /// Whom a copy is for.
  struct Addressee {
    var recipientID: String
    var memberID: String
    var email: String?
    var phone: String?
  }

  /// Stands where the id of a recipient's row will be as long as there is none.
  public static let placeholderID = "00000000-0000-7000-8000-000000000000"

  private let message: Message
  private let database: Database
  private let program: TemplateProgram
  private let reader: PersonReader
  private let unsubscribing: UnsubscribeLink
  private let packer: MessagePacker
  /// `message` as the texts know it; its subject is the one of each person.
  private let about: JSONObject
  /// Where `message` is among the fields; it is one because of that subject.
  private let aboutIndex = TemplateFields.names.count
  private let usesAbout: Bool
  private var buffer: [UInt8] = []

  /// Compiles the texts of a message. Partials are those that were kept when it was sent, else the templates.
  /// - Throws: `CareError`: `.validation` where a text is wrong; `.unavailable` where Markdown needs a library that
  ///   is not installed; `DatabaseError`.
  public init(
    _ message: Message, database: Database, configuration: Configuration, clock: Clock
  ) throws {
    self.message = message
    self.database = database
    let values = message.values
    about = Self.about(message)
    var context = MustacheContext.forMembers(
      organization: configuration.organization, today: clock.today, settings: Self.settings(values.settings))
    context.constants["message"] = nil
    context.fields.append("message")
    let finder = TemplateFinder(database)
    program = try TemplateProgram(
      subject: values.subject, content: values.content, escaping: Self.escaping(values), context: context
    ) { name in
      if case .string(let text)? = message.partials?[CaseFolding.fold(MemberValues.trimmed(name))] {
        return try MustacheTemplate(text)
      }
      return try finder.partial(name)
    }
    let used = program.usedFields
    usesAbout = used.contains(aboutIndex)
    unsubscribing = try UnsubscribeLink(configuration.email)
    packer = try MessagePacker(
      message, configuration: configuration, clock: clock, unsubscribing: unsubscribing)
    reader = try PersonReader(database, used: used.union(packer.usedFields), clock: clock)
  }

  /// What a person gets. Their fields are read now, for the record may have changed since the recipients were fixed.
  /// - Parameters:
  ///   - recipientID: the id of the recipient's row, of which the Message-ID is made.
  ///   - email: the address as it was when the recipients were fixed; nil where there is none.
  ///   - phone: the same of the phone number.
  /// - Throws: `CareError(.validation)` where this person cannot be written to; `DatabaseError`.
  public func compose(
    recipientID: String, memberID: String, email: String?, phone: String?
  ) throws -> ComposedMessage {
    guard let person = try reader.person(memberID, unsubscribeURL: unsubscribing.url(recipientID)) else {
      throw CareError(.validation, "this person's record is no longer there")
    }
    return try compose(
      person, Addressee(recipientID: recipientID, memberID: memberID, email: email, phone: phone))
  }

  /// What a member gets or would get: with the id and address of the recipient's row where the message has one for
  /// them, else with ``placeholderID`` and the address that the record has now.
  /// - Throws: as ``compose(recipientID:memberID:email:phone:)``.
  public func composePreview(for member: Member) throws -> ComposedMessage {
    let row = try database.first(
      """
      SELECT id, recipient_email, recipient_phone FROM message_recipients WHERE message_id = ? AND member_id = ?
      """, [.text(message.id), .text(member.id)]
    ) { ($0.string(0), $0.text(1), $0.text(2)) }
    let (id, email, phone) = row ?? (Self.placeholderID, nil, nil)
    return try compose(
      recipientID: id, memberID: member.id, email: email ?? member[.email], phone: phone ?? member[.phone])
  }

  /// What a person would get of whom nothing is known: each field has a value that looks like one.
  /// - Parameters:
  ///   - recipientID: takes the place of the id of a recipient's row.
  ///   - address: where it goes to, an address or a phone number; nil is the sample's own.
  /// - Throws: as ``compose(recipientID:memberID:email:phone:)``.
  public func composeSample(
    recipientID: String = MessageComposer.placeholderID, to address: String? = nil
  ) throws -> ComposedMessage {
    let customNames = program.names(below: TemplateFields.all.firstIndex(of: .custom) ?? 0)
    let sample = SamplePerson(customNames: customNames, unsubscribeURL: unsubscribing.url(recipientID))
    return try compose(
      sample.person,
      Addressee(
        recipientID: recipientID, memberID: SamplePerson.id, email: address ?? SamplePerson.email,
        phone: address ?? SamplePerson.phone))
  }

  private func compose(_ person: PersonReader.Person, _ addressee: Addressee) throws -> ComposedMessage {
    var fields = person.values
    if usesAbout { fields.append(.object(about)) }
    // A mail without a subject looks like spam; the title is what it is about.
    let subject = try program.renderSubject(fields) ?? (message.type == .email ? message.title : nil)
    if usesAbout, case .object(var about) = fields[aboutIndex] {
      about["subject"] = .optional(subject)
      fields[aboutIndex] = .object(about)
    }
    try program.renderContent(fields, into: &buffer)
    return try packer.pack(subject: subject, content: buffer, for: addressee, person)
  }

  // MARK: What the texts know

  private static func escaping(_ values: MessageValues) -> MustacheEscaping {
    guard values.type == .email else { return .none }
    switch values.bodyFormat {
    case .text: return .none
    case .html: return .html
    case .markdown: return .markdown
    }
  }

  private static func settings(_ settings: JSONObject) -> [String: JSONValue] {
    Dictionary(settings.members.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
  }

  /// By ``TemplateNames/message``.
  private static func about(_ message: Message) -> JSONObject {
    JSONObject(
      TemplateNames.message.map { name in
        let value: String? =
          switch name {
          case "id": message.id
          case "title": message.title
          case "messageType": message.type.rawValue
          case "status": message.status.rawValue
          case "scheduledFor": message.values.scheduledFor
          case "sentAt": message.sentAt
          case "createdAt": message.createdAt
          case "updatedAt": message.updatedAt
          default: nil
          }
        return (name, .optional(value))
      })
  }
}
