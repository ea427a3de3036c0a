import Foundation
import TestSupport
import Testing

/// `make install`, `make install-systemd` and `make uninstall`, of the program under test.
@Suite struct InstallationTests {
  /// One prefix, and where below it everything goes.
  private static let prefixes = ["/usr/local", "/usr", "/home/Ada Obi/.local", ""]

  @Test(arguments: prefixes) func everythingIsInItsPlace(prefix: String) throws {
    let sandbox = try Sandbox()
    try make(sandbox, prefix, "install", "install-systemd")
    #expect(try files(sandbox) == Self.expected.map { prefix + "/" + $0 }.sorted())

    let program = sandbox.path("a root" + prefix + "/bin/caresphere")
    let outcome = try sandbox.execute([program, "--version"]).succeeded()
    #expect(outcome.stdout.hasPrefix("caresphere "))
    let unit = try sandbox.read("a root" + prefix + "/lib/systemd/system/caresphere-rules.service")
    #expect(unit.contains("\nExecStart=\(prefix)/bin/caresphere rule run "))
  }

  @Test(arguments: prefixes) func uninstallingTakesWhatWasInstalledAndNoMore(prefix: String) throws {
    let sandbox = try Sandbox()
    try make(sandbox, prefix, "install", "install-systemd")
    let foreign = [
      "/bin/caresphere-other", "/lib/systemd/system/caresphere-import.timer",
      "/share/man/man1/caresphere-other.1",
    ].map { prefix + $0 }
    for file in foreign { try sandbox.write("a root" + file, "") }
    try make(sandbox, prefix, "uninstall")
    #expect(try files(sandbox) == foreign.sorted())
  }

  @Test func onesOwnHomeGetsNoUnits() throws {
    let sandbox = try Sandbox()
    try make(sandbox, "/home/ada/.local", "install")
    #expect(try files(sandbox).allSatisfy { !$0.contains("systemd") && !$0.contains("sysusers") })
  }

  /// What is installed, below the prefix.
  private static var expected: [String] {
    let pages = names("man").map { "share/man/man\($0.suffix(1))/\($0)" }
    let units = names("systemd").filter { $0.contains(".") && !$0.hasSuffix(".d") }
      .map { "lib/systemd/system/\($0)" }
    return pages + units + [
      "bin/caresphere", "lib/sysusers.d/caresphere.conf", "lib/tmpfiles.d/caresphere.conf",
      "share/bash-completion/completions/caresphere", "share/fish/vendor_completions.d/caresphere.fish",
      "share/zsh/site-functions/_caresphere",
    ]
  }

  private static func names(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: Repository.root + "/" + folder)) ?? []
  }

  /// Runs make in the checkout, for a DESTDIR with a space in it.
  private func make(_ sandbox: Sandbox, _ prefix: String, _ targets: String...) throws {
    try Requirement.tool("make")
    try sandbox.execute(
      ["make", "-s", "-C", Repository.root] + targets + [
        "BINARY=" + (try Executable.caresphere()), "PREFIX=" + prefix, "DESTDIR=" + sandbox.path("a root"),
      ]
    ).succeeded()
  }

  private func files(_ sandbox: Sandbox) throws -> [String] {
    try sandbox.execute(["find", sandbox.path("a root"), "-type", "f", "-printf", "/%P\\n"]).succeeded().lines
      .sorted()
  }
}
