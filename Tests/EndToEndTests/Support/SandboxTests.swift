import Testing
import TestSupport

/// The tools of the tests, tried on programs that everybody knows.
@Suite struct SandboxTests {
  @Test func bothStreamsAreDrainedWhileInputIsFed() throws {
    let sandbox = try Sandbox()
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    let outcome = try sandbox.execute(["sh", "-c", "tee /dev/stderr"], stdin: bytes)
    #expect(outcome.status == 0)
    #expect(outcome.output == bytes)
    #expect(outcome.errorOutput == bytes)
  }

  @Test func anInputThatNobodyReadsIsNoFailure() throws {
    let outcome = try Sandbox().execute(["true"], stdin: [UInt8](repeating: 0, count: 1_000_000))
    #expect(outcome.status == 0)
  }

  @Test func theEnvironmentHasNothingOfTheCallers() throws {
    let sandbox = try Sandbox()
    let variables = try sandbox.execute(["env"]).lines
    #expect(variables.contains("TZ=UTC"))
    #expect(variables.contains("HOME=\(sandbox.path)/home"))
    #expect(!variables.contains { $0.hasPrefix("CARESPHERE_") })
    let other = try sandbox.execute(["env"], environment: ["TZ": "Africa/Lagos"])
    #expect(other.lines.contains("TZ=Africa/Lagos"))
  }

  @Test func statusAndSignalAreToldApart() throws {
    let sandbox = try Sandbox()
    #expect(try sandbox.execute(["sh", "-c", "exit 7"]).status == 7)
    let killed = try sandbox.execute(["sh", "-c", "kill -9 $$"])
    #expect(killed.signal == 9)
    #expect(killed.status == -1)
  }

  @Test func whatTakesTooLongIsKilledAndSaysSo() throws {
    let sandbox = try Sandbox()
    sandbox.timeout = 0.2
    let outcome = try sandbox.execute(["sleep", "30"])
    #expect(outcome.timedOut)
    #expect(outcome.seconds < 10)
  }

  @Test func aFailureShowsCommandFilesAndStreams() throws {
    let sandbox = try Sandbox()
    try sandbox.write("people.csv", "firstName\n")
    let text = "\(try sandbox.execute(["sh", "-c", "echo out; echo err >&2; exit 3"]))"
    for part in ["'echo out; echo err >&2; exit 3'", "exit 3", "people.csv", "out\n", "err\n"] {
      #expect(text.contains(part))
    }
  }

  @Test func aTerminalHasItsSizeAndTakesKeys() throws {
    let script = "stty size; test -t 0 && read answer </dev/tty && echo \"<$answer>\""
    let terminal = try Sandbox().terminal(running: ["sh", "-c", script], columns: 50, rows: 12)
    try terminal.expect("12 50")
    try terminal.send("yes\r")
    try terminal.expect("<yes>")
    #expect(terminal.finish() == .exited(0))
  }

  @Test func controlCReachesTheProgram() throws {
    let terminal = try Sandbox().terminal(running: ["sh", "-c", "echo ready; exec sleep 30"])
    try terminal.expect("ready")
    try terminal.send("\u{3}")
    #expect(terminal.finish() == .signaled(2))
  }

  @Test func aSmallDiskFills() throws {
    let sandbox = try Sandbox()
    let disk = try SmallDisk(in: sandbox, kibibytes: 64)
    try disk.fill()
    let outcome = try sandbox.execute(["sh", "-c", "echo more > \(disk.path)/file"])
    #expect(outcome.status != 0)
  }

  @Test func theGeneratorRepeatsItself() {
    var (one, two) = (SeededGenerator(seed: 7), SeededGenerator(seed: 7))
    #expect((0..<20).map { _ in one.text(length: 30) } == (0..<20).map { _ in two.text(length: 30) })
  }
}
