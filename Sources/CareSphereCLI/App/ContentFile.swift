import CareSphereKit
import CommandLineKit

/// `--content-file FILE|-`: the text of a template or message.
enum ContentFile {
  /// The flag, for the declarations of commands.
  static let option = OptionSpec(
    "content-file", "FILE", "Read the text itself from a file; - is stdin", value: .file)
  /// A content is one text; what is larger is the wrong file.
  private static let maximumBytes = 8 << 20

  /// The file byte for byte, but for a byte-order mark; nil where the flag was not given.
  /// - Throws: `UsageError` beside `--content`, or where stdin is to be the body too; `CareError`: `.io`,
  ///   `.validation`.
  static func text(_ context: Context) throws -> String? {
    let parsed = context.parsed
    guard let path = parsed.value(option.name) else { return nil }
    guard !parsed.has("content") else {
      throw UsageError("--content and --content-file exclude each other", path: parsed.path)
    }
    if path == "-", parsed.value(RequestBody.option.name) == "-" {
      throw UsageError(
        "stdin can be read once only: for \(option.flag) or for \(RequestBody.option.flag)",
        path: parsed.path)
    }
    let bytes = try InputText.bytes(path, maximumBytes: maximumBytes, context.console)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CareError(
        .validation, "\(path == "-" ? "stdin" : path) is not valid UTF-8", hint: "save the text as UTF-8")
    }
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }
}
