import Foundation
import TestSupport
import Testing

/// What goes out comes in again, byte by byte, whatever it is.
@Suite struct MemberRoundTripTests {
  static let formats = ["csv", "tsv", "json", "jsonl", "vcard"]

  /// People whose values are the hardest to keep.
  static let nasty = #"""
    [{"firstName":"=cmd|'/c calc'!A1","lastName":"'=quoted","email":"a@x.example","phone":"+234 801 234",
      "notes":"one\ntwo\ttab \" , ; x","tags":["x y","é"],"groups":["Youth, Group","=Choir"],
      "customFields":{"i":1,"f":1.50,"b":true,"s":"txt","a":[1,"2"],"o":{"k":["v"]},"e":"","big":1e400},
      "optOuts":["email","sms","push"]},
     {"id":"019a7f3c-2414-7133-9bb2-b99495d57320","firstName":"-","lastName":"@sum",
      "createdAt":"2020-01-02T03:04:05Z","updatedAt":"2021-01-02T03:04:05Z"},
     {"firstName":"\u202eevil\u001b[31m","lastName":"👩‍👩‍👧 𝒳","city":"'","address":"'leading","state":"+a",
      "country":"-5","notes":"  spaces kept  \n","zipCode":"00123","externalId":"007"},
     {"firstName":"''=x","lastName":"tab\there","dateOfBirth":"--02-29","notes":"=1+1","joinDate":"2020-02-29",
      "customFields":{"x;y":"1","=f":"=1+1","weird \"name\"":"v","a.b":"c"},"photoUrl":"https://x.example/é"},
     {"firstName":"éé","lastName":"Ñ","email":"ünï@x.example","city":"-1+2","gender":"other",
      "memberStatus":"archived","membershipType":"\u0001"},
     {"lastName":"only"},{"email":"only@x.example"},
     {"firstName":"\#(String(repeating: "n", count: 100))","lastName":"\#(String(repeating: "😀", count: 100))"}]
    """#

  @Test(arguments: formats)
  func anExportIntoAFreshDatabaseAndOutAgain(_ format: String) throws {
    let (first, second) = (try LoggedIn(), try LoggedIn())
    #expect(try first.counts(Self.nasty, name: "nasty.json") == [8, 0, 0, 0, 0])
    let exported = try first.run("member", "export", "--format", format).succeeded().stdout
    #expect(try second.counts(exported, name: "export") == [8, 0, 0, 0, 0])
    let again = try second.run("member", "export", "--format", format).succeeded().stdout
    #expect(Self.records(again) == Self.records(exported))
    // Once more it is nothing new, whatever becomes of conflicts.
    for policy in ["skip", "update", "error"] {
      #expect(try second.counts(exported, "--on-conflict", policy, name: "export") == [0, 0, 8, 0, 0])
    }
  }

  /// JSON documents name the time at which they were made.
  private static func records(_ text: String) -> Substring {
    text[..<(text.range(of: #""metadata":{"timestamp""#)?.lowerBound ?? text.endIndex)]
  }

  @Test(arguments: ["csv", "tsv", "json", "jsonl"])
  func everyLineEndIsKept(_ format: String) throws {
    let (first, second) = (try LoggedIn(), try LoggedIn())
    let notes = #"a\r\nb\rc\n\r\t"#
    #expect(
      try first.counts(#"{"firstName":"A","notes":"\#(notes)"}"#, name: "a.jsonl") == [1, 0, 0, 0, 0])
    let exported = try first.run("member", "export", "--format", format).succeeded().stdout
    #expect(try second.counts(exported, name: "export.\(format)") == [1, 0, 0, 0, 0])
    #expect(try second.lines("member", "export", "--format", "jsonl")[0].contains(#""notes":"\#(notes)""#))
  }

  @Test func guardsStandBeforeFormulasOnly() throws {
    let home = try LoggedIn()
    let cases = [
      ("=1", "'=1"), ("@a", "'@a"), ("+a", "'+a"), ("-a", "'-a"), ("+5", "+5"), ("-5.2", "-5.2"),
      ("'=1", "''=1"), ("'a", "'a"), ("''a", "''a"), ("a=1", "a=1"), ("+234 801-5", "+234 801-5"),
    ]
    let names = cases.map { #"{"lastName":"\#($0.0)","notes":"n"}"# }.joined(separator: "\n")
    #expect(try home.counts(names, name: "names.jsonl")[0] == cases.count)
    #expect(
      try home.lines("member", "export", "--fields", "lastName", "--no-headers") == cases.map(\.1))
    #expect(
      try home.lines("member", "export", "--fields", "lastName", "--no-headers", "--raw") == cases.map(\.0))
  }

  @Test func ourEnvelopeABareArrayAndLinesAreTaken() throws {
    let (first, second) = (try LoggedIn(), try LoggedIn())
    _ = try first.counts(Self.nasty, name: "nasty.json")
    try first.run("group", "add", "Adults", "--where", "age > 3").succeeded()
    let list = try first.run("member", "list", "--json").succeeded().stdout
    // At home nothing is new, although the list names a group that keeps itself current.
    #expect(try first.counts(list, name: "list") == [0, 0, 8, 0, 0])
    #expect(try second.counts(list, name: "list") == [8, 0, 0, 0, 0])
    let piped = try first.sandbox.shell("caresphere member list --json | caresphere member import - --json")
    #expect(try piped.succeeded().data()["unchanged"] as? Int == 8)
    let lines = try first.run("member", "list", "--format", "jsonl").succeeded().stdout
    let array = "[" + lines.split(separator: "\n").joined(separator: ",") + "]"
    for text in [lines, array] { #expect(try second.counts(text, name: "list") == [0, 0, 8, 0, 0]) }
    let shown = try first.run("member", "show", "ext:007", "--json").succeeded().data()
    let one = try JSONSerialization.data(withJSONObject: [shown])
    #expect(try first.counts(String(decoding: one, as: UTF8.self), name: "one.json") == [0, 0, 1, 0, 0])
  }

  @Test func columnsAreThoseOfTheContractOldestFirst() throws {
    let home = try LoggedIn()
    let header = """
      id,externalId,firstName,lastName,email,phone,dateOfBirth,gender,address,city,state,zipCode,country,memberStatus,\
      membershipType,joinDate,photoUrl,notes,tags,groups,optOuts,customFields,createdAt,updatedAt
      """
    #expect(try home.lines("member", "export") == [header])
    _ = try home.counts(
      "firstName,createdAt,tags\nNew,2022-01-01T00:00:00Z,b;a\nOld,2020-01-01T00:00:00Z,\n")
    #expect(
      try home.lines("member", "export", "--fields", "firstName,tags") == [
        "firstName,tags", "Old,", "New,a;b",
      ])
    #expect(
      try home.lines("member", "export", "--sort", "firstName", "--limit", "1", "--fields", "firstName")
        == ["firstName", "New"])
    #expect(try home.lines("member", "export", "--format", "count") == ["2"])
    #expect(try home.run("member", "export", "--bom").output.starts(with: [0xEF, 0xBB, 0xBF]))
  }

  @Test func namesAreNeverShownRaw() throws {
    let home = try LoggedIn()
    _ = try home.counts(Self.nasty, name: "nasty.json")
    for command in [["list"], ["show", "ext:007"], ["search", "evil"]] {
      let outcome = try home.run(["member"] + command + ["--format", "table"]).succeeded()
      #expect(!outcome.stdout.unicodeScalars.contains("\u{1B}") && outcome.stdout.contains("evil"))
      #expect(!outcome.stdout.unicodeScalars.contains("\u{202E}"))
    }
  }
}
