import Foundation
import TestSupport
import Testing

/// The Debian package of the program under test. `make deb-test` installs it.
@Suite struct DebianPackageTests {
  @Test func theChangelogIsOfThisVersion() throws {
    let version = try Sandbox().run("--version").succeeded().stdout
    let changelog = try Repository.text("debian/changelog")
    #expect(
      "caresphere " + (changelog.split(separator: "(", maxSplits: 1).last?.prefix { $0 != ")" } ?? "") + "\n"
        == version)
  }

  /// Made a second time it is the same, whatever the person's settings; and lintian has nothing to say.
  @Test func itIsInOrder() throws {
    let sandbox = try Sandbox()
    // Some seconds of two processors, but others are at work.
    sandbox.timeout = 900
    let binary = try releaseBuild()
    try Requirement.tool("dpkg-buildpackage", "dh", "lintian")
    let first = try build(sandbox, binary, "first")
    let second = try build(
      sandbox, binary, "in/another folder", "umask 077",
      environment: ["TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": "/nonexistent"])
    #expect(try sandbox.execute(["cmp", first, second]).status == 0)

    let lintian = try sandbox.shell(
      "lintian --allow-root --profile debian --fail-on error,warning first/*.changes")
    #expect(lintian.status == 0 && lintian.stdout.isEmpty, "\(lintian)")
  }

  @Test func theExecutableSaysNothingOfWhereItWasBuilt() throws {
    let binary = try Data(contentsOf: URL(fileURLWithPath: try releaseBuild()))
    #expect(binary.range(of: Data((Repository.root + "/").utf8)) == nil)
  }

  @Test func itRecommendsWhatIsLoadedWhenItIsThere() throws {
    let control = try Repository.text("debian/control")
    let markdown = try Repository.text("Sources/CRuntime/cmark.c")
    #expect(control.contains(" libcmark0.30.2 | ") && markdown.contains("\"libcmark.so.0.30.2\""))
    #expect(control.contains(" libcmark0.31.2,") && markdown.contains("\"libcmark.so.0.31.2\""))
    let curl = try Repository.text("Sources/CRuntime/curl.c")
    #expect(control.contains(" libcurl4 | ") && curl.contains("\"libcurl.so.4\""))
    #expect(control.contains(" libcurl3-gnutls | ") && curl.contains("\"libcurl-gnutls.so.4\""))
  }

  /// Only the release build has all that it needs inside.
  private func releaseBuild() throws -> String {
    let binary = try Executable.caresphere()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: binary), options: .alwaysMapped)
    if bytes.range(of: Data("libswiftCore.so".utf8)) != nil {
      try Test.cancel("only the release build is packaged: CARESPHERE_BIN=.build/release/caresphere")
    }
    return binary
  }

  /// - Returns: the package, in `folder` of the sandbox.
  private func build(
    _ sandbox: Sandbox, _ binary: String, _ folder: String, _ before: String = ":",
    environment: [String: String] = [:]
  ) throws -> String {
    let script = Repository.root + "/scripts/build-deb"
    let outcome = try sandbox.shell(
      "\(before); '\(script)' '\(binary)' '\(folder)'", environment: environment
    ).succeeded()
    return try #require(outcome.lines.last)
  }
}
