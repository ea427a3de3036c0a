import CareSphereKit
import CommandLineKit
import TextFormats

/// `--from-json FILE|-`: the API design's request body of an `add` or `update`.
enum RequestBody {
  /// The flag, for the declarations of commands.
  static let option = OptionSpec(
    "from-json", "FILE", "Read the fields from a JSON object; - is stdin", value: .file)
  /// A body is one record; what is larger is the wrong file.
  private static let maximumBytes = 16 << 20

  /// What the flag names, parsed; nil where it was not given.
  /// - Throws: `CareError`: `.io` for a file that cannot be read, `.validation` for one that is no JSON
  static func read(_ context: Context) throws -> JSONValue? {
    guard let path = context.parsed.value(option.name) else { return nil }
    return try InputText.json(path, maximumBytes: maximumBytes, context.console) { error in
      .fields([.init(option.name, error.description)])
    }
  }
}
