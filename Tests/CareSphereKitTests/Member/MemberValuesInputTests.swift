import CareSphereKit
import Testing
import TextFormats

@Suite struct MemberValuesInputTests {
  @Test func flagsMakeADraft() throws {
    let input = MemberInput(
      flags: [
        (.firstName, " Jane "), (.lastName, "Smith"), (.email, "jane@Example.COM"), (.gender, "F"),
        (.tags, "new"), (.tags, "Choir"), (.groups, "Youth, Sunday"), (.memberStatus, "Pending"),
      ], custom: ["shirt=XL", "note=a=b"])
    let draft = try input.draft(for: .add, values: typedValues())
    var expected = MemberDraft()
    expected.firstName = "Jane"
    expected.lastName = "Smith"
    expected.email = "jane@example.com"
    expected.gender = .female
    expected.memberStatus = .pending
    expected.tags = ["Choir", "new"]
    expected.groups = ["Youth, Sunday"]
    expected.customFields = [.init(name: "note", value: "a=b"), .init(name: "shirt", value: "XL")]
    #expect(draft == expected)
  }

  @Test func theBodyOfTheAPIMakesADraft() throws {
    let body: JSONValue = [
      "firstName": "Jane", "lastName": "Smith", "email": "jane@example.com", "phone": "+1234567890",
      "dateOfBirth": "1990-05-15", "gender": "female", "address": "123 Main St", "city": "New York",
      "state": "NY",
      "zipCode": "10001", "country": "USA", "membershipType": "Regular", "joinDate": "2025-11-13",
      "tags": ["volunteer", "new"], "customFields": ["baptismDate": "2020-01-01"], "photoUrl": nil,
      "notes": " a\n",
      "status": "active", "groups": ["Youth"],
    ]
    let draft = try MemberInput(body: body).draft(for: .add, values: typedValues())
    #expect(draft.phone == "+1234567890")
    #expect(draft.dateOfBirth == "1990-05-15")
    #expect(draft.zipCode == "10001")
    #expect(draft.tags == ["new", "volunteer"])
    #expect(draft.customFields == [.init(name: "baptismDate", value: "2020-01-01")])
    #expect(draft.notes == " a\n")
    #expect(draft.memberStatus == .active)
    #expect(draft.groups == ["Youth"])
    #expect(draft.photoUrl == nil)
    #expect(draft.cleared.isEmpty)
  }

  @Test func everyWrongValueOfABodyIsListed() throws {
    let body: JSONValue = [
      "firstName": 5, "lastName": "", "emial": "x", "phone": 5_551_234, "tags": "a", "groups": [1],
      "customFields": ["a"], "id": "x", "optOuts": ["email"], "first_name": "x", "colour": "red",
      "zipCode": 10001,
      "email": ["a"], "gender": "martian",
    ]
    let error = try #require(throws: CareError.self) {
      try MemberInput(body: body).draft(for: .add, values: typedValues())
    }
    #expect(error.code == .validation)
    #expect(
      error.details
        == .fields(
          [
            .init("firstName", "has to be a text in quotes, not a number"),
            .init("emial", "is no field; did you mean email?"),
            .init("tags", "has to be a list of texts, not a text"),
            .init("groups", "has to be a list of texts, but has a number in it"),
            .init("customFields", "has to be an object, not a list"),
            .init("id", "is set by the program: leave it out"),
            .init("optOuts", "cannot be set here: use member consent"),
            .init("first_name", "is no field; did you mean firstName?"), .init("colour", "is no field"),
            .init("zipCode", "has to be a text in quotes, not a number; a number would lose its zeros"),
            .init("email", "has to be a text in quotes, not a list"),
            .init("gender", "“martian” is none of male, female, other or prefer_not_to_say"),
            .init("phone", "has to be a text in quotes, not a number; a number would lose its zeros"),
            .init("lastName", "is missing: a member needs a first and a last name"),
          ].sorted(like: error.details)))
  }

  @Test func aBodyIsAnObject() throws {
    let error = try #require(throws: CareError.self) {
      try MemberInput(body: ["a"]).draft(for: .add, values: typedValues())
    }
    #expect(error.code == .validation)
    #expect(error.message == "the JSON has to be an object with a member's fields, not a list")
  }

  @Test func addNeedsBothNames() throws {
    let error = try #require(throws: CareError.self) {
      try MemberInput(flags: [(.email, "a@b.org"), (.lastName, " ")]).draft(for: .add, values: typedValues())
    }
    let why = "is missing: a member needs a first and a last name"
    #expect(error.details == .fields([.init("firstName", why), .init("lastName", why)]))
  }

  @Test func updateClears() throws {
    let input = MemberInput(
      flags: [(.phone, ""), (.tags, "")], clear: ["notes", "custom.shirt", "custom fields"],
      body: ["city": nil, "state": "", "groups": []])
    let draft = try input.draft(for: .update, values: typedValues())
    #expect(draft.cleared == [.phone, .tags, .notes, .customFields, .city, .state, .groups])
    #expect(draft.customFields == [.init(name: "shirt", value: .null)])
    #expect(draft.firstName == nil)
  }

  @Test func updateKeepsNamesAndStatus() throws {
    let error = try #require(throws: CareError.self) {
      try MemberInput(body: ["firstName": nil, "lastName": " ", "memberStatus": nil])
        .draft(for: .update, values: typedValues())
    }
    let why = "cannot be emptied: a member needs a first and a last name"
    let status = "cannot be emptied: it is one of active, inactive, pending, archived"
    #expect(
      error.details
        == .fields([.init("firstName", why), .init("lastName", why), .init("memberStatus", status)]))
  }

  @Test func nullTakesOneCustomFieldAway() throws {
    let draft = try MemberInput(custom: ["a="], body: ["customFields": ["b": nil, "c": 1]])
      .draft(for: .update, values: typedValues())
    #expect(
      draft.customFields
        == [.init(name: "a", value: .null), .init(name: "b", value: .null), .init(name: "c", value: 1)])
  }

  @Test func mistakesOfTheCommandLineAreUsageErrors() throws {
    let inputs: [(MemberInput, String)] = [
      (.init(flags: [(.email, "a@b.org")], body: ["email": "c@d.org"]), "email is given twice"),
      (.init(flags: [(.email, "a@b.org")], clear: ["email"]), "email is given twice"),
      (.init(custom: ["a=1", "a=2"]), "custom.a is given twice"),
      (.init(custom: ["a"]), "--custom “a” has no ="),
      (.init(custom: ["=1"]), "--custom “=1” has a field without a name"),
      (.init(clear: ["emial"]), "--clear: there is no field “emial”"),
      (.init(clear: ["firstName"]), "--clear: firstName cannot be emptied"),
      (.init(clear: ["id"]), "--clear: id cannot be emptied"),
      (.init(clear: ["custom."]), "--clear: “custom.” names no custom field: a name has 1 to 100 characters"),
    ]
    for (input, message) in inputs {
      let error = try #require(throws: CareError.self) {
        try input.draft(for: .update, values: typedValues())
      }
      #expect(error.code == .usage)
      #expect(error.message == message)
    }
  }
}

extension [CareError.FieldProblem] {
  /// The same problems in the order of `details`, where those are the same at all.
  fileprivate func sorted(like details: CareError.Details) -> [CareError.FieldProblem] {
    guard case .fields(let problems) = details else { return self }
    return problems.filter(contains) + filter { !problems.contains($0) }
  }
}
