import CareSphereKit
import CommandLineKit
import Testing

@testable import CareSphereCLI

@Suite struct DelegationTests {
  private let delegated = Delegation(["SUDO_UID": "1000"], user: 999)

  @Test func onlySudoToAnotherWhoIsNotRootCounts() {
    #expect(delegated.isActive)
    #expect(!Delegation([:], user: 999).isActive)
    #expect(!Delegation(["SUDO_UID": "1000"], user: 1000).isActive)
    #expect(!Delegation(["SUDO_UID": "1000"], user: 0).isActive)
    #expect(!Delegation(["SUDO_UID": "x"], user: 999).isActive)
  }

  @Test func noFileIsOpenedThatThePersonNames() {
    let options = [
      OptionSpec("content-file", "FILE", "", value: .file), OptionSpec("dir", "DIR", "", value: .directory),
      OptionSpec("title", "T", ""),
    ]
    let arguments = [ArgumentSpec("FILE", "", value: .file, arity: .optional), ArgumentSpec("NAME", "")]
    func refused(
      _ typed: [String: [String]], _ positionals: [String: [String]] = [:], by delegation: Delegation? = nil
    ) -> Bool {
      let parsed = ParsedArguments(path: ["x"], options: typed, positionals: positionals)
      do {
        try (delegation ?? delegated).check(
          parsed, options: options + GlobalOptions.all, arguments: arguments)
        return false
      } catch { return error.code == .forbidden }
    }
    for name in ["content-file", "dir", "output", "config", "token-file"] {
      #expect(refused([name: ["/etc/passwd"]]), "\(name)")
      #expect(!refused([name: ["-"]]), "\(name)")
      #expect(!refused([name: ["/etc/passwd"]], by: Delegation([:], user: 999)), "\(name)")
    }
    #expect(refused([:], ["FILE": ["people.csv"]]))
    #expect(
      !refused(
        ["title": ["/etc/passwd"], "db": ["/srv/care.db"]], ["FILE": ["-"], "NAME": ["a"]]))
  }
}
