import TestSupport
import Testing

/// Whom a row is about, and what happens then.
@Suite struct MemberImportMatchTests {
  private let home: LoggedIn

  init() throws {
    home = try LoggedIn()
    #expect(try home.counts(LoggedIn.family) == [3, 0, 0, 0, 0])
  }

  @Test func aBirthdayWithoutItsYearTakesNoYearAway() throws {
    let people = "firstName,lastName,email,dateOfBirth\nYa,Boy,y@x.example,"
    #expect(try home.counts(people + "1976-07-30\n") == [1, 0, 0, 0, 0])
    #expect(try home.counts(people + "--07-30\n") == [0, 0, 1, 0, 0])
    #expect(try home.counts(people + "--07-31\n") == [0, 0, 0, 1, 0])
  }

  @Test(arguments: [
    // Each key goes together with the names, whatever their case.
    ("externalId,firstName,lastName\n7,ANA,obi\n", [0, 0, 0, 1, 0]),
    ("externalId\n7\n", nil), ("externalId,email\n7,fam@x.example\n", [0, 0, 1, 0, 0]),
    ("firstName,lastName,email\nAna,Obi,FAM@X.example\n", [0, 0, 0, 1, 0]),
    ("firstName,lastName,email\nDan,Obi,fam@x.example\n", [1, 0, 0, 0, 0]),
    ("firstName,lastName,phone\nBen,Obi,+08012\n", [0, 0, 0, 1, 0]),
    ("firstName,lastName,phone\nEve,Obi,0801 2\n", [1, 0, 0, 0, 0]),
    ("firstName,lastName,dateOfBirth\nCy,Ng,1990-05-06\n", [0, 0, 1, 0, 0]),
    ("firstName,lastName,dateOfBirth\nCy,Ng,1990-05-07\n", [1, 0, 0, 0, 0]),
    // With none of the keys only somebody who has none either is meant.
    ("firstName,lastName\nCy,Ng\n", [1, 0, 0, 0, 0]),
    ("firstName,lastName\nNew,One\nnew,ONE\nNew,One\n", [1, 0, 1, 1, 0]),
    // Somebody of a row further up, too.
    (
      "firstName,lastName,email\nNew,One,n@x.example\nNew,Two,n@x.example\nnew,ONE,N@x.example\n",
      [2, 0, 0, 1, 0]
    ),
    ("firstName,lastName,phone\nNew,One,0801 22\nOther,One,0801 23\nNew,One,(0801)22\n", [2, 0, 0, 1, 0]),
  ])
  func automaticMatching(_ file: String, _ expected: [Int]?) throws {
    if let expected {
      #expect(try home.counts(file) == expected)
    } else {
      try home.importing(file).failed(3)
    }
  }

  @Test func severalCandidatesRejectTheRow() throws {
    let before = try home.everything()
    let outcome = try home.importing("firstName,email,city\n,fam@x.example,Abuja\n,new@x.example,\n")
    outcome.failed(3)
    #expect(outcome.stdout.isEmpty)
    let details = try #require(try outcome.error()["details"] as? [[String: Any]])
    #expect(details.count == 1 && details[0]["line"] as? Int == 2)
    let message = try #require(details[0]["message"] as? String)
    #expect(message.contains("Ana Obi") && message.contains("Ben Obi"))
    #expect(try home.everything() == before)
  }

  @Test(arguments: [
    ("external-id", "externalId,firstName,city\n7,Anna,Lagos\n", [0, 1, 0, 0, 0]),
    ("phone", "firstName,phone,city\nBenny,+08012,\n", [0, 1, 0, 0, 0]),
    ("name+birthday", "firstName,lastName,dateOfBirth\ncy,NG,1990-05-06\n", [0, 1, 0, 0, 0]),
    ("none", "firstName,lastName,email\nAna,Obi,fam@x.example\n", [1, 0, 0, 0, 0]),
  ])
  func namedModesMatchByThatKeyAlone(_ mode: String, _ file: String, _ expected: [Int]) throws {
    #expect(try home.counts(file, "--match", mode, "--on-conflict", "update") == expected)
  }

  @Test func anEmailAloneIsNoKeyOfAFamily() throws {
    try home.importing("firstName,lastName,email\nAna,Obi,fam@x.example\n", "--match", "email").failed(
      3, saying: "could be any of 2", "Ana Obi", "Ben Obi", "--match auto", "finds Ana Obi")
    let numbered = "externalId,firstName,lastName,email\n9,Ana,Obi,fam@x.example\n"
    try home.importing(numbered, "--match", "email").failed(3, saying: "a column id", "--match auto")
    let id = try #require(try home.lines("member", "show", "ext:7", "--fields", "id").first)
    let settled = "id,externalId,firstName,lastName,email\n\(id),9,Ana,Obi,fam@x.example\n"
    #expect(try home.counts(settled, "--on-conflict", "update") == [0, 1, 0, 0, 0])
  }

  /// A family in one file: nobody takes the place of somebody else.
  @Test func twoNumbersAtOneAddressAreTwoPeople() throws {
    let file = """
      externalId,firstName,lastName,email
      21,Kim,Lee,lee@x.example
      22,Pat,Lee,lee@x.example
      21,Kim,Lee,lee@x.example

      """
    let before = try home.everything()
    try home.importing(file, "--match", "email", "--on-conflict", "update").failed(
      3, saying: "is 22", "Kim Lee")
    #expect(try home.everything() == before)
    try home.importing(file, "--match", "email", "--on-conflict", "update", "--skip-invalid").failed(11)
    #expect(
      try home.lines("member", "list", "--where", "email = lee@x.example", "--fields", "externalId,firstName")
        == ["21\tKim"])
    #expect(try home.counts(file) == [1, 0, 2, 0, 0])
  }

  /// As the pages of the sources say that number people.
  @Test func whoIsHereAlreadyGetsTheNumberOfTheSource() throws {
    #expect(
      try home.counts("firstName,lastName,email\nKim,Lee,lee@x.example\nPat,Lee,lee@x.example\n")
        == [2, 0, 0, 0, 0])
    let file = """
      Person ID,First Name,Last Name,Home Email,Membership
      31,Kim,Lee,lee@x.example,Member
      32,PAT,Lee,lee@x.example,Member
      33,New,Lee,lee@x.example,
      34,Cy,Ng,,Member

      """
    let update = ["--preset", "planning-center", "--on-conflict", "update"]
    #expect(
      try home.counts(
        file, "--preset", "planning-center", "--map", "Person ID=custom.personId", "--on-conflict", "update")
        == [2, 2, 0, 0, 0])
    let numbers = try home.run(
      "member", "export", "--where", "custom.personId is not empty", "--fields",
      "id,firstName,lastName,email,custom.personId"
    ).succeeded().stdout
    #expect(
      try home.counts(numbers, "--map", "custom.personId=externalId", "--on-conflict", "update")
        == [0, 4, 0, 0, 0])
    try home.sandbox.write("people.csv", file)
    let again = try home.run(["member", "import", "people.csv", "--json"] + update).succeeded().data()
    #expect(again["unchanged"] as? Int == 4 && again["created"] as? Int == 0)
  }

  @Test func whoWasSkippedIsNamed() throws {
    func file(_ city: String) -> String {
      "externalId,firstName,city\n" + (1...105).map { "p\($0),P\($0),\(city)\n" }.joined()
    }
    #expect(try home.counts(file("Lagos")) == [105, 0, 0, 0, 0])
    let report = try home.importing(file("Abuja")).succeeded().data()
    #expect(report["skipped"] as? Int == 105)
    let rows = try #require(report["skippedRows"] as? [[String: Any]])
    #expect(rows.count == 100 && rows.first?["line"] as? Int == 2)
    #expect(rows.first?["message"] as? String == "P1 is there already with other values of city")
    let table = try home.run("member", "import", "people.csv", "-f", "table").succeeded()
    #expect(table.lines.filter { $0.contains("is there already") }.count == 10)
    let csv = try home.run("member", "import", "people.csv", "-f", "csv").succeeded()
    #expect(csv.lines.contains("skippedRows,line 2,,P1 is there already with other values of city"))
  }

  @Test func whatDiffersIsSkippedUpdatedOrAConflict() throws {
    let file = "externalId,firstName,lastName,city,notes,tags\n7,Ana,Obi,Abuja,,new\n"
    #expect(try home.counts(file) == [0, 0, 0, 1, 0])
    let conflict = try home.importing(file, "--on-conflict", "error")
    conflict.failed(7, saying: "Ana Obi", "city")
    #expect(try conflict.error()["code"] as? String == "CONFLICT")
    // With another kind of problem among them it is no longer only that.
    try home.importing(file + "9,,,,,\n", "--on-conflict", "error").failed(3)
    #expect(try home.counts(file, "--on-conflict", "update") == [0, 1, 0, 0, 0])
    #expect(try home.counts(file, "--on-conflict", "error") == [0, 0, 1, 0, 0])
    #expect(try home.lines("member", "show", "ext:7", "--fields", "city,tags") == ["Abuja\tnew"])
  }

  @Test func tagsAndGroupsOnlyAdd() throws {
    let one = "externalId,firstName,lastName,tags,groups\n7,Ana,Obi,b,\"Choir, A;Youth\"\n"
    let outcome = try home.importing(one, "--on-conflict", "update", "--tag", "t", "--group", "All")
      .succeeded()
    #expect(try outcome.data()["groupsCreated"] as? [String] == ["All", "Choir, A", "Youth"])
    #expect(
      try home.counts("externalId,firstName,lastName,tags,groups\n7,Ana,Obi,a,\n", "--on-conflict", "update")
        == [0, 1, 0, 0, 0])
    #expect(
      try home.lines("member", "show", "ext:7", "--fields", "tags,groups") == ["a;b;t\tAll;Choir, A;Youth"])
    try home.importing("firstName,tags\nA,x\n", "--tag", "a;b").failed(3)
    try home.run("group", "add", "a;b").failed(3, saying: ";")
  }

  @Test func rowsThatAreNotTakenLeaveNoGroups() throws {
    let file =
      "externalId,firstName,lastName,city,email,groups\n7,Ana,Obi,Abuja,,G1\n,X,Y,,bad,G2\n,,,,fam@x.example,G3\n"
    try home.importing(file, "--skip-invalid").failed(11)
    #expect(try home.lines("group", "list", "--format", "count") == ["0"])
  }

  @Test func anEmptyCellKeepsOrClears() throws {
    let file = "externalId,firstName,lastName,city,phone\n7,Ana,Obi,,\n"
    #expect(try home.counts(file, "--on-conflict", "update") == [0, 0, 1, 0, 0])
    #expect(try home.counts(file, "--on-conflict", "update", "--blank", "clear") == [0, 1, 0, 0, 0])
    #expect(
      try home.lines("member", "show", "ext:7", "--fields", "city,phone,email") == ["\t\tfam@x.example"])
  }

  @Test func aNewRowKeepsItsIdAndTimes() throws {
    let id = "019a7f3c-2414-7133-9bb2-b99495d57320"
    _ = try home.counts(
      "id,firstName,createdAt,updatedAt\n\(id),Zed,2020-01-02T03:04:05Z,2021-01-02T03:04:05Z\n")
    #expect(
      try home.lines("member", "show", id, "--fields", "createdAt,updatedAt")
        == ["2020-01-02T03:04:05Z\t2021-01-02T03:04:05Z"])
    try home.importing("id,firstName\n\(id),Other\n").failed(3, saying: "\"field\":\"id\"")
  }

  @Test func statusIsThatOfNewMembersWithoutOne() throws {
    _ = try home.counts("firstName,memberStatus\nP,\nQ,archived\n", "--status", "pending")
    #expect(
      try home.lines("member", "export", "--fields", "memberStatus", "--no-headers").suffix(2)
        == ["pending", "archived"])
  }

  /// A number finds nobody who has none yet, and whom that makes two of is told.
  @Test func whoIsThereWithoutANumberIsToldToBeThereTwice() throws {
    let list = "externalId,firstName,lastName,email,phone\n"
    func warnings(_ rows: String, _ flags: String...) throws -> [String] {
      try home.sandbox.write("people.csv", list + rows)
      let outcome = try home.run(["member", "import", "people.csv", "--json"] + flags).succeeded()
      let warnings = try outcome.data()["warnings"] as? [[String: Any]] ?? []
      #expect(outcome.stderr.contains("without an external id") == !warnings.isEmpty)
      return warnings.map {
        "\($0["line"] as? Int ?? 0) \($0["field"] as? String ?? "") \($0["message"] as? String ?? "")"
      }
    }
    _ = try home.counts("firstName,lastName,email,phone\nEva,Li,eva@x.example,\nTom,Li,,+1 555\n")
    #expect(try warnings("n1,New,One,new@x.example,\nn2,Ulf,Li,EVA@x.example,\n") == [])
    let told = try warnings("n3,Third,One,,\nn4,eva,li,EVA@x.example,\nn5,Tom,Li,,1555\n")
    #expect(told.count == 1 && told.allSatisfy { $0.hasPrefix("3 externalId Eva Li (") })
    #expect(told.allSatisfy { $0.contains("and 1 more are here already") })
    // The number finds them from now on.
    #expect(try warnings("n4,Eva,Li,EVA@x.example,\nn5,Tom,Li,,1555\n", "--on-conflict", "update") == [])
    #expect(try warnings("n6,Eva,Li,EVA@x.example,\n", "--match", "none") == [])
  }

  /// A second record of somebody who opted out is no way around that.
  @Test func whoOptedOutStaysSoAsASecondRecord() throws {
    let people =
      "firstName,lastName,email,phone\nKarl,Klee,karl@x.example,\nTom,Li,,+1 555\nEva,Li,li@x.example,\n"
    _ = try home.counts(people)
    for (name, channel) in [("Karl", "email"), ("Tom", "sms"), ("Eva", "email")] {
      let member = try home.lines("member", "list", "--where", "firstName = \(name)", "--fields", "id")
      try home.run("member", "consent", try #require(member.first), "--channel", channel, "--opt-out")
        .succeeded()
    }
    func optOuts(_ rows: String, _ flags: String...) throws -> [String] {
      try home.sandbox.write("again.csv", "externalId,firstName,lastName,email,phone\n" + rows)
      try home.run(["member", "import", "again.csv", "-q"] + flags).succeeded()
      let all = try home.lines(
        "member", "list", "--sort", "externalId", "--fields", "externalId,optOuts", "-f", "csv",
        "--no-headers")
      return all.filter { line in "abcd".contains { line.hasPrefix("\($0),") } }
    }
    // Another name at the same address is another person.
    let first = try optOuts("a,Karl,Klee,KARL@x.example,\nb,tom,li,,1555\nc,Ulf,Li,li@x.example,\n")
    #expect(first == ["a,email", "b,sms", "c,"])
    let second = try optOuts("d,Karl,Klee,karl@x.example,\n", "--match", "none")
    #expect(second == ["a,email", "b,sms", "c,", "d,email"])
  }

  /// Lists of other programs know addresses only: who else is written to at one that is opted out is told.
  @Test func anOptOutOfASharedAddressSaysWhoIsStillWrittenTo() throws {
    func warnings(_ file: String) throws -> [String] {
      let report = try home.importing(file, "--on-conflict", "update").succeeded().data()
      return (report["warnings"] as? [[String: Any]] ?? []).map {
        "\($0["line"] as? Int ?? 0) \($0["message"] as? String ?? "")"
      }
    }
    let list = "firstName,lastName,email,emailOptOut\nAnnie,Obi,FAM@x.example,yes\n"
    let told = try warnings(list)
    #expect(told.count == 2 && told.allSatisfy { $0.hasPrefix("2 ") && $0.contains("is still written to") })
    #expect(told.contains { $0.contains("Ana Obi") })
    // What was said once is not said every night.
    #expect(try warnings(list) == [])
    #expect(try warnings("firstName,lastName,email,emailOptOut\nNew,One,new@x.example,yes\n") == [])
    #expect(try home.lines("member", "list", "--where", "optOut = email", "--format", "count") == ["2"])
  }
}
