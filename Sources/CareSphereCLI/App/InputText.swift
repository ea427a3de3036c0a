import CareSphereKit
import CommandLineKit
import Glibc
import TextFormats

/// Small inputs that are read whole, from a file or from stdin.
enum InputText {
  /// The bytes of a file.
  /// - Parameters:
  ///   - path: `-` is stdin.
  ///   - maximumBytes: what is larger is the wrong file.
  /// - Throws: `CareError`: `.io` for a file that cannot be read, `.validation` for one that is too large
  static func bytes(_ path: String, maximumBytes: Int, _ console: Console) throws(CareError) -> [UInt8] {
    if path == "-" { return try all(console.input.descriptor, "stdin", maximumBytes) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    return try all(descriptor, path, maximumBytes)
  }

  /// The JSON value that a file is.
  /// - Parameter details: what there is to say of one that is none.
  /// - Throws: `CareError`: as `bytes`; `.validation` for a file that is no JSON
  static func json(
    _ path: String, maximumBytes: Int, _ console: Console, details: (JSONError) -> CareError.Details
  ) throws(CareError) -> JSONValue {
    let bytes = try bytes(path, maximumBytes: maximumBytes, console)
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw CareError(
        .validation, "\(path == "-" ? "stdin" : path) is not a JSON document", details: details(error))
    }
  }

  /// A text as it was typed; `-` stands for all of stdin, without its last line feed.
  /// - Throws: `CareError`: `.io`; `.validation` for what is too large or no UTF-8
  static func text(_ argument: String, _ console: Console) throws(CareError) -> String {
    guard argument == "-" else { return argument }
    let bytes = try bytes("-", maximumBytes: 1 << 20, console)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CareError(.validation, "stdin is not valid UTF-8", hint: "save the text as UTF-8")
    }
    return text.utf8.last == UInt8(ascii: "\n") ? String(text.unicodeScalars.dropLast()) : text
  }

  private static func all(
    _ descriptor: Int32, _ name: String, _ maximumBytes: Int
  ) throws(CareError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(name) }
      bytes.append(contentsOf: buffer.prefix(count))
      guard bytes.count <= maximumBytes else {
        throw CareError(.validation, "\(name) is too large: at most \(maximumBytes >> 20) MiB are read")
      }
    }
  }

  private static func failure(_ name: String) -> CareError {
    CareError(.io, "cannot read \(name): \(String(cString: strerror(errno)))")
  }
}
