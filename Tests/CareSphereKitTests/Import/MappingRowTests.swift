import CareSphereKit
import Testing
import TextFormats

@Suite struct MappingRowTests {
  @Test func everyProblemOfARowIsListed() throws {
    let problems = try mapped(
      ["email", "phone", "dateOfBirth", "gender", "smsOptOut", "custom.a"],
      ["ana", "12", "03/04/2020", "martian", "maybe", "a\0b"]
    ).problems
    #expect(
      problems == [
        "email: “ana” has no @; write one as name@example.org",
        "phone: “12” is no phone number: it has fewer than three digits",
        "dateOfBirth: “03/04/2020” could be 2020-04-03 or 2020-03-04: say which with --date-order dmy or mdy",
        "gender: “martian” is none of male, female, other or prefer_not_to_say",
        "smsOptOut: “maybe” is neither yes (true, yes, 1, x) nor no (false, no, 0)",
        "custom.a: holds a NUL character, which no text can have: take it out",
      ])
  }

  @Test func aRowNeedsANameOrAnAddress() throws {
    let headings = ["firstName", "lastName", "email", "city"]
    for cells in [["Ana", "", "", ""], ["", "Diaz", "", ""], ["", "", "a@b.org", ""]] {
      #expect(try mapped(headings, cells).draft != nil)
    }
    let why = ": has neither a first nor a last name nor an e-mail address, and needs one of them"
    #expect(try mapped(headings, ["", " ", "", "Lagos"]).problems == [why])
    #expect(try mapped(headings, ["", "", "", ""]).problems == [why])
    #expect(try mapped(headings, ["", "", "ana", ""]).problems.count == 1)
  }

  @Test func guardsAreTakenOffCells() throws {
    let draft = try #require(
      try mapped(
        ["firstName", "lastName", "phone", "notes", "city", "tags", "custom.x"],
        ["'=1+1", "'+A", "+234801", "'\t x ", "'tis", "'@a;b", "''=x"]
      ).draft)
    #expect(draft.firstName == "=1+1")
    #expect(draft.lastName == "+A")
    #expect(draft.phone == "+234801")
    #expect(draft.notes == "\t x ")
    #expect(draft.city == "'tis")
    #expect(draft.tags == ["@a", "b"])
    #expect(draft.customFields == [.init(name: "x", value: "'=x")])
  }

  @Test func emptyCellsSayNothing() throws {
    let draft = try #require(
      try mapped(
        ["email", "phone", "notes", "tags", "optOuts", "emailOptOut", "customFields", "custom.x", "status"],
        ["a@b.org", "", "", "", "", "", "", "", ""]
      ).draft)
    var expected = MemberDraft()
    expected.email = "a@b.org"
    #expect(draft == expected)
  }

  @Test func emptyCellsClearWhereTheyAreToldTo() throws {
    let options = MappingOptions(blank: .clear)
    let draft = try #require(
      try mapped(
        [
          "id", "email", "lastName", "phone", "notes", "tags", "groups", "smsOptOut", "customFields",
          "custom.x",
          "status", "createdAt", "gender",
        ], ["", "a@b.org", " ", "", "", "", "", "", "", "", "", "", "unknown"], options
      ).draft)
    #expect(draft.cleared == [.lastName, .phone, .notes, .customFields, .gender])
    #expect(draft.customFields == [.init(name: "x", value: .null)])
    #expect(draft.optIns == [.sms])
    #expect(draft.optOuts == nil)
  }

  @Test func optOutsOfSeveralColumnsAddUp() throws {
    let headings = ["email", "optOuts", "emailOptOut", "smsOptOut", "pushOptOut"]
    let draft = try #require(try mapped(headings, ["a@b.org", "email", "no", "x", ""]).draft)
    #expect(draft.optOuts == [.email, .sms])
    #expect(draft.optIns == [.push])
    let inOnly = try #require(try mapped(headings, ["a@b.org", "", "false", "", "0"]).draft)
    #expect(inOnly.optOuts == nil)
    #expect(inOnly.optIns == [.email, .push])
  }

  @Test func ofSeveralPhonesTheMobileComesFirst() throws {
    let headings = ["email", "Work phone", "Home phone", "Mobile"]
    #expect(try mapped(headings, ["a@b.org", "0801", "0802", "0803"]).draft?.phone == "0803")
    #expect(try mapped(headings, ["a@b.org", "0801", "0802", " "]).draft?.phone == "0802")
    #expect(try mapped(headings, ["a@b.org", "0801", "", ""]).draft?.phone == "0801")
    #expect(try mapped(headings, ["a@b.org", "", "", ""]).draft?.phone == nil)
  }

  @Test func customColumnsOverrideTheObject() throws {
    let draft = try #require(
      try mapped(
        ["email", "custom.b", "customFields", "custom.a"], ["a@b.org", "2", #"{"c":3,"b":1}"#, "0"]
      ).draft)
    #expect(
      draft.customFields == [
        .init(name: "a", value: "0"), .init(name: "b", value: "2"), .init(name: "c", value: 3),
      ])
  }

  @Test func ourOwnExportComesBackWhole() throws {
    let headings = MemberField.allCases.map(\.rawValue)
    let cells = [
      "0193289b-6f0a-7c3e-8a55-0123456789ab", "X-1", "Ana\u{202E}", "=Diaz", "Ana@example.org",
      "+234 801 234",
      "--05-15", "prefer_not_to_say", "1 Long St", "Lagos", "LA", "00123", "Nigeria", "archived", "Regular",
      "2020-01-01", "https://example.org/a.png", " two\r\nlines ", "a;B", "Choir, Sunday;Youth", "email;sms",
      #"{"a":1.50,"b":[true,null]}"#, "2025-11-13T10:30:00Z", "2025-11-13T10:31:00Z",
    ]
    let draft = try #require(try mapped(headings, cells.map(FormulaGuard.guarded)).draft)
    #expect(draft.id == cells[0])
    #expect(draft.lastName == "=Diaz")
    #expect(draft.dateOfBirth == "--05-15")
    #expect(draft.gender == .preferNotToSay)
    #expect(draft.notes == " two\r\nlines ")
    #expect(draft.tags == ["a", "B"])
    #expect(draft.groups == ["Choir, Sunday", "Youth"])
    #expect(draft.optOuts == [.email, .sms])
    #expect(
      draft.customFields == [.init(name: "a", value: .number("1.50")), .init(name: "b", value: [true, nil])])
    #expect(draft.createdAt == "2025-11-13T10:30:00Z")
    #expect(draft.updatedAt == "2025-11-13T10:31:00Z")
    #expect(draft.cleared.isEmpty)
  }

  @Test func unreadableRecordsAreFailures() throws {
    let mapper = try RecordMapper(
      headings: Headings(line: 1, names: ["email"]), options: .init(), values: fileValues())
    var ignored = NameList()
    let record = ImportRecord(line: 3, content: .failure(reason: "has 2 cells, not 1", cells: ["a", "b"]))
    #expect(mapper.draft(from: record, ignored: &ignored).problems == [": has 2 cells, not 1"])
  }
}
