import Foundation
import Testing

/// How a program ended and all that it wrote. Printed, it is what one needs to understand a failure:
/// the command, the files of the sandbox, both streams.
public struct Outcome: CustomStringConvertible, Sendable {
  public let command: [String]
  /// The exit status; -1 where a signal ended the process.
  public let status: Int32
  public let signal: Int32?
  /// Whether it was killed because it took too long.
  public let timedOut: Bool
  public let seconds: Double
  /// Standard output and error, byte for byte.
  public let output: [UInt8]
  public let errorOutput: [UInt8]
  let listing: @Sendable () -> String

  /// Standard output as text; bytes that are no UTF-8 become U+FFFD.
  public var stdout: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  public var stderr: String { String(decoding: errorOutput, as: UTF8.self) }
  /// The lines of standard output, without a last empty one.
  public var lines: [String] { Self.lines(stdout) }
  /// The lines of standard error, without a last empty one.
  public var errorLines: [String] { Self.lines(stderr) }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  public var description: String {
    let ended =
      timedOut ? "killed after \(seconds) s" : signal.map { "ended by signal \($0)" } ?? "exit \(status)"
    return """

      command: \(command.map(Self.quoted).joined(separator: " "))
      \(ended)
      files:
      \(listing())
      stdout:
      \(Self.excerpt(stdout))
      stderr:
      \(Self.excerpt(stderr))
      """
  }

  private static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0123456789-_./=:@,+".unicodeScalars.contains($0)
    }
    return plain && !word.isEmpty ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }

  private static func excerpt(_ text: String) -> String {
    text.count <= 8000 ? text : "\(text.prefix(4000))\n[…]\n\(text.suffix(4000))"
  }

  /// Expects exit status 0.
  /// - Throws: where it is another, for what follows would make no sense.
  @discardableResult
  public func succeeded(sourceLocation: SourceLocation = #_sourceLocation) throws -> Outcome {
    try #require(status == 0 && signal == nil, "\(self)", sourceLocation: sourceLocation)
    return self
  }

  /// Expects this exit status, and every one of the texts on standard error.
  @discardableResult
  public func failed(
    _ expected: Int32, saying texts: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> Outcome {
    #expect(status == expected && signal == nil, "\(self)", sourceLocation: sourceLocation)
    for text in texts {
      #expect(stderr.contains(text), "no «\(text)» in: \(self)", sourceLocation: sourceLocation)
    }
    return self
  }

  /// Standard output as one JSON document.
  public func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> Any {
    try Self.parse(output, "\(self)", sourceLocation)
  }

  /// The `data` of the envelope on standard output.
  public func data(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    let envelope = try #require(
      try json(sourceLocation: sourceLocation) as? [String: Any], "\(self)", sourceLocation: sourceLocation)
    return try #require(
      envelope["data"] as? [String: Any], "\(self)", sourceLocation: sourceLocation)
  }

  /// The `error` of the envelope that is the last line of standard error.
  public func error(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    let line = try #require(errorLines.last, "\(self)", sourceLocation: sourceLocation)
    let envelope = try #require(
      try Self.parse(Array(line.utf8), "\(self)", sourceLocation) as? [String: Any], "\(self)",
      sourceLocation: sourceLocation)
    return try #require(
      envelope["error"] as? [String: Any], "\(self)", sourceLocation: sourceLocation)
  }

  private static func parse(
    _ bytes: [UInt8], _ description: String, _ sourceLocation: SourceLocation
  ) throws -> Any {
    let parsed = try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
    return try #require(parsed, "no JSON: \(description)", sourceLocation: sourceLocation)
  }
}
