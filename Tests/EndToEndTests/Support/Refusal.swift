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

/// How much the slower tests do; `make test` does the shorter form (CONTRIBUTING.md, Tests).
enum Effort {
  static func value(_ name: String, default value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
  }

  /// Debug builds import too slowly for the full number of rows.
  static let importRows = value("CARESPHERE_TEST_ROWS", default: isRelease ? 100_000 : 3000)

  /// `make test` names the release build; a bare `swift test` has the debug build beside it.
  static let isRelease = ProcessInfo.processInfo.environment["CARESPHERE_BIN"] != nil

  /// `count` people, each with a name and an e-mail address of their own.
  static func people(_ count: Int, first: Int = 0) -> String {
    var text = "firstName,lastName,email,tags,notes\n"
    for number in first..<(first + count) {
      text += "Ana,Souza,member\(number)@example.org,choir;youth,\"A note\nof two lines\"\n"
    }
    return text
  }
}
