import CareSphereKit
import CommandLineKit
import TextFormats

/// The flags that say what a message is: of `message add` and `message update`.
enum MessageInputFlags {
  private static let texts: [(option: OptionSpec, field: MessageInput.Field)] = [
    (OptionSpec("title", "TITLE", "What it is called; the subject of an e-mail that has none"), .title),
    (OptionSpec("subject", "TEXT", "The subject, one line of Mustache"), .subject),
    (OptionSpec("content", "TEXT", "The text itself, Mustache"), .content),
    (
      OptionSpec("template", "TEMPLATE", "Take the texts from this template", value: .name("template")),
      .templateId
    ),
    (
      OptionSpec(
        "type", "TYPE", "Which way it is sent; the template's, else email by default",
        value: .choice(MessageType.allCases.map(\.rawValue))), .messageType
    ),
    (
      OptionSpec(
        "body-format", "FORMAT", "How an e-mail's text is meant; the template's, else text by default",
        value: .choice(BodyFormat.allCases.map(\.rawValue))), .bodyFormat
    ),
    (
      OptionSpec("schedule-at", "TIME", "Not before this time; the next `message deliver` sends it"),
      .scheduledFor
    ),
    (OptionSpec("expires", "TIME", "Do not send it after this time"), .expiresAt),
    (
      OptionSpec(
        "to-where", "EXPR", "To those for whom this filter expression holds, see caresphere-filter(7)"),
      .recipientWhere
    ),
  ]

  static let specs: [OptionSpec] =
    texts.map(\.option) + [
      ContentFile.option,
      OptionSpec("to-group", "GROUP", "To the people in this group", value: .name("group"), repeats: true),
      OptionSpec(
        "to-member", "MEMBER", "To this person: an id or part of one, an e-mail address, or ext:ID",
        repeats: true),
      .flag("to-all", "To all active members"),
      .flag("per-member", "One for each person, also where several share an address"),
      OptionSpec("set", "NAME=VALUE", "A name in the texts and what it stands for", repeats: true),
      RequestBody.option,
    ]

  /// What was typed, unchecked.
  static func input(_ context: Context) throws -> MessageInput {
    let parsed = context.parsed
    let content = try ContentFile.text(context)
    let body = try RequestBody.read(context)
    var flags: [(field: MessageInput.Field, value: JSONValue)] = texts.compactMap { option, field in
      parsed.value(option.name).map { (field, .string($0)) }
    }
    flags += audience(parsed, body)
    if parsed.has("per-member") { flags.append((.perMember, true)) }
    if parsed.has("per-address") { flags.append((.perMember, false)) }
    if parsed.has("set") { flags.append((.settings, .object(try settings(parsed)))) }
    if let content { flags.append((.content, .string(content))) }
    return try MessageInput(flags: flags, body: body)
  }

  /// Whom the flags name. Whoever names somebody means nobody else, so that the kinds of recipients that neither the
  /// flags nor the body name are empty.
  private static func audience(
    _ parsed: ParsedArguments, _ body: JSONValue?
  ) -> [(field: MessageInput.Field, value: JSONValue)] {
    let names = ["to-group", "to-member", "to-where", "to-all"]
    guard names.contains(where: parsed.has) else { return [] }
    var keys: [String] = []
    if case .object(let object)? = body { keys = object.keys }
    func list(_ option: String) -> JSONValue { .strings(parsed.values(option).filter { !$0.isEmpty }) }
    let fields: [(option: String, field: MessageInput.Field, value: JSONValue)] = [
      ("to-group", .recipientGroupIds, list("to-group")),
      ("to-member", .recipientMemberIds, list("to-member")),
      ("to-where", .recipientWhere, ""),
      ("to-all", .recipientAll, .bool(parsed.has("to-all"))),
    ]
    return fields.compactMap { option, field, value in
      if option == "to-where", parsed.has(option) { return nil }
      return parsed.has(option) || !keys.contains(field.rawValue) ? (field, value) : nil
    }
  }

  private static func settings(_ parsed: ParsedArguments) throws -> JSONObject {
    let pairs = parsed.values("set").filter { !$0.isEmpty }
    let settings = try MustacheContext.settings(pairs)
    return JSONObject(settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }
}
