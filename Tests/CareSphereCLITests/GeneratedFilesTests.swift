import CommandLineKit
import Foundation
import TestSupport
import Testing

@testable import CareSphereCLI

/// `man/` and `completions/` are rendered from the declarations and committed: what is there is what a
/// fresh rendering gives. `CARESPHERE_RECORD=1` writes them anew, and fails while doing so.
@Suite struct GeneratedFilesTests {
  @Test func manPagesAreCurrent() throws {
    try expectCurrent("man", ManPages.files())
  }

  @Test func manPagesAreSound() throws {
    try Requirement.tool("mandoc")
    let sandbox = try Sandbox()
    for file in ManPages.files() {
      let path = try sandbox.write(file.name, file.text)
      let outcome = try sandbox.execute(["mandoc", "-T", "lint", "-W", "style", path])
      #expect(outcome.status == 0, "\(outcome)")
    }
  }

  @Test func manPagesNameEveryExitStatus() throws {
    let page = try #require(ManPages.files().first?.text)
    for status in Array(0...13).map(String.init) + ["130, 143"] {
      #expect(page.contains("\n\(status)\n") || page.contains("\\fB\(status)\\fR"), "no \(status)")
    }
  }

  @Test func completionsAreCurrent() throws {
    try expectCurrent("completions", Completion.files())
  }

  @Test(arguments: CompletionScript.Shell.allCases)
  func theCommandPrintsWhatIsCommitted(_ shell: CompletionScript.Shell) throws {
    let outcome = try Sandbox().run("completion", shell.rawValue).succeeded()
    #expect(Completion.files().map(\.text).contains(outcome.stdout), "\(outcome)")
  }

  @Test(arguments: [
    ("caresphere.bash", ["bash", "-n"]), ("caresphere.bash", ["shellcheck", "--shell=bash"]),
    ("_caresphere", ["zsh", "-n"]), ("caresphere.fish", ["fish", "-n"]),
  ])
  func completionsAreSound(name: String, check: [String]) throws {
    try Requirement.tool(check[0])
    let sandbox = try Sandbox()
    let file = try #require(Completion.files().first { $0.name == name })
    let outcome = try sandbox.execute(check + [try sandbox.write(name, file.text)])
    #expect(outcome.status == 0 && outcome.stderr.isEmpty, "\(outcome)")
  }

  /// Compares a folder of the repository with a rendering, or records it.
  private func expectCurrent(
    _ folder: String, _ files: [(name: String, text: String)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = Repository.root + "/" + folder
    let manager = FileManager.default
    if ProcessInfo.processInfo.environment["CARESPHERE_RECORD"] != nil {
      try? manager.removeItem(atPath: path)
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
      for file in files {
        try file.text.write(toFile: path + "/" + file.name, atomically: true, encoding: .utf8)
      }
      Issue.record("recorded \(folder)/; look at the difference", sourceLocation: sourceLocation)
      return
    }
    let names = (try? manager.contentsOfDirectory(atPath: path)) ?? []
    #expect(Set(names) == Set(files.map(\.name)), "make \(folder)", sourceLocation: sourceLocation)
    for file in files {
      let committed = try? Repository.text(folder + "/" + file.name)
      #expect(
        committed == file.text, "\(folder)/\(file.name) is not current: make \(folder)",
        sourceLocation: sourceLocation)
    }
  }
}
