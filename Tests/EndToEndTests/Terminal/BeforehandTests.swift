import Foundation
import TestSupport
import Testing

/// What is wrong with a command line is told before anything is done.
@Suite struct BeforehandTests {
  private static let changes: [[String]] = [
    ["member", "add", "--first-name", "Eva", "--last-name", "Okoro"],
    ["member", "update", "ext:1", "--city", "Abuja"],
    ["member", "update", "--where", "city = Lagos", "--city", "Abuja", "--yes"],
    ["member", "delete", "ext:1"], ["member", "import", "more.csv"], ["member", "note", "ext:1", "Called"],
    ["member", "log", "ext:1", "visit"], ["member", "tag", "ext:1", "--tag", "new"],
    ["member", "untag", "ext:1", "--tag", "choir"], ["member", "merge", "ext:1", "ext:2", "--yes"],
    ["member", "consent", "ext:1", "--channel", "email", "--opt-out"],
    ["group", "add", "Youth"], ["group", "update", "Choir", "--color", "red"], ["group", "delete", "Choir"],
    ["group", "assign", "Choir", "ext:1"], ["group", "remove", "Choir", "ext:3"],
    ["group", "sync", "Choir", "list", "--yes"],
    ["template", "add", "Other", "--content", "x"], ["template", "update", "News", "--category", "x"],
    ["template", "delete", "News"],
    ["message", "add", "--title", "M", "--content", "x", "--to-all"],
    ["message", "update", "Draft", "--content", "y"], ["message", "delete", "Draft"],
    ["message", "send", "Draft", "--yes"], ["message", "schedule", "Draft", "--at", "+1d"],
    ["message", "deliver"], ["message", "unsuppress", "ana@example.org"],
    ["rule", "add", "R", "--trigger", "member_created", "--action", "add_tag", "--tag", "x"],
    ["rule", "update", "Rule", "--tag", "y"], ["rule", "disable", "Rule"], ["rule", "delete", "Rule"],
    ["rule", "execute", "Rule", "--yes"], ["rule", "run"],
    ["user", "add", "eve@grace.example", "--full-name", "Eve", "--password-stdin"],
    ["user", "update", "admin@grace.example", "--full-name", "Eve"],
    ["user", "login", "admin@grace.example", "--password-stdin"], ["user", "refresh"], ["user", "logout"],
    ["user", "token", "other", "--role", "member", "--expires-in", "1d"], ["user", "revoke", "cron"],
    ["user", "verify", "admin@grace.example"], ["demo"],
  ]

  /// Whoever names a field that there is not has changed nothing yet.
  @Test func anUnknownFieldIsToldBeforeAnythingIsChanged() throws {
    let community = try Community()
    try community.sandbox.write("more.csv", "firstName,lastName\nEva,Okoro\n")
    try community.sandbox.write("list", "ext:1\next:3\n")
    try community.run("group", "add", "Choir", "-q")
    try community.run("group", "assign", "Choir", "ext:3", "-q")
    try community.run("template", "add", "News", "--content", "x", "-q")
    try community.run("message", "add", "--title", "Draft", "--content", "x", "--to-member", "ext:1", "-q")
    try community.run(
      "rule", "add", "Rule", "--trigger", "member_created", "--action", "add_tag", "--tag", "x", "-q")
    try community.run("user", "token", "cron", "--role", "member", "--expires-in", "1d")
    let before = try community.database.digest()
    for words in Self.changes {
      let outcome = try community.sandbox.run(
        words + ["--fields", "bogus"], stdin: Array("Correct-Horse-7\n".utf8))
      outcome.failed(2, saying: "--fields has no \"bogus\"")
      #expect(outcome.output.isEmpty, "\(outcome)")
    }
    #expect(try community.database.digest() == before)
    try community.run("user", "whoami")
  }

  @Test func aRehearsedInitLeavesNoFolder() throws {
    let sandbox = try Sandbox()
    let words = ["--db", "new/folder/x.db", "init", "--admin", "ada@grace.example", "--full-name", "Ada Obi"]
    let password = Array("Correct-Horse-7\n".utf8)
    try sandbox.run(words + ["--password-stdin", "--dry-run"], stdin: password).succeeded()
    #expect(!sandbox.exists("new"))
    try sandbox.run(words + ["--password-stdin"], stdin: password).succeeded()
    #expect(sandbox.exists("new/folder/x.db"))
  }

  @Test func anEmptyNameIsNoFile() throws {
    let community = try Community()
    try community.refuses(2, "status", "--db", "", saying: "--db names no file")
    try community.refuses(
      10, "member", "add", "--first-name", "A", "--last-name", "B", "-o", "", saying: "a file without a name")
    try community.refuses(
      2, "member", "import", "-", "--skip-invalid", "--rejects", "-", saying: "name of a file",
      stdin: "email\nx\n")
    #expect(!community.sandbox.exists("-"))
  }

  @Test(arguments: [["group", "list"], ["user", "whoami"], ["audit"]])
  func aTimeThatIsNoneIsAMistakeEverywhere(words: [String]) throws {
    let community = try Community()
    try community.sandbox.run(words + ["--as-of", "yesterday"]).failed(3, saying: "yesterday")
    try community.sandbox.run(words + ["--as-of", "-1d"]).succeeded()
  }

  @Test func whatIsSaidOfATimeNamesItsFlag() throws {
    let community = try Community()
    for words in [["audit"], ["rule", "logs"], ["analytics", "dashboard"]] {
      for flag in ["since", "until"] {
        let outcome = try community.sandbox.run(words + ["--\(flag)", "soon", "--json"]).failed(3)
        #expect((try outcome.error()["details"] as? [String: Any])?.keys.first == flag, "\(outcome)")
      }
    }
  }

  @Test func whatIsOnePersonsOwnIsNotGivenToMany() throws {
    let community = try Community()
    try community.refuses(
      3, "member", "update", "--where", "city = Lagos", "--external-id", "9", saying: "one person")
  }
}
