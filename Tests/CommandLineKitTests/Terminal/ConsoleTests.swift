import Glibc
import TextFormats
import Testing

@testable import CommandLineKit

@Suite struct ConsoleTests {
  @Test(
    arguments: [
      (["LANG": "en_US.UTF-8"], true), (["LANG": "C"], false), ([:], false),
      (["LC_ALL": "C", "LANG": "C.utf8"], false),
      (["LC_ALL": "", "LC_CTYPE": "C.UTF-8"], true),
    ] as [([String: String], Bool)])
  func theLocaleDecidesOnSigns(_ environment: [String: String], _ expected: Bool) throws {
    let console = try TestConsole(environment: environment).console
    #expect(console.isUTF8 == expected)
    #expect(console.ellipsis == (expected ? "…" : "..."))
    #expect(console.visible("a\nb") == (expected ? "a⏎b" : "a\\nb"))
  }

  @Test func colorIsForTerminals() throws {
    func uses(_ choice: ColorChoice, terminal: Bool, _ environment: [String: String] = [:]) throws -> Bool {
      let console = try TestConsole(terminal: terminal, environment: environment).console
      console.color = choice
      return console.usesColor(on: console.output)
    }
    #expect(try uses(.auto, terminal: true))
    #expect(try uses(.auto, terminal: true, ["NO_COLOR": ""]))
    #expect(try !uses(.auto, terminal: true, ["NO_COLOR": "1"]))
    #expect(try !uses(.auto, terminal: true, ["TERM": "dumb"]))
    #expect(try !uses(.auto, terminal: false))
    #expect(try uses(.always, terminal: false, ["NO_COLOR": "1"]))
    #expect(try !uses(.never, terminal: true))
  }

  @Test func theWidthIsTheTerminals() throws {
    let terminal = try TerminalPair()
    #expect(terminal.console(["COLUMNS": "55"]).width == 55)
    terminal.resize(columns: 123, rows: 40)
    #expect(terminal.console(["COLUMNS": "55"]).width == 123)
    let stream = Console.Stream(descriptor: -1, isTerminal: false)
    for (columns, width) in [("55", 55), ("-1", 80), ("x", 80), ("99999999", 10_000)] {
      let console = Console(program: "x", environment: ["COLUMNS": columns], output: stream, error: stream)
      #expect(console.width == width)
    }
  }

  @Test func whatIsSaidDependsOnHowMuchIsWanted() throws {
    let test = try TestConsole()
    test.console.step("never")
    test.console.isVerbose = true
    test.console.step("step")
    test.console.notice("notice\u{1B}")
    test.console.warning("careful")
    test.console.isQuiet = true
    test.console.notice("never")
    test.console.warning("never")
    #expect(test.error.text == "step\nnotice\\x1b\nshop: warning: careful\n")
    #expect(test.output.text.isEmpty)
  }

  @Test func failuresAreToldToPeopleAndScripts() throws {
    let report = ErrorReport(
      code: "NOT_FOUND", message: "no \u{202E}item\n", hint: "look again", problems: ["line 3: bad\u{7}"],
      details: ["id": "is unknown"])
    let people = try TestConsole()
    people.console.isQuiet = true
    people.console.report(report, usage: "usage: shop", envelope: nil)
    #expect(
      people.error.text
        == "shop: no \\u{202E}item⏎\n  line 3: bad\\x07\nhint: look again\n\nusage: shop\n")
    let script = try TestConsole()
    script.console.report(report, usage: "usage: shop", envelope: TestConsole.envelope)
    #expect(
      script.error.text
        == #"{"success":false,"data":null,"error":{"code":"NOT_FOUND","message":"no \#u{202E}item\n","#
        + #""details":{"id":"is unknown"}},"metadata":{"timestamp":"2025-11-13T10:30:00Z","requestId":"r1","version":"1.0.0"}}"#
        + "\n")
    let terminal = try TestConsole(terminal: true)
    terminal.console.report(report, envelope: nil)
    #expect(terminal.error.text.hasPrefix("\u{1B}[1;31mshop:\u{1B}[m no "))
  }
}

@Suite struct ProgressBarTests {
  @Test(arguments: [
    (0, 1000, 0, 80, "Sending ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0% 0/1000"),
    (400, 1000, 2, 80, "Sending ████████████░░░░░░░░░░░░░░░░░░ 40% 400/1000 200/s 0:03 left"),
    (1000, 1000, 5, 80, "Sending ██████████████████████████████ 100% 1000/1000 200/s"),
    (5, 1000, 1000, 80, "Sending ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0% 5/1000 55:16:40 left"),
    (2000, 1000, 5, 52, "Sending ███████████████████████ 100% 2000/1000 400/s"),
    (400, 1000, 2, 20, "Sending 40% 400/1000"), (-1, 0, 2, 80, "Sending -1"),
  ])
  func showsHowFarItIs(_ done: Int, _ total: Int, _ seconds: Int, _ width: Int, _ expected: String) {
    let line = ProgressBar.line(
      label: "Sending", done: done, total: total, elapsed: .seconds(seconds), width: width, isUTF8: true)
    #expect(line == expected)
    #expect(DisplayWidth.of(line) <= width)
  }

  @Test func isPlainWhereTheLocaleIs() {
    let line = ProgressBar.line(
      label: "x", done: 1, total: 2, elapsed: .zero, width: 30, isUTF8: false)
    #expect(line == "x ##########.......... 50% 1/2")
    #expect(
      ProgressBar.line(label: "x", done: 7, total: nil, elapsed: .seconds(1), width: 30, isUTF8: false)
        == "x 7 7/s")
  }

  @Test func isDrawnSeldomAndWiped() throws {
    let test = try TestConsole(terminal: true)
    let bar = ProgressBar(test.console, label: "Sending", total: 100_000)
    for done in 0..<100_000 { bar.update(done) }
    let drawn = test.error.text.split(separator: "\r").count
    #expect(drawn >= 1 && drawn < 100)
    test.console.notice("hello")
    #expect(test.error.text.hasSuffix("\r\u{1B}[Khello\n"))
    bar.wipe()
    #expect(test.error.text.hasSuffix("hello\n"))
  }

  @Test func isNotDrawnElsewhere() throws {
    for (terminal, quiet, term) in [(false, false, "xterm"), (true, true, "xterm"), (true, false, "dumb")] {
      let test = try TestConsole(terminal: terminal, environment: ["TERM": term])
      test.console.isQuiet = quiet
      ProgressBar(test.console, label: "x", total: 3).update(1)
      #expect(test.error.text.isEmpty)
    }
  }
}
