import Foundation
import TestSupport
import Testing

/// Notes and activities, and who may see them.
@Suite struct MemberNotesTests {
  private let community: Community

  init() throws { community = try Community() }

  @Test func aNoteIsPrintedAndListedInTheNamesOfTheAPI() throws {
    let note = try community.rehearses("member", "note", "ext:1", "Called to follow up", "--type", "followup")
    #expect(note["note"] as? String == "Called to follow up")
    try community.run("member", "note", "ext:1", "-", stdin: "Two\nlines\n")
    let notes = try community.list("notes", "member", "notes", "ext:1")
    #expect(notes.map { $0["note"] as? String } == ["Two\nlines", "Called to follow up"])
    let first = try #require(notes.last)
    #expect(Set(first.keys) == ["id", "note", "noteType", "isPrivate", "createdBy", "createdAt"])
    #expect(first["noteType"] as? String == "followup")
    #expect(first["isPrivate"] as? Bool == false)
    let author = try #require(first["createdBy"] as? [String: String])
    #expect(Set(author.keys) == ["id", "name"])
    #expect(author["name"] == "Ada Admin")
    #expect(try community.run("member", "notes", "ext:2", "--json").data()["notes"] as? [String] == [])
  }

  /// What is printed of a new note or activity is what lists show of it.
  @Test func anAuthorHasOneName() throws {
    try community.run("user", "update", "admin@grace.example", "--display-name", "Pastor Ada")
    let note = try community.data("member", "note", "ext:1", "Called")
    let activity = try community.data("member", "log", "ext:1", "visit", "Sunday")
    let notes = try community.list("notes", "member", "notes", "ext:1")
    let activities = try community.list("activities", "member", "activities", "ext:1")
    for record in [note, activity] + notes + activities.filter({ $0["activityType"] as? String == "visit" }) {
      #expect((record["createdBy"] as? [String: String])?["name"] == "Pastor Ada")
    }
  }

  @Test func aPrivateNoteReachesItsAuthorAndAdmins() throws {
    let moderator = try community.acting(as: "moderator")
    try community.run("member", "note", "ext:1", "for all")
    try community.sandbox.run(["member", "note", "ext:1", "between us", "--private"] + moderator).succeeded()
    #expect(try community.run("member", "notes", "ext:1", "-f", "count").lines == ["2"])
    // The tokens were made by the admin and stand in for them; another author's are hidden.
    let other = try community.data(
      "user", "add", "eve@grace.example", "--full-name", "Eve", "--role", "moderator", "--password-stdin",
      stdin: "Another-Horse-8\n")
    #expect(other["role"] as? String == "moderator")
    let environment = ["XDG_STATE_HOME": community.sandbox.path("eve")]
    func eve(_ arguments: String..., stdin: String = "") throws -> Outcome {
      try community.sandbox.run(arguments, stdin: Array(stdin.utf8), environment: environment).succeeded()
    }
    _ = try eve("user", "login", "eve@grace.example", "--password-stdin", stdin: "Another-Horse-8\n")
    #expect(
      try eve("member", "notes", "ext:1", "-f", "csv", "--no-headers", "--fields", "note").lines == [
        "for all"
      ])
    _ = try eve("member", "note", "ext:1", "mine alone", "--private")
    #expect(try eve("member", "notes", "ext:1", "-f", "count").lines == ["2"])
    #expect(try community.run("member", "notes", "ext:1", "-f", "count").lines == ["3"])
    let log = try community.run("audit", "--json").stdout
    #expect(log.contains("for all"))
    #expect(!log.contains("between us") && !log.contains("mine alone"))
  }

  @Test func everyProblemOfANoteIsListed() throws {
    let outcome = try community.refuses(
      3, "member", "note", "ext:1", " ", "--type", String(repeating: "x", count: 51), "--json")
    #expect(Set((try outcome.error()["details"] as? [String: String] ?? [:]).keys) == ["note", "noteType"])
  }

  @Test func anActivityKeepsItsMetadata() throws {
    let activity = try community.rehearses(
      "member", "log", "ext:1", "gift", "For the roof", "--metadata",
      "{\"amount\":12.50,\"to\":{\"fund\":\"roof\"}}")
    #expect(activity["activityType"] as? String == "gift")
    let listed = try #require(try community.list("activities", "member", "activities", "ext:1").first)
    #expect(
      Set(listed.keys) == ["id", "activityType", "description", "metadata", "createdBy", "createdAt"])
    #expect((listed["metadata"] as? [String: Any])?["amount"] as? Double == 12.5)
    #expect(
      try community.run("member", "activities", "ext:1", "-f", "csv", "--no-headers", "--fields", "metadata")
        .lines == ["\"{\"\"amount\"\":12.50,\"\"to\"\":{\"\"fund\"\":\"\"roof\"\"}}\""])
  }

  @Test func everyProblemOfAnActivityIsListed() throws {
    let outcome = try community.refuses(3, "member", "log", "ext:1", "", "--metadata", "[1]", "--json")
    #expect(
      Set((try outcome.error()["details"] as? [String: String] ?? [:]).keys) == ["activityType", "metadata"])
    try community.refuses(3, "member", "log", "ext:1", "call", "--metadata", "{", saying: "JSON")
    try community.refuses(6, "member", "log", "ext:99", "call")
  }

  @Test func activitiesAreFilteredSortedAndPaged() throws {
    for type in ["visit", "call", "gift", "call"] { try community.run("member", "log", "ext:1", type) }
    try community.run("member", "log", "ext:2", "call")
    func types(_ flags: String...) throws -> [String] {
      try community.sandbox.run(
        ["member", "activities", "ext:1", "-f", "csv", "--no-headers", "--fields", "activityType"] + flags
      ).succeeded().lines
    }
    #expect(try types() == ["call", "gift", "call", "visit"])
    #expect(try types("--order", "asc") == ["visit", "call", "gift", "call"])
    #expect(try types("--sort", "activityType") == ["call", "call", "gift", "visit"])
    #expect(try types("--type", "call") == ["call", "call"])
    #expect(try types("--page", "2", "--limit", "3") == ["visit"])
    let page = try community.run("member", "activities", "ext:1", "--page", "2", "--limit", "3", "--json")
      .json()
    let metadata = (page as? [String: Any])?["metadata"] as? [String: Any]
    let pagination = try #require(metadata?["pagination"] as? [String: Any])
    #expect(pagination["totalItems"] as? Int == 4)
    #expect(pagination["hasNextPage"] as? Bool == false)
  }

  @Test func readersDoNotWrite() throws {
    try community.forbids(
      "member",
      [
        ["member", "note", "ext:1", "text"], ["member", "log", "ext:1", "call"],
        ["member", "tag", "ext:1", "--tag", "x"], ["member", "untag", "ext:1", "--tag", "choir"],
        ["member", "merge", "ext:1", "ext:2"],
        ["member", "consent", "ext:1", "--channel", "email", "--opt-out"],
      ])
    let reader = try community.acting(as: "member")
    for command in [["notes", "ext:1"], ["activities", "ext:1"], ["duplicates"]] {
      try community.sandbox.run(["member"] + command + reader).succeeded()
    }
  }
}
