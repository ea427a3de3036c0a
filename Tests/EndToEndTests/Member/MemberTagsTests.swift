import Foundation
import TestSupport
import Testing

/// Tags and consents.
@Suite struct MemberTagsTests {
  private let community: Community

  init() throws { community = try Community() }

  private func tags(_ reference: String) throws -> [String]? {
    try community.data("member", "show", reference)["tags"] as? [String]
  }

  @Test func tagsJoinThoseThatAreThere() throws {
    let report = try community.rehearses("member", "tag", "ext:1", "--tag", "Émile", "--tag", "CHOIR")
    #expect(report["tagged"] as? Int == 1)
    #expect(try tags("ext:1") == ["choir", "Émile"])
    #expect(try community.data("member", "tag", "ext:1", "--tag", "ÉMILE")["unchanged"] as? Int == 1)
    let entry = try #require(try community.list("entries", "audit", "--limit", "1").first)
    #expect((entry["before"] as? [String: Any])?["tags"] as? [String] == ["choir"])
  }

  @Test func tagsAreTakenOffWhateverTheirLetterCase() throws {
    try community.rehearses("member", "untag", "ext:3", "--tag", "Choir", "--tag", "none")
    #expect(try tags("ext:3") == ["youth"])
    try community.run("member", "untag", "ext:3", "--tag", "youth")
    #expect(try tags("ext:3") == [])
  }

  @Test func severalPeopleAreAskedAbout() throws {
    try community.refuses(2, "member", "tag", "ext:1", "ext:2", "--tag", "new", saying: "Tag 2 members")
    let report = try community.rehearses("member", "tag", "ext:1", "ext:2", "--tag", "new")
    #expect(report["tagged"] as? Int == 2)
    try community.run("member", "tag", "ext:1", "ana@example.org", "--tag", "one")
    try community.refuses(6, "member", "tag", "ext:1", "ext:99", "--tag", "new", saying: "ext:99")
  }

  @Test(arguments: ["a;b", "a,b", "", "  "]) func whatIsNoTag(tag: String) throws {
    try community.refuses(3, "member", "tag", "ext:1", "--tag", tag, saying: "tag")
    try community.refuses(2, "member", "tag", "ext:1", saying: "--tag")
  }

  @Test func aDecisionIsRecordedWithItsReason() throws {
    let data = try community.rehearses(
      "member", "consent", "ext:1", "--channel", "email", "--opt-out", "--reason", "by phone")
    #expect(data["consents"] != nil)
    let consents = try #require(
      try community.data("member", "show", "ext:1")["consents"] as? [String: [String: Any]])
    #expect(Set(consents.keys) == ["email", "sms", "push"])
    #expect(consents["email"]?["state"] as? String == "out")
    #expect(consents["email"]?["reason"] as? String == "by phone")
    #expect(consents["email"]?["source"] as? String == "member consent")
    #expect(consents["sms"]?["state"] is NSNull)
    #expect(try community.run("member", "list", "--where", "optOut = email", "-f", "count").lines == ["1"])
    try community.run("member", "consent", "ext:1", "--channel", "email", "--opt-in")
    #expect(try community.run("member", "list", "--where", "optOut = email", "-f", "count").lines == ["0"])
  }

  @Test func aDecisionIsOneOfTwoOnOneChannel() throws {
    try community.refuses(2, "member", "consent", "ext:1", "--channel", "email", saying: "--opt-in")
    try community.refuses(2, "member", "consent", "ext:1", "--channel", "email", "--opt-in", "--opt-out")
    try community.refuses(2, "member", "consent", "ext:1", "--opt-in", saying: "--channel")
    try community.refuses(2, "member", "consent", "ext:1", "--channel", "fax", "--opt-in", saying: "sms")
  }

  @Test func aDecisionIsNotUndoneWithTheImport() throws {
    let batch = try #require(
      try community.data("member", "import", "-", stdin: "firstName,email\nNew,new@example.org\n")["batchId"]
        as? String)
    try community.run("member", "consent", "new@example.org", "--channel", "email", "--opt-out")
    try community.sandbox.run("member", "undo-import", batch, "--yes").failed(11)
    #expect(try community.id("new@example.org").count == 36)
  }
}
