import CommandLineKit
import Glibc
import Testing

@Suite struct PromptTests {
  @Test(arguments: [
    ("y\n", true), ("Yes\n", true), ("n\n", false), ("\n", false), ("what?\nY\n", true), ("ja\nno\n", false),
  ])
  func asksUntilItIsYesOrNo(_ keys: String, _ expected: Bool) throws {
    let terminal = try TerminalPair()
    terminal.type(keys)
    #expect(try terminal.console().confirm("Delete \u{1B}[31mAnn\u{202E}?") == expected)
    let screen = terminal.read()
    #expect(screen.contains("Delete \\x1b[31mAnn\\u{202E}? [y/N] "))
    #expect(!screen.contains("\u{1B}"))
  }

  @Test func theEndOfTheTerminalIsNoAnswer() throws {
    let terminal = try TerminalPair()
    terminal.type("\u{4}")
    #expect(throws: PromptInterrupted.self) { try terminal.console().confirm("Sure?") }
    terminal.type("\u{4}")
    #expect(throws: PromptInterrupted.self) { try terminal.console().readPassword("Password") }
    #expect(terminal.echoes)
  }

  @Test func aPasswordIsNotShown() throws {
    let terminal = try TerminalPair()
    terminal.typeHidden("söcret\u{7F}T\n")
    #expect(try terminal.console().readPassword("Password") == "söcreT")
    #expect(terminal.echoes)
    #expect(terminal.read() == "Password: \r\n")
  }

  @Test func whatIsTypedAheadIsKept() throws {
    let terminal = try TerminalPair()
    terminal.type("one\ntwo\n")
    let console = terminal.console()
    #expect(try console.readPassword("Password") == "one")
    #expect(try console.readPassword("Again") == "two")
  }

  @Test func nobodyIsAskedOffATerminal() throws {
    let test = try TestConsole()
    #expect(!test.console.canAsk)
    #expect(throws: NobodyToAsk.self) { try test.console.confirm("Sure?") }
    #expect(throws: NobodyToAsk.self) { try test.console.readPassword("Password") }
    let terminal = try TerminalPair()
    let console = terminal.console()
    #expect(console.canAsk)
    console.mayPrompt = false
    #expect(!console.canAsk)
    #expect(throws: NobodyToAsk.self) { try console.confirm("Sure?") }
    #expect(test.error.text.isEmpty && terminal.read().isEmpty)
  }
}
