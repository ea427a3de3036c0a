import TextFormats

/// Makes the JSON that a push service is sent, by the Mustache text of the configuration.
struct PushPacker {
  /// Where the configuration has none.
  private static let defaultBody =
    #"{"id":"{{recipientId}}","memberId":"{{id}}","title":"{{title}}","subject":"{{subject}}","content":"{{content}}"}"#
  /// What a body knows besides a person's fields.
  private static let names = ["recipientId", "title", "subject", "content"]

  private let title: String
  private let program: MustacheProgram

  /// - Throws: `CareError(.validation)` where the body of the configuration is no Mustache.
  init(_ message: Message, configuration: Configuration, today: CalendarDate) throws {
    title = message.title
    var context = MustacheContext.forMembers(organization: configuration.organization, today: today)
    context.fields += Self.names
    do {
      program = try MustacheProgram(
        MustacheTemplate(configuration.push.http.body ?? Self.defaultBody), context: context, escaping: .json)
    } catch let error as CareError {
      throw CareError(.validation, "the configuration's push.http.body is wrong", details: error.details)
    }
  }

  /// Of ``TemplateFields/names``, what the body uses of a person, by index.
  var usedFields: Set<Int> { program.usedFields.filter { $0 < TemplateFields.names.count } }

  /// The request to one person's devices.
  /// - Throws: `CareError(.validation)` where it is no JSON for this person.
  func pack(
    subject: String?, content: [UInt8], for addressee: MessageComposer.Addressee,
    _ person: PersonReader.Person
  ) throws(CareError) -> ComposedMessage {
    let text = String(decoding: content, as: UTF8.self)
    var fields = person.values
    fields += Array(repeating: .null, count: max(0, TemplateFields.names.count - fields.count))
    fields += [.string(addressee.recipientID), .string(title), .optional(subject), .string(text)]
    var body: [UInt8] = []
    try program.render(fields, into: &body)
    do throws(JSONError) {
      _ = try JSONParser.parse(body)
    } catch {
      throw CareError(
        .validation,
        "push.http.body gives no JSON for this person: line \(error.position.line), "
          + "column \(error.position.column): \(error.message)")
    }
    return ComposedMessage(
      subject: subject, text: text,
      outgoing: Outgoing(
        recipientID: addressee.recipientID, sender: "", recipient: addressee.memberID, content: body))
  }
}
