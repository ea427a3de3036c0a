import Foundation
import TestSupport
import Testing

/// The README's tour is a promise: every line of it runs, and says what is shown.
@Suite struct ReadmeTests {
  @Test func theTourRuns() throws {
    let sandbox = try Sandbox()
    try sandbox.write("examples/people.csv", Repository.text("examples/people.csv"))
    let steps = ConsoleStep.all(in: try Repository.text("README.md"))
    try #require(steps.count > 10)
    for step in steps {
      let outcome = try sandbox.shell("exec 2>&1\n" + step.command)
      try #require(outcome.status == 0, "README.md:\(step.line): \(outcome)")
      if !step.shown.isEmpty {
        #expect(step.agrees(with: outcome.lines), "README.md:\(step.line): \(outcome)")
      }
    }
  }

  @Test func theTableOfExitsIsComplete() throws {
    let readme = try Repository.text("README.md")
    for status in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12, 13", "130, 143"] {
      #expect(readme.contains("\n| \(status) | "))
    }
  }

  @Test(arguments: [
    (["a"], ["a"], true), (["a"], ["b"], false), (["a…c"], ["abc"], true), (["a…c…e"], ["abcde"], true),
    (["a…"], ["b"], false), (["…", "z"], ["x", "y", "z"], true), (["a", "…"], ["a"], true),
    (["a"], ["a", "b"], false),
  ])
  func patterns(shown: [String], lines: [String], expected: Bool) {
    #expect(ConsoleStep(line: 1, command: "", shown: shown).agrees(with: lines) == expected)
  }
}
