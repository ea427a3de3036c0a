import CareSphereKit
import CommandLineKit
import Glibc

/// Reads secrets from stdin, a line each, byte by byte, so that nothing beyond them is taken.
struct SecretInput {
  /// No password is longer, and whatever is piped in by mistake should not fill the memory.
  private static let maximumBytes = 4096
  /// What is said of an input without anything in it.
  static let empty = "stdin holds no password"
  let console: Console

  init(_ console: Console) { self.console = console }

  /// The next line, without its end; at the end of the input what there is of it.
  /// - Parameter missing: what is said where the input is at its end.
  /// - Throws: `CareError`: `.validation` for no line, one that is too long or no UTF-8; `.io`
  func line(missing: String = empty) throws -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      switch Glibc.read(console.input.descriptor, &byte, 1) {
      case 1 where byte == UInt8(ascii: "\n"): return try text(bytes)
      case 1: bytes.append(byte)
      case 0:
        if bytes.isEmpty {
          throw CareError(.validation, missing, hint: "stdin is to have a password a line: < password.txt")
        }
        return try text(bytes)
      default: throw CareError(.io, "cannot read stdin: \(String(cString: strerror(errno)))")
      }
      if bytes.count > Self.maximumBytes { throw CareError(.validation, "the password on stdin is too long") }
    }
  }

  private func text(_ bytes: [UInt8]) throws -> String {
    let bytes = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes[...]
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CareError(.validation, "the password on stdin is not valid UTF-8")
    }
    return text
  }
}
