import Foundation
import TestSupport
import Testing

/// A database with an admin at work, a few people in it, and a service token of each lower role.
struct Community {
  let sandbox: Sandbox
  let database: SQLiteShell

  /// - Parameter people: CSV with headings, to begin with.
  init(
    _ people: String = """
    externalId,firstName,lastName,email,phone,dateOfBirth,city,tags
    1,Ana,Souza,ana@example.org,+55 11 99,1990-05-15,Lagos,choir
    2,Ben,Okoro,ben@example.org,,2012-01-02,Lagos,
    3,Ida,Berg,ida@example.org,+47 22 33,--07-09,Oslo,choir;youth

    """
  ) throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
    database = try SQLiteShell(sandbox)
    try sandbox.run("member", "import", "-", "-q", stdin: people).succeeded()
  }

  /// Runs the program and expects success.
  @discardableResult func run(
    _ arguments: String..., stdin: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    try sandbox.run(arguments, stdin: Array(stdin.utf8)).succeeded(sourceLocation: sourceLocation)
  }

  /// The `data` of a command's JSON.
  @discardableResult func data(
    _ arguments: String..., stdin: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    try sandbox.run(arguments + ["--json"], stdin: Array(stdin.utf8))
      .succeeded(sourceLocation: sourceLocation).data(sourceLocation: sourceLocation)
  }

  /// A list within the `data` of a command's JSON.
  func list(
    _ name: String, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [[String: Any]] {
    let data = try sandbox.run(arguments + ["--json"]).succeeded(sourceLocation: sourceLocation)
      .data(sourceLocation: sourceLocation)
    return try #require(data[name] as? [[String: Any]], "\(data)", sourceLocation: sourceLocation)
  }

  /// Expects an exit status and that not a byte of the tables has changed.
  @discardableResult func refuses(
    _ status: Int32, _ arguments: String..., saying text: String = "", stdin: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let before = try database.digest()
    let outcome = try sandbox.run(arguments, stdin: Array(stdin.utf8))
      .failed(status, sourceLocation: sourceLocation)
    #expect(
      text.isEmpty || outcome.stderr.contains(text), "no «\(text)» in: \(outcome)",
      sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, "\(outcome)", sourceLocation: sourceLocation)
    #expect(try database.digest() == before, "written to: \(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Expects that `--dry-run` says what the command itself then says, and changes nothing.
  @discardableResult func rehearses(
    _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    let before = try database.digest()
    let rehearsed = try sandbox.run(arguments + ["--json", "--dry-run"])
      .succeeded(sourceLocation: sourceLocation).data(sourceLocation: sourceLocation)
    #expect(try database.digest() == before, "a dry run has written", sourceLocation: sourceLocation)
    let done = try sandbox.run(arguments + ["--json", "--yes"])
      .succeeded(sourceLocation: sourceLocation).data(sourceLocation: sourceLocation)
    #expect(try database.digest() != before, "nothing was done", sourceLocation: sourceLocation)
    let (one, two) = (NSMutableDictionary(dictionary: rehearsed), NSMutableDictionary(dictionary: done))
    for dictionary in [one, two] {
      dictionary.removeObjects(forKeys: ["id", "createdAt", "updatedAt", "consents"])
    }
    #expect(one == two, sourceLocation: sourceLocation)
    return done
  }

  /// The flags that let a command be run by a service token of this role.
  func acting(as role: String) throws -> [String] {
    let file = "\(role).token"
    if !sandbox.exists(file) {
      let token = try data("user", "token", role, "--role", role, "--expires-in", "1d")["token"]
      try sandbox.write(file, try #require(token as? String) + "\n")
      try sandbox.execute(["chmod", "600", sandbox.path(file)]).succeeded()
    }
    return ["--token-file", sandbox.path(file)]
  }

  /// Expects that this role is FORBIDDEN each of the commands, and that nothing is changed.
  func forbids(
    _ role: String, _ commands: [[String]], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let flags = try acting(as: role)
    let before = try database.value(changes)
    for command in commands {
      let outcome = try sandbox.run(command + flags + ["--json", "--yes"])
        .failed(5, sourceLocation: sourceLocation)
      let code = try outcome.error(sourceLocation: sourceLocation)["code"] as? String
      #expect(code == "FORBIDDEN", "\(outcome)", sourceLocation: sourceLocation)
    }
    #expect(try database.value(changes) == before, sourceLocation: sourceLocation)
  }

  /// What every change leaves a trace in; the use of a token leaves none here.
  private var changes: String {
    "SELECT count(*) || ':' || (SELECT total(revision) FROM members) FROM audit_log"
  }

  /// The full id of the member whom a reference means.
  func id(_ reference: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let data = try data("member", "show", reference, sourceLocation: sourceLocation)
    return try #require(data["id"] as? String, sourceLocation: sourceLocation)
  }
}
