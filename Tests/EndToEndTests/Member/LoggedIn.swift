import Foundation
import TestSupport
import Testing

/// A sandbox with a fresh database in which an admin is logged in, and what tests of members do with it.
struct LoggedIn {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
  }

  @discardableResult
  func run(_ arguments: String..., stdin: String = "") throws -> Outcome {
    try sandbox.run(arguments, stdin: Array(stdin.utf8))
  }

  @discardableResult
  func run(_ arguments: [String], stdin: String = "") throws -> Outcome {
    try sandbox.run(arguments, stdin: Array(stdin.utf8))
  }

  /// Runs a command that is to succeed, and gives its lines.
  func lines(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
    try sandbox.run(arguments).succeeded(sourceLocation: sourceLocation).lines
  }

  /// Imports text through a file of this name; what comes back is not judged.
  func importing(_ text: String, _ flags: String..., name: String = "people.csv") throws -> Outcome {
    try sandbox.write(name, text)
    return try sandbox.run(["member", "import", name, "--json"] + flags)
  }

  /// The counts of an import that is to succeed: created, updated, unchanged, skipped, rejected.
  func counts(
    _ text: String, _ flags: String..., name: String = "people.csv",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [Int] {
    try sandbox.write(name, text)
    let report = try sandbox.run(["member", "import", name, "--json"] + flags)
      .succeeded(sourceLocation: sourceLocation).data(sourceLocation: sourceLocation)
    return ["created", "updated", "unchanged", "skipped", "rejected"].map { report[$0] as? Int ?? -1 }
  }

  /// All that there is of members and groups, to see whether something has changed it.
  func everything() throws -> String {
    try ["member export", "group list --format csv", "audit --format csv"]
      .map { try sandbox.run($0.split(separator: " ").map(String.init)).succeeded().stdout }.joined()
  }

  /// Makes a user of a role who then works instead of the admin.
  func becoming(_ role: String) throws {
    try run(
      "user", "add", "\(role)@grace.example", "--full-name", "Some \(role)", "--role", role,
      "--password-stdin", stdin: "Correct-Horse-8\n"
    ).succeeded()
    try run("user", "login", "\(role)@grace.example", "--password-stdin", stdin: "Correct-Horse-8\n")
      .succeeded()
  }

  /// Three people: Ana and Ben Obi share an e-mail address, Cy has none.
  static let family = """
    externalId,firstName,lastName,email,phone,dateOfBirth,city
    7,Ana,Obi,fam@x.example,0801 1,2000-01-02,Lagos
    8,Ben,Obi,fam@x.example,0801 2,,
    ,Cy,Ng,,,1990-05-06,

    """
}
