import Foundation
import TestSupport
import Testing

/// People who are there twice: found, and made one.
@Suite struct MemberMergeTests {
  private let community: Community

  init() throws {
    community = try Community(
      """
      externalId,firstName,lastName,email,phone,dateOfBirth,city,tags,custom.shoe,custom.hat
      1,Ana,Souza,ana@example.org,+55 11 99,--05-15,,choir,41,
      2,ana,SOUZA,ANA@example.org,,1990-05-15,Lagos,youth,42,L
      3,Ana,Souza,other@example.org,+55-1199,1990-05-15,,,,
      4,Ben,Okoro,ben@example.org,,,,,,

      """)
  }

  private func sets(_ flags: String...) throws -> [String: Set<String?>] {
    let data = try community.sandbox.run(["member", "duplicates", "--json"] + flags).succeeded().data()
    let sets = try #require(data["duplicates"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: try sets.map { set in
        let members = try #require(set["members"] as? [[String: Any]])
        return (try #require(set["by"] as? String), Set(members.map { $0["externalId"] as? String }))
      })
  }

  @Test func whoMayBeThereTwiceIsFoundByThreeKeys() throws {
    #expect(try sets() == ["email": ["1", "2"], "phone": ["1", "3"], "name+birthday": ["2", "3"]])
    #expect(try sets("--by", "phone,email") == ["email": ["1", "2"], "phone": ["1", "3"]])
    #expect(try community.run("member", "duplicates", "-f", "count").lines == ["3"])
    let rows = try community.run("member", "duplicates", "--by", "email", "-f", "csv").lines
    #expect(rows.count == 3)
    #expect(rows.first?.hasPrefix("set,by,id,") == true)
    try community.refuses(2, "member", "duplicates", "--by", "e-mail", saying: "email")
  }

  @Test func nothingThatPointedAtTheOtherIsLost() throws {
    try community.run("group", "add", "Choir")
    try community.run("group", "add", "Youth")
    try community.run("group", "assign", "choir", "ext:1", "ext:2", "--yes")
    try community.run("group", "assign", "youth", "ext:2")
    try community.run("member", "note", "ext:2", "a note of two")
    try community.run("member", "log", "ext:3", "visit")
    try community.run("member", "consent", "ext:1", "--channel", "email", "--opt-in")
    try community.run("member", "consent", "ext:2", "--channel", "email", "--opt-out", "--reason", "no mail")
    try community.run("member", "consent", "ext:3", "--channel", "sms", "--opt-in")
    let (keep, other) = (try community.id("ext:1"), try community.id("ext:2"))
    try community.refuses(2, "member", "merge", "ext:1", "ext:2", "ext:3", saying: "--yes")
    let merged = try community.rehearses("member", "merge", "ext:1", "ext:2", "ext:3")

    #expect(merged["id"] as? String == keep)
    #expect(merged["email"] as? String == "ana@example.org")
    #expect(merged["city"] as? String == "Lagos")
    #expect(merged["dateOfBirth"] as? String == "1990-05-15")
    #expect(merged["tags"] as? [String] == ["choir", "youth"])
    #expect(merged["customFields"] as? [String: String] == ["hat": "L", "shoe": "41"])
    #expect((merged["groups"] as? [[String: Any]])?.map { $0["name"] as? String } == ["Choir", "Youth"])
    let consents = try #require(merged["consents"] as? [String: [String: Any]])
    #expect(consents["email"]?["state"] as? String == "out")
    #expect(consents["email"]?["reason"] as? String == "no mail")
    #expect(consents["sms"]?["state"] as? String == "in")

    let notes = try community.list("notes", "member", "notes", keep).compactMap { $0["note"] as? String }
    #expect(notes.contains("a note of two"))
    let written = notes.joined(separator: "\n")
    for lost in ["externalId: 2", "custom.shoe: 42", "email: other@example.org", "externalId: 3", other] {
      #expect(written.contains(lost), "\(lost) is in none of: \(written)")
    }
    #expect(!written.contains("ANA@example.org"))
    #expect(try community.list("activities", "member", "activities", keep).count == 1)
    #expect(try community.data("group", "show", "choir")["memberCount"] as? Int == 1)
    try community.sandbox.run("member", "show", other).failed(6)
    try community.database.expectSound()
  }

  @Test func bothAreAuditedAsTheyWere() throws {
    let (keep, other) = (try community.id("ext:1"), try community.id("ext:2"))
    try community.run("member", "merge", "ext:1", "ext:2", "--yes")
    let entry = try #require(try community.list("entries", "audit", "--entity", "member:\(keep)").first)
    #expect(entry["command"] as? String == "member merge")
    let before = try #require(entry["before"] as? [String: Any])
    let gone = try #require((before["merged"] as? [[String: Any]])?.first)
    #expect(gone["id"] as? String == other)
    #expect(gone["email"] as? String == "ANA@example.org")
    #expect(before["dateOfBirth"] as? String == "--05-15")
    #expect((entry["after"] as? [String: Any])?["dateOfBirth"] as? String == "1990-05-15")
  }

  @Test func nobodyIsMergedWithThemselves() throws {
    try community.refuses(3, "member", "merge", "ext:1", "ext:2", "ext:1", "--yes", saying: "themselves")
    try community.refuses(6, "member", "merge", "ext:1", "ext:99", "--yes", saying: "ext:99")
    try community.refuses(2, "member", "merge", "ext:1", "--yes", saying: "OTHER")
  }

  @Test func aMergedMemberIsNotUndoneWithTheImport() throws {
    let batch = try #require(
      try community.data("member", "import", "-", stdin: "firstName,email\nBenny,benny@example.org\n")[
        "batchId"]
        as? String)
    try community.run("member", "merge", "benny@example.org", "ext:4", "--yes")
    try community.sandbox.run("member", "undo-import", batch, "--yes").failed(11)
    #expect(try community.id("ext:4") == (try community.id("benny@example.org")))
  }

  @Test func erasingTakesFormerNamesAlong() throws {
    let other = try community.id("ext:2")
    try community.run("member", "note", "ext:2", "a note of two")
    try community.run("member", "tag", "ext:2", "--tag", "x")
    try community.run("member", "merge", "ext:1", "ext:2", "--yes")
    try community.run("member", "delete", "ext:1", "--erase")
    let log = try community.run("audit", "--json").stdout
    for trace in [other, "a note of two", "ANA@example.org"] { #expect(!log.contains(trace)) }
  }
}
