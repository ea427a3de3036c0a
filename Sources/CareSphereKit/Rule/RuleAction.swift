import TextFormats

/// What a rule does, in detail.
public enum RuleAction: Equatable, Sendable {
  case sendMessage(RuleMessage)
  case addTag(String)
  case removeTag(String)
  /// The id of a group with assignments.
  case addToGroup(String)
  /// The id of a group with assignments.
  case removeFromGroup(String)
  case updateMember(RuleAssignments)
  /// The note is Mustache; the type is what the organization calls such notes.
  case addNote(note: String, type: String?)
  /// The id of the user; the note is Mustache.
  case notifyUser(userID: String, note: String)
}

/// What a rule sends: a template as it is when the rule acts, or texts of its own.
public struct RuleMessage: Equatable, Sendable {
  /// Where the texts come from.
  public enum Text: Equatable, Sendable {
    /// The id of a template.
    case template(String)
    /// Mustache, as text.
    case own(subject: String?, content: String)
  }

  /// A template by its id, so that what is sent is the template as it is then.
  public var text: Text
  /// Which way it goes; nil is the template's own, and e-mail for texts of its own.
  public var type: MessageType?

  /// - Parameter type: which way it goes; nil is the template's own, and e-mail for texts of its own.
  public init(_ text: Text, type: MessageType? = nil) {
    self.text = text
    self.type = type
  }

  /// Which way it goes.
  /// - Parameter template: the template that it is made from, where it is.
  public func type(from template: Template?) -> MessageType {
    type ?? template?.values.type.messageType ?? .email
  }
}

/// What a rule makes of a person's fields.
public struct RuleAssignments: Equatable, Sendable {
  /// A field and what it is to be.
  public struct Assignment: Equatable, Sendable {
    /// A name of `MemberField`, or `custom.NAME`.
    public var field: String
    /// Mustache where it is a text; `null` empties the field.
    public var value: JSONValue

    /// A field and what it is to be; `null` empties it.
    public init(field: String, value: JSONValue) {
      self.field = field
      self.value = value
    }
  }

  /// Each field once, in the order in which they were given.
  public var assignments: [Assignment]

  /// - Parameter assignments: each field once.
  public init(_ assignments: [Assignment]) { self.assignments = assignments }

  /// What it is for one person, checked as what is typed for `member update` is.
  /// - Parameters:
  ///   - values: checks the values.
  ///   - render: fills a text in for the person.
  /// - Throws: `CareError(.validation)` with every value that is wrong; what `render` throws.
  public func draft(values: MemberValues, rendering render: (String) throws -> String) throws -> MemberDraft {
    var body = JSONObject()
    var custom = JSONObject()
    for assignment in assignments {
      var value = assignment.value
      if case .string(let text) = value { value = .string(try render(text)) }
      if let name = FilterField.customName(assignment.field) {
        custom[name] = value == "" ? .null : value
      } else {
        body[assignment.field] = value
      }
    }
    if !custom.isEmpty { body[MemberField.customFields.rawValue] = .object(custom) }
    return try MemberInput(body: .object(body)).draft(for: .update, values: values)
  }
}
