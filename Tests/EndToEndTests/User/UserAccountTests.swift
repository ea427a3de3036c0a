import Foundation
import TestSupport
import Testing

/// Users and their passwords from the outside.
@Suite(.serialized) struct UserAccountTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
  }

  private func add(_ email: String, _ flags: String..., password: String = "Other-Horse-8") throws -> Outcome
  {
    try sandbox.run(
      ["user", "add", email, "--full-name", "Eve Obi", "--password-stdin"] + flags,
      stdin: Array("\(password)\n".utf8))
  }

  private func login(_ email: String, _ password: String) throws -> Outcome {
    try sandbox.run("user", "login", email, "--password-stdin", stdin: "\(password)\n")
  }

  @Test func aUserFromBeginningToEnd() throws {
    let made = try add("Eve@Grace.Example", "--display-name", "Eve", "--json").succeeded().data()
    #expect(made["email"] as? String == "Eve@grace.example")
    #expect(made["role"] as? String == "member")
    #expect(made["status"] as? String == "active")
    #expect(made["avatarUrl"] is NSNull)
    #expect(made["passwordHash"] == nil)
    let id = try #require(made["id"] as? String)
    try add("EVE@grace.example").failed(7)
    for reference in [id, String(id.suffix(8)), "eve@grace.example"] {
      #expect(try sandbox.run("user", "show", reference, "--fields", "id").lines == [id])
    }
    try sandbox.run("user", "show", "nobody@grace.example").failed(6)
    let changed = try sandbox.run(
      "user", "update", id, "--role", "moderator", "--display-name=", "--json"
    ).succeeded().data()
    #expect(changed["role"] as? String == "moderator")
    #expect(changed["displayName"] is NSNull)
    #expect(
      try sandbox.run("user", "list", "--sort", "role", "--fields", "role").lines == ["admin", "moderator"])
    #expect(try sandbox.run("user", "list", "--format", "count").lines == ["2"])
    #expect(try sandbox.run("user", "list", "--limit", "1", "--page", "2", "--format", "ids").lines == [id])
    try sandbox.run("user", "delete", id, "--dry-run").succeeded()
    try sandbox.run("user", "delete", id).succeeded()
    try sandbox.run("user", "show", id).failed(6)
    try sandbox.run("user", "update", "admin@grace.example").failed(2)
  }

  @Test func everyReasonAgainstAPasswordIsListed() throws {
    let outcome = try add("eve@grace.example", "--json", password: "secret")
    outcome.failed(3)
    let details = try #require(try outcome.error()["details"] as? [String: Any])
    let reason = try #require(details["password"] as? String)
    for part in ["8 characters", "uppercase", "digit", "common"] { #expect(reason.contains(part)) }
    try add("not-an-address", password: "secret").failed(3, saying: "email", "password")
    for password in ["Password1", "eve@grace.example", "Eve Obi", String(repeating: "aB3", count: 400)] {
      try add("eve@grace.example", password: password).failed(3, saying: "password")
    }
    #expect(try sandbox.run("user", "list", "--format", "count").lines == ["1"])
  }

  @Test func aRequestBodyMakesAUser() throws {
    try sandbox.write(
      "user.json",
      #"{"email":"eve@grace.example","password":"SecurePass123!","fullName":"John Doe","displayName":"John"}"#
    )
    let made = try sandbox.run("user", "add", "--from-json", "user.json", "--json").succeeded().data()
    #expect(made["displayName"] as? String == "John")
    try login("eve@grace.example", "SecurePass123!").succeeded()
    try sandbox.run(
      "user", "update", "eve@grace.example", "--from-json", "-",
      stdin: #"{"displayName":null,"fullName":"J. Doe"}"#
    ).succeeded()
    #expect(try sandbox.run("user", "whoami", "--fields", "fullName,displayName").lines == ["J. Doe\t"])
    try sandbox.run("user", "update", "eve@grace.example", "--from-json", "-", stdin: #"{"name":1}"#).failed(
      3)
    try sandbox.run("user", "update", "eve@grace.example", "--from-json", "-", stdin: "{").failed(3)
    try sandbox.run(
      "user", "update", "eve@grace.example", "--full-name", "X", "--from-json", "-",
      stdin: #"{"fullName":"Y"}"#
    ).failed(2)
    try sandbox.run("user", "update", "eve@grace.example", "--from-json", "none.json").failed(10)
  }

  @Test func passwordsAreChangedOnStdin() throws {
    try add("eve@grace.example").succeeded()
    try sandbox.run("user", "passwd", "eve@grace.example", "--password-stdin", stdin: "Third-Horse-9\n")
      .succeeded()
    try login("eve@grace.example", "Other-Horse-8").failed(4)
    try login("eve@grace.example", "Third-Horse-9").succeeded()
    let change = ["user", "passwd", "--password-stdin"]
    try sandbox.run(change, stdin: Array("wrong\nFourth-Horse-1\n".utf8)).failed(4)
    try sandbox.run(change, stdin: Array("Third-Horse-9\nweak\n".utf8)).failed(3, saying: "digit")
    try sandbox.run(change, stdin: Array("Third-Horse-9\n".utf8)).failed(3, saying: "second line")
    try sandbox.run(change + ["--dry-run"], stdin: Array("Third-Horse-9\nFourth-Horse-1\n".utf8)).succeeded()
    try sandbox.run("user", "whoami").succeeded()
    try sandbox.run(change, stdin: Array("Third-Horse-9\nFourth-Horse-1\n".utf8)).succeeded()
    try sandbox.run("user", "whoami").failed(4)
    try login("eve@grace.example", "Fourth-Horse-1").succeeded()
    try sandbox.run(
      "user", "passwd", "admin@grace.example", "--password-stdin", stdin: "Fifth-Horse-1\n"
    ).failed(5)
    try sandbox.run("user", "passwd", "--no-input").failed(2, saying: "--password-stdin")
  }

  @Test func aTokenCanComeThroughAPipe() throws {
    let script = """
      caresphere user token cron --role member --expires-in 1d --fields token > token && chmod 600 token
      caresphere user whoami --token-file <(cat token) --fields role
      """
    #expect(try sandbox.shell(script).succeeded().lines == ["member"])
  }
}
