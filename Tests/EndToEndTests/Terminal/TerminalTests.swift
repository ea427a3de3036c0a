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
