import Foundation
import TestSupport
import Testing

/// Every verb of the program under every harm that Tests/Faults knows, in the short form; `make faults` is the long one.
@Suite struct FaultTests {
  @Test(
    .timeLimit(.minutes(30)),
    arguments: ["kills", "errors", "limits", "clocks", "underfoot", "damage", "nonsense", "erasure", "soak"])
  func nothingIsLostAndNothingBreaksDown(harm: String) throws {
    let python = try Requirement.python()
    try Requirement.tool("cc")
    let sandbox = try Sandbox()
    sandbox.timeout = 1500
    let settings = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("CARESPHERE_TEST_") }
    let harness = Repository.root + "/Tests/Faults/faults.py"
    let outcome = try sandbox.execute(
      [python, harness, "--binary", Executable.caresphere(), "--only", harm], environment: settings)
    #expect(outcome.status == 0, "\(outcome.stdout)\n\(outcome.stderr)")
  }
}
