import CareSphereKit
import Testing
import TextFormats

@Suite struct MemberValuesChoiceTests {
  @Test(arguments: [
    ("male", Gender.male), ("M", .male), ("m", .male), ("Man", .male), (" MALE ", .male), ("female", .female),
    ("F", .female), ("Woman", .female), ("other", .other), ("Non-Binary", .other), ("non binary", .other),
    ("prefer_not_to_say", .preferNotToSay), ("Prefer not to say", .preferNotToSay),
    ("Undisclosed", .preferNotToSay),
    ("Unknown", nil), ("Unspecified", nil), ("N/A", nil), ("", nil), (" ", nil), ("-", nil),
  ])
  func gendersByTheirUsualSpellings(_ raw: String, _ gender: Gender?) throws {
    #expect(try fileValues().gender(raw) == gender)
  }

  @Test(arguments: [
    ("active", MemberStatus.active), ("Active", .active), ("INACTIVE", .inactive), ("in-active", .inactive),
    ("Not active", .inactive), ("Pending", .pending), ("archived", .archived), ("", nil),
  ])
  func statusesByTheirUsualSpellings(_ raw: String, _ status: MemberStatus?) throws {
    #expect(try fileValues().status(raw) == status)
  }

  @Test func otherChoicesAreListed() throws {
    #expect(
      reason { _ = try fileValues().gender("martian") }
        == "“martian” is none of male, female, other or prefer_not_to_say")
    #expect(
      reason { _ = try fileValues().gender("femal") }
        == "“femal” is none of male, female, other or prefer_not_to_say; did you mean female?")
    #expect(
      reason { _ = try fileValues().status("visitor") }
        == "“visitor” is none of active, inactive, pending or archived")
    #expect(
      reason { _ = try fileValues().channel("fax") } == "“fax” is none of email, sms or push")
  }

  @Test(arguments: [
    ("true", true), ("YES", true), ("1", true), ("x", true), ("X", true), ("y", true), ("✓", true),
    ("false", false), ("No", false), ("0", false), ("n", false), ("", nil), ("  ", nil),
  ])
  func columnsThatAreTicked(_ raw: String, _ flag: Bool?) throws {
    #expect(try fileValues().boolean(raw) == flag)
  }

  @Test func neitherYesNorNo() throws {
    #expect(
      reason { _ = try fileValues().boolean("maybe") }
        == "“maybe” is neither yes (true, yes, 1, x) nor no (false, no, 0)")
  }
}

@Suite struct MemberValuesListTests {
  @Test(arguments: [
    ("youth", ["youth"]), ("youth;choir", ["choir", "youth"]), ("Youth, choir ;; ", ["choir", "Youth"]),
    ("youth;Youth;YOUTH", ["youth"]), ("b;A;a;C", ["A", "b", "C"]), ("Straße;STRASSE", ["Straße"]),
    ("e\u{301};\u{E9}", ["\u{E9}"]), ("a\u{202E}b", ["a\u{202E}b"]), ("a b;c\"d", ["a b", "c\"d"]),
  ])
  func tagsOfACell(_ cell: String, _ tags: [String]) throws {
    #expect(try fileValues().tags(cell: cell) == tags)
    #expect(try fileValues().tags(cell: tags.joined(separator: ";")) == tags)
  }

  @Test(arguments: ["", ";", " ; , "])
  func cellsWithoutTags(_ cell: String) throws {
    #expect(try fileValues().tags(cell: cell) == nil)
  }

  @Test func tagsHoldNoSeparators() throws {
    #expect(reason { _ = try fileValues().tag("a;b") } == "“a;b” has a “;” in it, which no tag can have")
    #expect(reason { _ = try fileValues().tag("a,b") } == "“a,b” has a “,” in it, which no tag can have")
    let long = String(repeating: "a", count: 101)
    #expect(reason { _ = try fileValues().tag(long) } == "has 101 characters, at most 100 are allowed")
  }

  @Test func groupsKeepTheirOrderAndCommas() throws {
    #expect(
      try fileValues().groups(cell: "Youth; Choir, Sunday;youth;;") == ["Youth", "Choir, Sunday"])
    #expect(try fileValues().groups(cell: " ; ") == nil)
  }

  @Test func channelsAreListedOnce() throws {
    #expect(try fileValues().channels(cell: "SMS; email,sms") == [.email, .sms])
    #expect(try fileValues().channels(cell: "") == nil)
    #expect(
      reason { _ = try fileValues().channels(cell: "email;post") } == "“post” is none of email, sms or push")
  }

  @Test func aListOfOptOutsSpeaksOfTheOtherChannelsToo() throws {
    var draft = MemberDraft()
    #expect(try fileValues().set(.optOuts, to: "email", in: &draft))
    #expect(draft.optOuts == [.email])
    #expect(draft.optIns == [.sms, .push])
  }

  @Test func customFieldsAreSortedAndKeepTheirTypes() throws {
    let cell = #"{"z":"x","a":1.50,"list":["b",2,true],"n":null,"é":false,"o":{"k":[{}]}}"#
    let fields = try #require(try fileValues().customFields(json: cell))
    #expect(fields.map(\.name) == ["a", "list", "n", "o", "z", "é"])
    #expect(fields.map(\.value) == [.number("1.50"), ["b", 2, true], nil, ["k": [[:]]], "x", false])
    #expect(try fileValues().customFields(json: "{}") == nil)
    #expect(try fileValues().customFields(json: " ") == nil)
  }

  @Test(arguments: [
    ("[1]", "“[1]” is no JSON object; write it as {\"name\":\"value\"}"),
    ("x", "is no JSON: "),
    (#"{"":1}"#, "has a field without a name"), (#"{"a":1," a ":2}"#, "has “a” twice"),
  ])
  func otherCustomFieldsAreNot(_ cell: String, _ expected: String) throws {
    let reason = try #require(reason { _ = try fileValues().customFields(json: cell) })
    #expect(reason == expected || (expected.hasSuffix(": ") && reason.hasPrefix(expected)))
  }

  @Test func customValuesHoldNoNUL() throws {
    #expect(
      reason { _ = try fileValues().customFields(JSONObject([("a", ["b\0"])])) }
        == "“a” holds a NUL character: take it out")
    #expect(
      reason { _ = try fileValues().customFields(JSONObject([("a", ["b\0": 1])])) }
        == "“a” holds a NUL character: take it out")
  }

  @Test func customTextStaysText() throws {
    #expect(try fileValues().customText(" 007 ") == "007")
    #expect(try fileValues().customText(" ") == nil)
  }
}
