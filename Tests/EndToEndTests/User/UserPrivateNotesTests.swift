import Foundation
import TestSupport
import Testing

/// Private notes reach their author and admins, and nobody else by any way.
@Suite struct UserPrivateNotesTests {
  private static let secret = "whispered-in-confidence"
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
    for (name, role) in [("author", "moderator"), ("other", "moderator"), ("reader", "member")] {
      try sandbox.run(
        "user", "add", "\(name)@grace.example", "--full-name", name, "--role", role, "--password-stdin",
        stdin: "Other-Horse-8\n"
      ).succeeded()
      try sandbox.run(
        "user", "login", "\(name)@grace.example", "--password-stdin", stdin: "Other-Horse-8\n",
        environment: login(name)
      ).succeeded()
    }
    try sandbox.run(
      "member", "add", "--first-name", "Ann", "--last-name", "Obi", "--email", "ann@grace.example"
    ).succeeded()
    try sandbox.run(
      "member", "note", "ann@grace.example", Self.secret, "--private", environment: login("author")
    ).succeeded()
    try sandbox.run(
      "member", "note", "ann@grace.example", "said to all", environment: login("author")
    ).succeeded()
  }

  /// Each has a session file of their own.
  private func login(_ name: String) -> [String: String] { ["XDG_STATE_HOME": sandbox.path("state-\(name)")] }

  private func everything(_ environment: [String: String]) throws -> String {
    var text = ""
    for words in [
      ["member", "notes", "ann@grace.example"], ["member", "show", "ann@grace.example"],
      ["member", "show", "ann@grace.example", "--everything"], ["member", "list"], ["member", "export"],
      ["member", "activities", "ann@grace.example"], ["member", "search", Self.secret], ["audit"],
    ] {
      for format in ["json", "csv", "table"] {
        let outcome = try sandbox.run(words + ["--format", format], environment: environment)
        text += outcome.stdout + outcome.stderr
      }
    }
    return text
  }

  @Test(arguments: ["other", "reader"])
  func othersNeverSeeIt(name: String) throws {
    let seen = try everything(login(name))
    #expect(!seen.contains(Self.secret))
    #expect(seen.contains("said to all"))
    try sandbox.run("member", "show", "ann@grace.example", "--everything", environment: login(name)).failed(5)
  }

  @Test func authorAndAdminSeeItWhereItBelongs() throws {
    for environment in [login("author"), [:]] {
      let notes = try sandbox.run("member", "notes", "ann@grace.example", "--json", environment: environment)
      #expect(try notes.succeeded().stdout.contains(Self.secret))
    }
    #expect(
      try sandbox.run("member", "show", "ann@grace.example", "--everything").stdout.contains(Self.secret))
  }

  @Test func theAuditLogNeverHoldsIt() throws {
    try Requirement.tool("sqlite3")
    #expect(try !sandbox.run("audit", "--json").succeeded().stdout.contains(Self.secret))
    let held =
      "SELECT count(*) FROM audit_log WHERE before LIKE '%\(Self.secret)%' OR after LIKE '%\(Self.secret)%'"
    #expect(try sandbox.execute(["sqlite3", sandbox.database, held]).lines == ["0"])
    try sandbox.run("member", "delete", "ann@grace.example").succeeded()
    #expect(try sandbox.execute(["sqlite3", sandbox.database, held]).lines == ["0"])
  }
}
