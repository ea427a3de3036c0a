import Foundation
import TestSupport
import Testing

/// The units of systemd: systemd understands them, what they start works, and the README tells cron the same.
@Suite struct UnitFilesTests {
  private static let services = ["rules", "deliver", "backup"]

  @Test func systemdUnderstandsThem() throws {
    try Requirement.tool("systemd-analyze")
    let sandbox = try Sandbox()
    try sandbox.execute([
      "make", "-s", "-C", Repository.root, "install", "install-systemd",
      "BINARY=" + (try Executable.caresphere()), "PREFIX=" + sandbox.path,
    ]).succeeded()
    let outcome = try sandbox.shell("systemd-analyze verify --man=no lib/systemd/system/*")
    #expect(outcome.status == 0 && outcome.stdout.isEmpty && outcome.stderr.isEmpty, "\(outcome)")
  }

  /// systemd counts what a service could do, from 0 to 10; what needs the network cannot have 0.
  @Test(arguments: [("rules", "13"), ("deliver", "13"), ("backup", "5")])
  func theyMayDoLittle(name: String, tenths: String) throws {
    try Requirement.tool("systemd-analyze")
    try Sandbox().execute([
      "systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=\(tenths)",
      Repository.root + "/systemd/caresphere-\(name).service",
    ]).succeeded()
  }

  @Test func whatTheyStartWorks() throws {
    let community = try Community()
    // The last name of /var/backups/caresphere, which is there when the package is.
    try FileManager.default.createDirectory(
      atPath: community.sandbox.path("caresphere"), withIntermediateDirectories: false)
    for service in Self.services {
      let words = try Self.command(of: service)
      let option = try #require(words.firstIndex(of: "--token-file"))
      let file = (words[option + 1] as NSString).lastPathComponent
      let role = file == "backup.token" ? "admin" : "moderator"
      if !community.sandbox.exists(file) {
        let token = try community.run(
          "user", "token", file, "--role", role, "--expires-in", "1d", "--fields", "token")
        try community.sandbox.write(file, token.stdout)
        chmod(community.sandbox.path(file), 0o600)
      }
      let here = words.map { word in
        word.hasPrefix("/") || word.hasPrefix("%") ? (word as NSString).lastPathComponent : word
      }
      let outcome = try community.sandbox.run(here).succeeded()
      #expect(outcome.stdout.isEmpty && outcome.stderr.isEmpty, "\(outcome)")
    }
  }

  /// The crontab of a person in the README, and that of the machine, with a user, in README.Debian.
  @Test(arguments: [("README.md", ""), ("debian/README.Debian", "caresphere  ")])
  func cronIsToldTheSame(document: String, user: String) throws {
    let lines = try Repository.text(document).components(separatedBy: "\n")
    for service in ["rules", "deliver"] {
      let words = try Self.command(of: service)
      let line = try #require(lines.first { $0.contains("*  \(user)caresphere \(words[0]) \(words[1]) ") })
      let fields = line.split(separator: " ").map(String.init)
      let command = try #require(fields.lastIndex(of: "caresphere"))
      #expect(Self.withoutToken(Array(fields[(command + 1)...])) == Self.withoutToken(words))
      let minutes = try #require(try Self.setting("OnCalendar", in: "caresphere-\(service).timer"))
      #expect(minutes.replacingOccurrences(of: "*:0/", with: "*/") == fields[0])
      #expect(fields[1...4].allSatisfy { $0 == "*" })
    }
  }

  @Test func theDocumentsNameThem() throws {
    for document in ["README.md", "debian/README.Debian"] {
      let text = try Repository.text(document)
      for service in Self.services { #expect(text.contains("caresphere-\(service).timer")) }
      #expect(text.contains("/var/lib/caresphere/cron.token"))
    }
  }

  /// What the service runs, without the program.
  private static func command(of service: String) throws -> [String] {
    let command = try #require(try setting("ExecStart", in: "caresphere-\(service).service"))
    let words = command.split(separator: " ").map(String.init)
    #expect(words.first == "/usr/local/bin/caresphere")
    return Array(words.dropFirst())
  }

  private static func setting(_ name: String, in unit: String) throws -> String? {
    try Repository.text("systemd/" + unit).components(separatedBy: "\n")
      .first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
  }

  private static func withoutToken(_ words: [String]) -> [String] {
    words.enumerated().map { $0 > 0 && words[$0 - 1] == "--token-file" ? "TOKEN" : $1 }
  }
}
