import Foundation
import TestSupport
import Testing

/// Tokens from the outside: renewal, reuse, service tokens, what is refused.
@Suite(.serialized) struct UserTokenTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
  }

  private func sessionFile() throws -> String {
    let folder = "home/.local/state/caresphere"
    let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.path(folder))
    return folder + "/" + (try #require(names.first))
  }

  private func sql(_ statement: String) throws -> [String] {
    try Requirement.tool("sqlite3")
    return try sandbox.execute(["sqlite3", sandbox.database, statement]).succeeded().lines
  }

  /// Writes a file of mode 0600.
  private func write(_ name: String, _ text: String) throws {
    try sandbox.write(name, text)
    try sandbox.execute(["chmod", "600", sandbox.path(name)])
  }

  /// Makes every access token one that has ended, as far as the database knows.
  private func endAccessTokens() throws {
    _ = try sql("PRAGMA foreign_keys = ON; DELETE FROM access_tokens")
  }

  @Test func twentyCommandsAtTheMomentOfRenewal() throws {
    let before = try sandbox.read(try sessionFile())
    for round in 1...3 {
      try endAccessTokens()
      let children = try (0..<20).map { try sandbox.spawn(["user", "whoami"], name: "child\($0)") }
      for (number, child) in children.enumerated() {
        let ending = child.wait()
        let errors = try sandbox.read("child\(number).err")
        #expect(ending == .exited(0), "\(errors)")
      }
      #expect(try sql("SELECT count(*) FROM spent_refresh_tokens") == ["\(round)"])
    }
    #expect(try sandbox.read(try sessionFile()) != before)
    #expect(try sql("SELECT count(*) FROM sessions") == ["1"])
  }

  @Test func aRefreshTokenUsedTwiceEndsItsFamily() throws {
    let file = try sessionFile()
    let old = try sandbox.read(file)
    let tokens = try sandbox.run("user", "refresh", "--json").succeeded().data()
    #expect(Set(tokens.keys) == ["accessToken", "refreshToken", "expiresIn"])
    let new = try sandbox.read(file)
    try write(file, old)
    try sandbox.run("user", "refresh").failed(4)
    try sandbox.run("user", "whoami").failed(4)
    try write(file, new)
    try sandbox.run("user", "whoami").failed(4)
    #expect(
      try sql("SELECT count(*) FROM audit_log WHERE after LIKE '%refresh token used twice%'") == ["1"])
  }

  @Test func aDryRunOfRefreshLeavesTheSession() throws {
    let before = try sandbox.read(try sessionFile())
    try sandbox.run("user", "refresh", "--dry-run").succeeded()
    #expect(try sandbox.read(try sessionFile()) == before)
    try sandbox.run("user", "refresh").succeeded()
    try sandbox.run("user", "whoami").succeeded()
  }

  @Test func whatIsNoTokenOfOurs() throws {
    let python = try Requirement.python()
    let key = try #require(try sql("SELECT value FROM settings WHERE key = 'signing_key'").first)
    let script = """
      import sys, jwt, time
      key, token = sys.stdin.read().split()
      key = bytes.fromhex(key)
      claims = jwt.decode(token, key, algorithms=["HS256"])
      header, payload, signature = token.split(".")
      print(jwt.encode(claims, None, algorithm="none"))
      print(jwt.encode(claims, key, algorithm="HS512"))
      print(jwt.encode(claims, b"x" * 32, algorithm="HS256"))
      print(jwt.encode({**claims, "jti": "other"}, key, algorithm="HS256"))
      print(jwt.encode({**claims, "exp": int(time.time()) - 1}, key, algorithm="HS256"))
      print(jwt.encode({**claims, "role": "admin", "pad": "x" * 5000}, key, algorithm="HS256"))
      print(jwt.encode({"sub": claims["sub"]}, key, algorithm="HS256"))
      print(header + "." + payload + ".")
      print(header + "." + payload)
      print("." + token)
      print(token[:-2] + ("AA" if token[-2:] != "AA" else "BB"))
      print("nonsense")
      """
    let session = try sandbox.read(try sessionFile())
    let token = try #require(
      (try JSONSerialization.jsonObject(with: Data(session.utf8)) as? [String: Any])?["accessToken"]
        as? String)
    try write("token", token)
    try sandbox.run("user", "whoami", "--token-file", "token").succeeded()
    let wrong = try sandbox.execute([python, "-c", script], stdin: Array("\(key) \(token)".utf8)).succeeded()
    #expect(wrong.lines.count == 12)
    for text in wrong.lines + ["", "\u{0}", String(repeating: "x", count: 100_000)] {
      try write("token", text)
      let outcome = try sandbox.run("user", "whoami", "--token-file", "token")
      #expect(outcome.status == (text.count > 65_536 ? 10 : 4), "\(outcome)")
    }
    try sandbox.run("user", "whoami", "--token-file", "missing").failed(10)
  }

  @Test func serviceTokensForCron() throws {
    let made = try sandbox.run(
      "user", "token", "cron", "--role", "member", "--expires-in", "90d", "--json"
    ).succeeded().data()
    #expect(Set(made.keys) == ["name", "role", "token", "expiresAt"])
    let token = try #require(made["token"] as? String)
    try write("cron.token", token + "\n")
    try sandbox.run("user", "logout").succeeded()
    let environment = ["CARESPHERE_TOKEN_FILE": sandbox.path("cron.token")]
    #expect(
      try sandbox.run("user", "whoami", "--fields", "role,token", environment: environment).lines == [
        "member\tcron"
      ])
    try sandbox.run("user", "list", environment: environment).failed(5)
    try sandbox.run("user", "logout", environment: environment).failed(7)
    try sandbox.run(
      "user", "login", "admin@grace.example", "--password-stdin", stdin: "Correct-Horse-7\n"
    ).succeeded()
    let listed = try sandbox.run("user", "tokens", "--json").succeeded().data()["tokens"] as? [[String: Any]]
    #expect(listed?.first?["name"] as? String == "cron")
    #expect(listed?.first?["lastUsedAt"] as? String != nil)
    #expect(listed?.first?["token"] == nil)
    try sandbox.run("user", "token", "cron", "--role", "member", "--expires-in", "1d").failed(7)
    try sandbox.run("user", "token", "x", "--role", "king", "--expires-in", "1d").failed(2)
    try sandbox.run("user", "token", "x", "--role", "member", "--expires-in", "soon").failed(3)
    try sandbox.execute(["chmod", "644", sandbox.path("cron.token")])
    try sandbox.run("user", "whoami", environment: environment).failed(4, saying: "chmod 600")
    try sandbox.execute(["chmod", "600", sandbox.path("cron.token")])
    try sandbox.run("user", "revoke", "cron").succeeded()
    try sandbox.run("user", "whoami", environment: environment).failed(4)
    try sandbox.run("user", "revoke", "cron").failed(6)
    #expect(
      try sql("SELECT count(*) FROM audit_log WHERE before LIKE '%\(token)%' OR after LIKE '%\(token)%'") == [
        "0"
      ])
  }

  @Test func whoIsSuspendedIsOutAtOnce() throws {
    for (email, role) in [("eve@grace.example", "admin"), ("mod@grace.example", "moderator")] {
      try sandbox.run(
        "user", "add", email, "--full-name", "Eve", "--role", role, "--password-stdin",
        stdin: "Other-Horse-8\n"
      ).succeeded()
    }
    let eve = ["XDG_STATE_HOME": sandbox.path("eve")]
    try sandbox.run(
      "user", "login", "eve@grace.example", "--password-stdin", stdin: "Other-Horse-8\n", environment: eve
    ).succeeded()
    let made = try sandbox.run(
      "user", "token", "t", "--role", "admin", "--expires-in", "1d", "--fields", "token", environment: eve)
    try write("t", made.succeeded().stdout)
    try sandbox.run("user", "list", "--token-file", "t").succeeded()
    try sandbox.run("user", "update", "eve@grace.example", "--role", "moderator").succeeded()
    try sandbox.run("user", "list", environment: eve).failed(5)
    try sandbox.run("user", "list", "--token-file", "t").failed(5)
    try sandbox.run("user", "update", "eve@grace.example", "--status", "suspended").succeeded()
    try sandbox.run("user", "whoami", environment: eve).failed(4)
    try sandbox.run("user", "whoami", "--token-file", "t").failed(4)
    try sandbox.run(
      "user", "login", "eve@grace.example", "--password-stdin", stdin: "Other-Horse-8\n", environment: eve
    ).failed(5)
    try sandbox.run("user", "update", "eve@grace.example", "--status", "active").succeeded()
    try sandbox.run("user", "whoami", environment: eve).failed(4)
    for change in [["--role", "member"], ["--status", "inactive"], ["--status", "suspended"]] {
      try sandbox.run(["user", "update", "admin@grace.example"] + change).failed(
        7, saying: "last active admin")
    }
    try sandbox.run("user", "delete", "admin@grace.example").failed(7, saying: "last active admin")
  }
}
