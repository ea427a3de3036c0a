import Foundation
import TestSupport
import Testing

/// People who must not have the database file, working through sudo as the system user that owns it:
/// real users of the system, a real rule, removed again with the fixture. It takes root.
@Suite(.serialized) struct UserDelegationTests {
  @Test func staffWorkThroughSudoWithRolesEnforced() throws {
    let office = try Office()
    try office.system("init", "--admin", "ada@grace.example", "--full-name", "Ada", "--password-stdin")
      .succeeded()
    for (name, role) in [("eve", "moderator"), ("bob", "member")] {
      try office.system(
        "user", "add", "\(name)@grace.example", "--full-name", name, "--role", role, "--password-stdin"
      ).succeeded()
      try office.staff(name, "user", "login", "\(name)@grace.example", "--password-stdin").succeeded()
    }
    for (name, role) in [("eve", "moderator"), ("bob", "member")] {
      let who = try office.staff(name, "user", "whoami", "--fields", "email,role")
      #expect(who.lines == ["\(name)@grace.example\t\(role)"], "\(who)")
      try office.staff(name, "user", "list").failed(5)
    }
    let add = ["member", "add", "--first-name", "Ann", "--last-name", "Obi"]
    try office.staff("bob", add).failed(5)
    try office.staff("eve", add).succeeded()
    #expect(try office.staff("bob", "member", "list", "--fields", "firstName").lines == ["Ann"])
    try office.system("user", "whoami", "--fields", "email").succeeded()
  }

  @Test func theFileItselfIsOutOfReach() throws {
    let office = try Office()
    try office.system("init", "--admin", "ada@grace.example", "--full-name", "Ada", "--password-stdin")
      .succeeded()
    try office.system(
      "user", "add", "eve@grace.example", "--full-name", "Eve", "--role", "moderator", "--password-stdin"
    ).succeeded()
    try office.staff("eve", "user", "login", "eve@grace.example", "--password-stdin").succeeded()
    #expect(try office.plain("eve", "cat", office.database).status != 0)
    #expect(try office.plain("eve", "sqlite3", office.database, ".dump").status != 0)
    try office.plain("eve", office.program, "--db", office.database, "member", "list").failed(9)
    for words in [
      ["member", "import", office.database], ["member", "list", "--output", office.database, "--force"],
      ["member", "list", "--config", office.database], ["user", "whoami", "--token-file", office.database],
      ["member", "add", "--from-json", office.database],
    ] {
      try office.staff("eve", words).failed(5, saying: "through sudo")
    }
    let people = "First Name,Last Name\nAnn,Obi\n"
    try office.staff("eve", ["member", "import", "-"], stdin: people).succeeded()
    // sudo itself says who is asking; nobody can say to be somebody else.
    #expect(try office.staff("eve", ["user", "whoami"], before: ["SUDO_UID=0"]).status != 0)
  }
}

/// A system user who owns a database, and staff who may run the program as that user.
private final class Office {
  let sandbox: Sandbox
  let program: String
  let database: String
  private let suffix = "\(getpid())\(Int.random(in: 10...99))"
  private var users: [String] = []
  private var owner: String { "care\(suffix)" }
  private var rules: String { "/etc/sudoers.d/caresphere-test-\(suffix)" }
  private let password = "Correct-Horse-7\n"

  init() throws {
    try Self.requireRoot()
    try Requirement.tool("sudo", "useradd", "userdel", "runuser", "sqlite3")
    sandbox = try Sandbox()
    program = sandbox.path("caresphere")
    database = sandbox.path("srv/caresphere.db")
    // Others must be able to reach the program and the folder, which stays the owner's alone.
    chmod(sandbox.path, 0o711)
    // By a process of its own: a file that this one has open for writing, if only in a child that another
    // test is just starting, could not be run.
    try sandbox.execute(["install", "-m", "0755", try Executable.caresphere(), program]).succeeded()
    for name in [owner, "eve\(suffix)", "bob\(suffix)"] {
      users.append(name)
      try sandbox.execute([
        "useradd", "--system", "--no-create-home", "--home-dir", sandbox.path("srv"), name,
      ])
      .succeeded()
    }
    try sandbox.execute(["install", "-d", "-m", "0700", "-o", owner, sandbox.path("srv")]).succeeded()
    try sandbox.write(rules, "eve\(suffix), bob\(suffix) ALL=(\(owner)) NOPASSWD: \(program)\n")
    chmod(rules, 0o440)
  }

  private static func requireRoot() throws {
    if geteuid() != 0 { try Test.cancel("only root can make users") }
  }

  deinit {
    unlink(rules)
    for user in users { _ = try? sandbox.execute(["userdel", user]) }
  }

  /// Runs the program as the system user, in that user's own login.
  func system(_ words: String...) throws -> Outcome {
    try sandbox.execute(
      ["runuser", "-u", owner, "--", "env", "-i", "HOME=\(sandbox.path("srv"))", program, "--db", database]
        + words,
      stdin: Array(password.utf8))
  }

  /// Runs the program as one of the staff would, through sudo.
  func staff(_ name: String, _ words: String...) throws -> Outcome { try staff(name, words, stdin: password) }

  func staff(_ name: String, _ words: [String], stdin: String = "", before: [String] = []) throws -> Outcome {
    try sandbox.execute(
      ["runuser", "-u", name + suffix, "--", "sudo", "-n", "-H", "-u", owner] + before
        + [program, "--db", database] + words, stdin: Array(stdin.utf8))
  }

  /// Runs any program as one of the staff, without sudo.
  func plain(_ name: String, _ words: String...) throws -> Outcome {
    try sandbox.execute(["runuser", "-u", name + suffix, "--"] + words)
  }
}
