import CareSphereKit
import Testing
import TextFormats

@Suite struct MappingHeadingTests {
  private func steps(_ headings: [String], _ options: MappingOptions = .init()) throws -> HeadingMap {
    try HeadingMap(Headings(line: 1, names: headings), options: options)
  }

  @Test(arguments: [
    "firstName", "FirstName", "first_name", "First Name", "FIRST-NAME", " first  name ", "First\u{A0}Name",
    "Given Name", "Forename", "\u{FEFF}firstName", "First\u{2011}Name",
  ])
  func headingsMatchWithoutCaseSpacesAndHyphens(_ heading: String) throws {
    let draft = try #require(try mapped([heading], ["Ana"]).draft)
    #expect(draft.firstName == "Ana")
  }

  @Test(
    arguments: [
      ("Surname", "Ana", \MemberDraft.lastName), ("E-Mail", "a@b.org", \.email),
      ("Email Address", "a@b.org", \.email),
      ("Mobile", "0801", \.phone), ("Cell", "0801", \.phone), ("Telephone", "0801", \.phone),
      ("DOB", "1990-05-15", \.dateOfBirth),
      ("Birthday", "--05-15", \.dateOfBirth), ("Postcode", "0123", \.zipCode), ("ZIP", "0123", \.zipCode),
      ("Type", "Regular", \.membershipType), ("Joined", "2020-01-01", \.joinDate), ("Town", "Lagos", \.city),
      ("\u{C9}mail", "a@b.org", \.email), ("Notes", "x", \.notes), ("Photo URL", "http://x/y", \.photoUrl),
    ] as [(String, String, KeyPath<MemberDraft, String?> & Sendable)])
  func otherUsualHeadings(
    _ heading: String, _ cell: String, _ field: KeyPath<MemberDraft, String?> & Sendable
  ) throws {
    let draft = try #require(try mapped([heading, "First"], [cell, "A"]).draft)
    #expect(draft[keyPath: field] == cell)
  }

  @Test func ownColumnsAreAllKnown() throws {
    let headings =
      MemberField.allCases.map(\.rawValue) + ["emailOptOut", "smsOptOut", "pushOptOut", "custom.shirtSize"]
    let map = try steps(headings)
    #expect(map.ignoredColumns.isEmpty)
    #expect(map.preset == nil)
  }

  @Test func unknownHeadingsNameTheNearestField() throws {
    let error = try careError { _ = try steps(["First Nmae", "Emial", "Shoe size", "Full Name", "shirt"]) }
    #expect(error.code == .validation)
    #expect(error.message == "5 headings cannot be used")
    #expect(error.hint?.contains("--unmapped ignore") == true)
    #expect(
      error.lineMessages == [
        "“First Nmae” is no field; did you mean firstName?", "“Emial” is no field; did you mean email?",
        "“Shoe size” is no field", "“Full Name” is no field: first and last name need a column each",
        "“shirt” is no field",
      ])
  }

  @Test func repeatedHeadingsAreErrors() throws {
    let error = try careError {
      _ = try steps(["Email", "firstName", "e-mail", "Email", "Surname", "Last name", "x", "X"])
    }
    #expect(error.code == .validation)
    #expect(
      error.lineMessages.prefix(3) == [
        "the headings “Email” and “e-mail” and “Email” (columns 1, 3 and 4) both mean email",
        "the headings “Surname” and “Last name” (columns 5 and 6) both mean lastName",
        "the headings “x” and “X” (columns 7 and 8) both mean the same",
      ])
    let same = try careError { _ = try steps(["City", "City", "email"]) }
    #expect(same.lineMessages == ["the heading “City” is repeated, in columns 1 and 2"])
    #expect(
      same.details
        == .lines([
          .init(line: 1, field: "city", message: "the heading “City” is repeated, in columns 1 and 2")
        ]))
  }

  @Test func unknownColumnsAreIgnoredOrKept() throws {
    let ignoring = MappingOptions(unmapped: .ignore)
    let map = try steps(["email", "Shoe size", "Hat", "Hat"], ignoring)
    #expect(map.ignoredColumns == ["Shoe size", "Hat", "Hat"])
    let keeping = MappingOptions(unmapped: .custom)
    let draft = try #require(
      try mapped(["email", "Shoe size", "Hat"], ["a@b.org", " 007 ", ""], keeping).draft)
    #expect(draft.customFields == [.init(name: "Shoe size", value: "007")])
    let error = try careError { _ = try steps(["email", "Hat", "hat"], keeping) }
    #expect(error.lineMessages == ["the headings “Hat” and “hat” (columns 2 and 3) both mean the same"])
    let long = try careError { _ = try steps([String(repeating: "x", count: 101)], keeping) }
    #expect(long.code == .validation)
    let both = try careError { _ = try steps(["Hat", "custom.Hat"], keeping) }
    #expect(both.lineMessages == ["the headings “custom.Hat” and “Hat” both mean custom.Hat"])
  }

  @Test func columnsWithoutAHeadingAreEmpty() throws {
    #expect(try mapped(["email", "", ""], ["a@b.org", "", " "]).draft != nil)
    #expect(
      try mapped(["email", "", ""], ["a@b.org", "", "x"]).problems == [
        ": column 3 has no heading, but “x” in it: give it a heading"
      ])
    #expect(try mapped(["email", ""], ["a@b.org", "x"], .init(unmapped: .ignore)).draft != nil)
  }

  @Test func assignmentsDecide() throws {
    let options = MappingOptions(
      assignments: try [
        .init("Vorname=first_name"), .init("Größe = x=custom.shirtSize"), .init("MOBIL=phone"),
        .init("Raus=sms opt out"),
      ])
    let draft = try #require(
      try mapped(
        ["vorname", "GRÖSSE=X", "Mobil", "mobile", "raus"], ["Ana", "XL", "0801", "0802", "x"], options
      ).draft)
    #expect(draft.firstName == "Ana")
    #expect(draft.phone == "0801")
    #expect(draft.customFields == [.init(name: "shirtSize", value: "XL")])
    #expect(draft.optOuts == [.sms])
  }

  @Test(arguments: [
    ("Vorname", "--map “Vorname” has no =", "write it as --map 'HEADING=field', one a flag"),
    ("=email", "--map “=email” has no heading before the =", nil),
    ("X=emial", "--map “X=emial”: there is no field “emial”", "did you mean email?"),
    ("X=custom.", "--map “X=custom.”: “custom.” names no custom field: a name has 1 to 100 characters", nil),
  ])
  func badAssignmentsAreUsageErrors(_ text: String, _ message: String, _ hint: String?) throws {
    let error = try careError { _ = try ColumnAssignment(text) }
    #expect(error.code == .usage)
    #expect(error.message == message)
    #expect(error.hint == hint)
  }

  @Test func assignmentsFitTheFile() throws {
    let absent = try careError { _ = try steps(["email"], .init(assignments: [.init("Emial=email")])) }
    #expect(absent.code == .usage)
    #expect(absent.message == "--map: the file has no heading “Emial”")
    #expect(absent.hint == "did you mean “email”?")
    let twice = try careError {
      _ = try steps(["a", "b"], .init(assignments: [.init("a=email"), .init("b=email")]))
    }
    #expect(twice.code == .usage)
    #expect(twice.message == "--map gives email to both “a” and “b”")
    let clash = try careError {
      _ = try steps(["Email", "Work mail"], .init(assignments: [.init("Work mail=email")]))
    }
    #expect(clash.code == .validation)
    #expect(clash.lineMessages == ["the headings “Email” and “Work mail” (columns 1 and 2) both mean email"])
  }

  @Test func customHeadingsKeepTheirCase() throws {
    let draft = try #require(
      try mapped(["email", "custom.shirtSize", "Custom.Hat size"], ["a@b.org", "XL", "7"]).draft)
    #expect(
      draft.customFields == [.init(name: "Hat size", value: "7"), .init(name: "shirtSize", value: "XL")])
    #expect(try careError { _ = try steps(["custom."]) }.code == .validation)
  }

  @Test func manyColumnsAreJudgedQuickly() throws {
    let headings = (0..<10_000).map { "column \($0)" }
    let error = try careError { _ = try steps(headings) }
    #expect(error.lineMessages.count == 10_000)
  }
}
