import CareSphereKit
import CommandLineKit
import Glibc
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
    let bytes = try path == "-" ? all(context.console.input.descriptor, "stdin") : contents(of: path)
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw CareError(
        .validation, "\(path == "-" ? "stdin" : path) is not a JSON document",
        details: .fields([.init(option.name, error.description)]))
    }
  }

  private static func contents(of path: String) throws(CareError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    return try all(descriptor, path)
  }

  private static func all(_ descriptor: Int32, _ name: String) throws(CareError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(name) }
      bytes.append(contentsOf: buffer.prefix(count))
      guard bytes.count <= maximumBytes else {
        throw CareError(.validation, "\(name) is too large for a request body")
      }
    }
  }

  private static func failure(_ name: String) -> CareError {
    CareError(.io, "cannot read \(name): \(String(cString: strerror(errno)))")
  }
}
