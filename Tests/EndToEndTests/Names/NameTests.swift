import Foundation
import TestSupport
import Testing

/// Names from every script, and texts that programs trip over, through import, list, export, import, message and report
/// unchanged (`Tests/Names`).
@Suite struct NameTests {
  @Test(.timeLimit(.minutes(30))) func everyNameStaysAsItIs() throws {
    try Requirement.tool("python3")
    let sandbox = try Sandbox()
    sandbox.timeout = 500
    let script = Repository.root + "/Tests/Names/names.py"
    let outcome = try sandbox.execute(["python3", "-B", script, "--binary", try Executable.caresphere()])
    #expect(outcome.status == 0, "\(outcome.stdout)\n\(outcome.stderr)")
  }
}
