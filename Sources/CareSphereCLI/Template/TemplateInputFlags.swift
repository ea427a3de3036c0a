import CareSphereKit
import CommandLineKit
import TextFormats

/// The flags that say what a template is: of `template add` and `template update`.
enum TemplateInputFlags {
  /// A content is one text; what is larger is the wrong file.
  private static let maximumBytes = 8 << 20

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
      OptionSpec("content-file", "FILE", "Read the text itself from a file; - is stdin", value: .file),
      OptionSpec("variable", "NAME", "A name that is to be given when it is sent", repeats: true),
      .flag("inactive", "Keep it, but not for use"), RequestBody.option,
    ]

  /// What was typed, unchecked.
  /// - Parameter name: what the template is to be called, where that was typed.
  static func input(_ context: Context, name: String?) throws -> TemplateInput {
    let parsed = context.parsed
    if parsed.value("content-file") == "-", parsed.value(RequestBody.option.name) == "-" {
      throw UsageError("stdin can be read once only", path: parsed.path)
    }
    var flags: [(field: TemplateInput.Field, value: JSONValue)] = texts.compactMap { option, field in
      parsed.value(option.name).map { (field, .string($0)) }
    }
    if let name { flags.append((.name, .string(name))) }
    if parsed.has("variable") { flags.append((.variables, .strings(parsed.values("variable")))) }
    if parsed.has("inactive") { flags.append((.isActive, false)) }
    if parsed.has("active") { flags.append((.isActive, true)) }
    if let path = parsed.value("content-file") {
      guard !parsed.has("content") else {
        throw UsageError("--content and --content-file exclude each other", path: parsed.path)
      }
      flags.append((.content, .string(try content(path, context))))
    }
    return try TemplateInput(flags: flags, body: try RequestBody.read(context))
  }

  /// A file byte for byte, but for a byte-order mark.
  private static func content(_ path: String, _ context: Context) throws -> String {
    let bytes = try InputText.bytes(path, maximumBytes: maximumBytes, context.console)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CareError(.validation, "\(path == "-" ? "stdin" : path) is not valid UTF-8")
    }
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }
}
