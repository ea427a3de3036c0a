import Foundation
import TestSupport
import Testing

/// Logins from the outside: tokens, the session file, failures, secrets.
@Suite(.serialized) struct UserLoginTests {
  private static let password = "Correct-Horse-7"

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.initialize(password: Self.password)
    return sandbox
  }

  private func sessionFile(_ sandbox: Sandbox) throws -> String {
    let folder = "\(sandbox.path)/home/.local/state/caresphere"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return folder + "/" + (try #require(names.first))
  }

  @discardableResult
  private func login(_ sandbox: Sandbox, _ password: String = password, _ flags: String...) throws -> Outcome
  {
    try sandbox.run(
      ["user", "login", "admin@grace.example", "--password-stdin"] + flags, stdin: Array("\(password)\n".utf8)
    )
  }

  private func sql(_ sandbox: Sandbox, _ statement: String) throws -> String {
    try Requirement.tool("sqlite3")
    return try sandbox.execute(["sqlite3", sandbox.database, statement]).succeeded().stdout
  }

  @Test func loginAnswersAsTheAPIDesignHasIt() throws {
    let sandbox = try sandbox()
    let data = try login(sandbox, Self.password, "--json").succeeded().data()
    #expect(Set(data.keys) == ["user", "accessToken", "refreshToken", "expiresIn"])
    #expect(data["expiresIn"] as? Int == 86400)
    let user = try #require(data["user"] as? [String: Any])
    #expect(user["email"] as? String == "admin@grace.example")
    #expect(user["role"] as? String == "admin")
    let table = try login(sandbox).succeeded().stdout
    #expect(!table.contains("eyJ") && !table.contains("csr_"))
  }

  @Test func anyJWTLibraryCanVerifyOurTokensGivenTheKey() throws {
    let python = try Requirement.python()
    let sandbox = try sandbox()
    let token = try #require(try login(sandbox, Self.password, "--json").data()["accessToken"] as? String)
    let key = try sql(sandbox, "SELECT value FROM settings WHERE key = 'signing_key'")
    let script = """
      import sys, jwt
      key, token = sys.stdin.read().split()
      claims = jwt.decode(token, bytes.fromhex(key), algorithms=["HS256"])
      print(sorted(claims), claims["email"], claims["role"], claims["exp"] - claims["iat"])
      """
    let answer = try sandbox.execute([python, "-c", script], stdin: Array("\(key) \(token)".utf8)).succeeded()
    #expect(
      answer.lines == ["['email', 'exp', 'iat', 'jti', 'role', 'sub'] admin@grace.example admin 86400"])
  }

  @Test func theSessionFileIsPrivateOrRefused() throws {
    let sandbox = try sandbox()
    let file = try sessionFile(sandbox)
    #expect(try sandbox.execute(["stat", "-c", "%a", file, "\(file)/.."]).lines.first == "600")
    #expect(
      try sandbox.execute(["stat", "-c", "%a", (file as NSString).deletingLastPathComponent]).lines == ["700"]
    )
    try sandbox.run("user", "whoami").succeeded()
    for mode in ["644", "660", "606"] {
      try sandbox.execute(["chmod", mode, file])
      try sandbox.run("user", "whoami").failed(4, saying: "its mode is 0\(mode)", "chmod 600")
    }
    try sandbox.execute(["chmod", "600", file])
    try sandbox.run("user", "whoami").succeeded()
    if getuid() == 0 {
      try sandbox.execute(["chown", "12345", file])
      try sandbox.run("user", "whoami").failed(4, saying: "belongs to another user")
    }
  }

  @Test func aDatabaseHasItsOwnSession() throws {
    let sandbox = try sandbox()
    try sandbox.run(
      "init", "--db", "other.db", "--admin", "eve@grace.example", "--full-name", "Eve", "--password-stdin",
      stdin: Self.password + "\n"
    ).succeeded()
    #expect(try sandbox.run("user", "whoami", "--fields", "email").lines == ["admin@grace.example"])
    #expect(
      try sandbox.run("user", "whoami", "--fields", "email", "--db", "other.db").lines == [
        "eve@grace.example"
      ])
    try sandbox.run("user", "logout").succeeded()
    try sandbox.run("user", "whoami").failed(4)
    try sandbox.run("user", "whoami", "--db", "other.db").succeeded()
  }

  @Test func theClockOfAsOfHasNoEffect() throws {
    let sandbox = try sandbox()
    for time in ["2001-01-01", "2999-01-01", "+30d", "-30d"] {
      try sandbox.run("user", "whoami", "--as-of", time).succeeded()
      let data = try login(sandbox, Self.password, "--json", "--as-of", time).succeeded().data()
      #expect(data["expiresIn"] as? Int == 86400)
    }
    for _ in 0..<5 { try login(sandbox, "wrong").failed(4) }
    try login(sandbox, Self.password, "--as-of", "+30d").failed(12)
    try sandbox.run("user", "whoami").succeeded()
  }

  @Test func logoutEndsTheSession() throws {
    let sandbox = try sandbox()
    let token = try #require(try login(sandbox, Self.password, "--json").data()["accessToken"] as? String)
    let file = try sandbox.write("token", token)
    try sandbox.execute(["chmod", "600", file])
    try sandbox.run("user", "whoami", "--token-file", file).succeeded()
    let message = try sandbox.run("user", "logout", "--json").succeeded().data()["message"]
    #expect(message as? String == "Logged out successfully")
    for arguments in [["user", "whoami"], ["user", "whoami", "--token-file", file], ["user", "logout"]] {
      try sandbox.run(arguments).failed(4)
    }
    try login(sandbox).succeeded()
    try sandbox.run("user", "whoami", "--token-file", file).failed(4)
  }

  @Test func logoutAllEndsEveryLogin() throws {
    let sandbox = try sandbox()
    let token = try #require(try login(sandbox, Self.password, "--json").data()["accessToken"] as? String)
    try sandbox.execute(["chmod", "600", try sandbox.write("token", token)])
    try login(sandbox).succeeded()
    try sandbox.run("user", "logout").succeeded()
    try sandbox.run("user", "whoami", "--token-file", "token").succeeded()
    try login(sandbox).succeeded()
    try sandbox.run("user", "logout", "--all").succeeded()
    try sandbox.run("user", "whoami", "--token-file", "token").failed(4)
  }

  @Test func fiveFailuresAreFreeThenOneWaits() throws {
    let sandbox = try sandbox()
    for _ in 0..<5 {
      try login(sandbox, "Wrong-Horse-7").failed(4, saying: "wrong e-mail address or password")
    }
    let refused = try login(sandbox)
    refused.failed(12, saying: "try again at 20")
    Thread.sleep(forTimeInterval: 1.1)
    try login(sandbox).succeeded()
    #expect(
      try sql(
        sandbox,
        "SELECT count(*) FROM audit_log WHERE command = 'user login' AND after LIKE '%wrong password%'")
        == "5\n")
  }

  @Test func failuresAreCountedAcrossProcesses() throws {
    let sandbox = try sandbox()
    let children = try (0..<12).map { number in
      try sandbox.spawn(["user", "login", "admin@grace.example", "--password-stdin"], name: "guess\(number)")
    }
    for child in children { child.wait() }
    let statuses = try (0..<12).map { try sandbox.read("guess\($0).err") }
    // Nothing is on their stdin, so they stop before a guess counts.
    #expect(statuses.allSatisfy { $0.contains("stdin holds no password") })
    let guess = """
      for i in $(seq 12); do
        (echo Wrong-Horse-7 | caresphere user login admin@grace.example --password-stdin 2>errors.$i
         echo $? > status.$i) &
      done; wait; cat status.*; cat errors.* >&2
      """
    let outcome = try sandbox.shell(guess)
    #expect(outcome.lines.count { $0 == "12" } >= 4, "\(outcome)")
    #expect(outcome.lines.count { $0 == "4" } >= 5, "\(outcome)")
  }

  @Test func aPasswordIsTypedUnseen() throws {
    let sandbox = try sandbox()
    let terminal = try sandbox.terminal(["user", "login", "admin@grace.example"])
    try terminal.expect("Password: ")
    try terminal.send(Self.password + "\r")
    #expect(terminal.finish() == .exited(0), "\(terminal)")
    #expect(!terminal.text.contains(Self.password))
    let change = try sandbox.terminal(["user", "passwd"])
    try change.expect("Current password: ")
    try change.send(Self.password + "\r")
    for question in ["New password: ", "The same again: "] {
      try change.expect(question)
      try change.send("Other-Horse-8\r")
    }
    #expect(change.finish() == .exited(0), "\(change)")
    #expect(!change.text.contains("Horse"))
    try login(sandbox, "Other-Horse-8").succeeded()
  }

  @Test func passwordsAreNowhereToBeSeen() throws {
    let unseen = "Unseen-Horse-\(Int.random(in: 10_000...99_999))"
    let sandbox = try Sandbox()
    try sandbox.initialize(password: unseen)
    let running = try sandbox.terminal(["user", "login", "admin@grace.example", "--verbose"])
    try running.expect("Password: ")
    try running.send(unseen)
    let processes = try sandbox.execute([
      "sh", "-c", "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null",
    ])
    #expect(!processes.stdout.isEmpty && !processes.stdout.contains(unseen))
    try running.send("\r")
    #expect(running.finish() == .exited(0))
    try sandbox.run(
      "user", "add", "eve@grace.example", "--full-name", "Eve", "--password-stdin", "--verbose",
      stdin: "Secret-Word-9\n"
    ).succeeded()
    let outcome = try sandbox.run(
      "user", "add", "eve2@grace.example", "--full-name", "Eve", "--password-stdin", "--json",
      stdin: "secretword\n")
    outcome.failed(3)
    #expect(!(outcome.stdout + outcome.stderr).contains("secretword"))
    let dump = try sql(sandbox, ".dump")
    for secret in [unseen, "Secret-Word-9", "secretword"] { #expect(!dump.contains(secret)) }
  }
}
