import CareSphereKit
import CommandLineKit
import TextFormats

/// The flags that say what a template is: of `template add` and `template update`.
enum TemplateInputFlags {
  private static let texts: [(option: OptionSpec, field: TemplateInput.Field)] = [
    (
      OptionSpec(
        "type", "TYPE", "Which way it is sent; email by default",
        value: .choice(TemplateType.allCases.map(\.rawValue))), .templateType
    ),
    (OptionSpec("subject", "TEXT", "The subject, one line of Mustache"), .subject),
    (OptionSpec("content", "TEXT", "The text itself, Mustache"), .content),
    (
      OptionSpec(
        "body-format", "FORMAT", "How an e-mail's text is meant; text by default",
        value: .choice(BodyFormat.allCases.map(\.rawValue))), .bodyFormat
    ),
    (OptionSpec("category", "NAME", "A kind of your own, such as onboarding"), .category),
    (OptionSpec("description", "TEXT", "What the template is for"), .description),
    (OptionSpec("thumbnail-url", "URL", "Where a picture of it is"), .thumbnailUrl),
  ]

  static let specs: [OptionSpec] =
    texts.map(\.option) + [
      ContentFile.option,
      OptionSpec("variable", "NAME", "A name that is to be given when it is sent", repeats: true),
      .flag("inactive", "Keep it, but not for use"), RequestBody.option,
    ]

  /// What was typed, unchecked.
  /// - Parameter name: what the template is to be called, where that was typed.
  static func input(_ context: Context, name: String?) throws -> TemplateInput {
    let parsed = context.parsed
    var flags: [(field: TemplateInput.Field, value: JSONValue)] = texts.compactMap { option, field in
      parsed.value(option.name).map { (field, .string($0)) }
    }
    if let name { flags.append((.name, .string(name))) }
    if parsed.has("variable") { flags.append((.variables, .strings(parsed.values("variable")))) }
    if parsed.has("inactive") { flags.append((.isActive, false)) }
    if parsed.has("active") { flags.append((.isActive, true)) }
    if let content = try ContentFile.text(context) { flags.append((.content, .string(content))) }
    return try TemplateInput(flags: flags, body: try RequestBody.read(context))
  }
}
