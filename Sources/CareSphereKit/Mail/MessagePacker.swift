import TextFormats

/// Puts rendered texts into the form in which their way takes them.
struct MessagePacker {
  private enum Way {
    case mail(MailPacker)
    case text(TextPacker)
    case push(PushPacker)
    /// Read within the house.
    case inbox
  }

  private let way: Way
  /// Of ``TemplateFields/names``, what the form itself uses of a person, by index.
  let usedFields: Set<Int>

  /// - Throws: `CareError` where nothing could leave in this form.
  init(
    _ message: Message, configuration: Configuration, clock: Clock, unsubscribing: UnsubscribeLink
  ) throws {
    var used: Set<Int> = []
    switch message.type {
    case .email:
      way = .mail(
        try MailPacker(
          message.values, configuration: configuration, zone: clock.zone, unsubscribing: unsubscribing))
    case .sms: way = .text(TextPacker(configuration.sms, configuration.organization, countsSegments: true))
    case .whatsapp:
      way = .text(TextPacker(configuration.whatsapp, configuration.organization, countsSegments: false))
    case .push:
      let packer = try PushPacker(message, configuration: configuration, today: clock.today)
      used = packer.usedFields
      way = .push(packer)
    case .inApp: way = .inbox
    }
    usedFields = used
  }

  /// What one person gets.
  /// - Parameter content: rendered, in UTF-8.
  /// - Throws: `CareError(.validation)` where this person cannot be written to.
  func pack(
    subject: String?, content: [UInt8], for addressee: MessageComposer.Addressee,
    _ person: PersonReader.Person
  ) throws(CareError) -> ComposedMessage {
    // It becomes part of headers; what it is made of is ours, but nothing relies on that.
    guard (1...60).contains(addressee.recipientID.utf8.count),
      addressee.recipientID.utf8.allSatisfy(Self.isID)
    else { throw CareError(.internalError, "the recipient's id is none") }
    switch way {
    case .mail(let packer):
      guard let email = addressee.email else {
        throw CareError(.validation, "this person has no e-mail address")
      }
      return try packer.pack(
        subject: subject, content: content, to: Mailbox(name: person.fullName, address: email),
        recipientID: addressee.recipientID)
    case .text(let packer):
      guard let phone = addressee.phone else {
        throw CareError(.validation, "this person has no phone number")
      }
      return try packer.pack(content, to: phone, recipientID: addressee.recipientID)
    case .push(let packer):
      return try packer.pack(subject: subject, content: content, for: addressee, person)
    case .inbox:
      return ComposedMessage(
        subject: subject, text: String(decoding: content, as: UTF8.self),
        outgoing: Outgoing(
          recipientID: addressee.recipientID, sender: "", recipient: addressee.memberID, content: content))
    }
  }

  private static func isID(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
