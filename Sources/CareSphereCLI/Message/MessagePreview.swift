import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message preview`.
enum MessagePreview {
  private static let columns = [
    Column("subject"), Column("text"), Column("html"), Column("headers", .json), Column("segments", .integer),
  ]

  static let command = Command(
    CommandSpec(
      name: "preview",
      abstract: "See exactly what would be sent",
      discussion: """
        Prints what one person gets: of e-mail the whole mail, headers and encoding included; of sms and whatsapp the \
        text; of push the JSON that the service is sent. With --format json, jsonl, csv or tsv the subject, text, html \
        and headers stand apart, decoded, and for sms the segments that are paid for.

        Without --member it is for somebody who does not exist, with a value in every field. As long as the message is \
        not sent, the recipient's id, of which the Message-ID and the unsubscribe link are made, is \
        \(MessageComposer.placeholderID). What would keep a message from being sent, such as an unknown name, is an \
        error here too.
        """,
      arguments: [.message],
      options: [
        OptionSpec("member", "MEMBER", "For this person: an id or part of one, an e-mail address, or ext:ID")
      ],
      examples: [
        .init("caresphere message preview 'Weekly News'", "The mail, with sample values."),
        .init("caresphere message preview 'Weekly News' --member ada@example.org", "What she would get."),
        .init("caresphere message preview 'Weekly News' > news.eml", "A file that mail programs open."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let database = try context.database()
    let (composed, type) = try database.read {
      let message = try context.message()
      if message.status.isEditable { _ = try MessageReview(message, database) }
      let composer = try MessageComposer(
        message, database: database, configuration: try context.configuration(), clock: try context.clock())
      guard let reference = context.parsed.value("member") else {
        return (try composer.composeSample(), message.type)
      }
      let member = try MemberFinder(database).find(reference)
      return (try composer.composePreview(for: member), message.type)
    }
    let output = context.output
    if output.options.format == nil, output.options.fields == nil {
      return try output.emit(stored: String(decoding: composed.outgoing.content, as: UTF8.self))
    }
    let isText = type == .sms
    try output.emit(
      record: record(composed, withSegments: isText),
      columns: columns.filter { isText || $0.name != "segments" })
  }

  private static func record(_ composed: ComposedMessage, withSegments: Bool) -> JSONObject {
    var record = JSONObject([
      ("subject", .optional(composed.subject)), ("text", .optional(composed.text)),
      ("html", .optional(composed.html)),
      ("headers", .object(JSONObject(composed.headers.map { ($0.name, .string($0.value)) }))),
    ])
    if withSegments { record["segments"] = composed.segments.map(JSONValue.integer) ?? .null }
    return record
  }
}
