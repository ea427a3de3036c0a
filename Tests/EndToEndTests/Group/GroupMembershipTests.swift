import Foundation
import TestSupport
import Testing

/// Who is in a group: put in and taken out by name, by file and by filter.
@Suite struct GroupMembershipTests {
  private let community: Community

  init() throws {
    community = try Community()
    try community.run("group", "add", "Choir")
  }

  /// The external ids of those in the group.
  private func present() throws -> Set<String> {
    Set(
      try community.run("group", "members", "choir", "-f", "csv", "--no-headers", "--fields", "externalId")
        .lines)
  }

  private func counts(_ report: [String: Any], _ keys: String...) -> [Int?] {
    keys.map { report[$0] as? Int }
  }

  @Test func onePersonIsPutInWithoutAQuestion() throws {
    let report = try community.rehearses("group", "assign", "choir", "ana@example.org")
    #expect(counts(report, "assigned", "alreadyMembers") == [1, 0])
    #expect((report["group"] as? [String: String])?["name"] == "Choir")
    let again = try community.data("group", "assign", "choir", "ext:1")
    #expect(counts(again, "assigned", "alreadyMembers") == [0, 1])
    #expect(try community.data("group", "show", "choir")["memberCount"] as? Int == 1)
    #expect(try present() == ["1"])
    let groups = try community.data("member", "show", "ext:1")["groups"] as? [[String: Any]]
    #expect(groups?.map { $0["name"] as? String } == ["Choir"])
  }

  @Test func severalAreAskedAbout() throws {
    try community.refuses(2, "group", "assign", "choir", "ext:1", "ext:2", saying: "--yes")
    try community.refuses(2, "group", "assign", "choir", "--where", "city = lagos", saying: "2 members")
    let report = try community.rehearses("group", "assign", "choir", "ext:1", "ext:2", "ext:1")
    #expect(counts(report, "assigned") == [2])
    try community.refuses(2, "group", "remove", "choir", "ext:1", "ext:2", saying: "--yes")
    #expect(counts(try community.rehearses("group", "remove", "choir", "ext:1", "ext:2"), "removed") == [2])
  }

  @Test func theAnswerIsTakenOnATerminal() throws {
    for (answer, expected) in [("n", Set<String>()), ("y", ["1", "2"])] {
      let terminal = try community.sandbox.terminal(["group", "assign", "choir", "ext:1", "ext:2"])
      try terminal.expect("Put 2 members")
      try terminal.send(answer + "\r")
      #expect(terminal.finish() == .exited(answer == "y" ? 0 : 7))
      #expect(try present() == expected)
    }
  }

  @Test func aFilterPutsIn() throws {
    let report = try community.rehearses("group", "assign", "choir", "--where", "tag = choir")
    #expect(counts(report, "assigned", "alreadyMembers") == [2, 0])
    #expect(try present() == ["1", "3"])
    let entry = try #require(try community.list("entries", "audit", "--limit", "1").first)
    #expect(entry["entity"] as? String == "group")
    #expect((entry["after"] as? [String: Any])?["where"] as? String == "tag = choir")
    #expect((entry["after"] as? [String: Any])?["added"] as? Int == 2)
  }

  @Test func aFilterThatFindsNobodyIsASuccess() throws {
    let report = try community.data("group", "assign", "choir", "--where", "city = Nowhere")
    #expect(counts(report, "assigned", "alreadyMembers") == [0, 0])
  }

  @Test(arguments: [
    "ext:1\nida@example.org\n", "\nida@example.org\r\n\r\next:1", "email\nana@example.org\nida@example.org\n",
    "firstName,lastName,email,shoe size\nAna,Souza,ana@example.org,41\nIda,Berg,ida@example.org,39\n",
    "[{\"externalId\":\"1\"},{\"externalId\":\"3\"}]",
    "{\"email\":\"ana@example.org\"}\n{\"externalId\":\"3\"}\n",
    "BEGIN:VCARD\nVERSION:4.0\nFN:Ana Souza\nN:Souza;Ana;;;\nEMAIL:ana@example.org\nEND:VCARD\n"
      + "BEGIN:VCARD\nVERSION:4.0\nFN:Ida Berg\nN:Berg;Ida;;;\nEMAIL:ida@example.org\nEND:VCARD\n",
  ])
  func aFileIsWhatImportReadsOrOneReferenceALine(text: String) throws {
    try community.sandbox.write("people", text)
    let report = try community.rehearses("group", "assign", "choir", "--from", "people")
    #expect(counts(report, "assigned") == [2])
    #expect(try present() == ["1", "3"])
  }

  @Test func aLineThatNamesNobodyStopsAll() throws {
    let outcome = try community.refuses(
      3, "group", "assign", "choir", "--from", "-", "--yes", "--json",
      stdin: "ext:1\nnobody@example.org\n\next:99\n")
    let details = try #require(try outcome.error()["details"] as? [[String: Any]])
    #expect(details.map { $0["line"] as? Int } == [2, 4])
  }

  @Test func aLineThatNamesSeveralListsThem() throws {
    try community.run(
      "member", "add", "--first-name", "Eva", "--last-name", "Souza", "--email", "ana@example.org")
    try community.refuses(
      3, "group", "sync", "choir", "-", "--yes", saying: "Eva Souza", stdin: "ana@example.org\n")
  }

  @Test func whoIsMeantIsSaidOnce() throws {
    try community.refuses(2, "group", "assign", "choir", saying: "--where")
    try community.refuses(2, "group", "assign", "choir", "ext:1", "--where", "city = Lagos")
    try community.refuses(6, "group", "assign", "choir", "ext:1", "ext:99", saying: "ext:99")
    try community.refuses(10, "group", "assign", "choir", "--from", "no-such-file")
  }

  // MARK: Sync

  @Test func aSyncPutsInAndTakesOut() throws {
    try community.run("group", "assign", "choir", "ext:1", "ext:2", "--yes")
    try community.sandbox.write("list", "ext:2\next:3\n")
    let refused = try community.refuses(
      7, "group", "sync", "choir", "list", "--yes", saying: "add --max-removals 1")
    #expect(refused.stderr.contains("at most 0 may be: 20% of 2, rounded down"), "\(refused)")
    let byNumber = try community.refuses(
      7, "group", "sync", "choir", "list", "--yes", "--max-removals", "0", saying: "at most 0 may be\n")
    #expect(!byNumber.stderr.contains("%"))
    try community.refuses(2, "group", "sync", "choir", "list", "--max-removals", "50%", saying: "--yes")
    let report = try community.rehearses("group", "sync", "choir", "list", "--max-removals", "1")
    #expect(counts(report, "added", "removed", "unchanged") == [1, 1, 1])
    #expect(try present() == ["2", "3"])
    let again = try community.data("group", "sync", "choir", "list")
    #expect(counts(again, "added", "removed", "unchanged") == [0, 0, 2])
  }

  @Test func aSyncCanBeHalved() throws {
    try community.run("group", "assign", "choir", "ext:1", "ext:2", "--yes")
    try community.sandbox.write("list", "ext:2\next:3\n")
    #expect(
      counts(try community.data("group", "sync", "choir", "list", "--add-only"), "added", "removed") == [
        1, 0,
      ])
    #expect(try present() == ["1", "2", "3"])
    try community.run("group", "remove", "choir", "ext:3")
    let report = try community.data(
      "group", "sync", "choir", "list", "--remove-only", "--max-removals", "50%", "--yes")
    #expect(counts(report, "added", "removed") == [0, 1])
    #expect(try present() == ["2"])
    try community.refuses(2, "group", "sync", "choir", "list", "--add-only", "--remove-only")
  }

  @Test(arguments: [("0", false), ("1", false), ("2", true), ("66%", false), ("67%", true), ("100%", true)])
  func theLimitOfRemovalsIsKept(limit: String, isEnough: Bool) throws {
    try community.run("group", "assign", "choir", "ext:1", "ext:2", "ext:3", "--yes")
    let outcome = try community.sandbox.run(
      ["group", "sync", "choir", "-", "--yes", "--max-removals", limit], stdin: Array("ext:1\n".utf8))
    #expect(outcome.status == (isEnough ? 0 : 7), "\(outcome)")
    #expect(try present() == (isEnough ? ["1"] : ["1", "2", "3"]))
  }

  @Test(arguments: ["x", "-1", "101%", "%", "+5", "1.5"]) func aLimitIsANumberOrAPart(limit: String) throws {
    try community.refuses(2, "group", "sync", "choir", "-", "--max-removals", limit, stdin: "ext:1\n")
  }

  @Test func anEmptyFileEmptiesNothing() throws {
    try community.run("group", "assign", "choir", "ext:1")
    try community.refuses(3, "group", "sync", "choir", "-", "--yes", "--max-removals", "100%")
  }

  @Test func aGroupIsListedWithTheFlagsOfAList() throws {
    try community.run("group", "assign", "choir", "--where", "not id is empty", "--yes")
    func count(_ flags: String...) throws -> [String] {
      try community.sandbox.run(["group", "members", "choir", "-f", "count"] + flags).succeeded().lines
    }
    #expect(try count() == ["3"])
    #expect(try count("--city", "lagos") == ["2"])
    #expect(try count("--where", "tag = choir", "--city", "lagos") == ["1"])
    #expect(try count("--limit", "2") == ["2"])
    #expect(
      try community.list("members", "group", "members", "choir", "--sort", "email", "--limit", "1").count == 1
    )
    #expect(
      try community.run(
        "group", "members", "choir", "--sort", "email", "--order", "desc", "--fields", "email"
      )
      .lines.first == "ida@example.org")
  }
}
