import CareSphereKit
import Foundation
import TestSupport
import Testing

/// Where a configuration is looked for.
@Suite struct ConfigurationFileTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func name(_ path: String?, _ environment: [String: String]) throws -> String? {
    try Configuration.load(path: path, environment: environment).organization.name
  }

  @Test func theNamedFileComesFirstThenTheUsersOwn() throws {
    let named = try sandbox.write("named.json", "{organization: {name: 'named'}}")
    try sandbox.write("xdg/caresphere/config.json", "{organization: {name: 'xdg'}}")
    try sandbox.write("home/.config/caresphere/config.json", "{organization: {name: 'home'}}")
    let both = ["XDG_CONFIG_HOME": sandbox.path("xdg"), "HOME": sandbox.path("home")]
    #expect(try name(named, both) == "named")
    #expect(try name(nil, both) == "xdg")
    #expect(try name(nil, ["HOME": sandbox.path("home")]) == "home")
    #expect(try name(nil, ["XDG_CONFIG_HOME": "relative", "HOME": sandbox.path("home")]) == "home")
    #expect(try Configuration.load(path: named, environment: both).path == named)
  }

  @Test func withoutAnyFileThereAreTheDefaults() throws {
    if FileManager.default.fileExists(atPath: "/etc/caresphere/config.json") { return }
    #expect(try Configuration.load(path: nil, environment: ["HOME": sandbox.path("none")]) == Configuration())
    #expect(try Configuration.load(path: nil, environment: [:]) == Configuration())
  }

  @Test func aNamedFileMustBeThere() throws {
    for path in [sandbox.path("none.json"), "", sandbox.path("home/x/y"), sandbox.path("home")] {
      let error = #expect(throws: CareError.self) { try Configuration.load(path: path, environment: [:]) }
      #expect(error?.code == .io)
    }
  }

  @Test func whatIsTooLargeOrWritableByAllIsRefused() throws {
    let large = try sandbox.write("large.json", "{}" + String(repeating: " ", count: 1 << 20))
    let open = try sandbox.write("open.json", "{}")
    chmod(open, 0o666)
    for path in [large, open, "/dev/zero"] {
      let error = #expect(throws: CareError.self) { try Configuration.load(path: path, environment: [:]) }
      #expect(error?.code == .validation)
    }
  }

  @Test func relativePathsBeginAtTheFile() throws {
    let file = try sandbox.write(
      "etc/c.json", "{email: {maildir: {path: 'out'}, smtp: {passwordFile: '/p'}}}")
    let email = try Configuration.load(path: file, environment: [:]).email
    #expect(email.maildir.path == sandbox.path("etc/out"))
    #expect(email.smtp.passwordFile == "/p")
  }
}
