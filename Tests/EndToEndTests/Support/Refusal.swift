import Foundation
import TestSupport
import Testing

extension Sandbox {
  /// Expects that a command is refused as the contract has it: this exit status and code, one line that
  /// says what is wrong, nothing on standard output, and not a byte of the database changed. The
  /// command runs twice, for a person and for a program.
  /// - Parameters:
  ///   - texts: what the message, its hint or its details must name.
  func expectRefused(
    _ arguments: [String], _ status: Int32, _ code: String, saying texts: String...,
    stdin: [UInt8] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try SQLiteShell(self).digest()
    let plain = try run(arguments, stdin: stdin)
    #expect(plain.status == status, "\(plain)", sourceLocation: sourceLocation)
    #expect(plain.output.isEmpty, "\(plain)", sourceLocation: sourceLocation)
    let messages = plain.errorLines.filter { $0.hasPrefix("caresphere: ") }
    #expect(messages.count == 1, "\(plain)", sourceLocation: sourceLocation)
    for text in texts {
      #expect(plain.stderr.contains(text), "no «\(text)» in: \(plain)", sourceLocation: sourceLocation)
    }

    let json = try run(arguments + ["--format", "json"], stdin: stdin)
    #expect(json.status == status, "\(json)", sourceLocation: sourceLocation)
    #expect(json.output.isEmpty, "\(json)", sourceLocation: sourceLocation)
    let error = try json.error(sourceLocation: sourceLocation)
    #expect(error["code"] as? String == code, "\(json)", sourceLocation: sourceLocation)
    #expect((error["message"] as? String)?.isEmpty == false, "\(json)", sourceLocation: sourceLocation)
    #expect(try SQLiteShell(self).digest() == before, "written to: \(plain)", sourceLocation: sourceLocation)
  }

  /// Imports a file of this text.
  /// - Returns: the report.
  @discardableResult func importing(
    _ text: String, _ flags: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    let arguments = ["member", "import", "-", "--format", "json"] + flags
    return try run(arguments, stdin: Array(text.utf8)).succeeded(sourceLocation: sourceLocation)
      .data(sourceLocation: sourceLocation)
  }

  /// The number of members that the program itself counts.
  func memberCount() throws -> Int? {
    Int(try run("member", "list", "--format", "count").succeeded().lines.first ?? "")
  }
}
