import SQLiteStore
import TextFormats

/// What `message add` and `message update` were given: flags, and the body of `--from-json`.
public struct MessageInput: Sendable {
  /// The fields, by the names of the API design, and those that it has not.
  public enum Field: String, CaseIterable, Sendable {
    case title, messageType, subject, content, bodyFormat, status, scheduledFor, expiresAt, perMember
    /// A list of references of groups.
    case recipientGroupIds
    /// A list of references of members.
    case recipientMemberIds
    /// A filter expression.
    case recipientWhere
    /// Whether all active members get it.
    case recipientAll
    /// A reference of a template.
    case templateId
    /// An object: names of the texts and what they stand for.
    case settings
  }

  private(set) var given: [Field: JSONValue] = [:]
  private(set) var problems: [CareError.FieldProblem] = []

  /// - Parameters:
  ///   - flags: values by field, as the body would have them; an empty text empties a field.
  ///   - body: the request body of `--from-json`; `null` and "" empty a field. It alone may have both a template and
  ///     a content: then the content is the template's, edited.
  /// - Throws: `CareError(.usage)` for a field that is given both ways.
  public init(flags: [(field: Field, value: JSONValue)], body: JSONValue? = nil) throws {
    for (field, value) in flags { given[field] = value }
    var hasBoth = given[.templateId] != nil && given[.content] != nil
    if let body {
      let hadEither = given[.templateId] != nil || given[.content] != nil
      try RequestFields.read(
        body, of: "a message", aliases: ["type": .messageType], into: &given, &problems)
      hasBoth = hadEither && given[.templateId] != nil && given[.content] != nil
    }
    if hasBoth {
      throw CareError(
        .usage, "a template and a content are given", hint: "the template brings its content with it")
    }
  }

  /// Whether nothing was given.
  public var isEmpty: Bool { given.isEmpty && problems.isEmpty }

  /// The values of a new message: a draft, or scheduled where a time was given.
  /// - Parameters:
  ///   - database: has the template, the groups and the members that are named.
  ///   - clock: its real time is what relative times count from, its zone that of times without one.
  /// - Throws: `CareError`: `.validation` with every value that is wrong, mistakes in Mustache and in the filter
  ///   expression included; `.notFound` and `.conflict` for references; `.conflict` for an inactive template.
  public func values(_ database: Database, clock: Clock) throws -> (
    values: MessageValues, status: MessageStatus
  ) {
    var reading = MessageReading(MessageValues(title: "", content: ""), database: database, clock: clock)
    return try reading.read(self, status: .draft)
  }

  /// The values of a message after what was given.
  /// - Throws: as for a new one; `CareError(.conflict)` where it can't be changed any more.
  public func values(
    over message: Message, _ database: Database, clock: Clock
  ) throws -> (values: MessageValues, status: MessageStatus) {
    try message.checkEditable("be changed")
    var reading = MessageReading(message.values, database: database, clock: clock)
    return try reading.read(self, status: message.status)
  }
}

extension Message {
  /// Whether its time came and it could not be begun: nobody was written to, and nobody is recorded.
  var failedToBegin: Bool { status == .failed && sentAt == nil }

  /// - Parameter what: what is to be done with it: `be changed`.
  /// - Throws: `CareError(.conflict)` unless it is a draft or scheduled.
  public func checkEditable(_ what: String) throws(CareError) {
    if status.isEditable { return }
    if failedToBegin {
      throw CareError(
        .conflict, "“\(title)” cannot \(what): it failed before anybody was written to",
        hint: "make it a draft again with: caresphere message cancel MESSAGE")
    }
    let state = status == .sending ? "is being sent" : "was sent"
    throw CareError(
      .conflict, "“\(title)” cannot \(what): it \(state)",
      hint: "only drafts and scheduled messages can")
  }
}
