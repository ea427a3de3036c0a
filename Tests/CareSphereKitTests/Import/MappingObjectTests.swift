import CareSphereKit
import Testing
import TextFormats

@Suite struct MappingObjectTests {
  @Test func ourOwnRecordsComeBackWhole() throws {
    let (record, ignored) = try mapped([
      "id": "0193289b-6f0a-7c3e-8a55-0123456789ab", "externalId": nil, "firstName": "Ana", "lastName": "'=1",
      "email": "ana@example.org", "phone": nil, "memberStatus": "active", "notes": " x\n",
      "tags": ["a", "B"],
      "groups": [["id": "1", "name": "Choir, Sunday", "type": "ministry"], "Youth"], "optOuts": ["sms"],
      "customFields": ["b": 1, "a": ["x", nil]], "createdAt": "2025-11-13T10:30:00Z", "createdBy": "someone",
      "consents": [
        "email": ["state": "in", "reason": nil], "sms": ["state": "out", "reason": "asked"],
        "push": ["state": nil],
      ],
    ])
    let draft = try #require(record.draft)
    #expect(draft.id == "0193289b-6f0a-7c3e-8a55-0123456789ab")
    #expect(draft.externalId == nil)
    // Only tables have guards.
    #expect(draft.lastName == "'=1")
    #expect(draft.notes == " x\n")
    #expect(draft.tags == ["a", "B"])
    #expect(draft.groups == ["Choir, Sunday", "Youth"])
    #expect(draft.optOuts == [.sms])
    #expect(draft.optOutReason == "asked")
    #expect(draft.optIns == [.email, .push])
    #expect(draft.customFields == [.init(name: "a", value: ["x", nil]), .init(name: "b", value: 1)])
    #expect(draft.createdAt == "2025-11-13T10:30:00Z")
    #expect(ignored == ["createdBy"])
  }

  @Test func keysMatchAsHeadingsDo() throws {
    let draft = try #require(
      try mapped([
        "First Name": "Ana", "surname": "Diaz", "E-Mail": "a@b.org", "custom.shirtSize": 7, "mobile": "0802",
        "phone": "0801", "external_id": 4711, "tags": "b;a", "emailOptOut": true, "smsOptOut": "no",
        "pushOptOut": 0, "Status": "Active",
      ]).record.draft)
    #expect(draft.firstName == "Ana")
    #expect(draft.lastName == "Diaz")
    #expect(draft.phone == "0802")
    #expect(draft.externalId == "4711")
    #expect(draft.tags == ["a", "b"])
    #expect(draft.customFields == [.init(name: "shirtSize", value: 7)])
    #expect(draft.optOuts == [.email])
    #expect(draft.optIns == [.sms, .push])
    #expect(draft.memberStatus == .active)
  }

  @Test func unknownKeysFollowTheOption() throws {
    let object: JSONValue = ["email": "a@b.org", "Shoe size": 43, "emial": "x", "qqq": [1]]
    #expect(
      try mapped(object).record.problems == [
        "Shoe size: “Shoe size” is no field", "emial: “emial” is no field; did you mean email?",
        "qqq: “qqq” is no field",
      ])
    let (ignoring, ignored) = try mapped(object, .init(unmapped: .ignore))
    #expect(ignoring.draft?.customFields == nil)
    #expect(ignored == ["Shoe size", "emial", "qqq"])
    let kept = try mapped(object, .init(unmapped: .custom)).record.draft
    #expect(
      kept?.customFields == [
        .init(name: "Shoe size", value: 43), .init(name: "emial", value: "x"),
        .init(name: "qqq", value: [1]),
      ])
    let options = MappingOptions(assignments: [
      try .init("Shoe size=custom.shoe"), try .init("EMIAL=notes"), try .init("qqq=custom.list"),
    ])
    #expect(try mapped(object, options).record.draft?.notes == "x")
  }

  @Test func wrongTypesAreNamed() throws {
    let problems = try mapped([
      "firstName": 1, "email": ["a@b.org"], "tags": [1], "groups": [[:]], "optOuts": ["fax"], "consents": "x",
      "customFields": "x", "phone": 1, "smsOptOut": [], "first name": "x", "notes": true,
    ]).record.problems
    #expect(
      Set(problems) == [
        "firstName: has to be a text in quotes, not a number",
        "email: has to be a text in quotes, not a list",
        "tags: has to be a list of texts, but has a number in it", "groups: has a group without a name",
        "optOuts: “fax” is none of email, sms or push", "consents: has to be an object, not a text",
        "customFields: has to be an object, not a text",
        "phone: has to be a text in quotes, not a number; a number would lose its zeros",
        "smsOptOut: has to be true or false, not a list",
        "firstName: is given twice, as “firstName” and “first name”",
        "notes: has to be a text in quotes, not true or false",
      ])
  }

  @Test func nullIsEmpty() throws {
    let object: JSONValue = [
      "email": "a@b.org", "phone": nil, "notes": "", "tags": [], "customFields": nil, "optOuts": nil,
      "custom.a": nil,
    ]
    var expected = MemberDraft()
    expected.email = "a@b.org"
    #expect(try mapped(object).record.draft == expected)
    let cleared = try #require(try mapped(object, .init(blank: .clear)).record.draft)
    #expect(cleared.cleared == [.phone, .notes, .customFields])
    #expect(cleared.customFields == [.init(name: "a", value: .null)])
    #expect(cleared.optIns == [.email, .sms, .push])
  }

  @Test func anEmptyListOfOptOutsIsAnAnswer() throws {
    let draft = try #require(try mapped(["email": "a@b.org", "optOuts": []]).record.draft)
    #expect(draft.optOuts == nil)
    #expect(draft.optIns == [.email, .sms, .push])
  }

  @Test func presetsHoldForKeysToo() throws {
    let (record, ignored) = try mapped(
      [
        "Breeze ID": 12, "First Name": "Ana", "Last Name": "Diaz", "Status": "Member", "Mobile": "0801234",
        "Added Date": "2020-01-01", "Tags": ["a", "b"],
      ], .init(preset: .breeze))
    let draft = try #require(record.draft)
    #expect(draft.externalId == "12")
    #expect(draft.membershipType == "Member")
    #expect(draft.tags == ["a", "b"])
    #expect(ignored == ["Added Date"])
  }

  @Test func vCardsAreMappedToo() throws {
    let (_, records, ignored) = try mapped(
      file: """
        BEGIN:VCARD
        VERSION:3.0
        N:Diaz;Ana;;;
        EMAIL:Ana@EXAMPLE.org
        TEL;TYPE=HOME:030 123
        TEL;TYPE=CELL:0801 234
        BDAY:--0515
        CATEGORIES:Youth,myContacts
        END:VCARD

        """)
    let draft = try #require(records.first?.draft)
    #expect(draft.email == "Ana@example.org")
    #expect(draft.phone == "0801 234")
    #expect(draft.dateOfBirth == "--05-15")
    #expect(draft.tags == ["Youth"])
    #expect(ignored.isEmpty)
  }
}
