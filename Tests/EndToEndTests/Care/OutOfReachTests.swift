import Foundation
import TestSupport
import Testing

/// Whoever erases somebody is told which copies of the database still have them.
@Suite struct OutOfReachTests {
  /// A backup does not know of itself, nor of what came after it.
  @Test func theBackupsFromBeforeARestorationAreNamed() throws {
    let community = try Community()
    for name in ["parish.db", "later.db"] { try community.run("backup", name, "-q") }
    try community.run("restore", "parish.db", "--yes", "-q")
    try community.run(
      "user", "login", "admin@grace.example", "--password-stdin", "-q", stdin: "Correct-Horse-7\n")
    let status = try community.data("status")
    let last = try #require(status["lastBackup"] as? [String: Any])
    #expect((last["path"] as? String)?.hasSuffix("/later.db") == true)

    func told(_ member: String) throws -> [String] {
      let report = try community.data("member", "delete", member, "--erase", "--yes")
      return try #require(report["outOfReach"] as? [String]).map { ($0 as NSString).lastPathComponent }
    }
    let first = try told("ext:1")
    #expect(first.contains("parish.db") && first.contains("later.db"))
    #expect(first.contains { $0.contains(".before-restore-") })
    // They are not forgotten with the next backup; what is gone is not named.
    try FileManager.default.createDirectory(
      atPath: community.sandbox.path("backups"), withIntermediateDirectories: true)
    try community.run("backup", "--dir", "backups", "-q")
    #expect(try told("ext:2").contains("parish.db"))
    try FileManager.default.removeItem(atPath: community.sandbox.path("parish.db"))
    #expect(try !told("ext:3").contains("parish.db"))
  }

  /// Wherever they were put, the folder that is used no more included.
  @Test func everyPlaceOfABackupIsRemembered() throws {
    let community = try Community()
    for folder in ["old", "new"] {
      try FileManager.default.createDirectory(
        atPath: community.sandbox.path(folder), withIntermediateDirectories: true)
    }
    let places = [
      ["--dir", "old"], ["--dir", "old"], ["usb.db"], ["--dir", "new"], ["one.db"], ["--dir", "new"],
    ]
    for place in places { try community.sandbox.run(["backup", "-q"] + place).succeeded() }
    let report = try community.data("member", "delete", "ext:1", "--erase", "--yes")
    let told = try #require(report["outOfReach"] as? [String])
    let folders = told.map { (($0 as NSString).deletingLastPathComponent as NSString).lastPathComponent }
    #expect(folders.filter { $0 == "old" }.count == 2 && folders.filter { $0 == "new" }.count == 2)
    #expect(Set(told.map { ($0 as NSString).lastPathComponent }).isSuperset(of: ["usb.db", "one.db"]))
    #expect(told.count == 6)
  }
}
