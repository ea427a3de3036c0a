import Foundation
import TestSupport
import Testing
import TextFormats

/// What a person sees and types, on a real terminal.
@Suite struct TerminalTests {
  @Test func initAsksTwiceForAPasswordAndShowsNothingOfIt() throws {
    let sandbox = try Sandbox()
    let terminal = try sandbox.terminal(["init", "--admin", "ada@grace.example", "--full-name", "Ada Obi"])
    try terminal.expect(": ")
    try terminal.send("Correct-Horse-42\r")
    try terminal.expect(": ")
    try terminal.send("Correct-Horse-42\r")
    #expect(terminal.finish() == .exited(0), "\(terminal)")
    #expect(!terminal.text.contains("Horse"), "\(terminal)")
    #expect(
      try sandbox.run("user", "whoami", "--format", "json").succeeded().stdout.contains("ada@grace.example"))
  }

  @Test func nobodyIsAskedForAPasswordInVain() throws {
    let sandbox = try Sandbox()
    let making = try sandbox.terminal(["init", "--admin", "ada", "--full-name", " "])
    #expect(making.finish() == .exited(3), "\(making)")
    #expect(making.text.contains("email: ") && making.text.contains("fullName: "), "\(making)")
    try sandbox.initialize()
    let adding = try sandbox.terminal(["user", "add"])
    #expect(adding.finish() == .exited(3), "\(adding)")
    #expect(adding.text.contains("email: is required"), "\(adding)")
    #expect(adding.text.contains("fullName: is required"), "\(adding)")
    #expect(!adding.text.contains("Password:"), "\(adding)")
    let told = try sandbox.run("user", "add", "--password-stdin", stdin: "short\n").failed(3)
    #expect(told.stderr.contains("email: is required") && told.stderr.contains("password: "), "\(told)")
  }

  @Test func allThatIsHeldIsReadable() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.run("member", "add", "--first-name", "Ada", "--last-name", "Obi", "--email", "a@b.example")
    for text in ["Called on Monday", "Will come on Sunday"] {
      try sandbox.run("member", "note", "a@b.example", text).succeeded()
    }
    let table = try sandbox.run("member", "show", "a@b.example", "--everything", "-f", "table").succeeded()
    #expect(table.lines.contains("memberNotes (2)"), "\(table)")
    #expect(
      table.lines.contains { $0.hasPrefix("note") && $0.hasSuffix("  Will come on Sunday") }, "\(table)")
    #expect(table.lines.contains { $0.hasPrefix("firstName") && $0.hasSuffix("  Ada") }, "\(table)")
    #expect(!table.stdout.contains("{\""), "\(table)")
    let notes = try sandbox.run(
      "member", "show", "a@b.example", "--everything", "-f", "table", "--fields", "memberNotes"
    ).succeeded()
    #expect(notes.lines.first == "memberNotes (2)", "\(notes)")
    for columns in [40, 80] {
      let terminal = try sandbox.terminal(
        ["member", "show", "a@b.example", "--everything", "--no-pager"], columns: columns,
        environment: ["NO_COLOR": "1"])
      #expect(terminal.finish() == .exited(0), "\(terminal)")
      for line in terminal.text.components(separatedBy: "\r\n") {
        #expect(DisplayWidth.of(line) <= columns, "\(line) of \(terminal)")
      }
    }
  }

  @Test func controlCAtAPasswordLeavesNothing() throws {
    let sandbox = try Sandbox()
    let terminal = try sandbox.terminal(["init", "--admin", "ada@grace.example", "--full-name", "Ada Obi"])
    try terminal.expect(": ")
    try terminal.send("\u{3}")
    #expect(terminal.finish() == .exited(130), "\(terminal)")
    #expect(!sandbox.exists(sandbox.database))
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func anInterruptedImportIsTakenBack(signal: Int32, status: Int32) throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.write("people.csv", Effort.people(Effort.isRelease ? 200_000 : 20_000))
    let importing = try sandbox.spawn(["member", "import", "people.csv"])
    usleep(300_000)
    importing.kill(signal)
    #expect(importing.wait(seconds: 60) == .exited(status))
    let told = try sandbox.read("background.err")
    #expect(told.contains("interrupted"), "\(told)")
    #expect(try sandbox.read("background.out") == "")
    #expect(try sandbox.memberCount() == 0)
    try SQLiteShell(sandbox).expectSound()
  }

  @Test func progressIsShownToPeopleOnly() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.write("people.csv", Effort.people(Effort.isRelease ? 150_000 : 15_000))
    let piped = try sandbox.run("member", "import", "people.csv", "--dry-run").succeeded()
    #expect(piped.stderr == "", "\(piped)")
    let terminal = try sandbox.terminal(["member", "import", "people.csv", "--dry-run"])
    #expect(terminal.finish(seconds: 120) == .exited(0), "\(terminal)")
    #expect(terminal.text.contains("%") || terminal.text.contains("\r\u{1b}["), "\(terminal)")
    let quiet = try sandbox.terminal(["member", "import", "people.csv", "--dry-run", "--quiet"])
    #expect(quiet.finish(seconds: 120) == .exited(0))
    #expect(!quiet.text.contains("%"), "\(quiet)")
  }

  @Test(arguments: [40, 60, 80, 133]) func tablesAreNoWiderThanTheTerminal(columns: Int) throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.write("people.csv", Repository.text("examples/people.csv"))
    try sandbox.run("member", "import", "people.csv").succeeded()
    for command in [
      ["member", "list"], ["member", "show", "ana.souza@example.org"], ["group", "list"], ["audit"],
    ] {
      let terminal = try sandbox.terminal(
        command + ["--no-pager"], columns: columns, environment: ["NO_COLOR": "1"])
      #expect(terminal.finish() == .exited(0), "\(terminal)")
      for line in terminal.text.components(separatedBy: "\r\n") {
        #expect(DisplayWidth.of(line) <= columns, "\(line) of \(terminal)")
      }
    }
  }

  @Test func aBulkChangeAsksAndTakesNoForAnAnswer() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.importing(Effort.people(3))
    let command = ["member", "update", "--where", "lastName = Souza", "--city", "Lagos"]
    let no = try sandbox.terminal(command)
    try no.expect("3")
    try no.expect("?")
    try no.send("n\r")
    #expect(no.finish() != .exited(0), "\(no)")
    let lagos = ["member", "list", "--city", "Lagos", "--format", "count"]
    #expect(try sandbox.run(lagos).lines == ["0"])

    // Where nobody can be asked, it does not wait for an answer.
    try sandbox.run(command).failed(2, saying: "--yes")
    let unasked = try sandbox.terminal(command + ["--no-input"])
    #expect(unasked.finish(seconds: 20) == .exited(2), "\(unasked)")
    #expect(try sandbox.run(lagos).lines == ["0"])

    let yes = try sandbox.terminal(command)
    try yes.expect("?")
    try yes.send("y\r")
    #expect(yes.finish() == .exited(0), "\(yes)")
    #expect(try sandbox.run(lagos).lines == ["3"])
  }
}
