import Foundation
import TestSupport
import Testing

/// The audit log and the status.
@Suite struct AuditTests {
  private let community: Community

  init() throws { community = try Community() }

  private func count(_ flags: String...) throws -> Int? {
    Int(try community.sandbox.run(["audit", "-f", "count"] + flags).succeeded().lines.first ?? "")
  }

  @Test func entriesAreNewestFirstAndComplete() throws {
    try community.run("group", "add", "Choir")
    let entries = try community.list("entries", "audit")
    #expect(entries.map { $0["command"] as? String } == ["group add", "member import", "init"])
    let first = try #require(entries.first)
    #expect(
      Set(first.keys) == ["id", "at", "actor", "command", "entity", "entityId", "before", "after"])
    #expect(first["actor"] as? String == "admin@grace.example")
    #expect(first["before"] is NSNull)
    #expect((first["after"] as? [String: Any])?["name"] as? String == "Choir")
    let oldest = try community.list("entries", "audit", "--order", "asc", "--limit", "1")
    #expect(oldest.first?["command"] as? String == "init")
  }

  @Test func entriesAreFoundByWhatAndWhomAndWhen() throws {
    let id = try community.id("ext:1")
    try community.run("member", "tag", "ext:1", "--tag", "x")
    try community.run("group", "add", "Choir")
    #expect(try count() == 4)
    #expect(try count("--entity", "group") == 1)
    #expect(try count("--entity", "nothing") == 0)
    for entity in [id, "member:\(id)", "member:\(id.suffix(8))", "member:\(id.prefix(13))"] {
      #expect(try count("--entity", entity) == 1, "\(entity)")
    }
    #expect(try count("--entity", "group:\(id)") == 0)
    #expect(try count("--actor", "ADMIN@grace.example") == 4)
    #expect(try count("--since", "-1h", "--until", "+1h") == 4)
    #expect(try count("--since", "+1d") == 0)
    #expect(try count("--until", "-1d") == 0)
    #expect(try count("--page", "2", "--limit", "3") == 1)
    try community.refuses(3, "audit", "--entity", "member:1")
    try community.refuses(3, "audit", "--since", "yesterday", saying: "YYYY-MM-DD")
    try community.refuses(6, "audit", "--actor", "nobody@grace.example")
    try community.refuses(2, "audit", "--sort", "when", saying: "at")
  }

  @Test func onlyAdminsRead() throws {
    try community.forbids("moderator", [["audit"]])
    try community.forbids("member", [["audit"]])
  }

  @Test func aDryRunLeavesNoEntry() throws {
    let before = try count()
    try community.run("member", "tag", "ext:1", "--tag", "x", "--dry-run")
    #expect(try count() == before)
  }
}

@Suite struct StatusCountTests {
  @Test func itTellsWhatThereIsWithoutALogin() throws {
    let community = try Community()
    try community.run("group", "add", "Choir")
    try community.run("member", "update", "ext:2", "--status", "inactive")
    try community.run("user", "logout")
    let status = try community.data("status")
    #expect(status["ok"] as? Bool == true)
    #expect(status["lastBackup"] is NSNull)
    let counts = try #require(status["counts"] as? [String: Int])
    #expect(counts["members"] == 3)
    #expect(counts["groups"] == 1)
    #expect(counts["users"] == 1)
    #expect(
      status["membersByStatus"] as? [String: Int]
        == ["active": 2, "inactive": 1, "pending": 0, "archived": 0])
    let paths = try #require(status["paths"] as? [String: Any])
    #expect(paths["database"] as? String == community.sandbox.database)
    #expect(paths["session"] is NSNull)
    let versions = try #require(status["versions"] as? [String: String])
    #expect(versions["caresphere"]?.isEmpty == false && versions["sqlite"]?.isEmpty == false)
    try community.refuses(2, "status", "-f", "ids")
  }

  @Test func anUnwellFileEndsWithNine() throws {
    let sandbox = try Sandbox()
    try sandbox.run("status").failed(9, saying: "caresphere init")
    try sandbox.initialize()
    try sandbox.execute(["truncate", "-s", "8192", sandbox.database]).succeeded()
    try sandbox.run("status").failed(9)
  }
}
