import Foundation
import TestSupport
import Testing

/// Streams, formats, exit codes and references of the member verbs.
@Suite struct MemberCommandTests {
  private let home: LoggedIn

  init() throws {
    home = try LoggedIn()
    #expect(try home.counts(LoggedIn.family) == [3, 0, 0, 0, 0])
  }

  // MARK: Nothing happens

  /// Every verb that changes something, in a form that would.
  static let changes: [[String]] = [
    ["member", "add", "--first-name", "X", "--last-name", "Y", "--group", "G"],
    ["member", "update", "ext:7", "--city", "Q"],
    ["member", "update", "--where", "city = Lagos", "--city", "Q"],
    ["member", "delete", "ext:7"], ["member", "delete", "ext:7", "ext:8"],
    ["member", "delete", "ext:7", "--erase"],
    [
      "member", "import", "people.csv", "--match", "none", "--map", "externalId=custom.old", "--group", "New",
    ],
    ["member", "undo-import", "BATCH"], ["member", "tag", "ext:7", "--tag", "a"],
    ["member", "untag", "ext:7", "ext:8", "--tag", "old"], ["member", "note", "ext:7", "hello"],
    ["member", "log", "ext:7", "visit"], ["member", "consent", "ext:7", "--channel", "email", "--opt-out"],
    ["member", "merge", "ext:7", "ext:8"], ["group", "add", "H"], ["group", "update", "G", "--name", "K"],
    ["group", "delete", "G"], ["group", "assign", "G", "ext:7"], ["group", "remove", "G", "ext:8"],
  ]

  private func prepare() throws -> String {
    try home.run("group", "add", "G").succeeded()
    try home.run("group", "assign", "G", "ext:8").succeeded()
    try home.run("member", "tag", "ext:7", "--tag", "old").succeeded()
    let entries = try home.lines("audit", "--entity", "import", "--fields", "entityId")
    return try #require(entries.first)
  }

  private func state() throws -> String {
    try home.everything()
      + ["notes", "activities"].map { try home.run("member", $0, "ext:7").succeeded().stdout }.joined()
  }

  @Test func aDryRunReportsAndChangesNothing() throws {
    let batch = try prepare()
    let before = try state()
    for change in Self.changes {
      let command = change.map { $0 == "BATCH" ? batch : $0 }
      let outcome = try home.run(command + ["--dry-run", "--json"])
      // Ana has got a tag since the import, which is then left alone.
      #expect(outcome.status == (change.contains("BATCH") ? 11 : 0), "\(outcome)")
      #expect(try !outcome.data().isEmpty)
      #expect(try state() == before, "\(command)")
    }
  }

  @Test func aResultThatCannotBeShownIsNotMade() throws {
    let batch = try prepare()
    let before = try state()
    try home.sandbox.write("taken", "")
    for change in Self.changes {
      let command = change.map { $0 == "BATCH" ? batch : $0 } + ["--yes"]
      try home.run(command + ["--fields", "nope"]).failed(2, saying: "nope", "usage:")
      try home.run(command + ["--output", "taken"]).failed(7, saying: "--force")
      try home.run(command + ["--output", "nowhere/file"]).failed(10)
    }
    for verb in [["import", "people.csv"], ["delete", "ext:7"], ["tag", "ext:7", "--tag", "x"]] {
      try home.run(["member"] + verb + ["--format", "ids"]).failed(2)
    }
    #expect(try state() == before)
  }

  @Test func theQuietSayOnlyWhatIsAskedFor() throws {
    for change in [
      ["member", "add", "--first-name", "X", "--last-name", "Y"],
      ["member", "update", "ext:7", "--city", "Q"],
      ["member", "tag", "ext:7", "--tag", "a"], ["member", "note", "ext:7", "n"],
      ["member", "delete", "ext:8"],
      ["group", "add", "G"], ["user", "refresh"],
    ] {
      let outcome = try home.run(change + ["-q"]).succeeded()
      #expect(outcome.stdout.isEmpty && outcome.stderr.isEmpty, "\(outcome)")
    }
    let id = try home.run("member", "add", "--first-name", "X", "--last-name", "Z", "-q", "--format", "ids")
    #expect(id.succeededLines?.first?.count == 36)
    #expect(try home.lines("member", "list", "-q", "--format", "count") == ["4"])
  }

  // MARK: Errors

  @Test(arguments: [
    (["list", "--fields", "nope"], 2, "USAGE_ERROR"), (["list", "--page", "0"], 2, "USAGE_ERROR"),
    (["list", "--limit", "x"], 2, "USAGE_ERROR"), (["list", "--sort", "nope"], 2, "USAGE_ERROR"),
    (["list", "--status", "activ"], 2, "USAGE_ERROR"), (["lst"], 2, "USAGE_ERROR"),
    (["list", "--city", "a", "--city", "b"], 2, "USAGE_ERROR"), (["list", "--stats", "x"], 2, "USAGE_ERROR"),
    (["list", "--where", "lastNme = x"], 3, "VALIDATION_ERROR"),
    (["list", "--where", ""], 3, "VALIDATION_ERROR"),
    (["show", "ext:nobody"], 6, "NOT_FOUND"), (["show", "nobody@x.example"], 6, "NOT_FOUND"),
    (["show", "fam@x.example"], 7, "CONFLICT"), (["delete", "ext:7", "ext:8"], 2, "USAGE_ERROR"),
    (["delete", "ext:7", "ext:nobody", "-y"], 6, "NOT_FOUND"), (["update", "ext:7"], 2, "USAGE_ERROR"),
    (["update", "ext:7", "--clear", "nope"], 2, "USAGE_ERROR"),
    (["update", "--city", "x"], 2, "USAGE_ERROR"),
    (["update", "--where", "lastName = Obi", "--city", "x"], 2, "USAGE_ERROR"),
    (["update", "ext:7", "--external-id", "8"], 7, "CONFLICT"), (["add"], 3, "VALIDATION_ERROR"),
    (["add", "--first-name", "A", "--last-name", ""], 3, "VALIDATION_ERROR"),
    (["add", "--first-name", "A", "--last-name", "B", "--group", "none"], 6, "NOT_FOUND"),
    (["add", "--from-json", "missing.json"], 10, "IO_ERROR"),
    (["list", "--db", "none.db"], 9, "DATABASE_ERROR"),
    (["list", "--db", "people.csv"], 9, "DATABASE_ERROR"),
  ])
  func everyErrorHasItsCode(_ arguments: [String], _ status: Int32, _ code: String) throws {
    let command = ["member"] + arguments
    let plain = try home.run(command).failed(status)
    #expect(plain.stdout.isEmpty && plain.stderr.hasPrefix("caresphere: "))
    #expect(plain.stderr.contains("usage: ") == (status == 2))
    for format in ["json", "jsonl"] {
      let outcome = try home.run(command + ["--format", format]).failed(status)
      #expect(outcome.stdout.isEmpty)
      let error = try outcome.error()
      #expect(error["code"] as? String == code && error.keys.sorted() == ["code", "details", "message"])
    }
  }

  @Test func everyProblemIsListed() throws {
    let outcome = try home.run(
      "member", "update", "ext:7", "--email", "bad", "--phone", "x", "--join-date", "soon", "--json")
    let details = try #require(try outcome.failed(3).error()["details"] as? [String: Any])
    #expect(details.keys.sorted() == ["email", "joinDate", "phone"])
    let noDatabase = try home.run("member", "list", "--db", "none.db", "--json").failed(9)
    #expect(noDatabase.stderr.contains("caresphere init --db none.db --admin EMAIL"))
    let stranger = try home.run("member", "list", "--db", "people.csv").failed(9)
    #expect(stranger.stderr.contains("name a caresphere database with --db; "), "\(stranger.stderr)")
    #expect(stranger.stderr.contains("caresphere restore --db people.csv FILE\n"), "\(stranger.stderr)")
  }

  // MARK: References

  @Test func membersGoByManyNames() throws {
    let id = try #require(
      try home.lines("member", "list", "--where", "externalId = 7", "--format", "ids").first)
    for reference in [id, id.uppercased(), String(id.suffix(8)), String(id.prefix(35)), "ext:7"] {
      #expect(try home.lines("member", "show", reference, "--format", "ids") == [id])
    }
    let several = try home.run("member", "show", "fam@x.example", "--json").failed(7)
    let details = try #require(try several.error()["details"] as? [String: String])
    #expect(details.count == 2 && details[id]?.contains("Ana Obi") == true)
    try home.run("member", "show", String(id.prefix(8))).failed(7, saying: "Ana Obi", "Cy Ng")
    try home.run("member", "show", String(id.suffix(3))).failed(6)
  }

  // MARK: Shapes

  @Test func recordsInEveryFormat() throws {
    let show = ["member", "show", "ext:7", "--fields", "firstName,custom.x,tags"]
    let outputs = try ["csv", "tsv", "jsonl", "count"].map { try home.run(show + ["--format", $0]).stdout }
    #expect(
      outputs == [
        "firstName,custom.x,tags\nAna,,\n", "firstName\tcustom.x\ttags\nAna\t\t\n",
        "{\"firstName\":\"Ana\",\"custom.x\":null,\"tags\":[]}\n", "1\n",
      ])
    #expect(try home.run(show).stdout == "Ana\t\t\n")
    #expect(try home.run(show + ["--format", "csv", "--no-headers"]).stdout == "Ana,,\n")
    #expect(try home.run(show + ["--format", "table"]).stdout.hasPrefix("firstName"))
    let everything = try home.run("member", "show", "ext:7", "--everything", "--format", "ids").succeeded()
    #expect(everything.lines.first?.count == 36)
  }

  @Test func pagesSayWhereTheyAre() throws {
    func page(_ flags: String...) throws -> [String: Any] {
      let json = try home.run(["member", "list", "--json"] + flags).succeeded().json() as? [String: Any]
      let metadata = try #require(json?["metadata"] as? [String: Any])
      return metadata["pagination"] as? [String: Any] ?? [:]
    }
    #expect(try page().isEmpty)
    let second = try page("--page", "2", "--limit", "2")
    #expect(second["currentPage"] as? Int == 2 && second["totalPages"] as? Int == 2)
    #expect(second["totalItems"] as? Int == 3 && second["itemsPerPage"] as? Int == 2)
    #expect(second["hasNextPage"] as? Bool == false && second["hasPreviousPage"] as? Bool == true)
    #expect(
      try home.lines("member", "list", "--page", "2", "--limit", "2", "--fields", "firstName") == ["Ben"])
    #expect(try page("--where", "city = Nowhere", "--limit", "2")["totalItems"] as? Int == 0)
    let empty = try home.run("member", "list", "--where", "city = Nowhere", "--json").succeeded().data()
    #expect((empty["members"] as? [Any])?.isEmpty == true)
  }

  @Test func aFieldOfYourOwnThatIsClearedIsGone() throws {
    let fields = ["--fields", "customFields"]
    try home.run("member", "update", "ext:7", "--custom", "shirt=L", "--custom", "size=b").succeeded()
    #expect(
      try home.run(["member", "update", "ext:7", "--clear", "custom.shirt"] + fields).lines == [
        #"{"size":"b"}"#
      ])
    let body = try home.sandbox.write("body.json", #"{"customFields":{"size":null}}"#)
    #expect(try home.run(["member", "update", "ext:7", "--from-json", body] + fields).lines == ["{}"])
  }

  @Test func listsSortByFieldsOfYourOwn() throws {
    for (reference, size) in [("7", "b"), ("8", "A")] {
      try home.run("member", "update", "ext:\(reference)", "--custom", "size=\(size)").succeeded()
    }
    let names = ["member", "list", "--fields", "firstName", "--sort", "custom.size"]
    #expect(try home.run(names).lines == ["Cy", "Ben", "Ana"])
    #expect(try home.run(names + ["--order", "desc"]).lines == ["Ana", "Ben", "Cy"])
  }

  @Test func bulkChangesAskAndSingleOnesDoNot() throws {
    let update = ["member", "update", "--where", "lastName = Obi", "--city", "Z"]
    try home.run(update + ["--no-input"]).failed(2, saying: "2 members", "--yes")
    #expect(
      try home.run(update + ["-y", "--format", "jsonl"]).stdout
        == "{\"matched\":2,\"updated\":2,\"unchanged\":0}\n")
    #expect(
      try home.run(update + ["-y", "--fields", "updated", "--format", "jsonl"]).stdout == "{\"updated\":0}\n")
    try home.run("member", "update", "--where", "lastName = Nobody", "--city", "Z").succeeded()
    try home.run("member", "delete", "ext:8").succeeded()
  }

  @Test func typedDatesMayBeRelative() throws {
    for (text, date) in [
      ("2025-11-13", "2025-11-13"), ("2025-11-13T23:30:00Z", "2025-11-13"),
      ("2025-11-13 23:30", "2025-11-13"),
    ] {
      #expect(
        try home.lines("member", "update", "ext:7", "--join-date", text, "--fields", "joinDate") == [date])
    }
    let month = try home.lines("member", "update", "ext:7", "--join-date", "-30d", "--fields", "id")
    #expect(try home.lines("member", "list", "--where", "joinDate = -30d", "--format", "ids") == month)
    #expect(try home.lines("audit", "--since", "-1h", "--format", "count") != ["0"])
    #expect(try home.lines("audit", "--since", "+1h", "--format", "count") == ["0"])
    #expect(try home.lines("audit", "--until", "2020-01-01", "--format", "count") == ["0"])
    try home.run("audit", "--since", "garbage").failed(3)
  }

  // MARK: Who may

  @Test func rolesAndPrivacy() throws {
    try home.run("member", "note", "ext:7", "SECRET", "--private").succeeded()
    #expect(try home.run("member", "show", "ext:7", "--everything", "--json").stdout.contains("SECRET"))
    #expect(try !home.run("audit", "--json").stdout.contains("SECRET"))
    try home.becoming("moderator")
    for arguments in [["delete", "ext:7"], ["show", "ext:7", "--everything"]] {
      try home.run(["member"] + arguments).failed(5)
    }
    #expect(try !home.run("member", "notes", "ext:7", "--json").succeeded().stdout.contains("SECRET"))
    try home.run("user", "logout").succeeded()
    try home.run("member", "list", "--json").failed(4, saying: "UNAUTHORIZED")
  }

  @Test func membersOnlyRead() throws {
    try home.becoming("member")
    for change in Self.changes where change[0] == "member" {
      try home.run(change + ["-y"]).failed(5)
    }
    #expect(try home.lines("member", "list", "--format", "count") == ["3"])
    #expect(try home.lines("member", "export", "--format", "count") == ["3"])
  }
}

extension Outcome {
  fileprivate var succeededLines: [String]? { status == 0 ? lines : nil }
}
