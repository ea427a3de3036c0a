import Foundation
import TestSupport
import Testing

/// Groups themselves: added, found, changed, deleted.
@Suite struct GroupTests {
  private let community: Community

  init() throws { community = try Community() }

  @Test func aNewGroupIsPrintedInTheNamesOfTheAPI() throws {
    let group = try community.data(
      "group", "add", "Gospel Choir", "--type", "ministry", "--description", "We sing", "--color", "#aa0000",
      "--icon", "music")
    #expect(
      Set(group.keys) == [
        "id", "name", "description", "type", "color", "icon", "memberCount", "query", "dynamic", "createdAt",
        "updatedAt",
      ])
    #expect(group["name"] as? String == "Gospel Choir")
    #expect(group["type"] as? String == "ministry")
    #expect(group["memberCount"] as? Int == 0)
    #expect(group["dynamic"] as? Bool == false)
    #expect(group["query"] is NSNull)
    #expect(try community.list("groups", "group", "list").count == 1)
  }

  @Test func aBodyTakesThePlaceOfFlags() throws {
    let body = "{\"name\":\"Choir\",\"type\":\"ministry\",\"color\":null}"
    let group = try community.data("group", "add", "--from-json", "-", "--icon", "music", stdin: body)
    #expect(group["type"] as? String == "ministry")
    #expect(group["icon"] as? String == "music")
    try community.refuses(
      2, "group", "add", "Other", "--from-json", "-", saying: "name is given twice", stdin: body)
    let wrong = try community.refuses(
      3, "group", "add", "--from-json", "-", "--json",
      stdin: "{\"name\":\"\",\"colour\":\"red\",\"type\":5}")
    let details = try #require(try wrong.error()["details"] as? [String: String])
    #expect(Set(details.keys) == ["name", "colour", "type"])
    #expect(details["colour"]?.contains("color") == true)
  }

  @Test func aNameIsTakenWhateverItsLetterCase() throws {
    try community.run("group", "add", "Straße")
    try community.refuses(7, "group", "add", "STRASSE", saying: "Straße")
    try community.refuses(3, "group", "add", " ", saying: "name")
    try community.refuses(3, "group", "add", String(repeating: "x", count: 256), saying: "255")
  }

  @Test func aReferenceIsANameAnIdOrAPartOfOne() throws {
    let id = try #require(try community.data("group", "add", "Choir")["id"] as? String)
    try community.run("group", "add", "Choir 2")
    for reference in ["Choir", "CHOIR", id, id.uppercased(), String(id.suffix(8))] {
      #expect(try community.data("group", "show", reference)["id"] as? String == id)
    }
    try community.refuses(6, "group", "show", "Chior", saying: "Choir")
    let several = try community.refuses(7, "group", "show", String(id.prefix(6)), "--json")
    #expect((try several.error()["details"] as? [String: String])?.count == 2)
  }

  @Test func theMembersOfADynamicGroupAreWhomItsFilterFinds() throws {
    let group = try community.data("group", "add", "Lagos", "--where", "city = lagos")
    #expect(group["memberCount"] as? Int == 2)
    #expect(group["dynamic"] as? Bool == true)
    try community.run("member", "update", "ext:3", "--city", "LAGOS")
    #expect(try community.data("group", "show", "lagos")["memberCount"] as? Int == 3)
    #expect(try community.run("group", "members", "lagos", "-f", "count").lines == ["3"])
    try community.refuses(7, "group", "assign", "lagos", "ext:1", saying: "dynamic")
    try community.refuses(7, "group", "remove", "lagos", "ext:1", saying: "dynamic")
    try community.refuses(7, "group", "sync", "lagos", "-", saying: "dynamic", stdin: "ext:1\n")
  }

  @Test(arguments: [
    ("city = lagos and tagg = x", "tag"), ("group = Nobody", "Nobody"), ("age >=", "column"),
  ])
  func aWrongFilterIsRefused(expression: String, text: String) throws {
    try community.refuses(3, "group", "add", "New", "--where", expression, saying: text)
  }

  @Test func filtersOfGroupsCannotGoRoundInACircle() throws {
    try community.run("group", "add", "A", "--where", "city = lagos")
    try community.run("group", "add", "B", "--where", "group = A")
    try community.refuses(7, "group", "update", "A", "--where", "group = B", saying: "circle")
    try community.refuses(7, "group", "update", "A", "--where", "group = A", saying: "circle")
  }

  @Test func whatAnotherFilterNeedsStaysAsItIs() throws {
    try community.run("group", "add", "Choir")
    try community.run("group", "add", "Singers", "--where", "group = choir or tag = singer")
    try community.refuses(7, "group", "delete", "choir", saying: "Singers")
    try community.refuses(7, "group", "update", "choir", "--name", "Chorus", saying: "Singers")
    try community.run("group", "delete", "singers")
    try community.run("group", "delete", "choir")
    #expect(try community.list("groups", "group", "list").isEmpty)
  }

  @Test func anUpdateChangesOnlyWhatIsGiven() throws {
    try community.run("group", "add", "Choir", "--type", "ministry", "--color", "red")
    let group = try community.rehearses("group", "update", "choir", "--name", "Chorus", "--color", "")
    #expect(group["name"] as? String == "Chorus")
    #expect(group["type"] as? String == "ministry")
    #expect(group["color"] is NSNull)
    try community.refuses(2, "group", "update", "chorus", saying: "nothing to change")
    let entry = try #require(try community.list("entries", "audit", "--entity", "group").first)
    #expect(
      NSDictionary(dictionary: entry["before"] as? [String: Any] ?? [:]) == ["name": "Choir", "color": "red"])
    #expect(
      NSDictionary(dictionary: entry["after"] as? [String: Any] ?? [:])
        == ["name": "Chorus", "color": NSNull()])
  }

  @Test func peopleAndAFilterDoNotMix() throws {
    try community.run("group", "add", "Choir")
    try community.run("group", "assign", "choir", "ext:1")
    try community.refuses(7, "group", "update", "choir", "--where", "tag = choir", saying: "1 assigned")
    try community.run("group", "remove", "choir", "ext:1")
    #expect(
      try community.data("group", "update", "choir", "--where", "tag = choir")["memberCount"] as? Int == 2)
    let plain = try community.data("group", "update", "choir", "--where", "")
    #expect(plain["dynamic"] as? Bool == false)
    #expect(plain["memberCount"] as? Int == 0)
  }

  @Test func listsAreSortedAndPaged() throws {
    for name in ["beta", "Alpha", "gamma"] { try community.run("group", "add", name) }
    try community.run("group", "assign", "gamma", "ext:1")
    func names(_ flags: String...) throws -> [String] {
      try community.sandbox.run(["group", "list", "-f", "csv", "--no-headers", "--fields", "name"] + flags)
        .succeeded().lines
    }
    #expect(try names() == ["Alpha", "beta", "gamma"])
    #expect(try names("--order", "desc") == ["gamma", "beta", "Alpha"])
    #expect(try names("--sort", "memberCount", "--order", "desc", "--limit", "1") == ["gamma"])
    #expect(try names("--page", "2", "--limit", "2") == ["gamma"])
    try community.refuses(2, "group", "list", "--sort", "nmae", saying: "name")
    try community.refuses(2, "group", "list", "--page", "0")
    try community.refuses(2, "group", "list", "--fields", "nmae", saying: "name")
  }

  @Test func roles() throws {
    try community.run("group", "add", "Choir")
    try community.forbids(
      "member",
      [
        ["group", "add", "New"], ["group", "update", "choir", "--color", "red"],
        ["group", "delete", "choir"],
        ["group", "assign", "choir", "ext:1"], ["group", "remove", "choir", "ext:1"],
        ["group", "sync", "choir", "/dev/null"],
      ])
    try community.forbids("moderator", [["group", "delete", "choir"]])
    let reader = try community.acting(as: "member")
    for command in [["list"], ["show", "choir"], ["members", "choir"]] {
      try community.sandbox.run(["group"] + command + reader).succeeded()
    }
  }
}
