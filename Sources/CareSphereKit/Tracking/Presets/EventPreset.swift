import TextFormats

/// Whose events they are, and so how they are written.
public enum EventPreset: String, CaseIterable, Sendable {
  /// Our own lines.
  case jsonl
  case sendgrid, mailgun, ses, postmark

  /// What an event of a body is to us.
  enum Reading: Equatable {
    case event(RecipientEvent)
    /// It is known what it is, and it changes nothing: `processed`, `deferred`.
    case ignored
  }

  /// Reads a body.
  /// - Parameter body: an object; what stands in an array has been taken out of it.
  /// - Returns: its events; one that concerns several recipients is several
  /// - Throws: where it is no body of this preset, with the field that is wrong
  func read(_ body: JSONValue) throws(EventProblem) -> [Reading] {
    guard case .object(let object) = body else { throw EventProblem(nil, "has to be a JSON object") }
    let fields = EventFields(object)
    return switch self {
    case .jsonl: [.event(try EventLine.read(fields))]
    case .sendgrid: [try SendGridEvents.read(fields)]
    case .mailgun: [try MailgunEvents.read(fields)]
    case .ses: try SESEvents.read(fields)
    case .postmark: [try PostmarkEvents.read(fields)]
    }
  }

  /// What the opt-outs of unsubscriptions say that they come from.
  public var source: String { self == .jsonl ? "unsubscribe" : "\(rawValue) unsubscribe" }

  /// A provider's name of an event, as no other provider has it.
  func eventID(_ parts: String...) -> String { ([rawValue] + parts).joined(separator: ":") }
}

/// Why an event cannot be read.
struct EventProblem: Error, Equatable {
  /// The field that is wrong; nil where the whole is.
  var field: String?
  var message: String

  init(_ field: String?, _ message: String) {
    self.field = field
    self.message = message
  }

  /// An event of a kind that is not in a provider's documentation.
  static func unknownKind(_ field: String, _ kind: String) -> EventProblem {
    EventProblem(field, "“\(kind)” is no event that is known")
  }
}
