import TestSupport
import Testing

/// Consent that outlasts imports and deletions, and imports that are taken back.
@Suite struct MemberImportUndoTests {
  private let home: LoggedIn

  init() throws {
    home = try LoggedIn()
    #expect(try home.counts(LoggedIn.family) == [3, 0, 0, 0, 0])
  }

  private func batch(_ file: String, _ flags: String...) throws -> String {
    try home.sandbox.write("batch.csv", file)
    let report = try home.run(["member", "import", "batch.csv", "--json"] + flags).succeeded().data()
    return try #require(report["batchId"] as? String)
  }

  private func optOuts(_ member: String) throws -> [String] {
    try home.lines("member", "show", member, "--fields", "optOuts")
  }

  // MARK: Consent

  @Test func filesTightenUnlessToldOtherwise() throws {
    try home.run("member", "consent", "ext:7", "--channel", "email", "--opt-out").succeeded()
    let loosening = "externalId,firstName,lastName,emailOptOut\n7,Ana,Obi,no\n"
    #expect(try home.counts(loosening, "--on-conflict", "update") == [0, 0, 1, 0, 0])
    #expect(try optOuts("ext:7") == ["email"])
    #expect(try home.counts(loosening, "--on-conflict", "update", "--resubscribe") == [0, 1, 0, 0, 0])
    #expect(try optOuts("ext:7") == [""])
  }

  @Test(arguments: ["skip", "update", "error"])
  func optOutsApplyWhateverThePolicy(_ policy: String) throws {
    for (number, mark) in ["true", "yes", "1", "x", "Yes"].enumerated() {
      let row = "new\(number),New,One,\(mark),Kano\n7,Ana,Obi,\(mark),Kano\n"
      _ = try home.importing(
        "externalId,firstName,lastName,smsOptOut,city\n" + row, "--on-conflict", policy, "--skip-invalid")
      #expect(try optOuts("ext:new\(number)") == ["sms"])
    }
    #expect(try optOuts("ext:7") == ["sms"])
    #expect(
      try home.lines("member", "list", "--where", "optOut = sms and externalId = 7", "--format", "count")
        == ["1"])
  }

  @Test func whoeverComesBackStaysOptedOut() throws {
    try home.run("member", "consent", "ext:7", "--channel", "email", "--opt-out", "--reason", "asked")
      .succeeded()
    try home.run("member", "consent", "ext:7", "--channel", "sms", "--opt-out").succeeded()
    try home.run("member", "delete", "ext:7").succeeded()
    try home.run(
      "member", "add", "--first-name", "Ana", "--last-name", "Obi", "--email", "FAM@x.example",
      "--external-id", "again"
    ).succeeded()
    #expect(try optOuts("ext:again") == ["email"])
    // In another spelling of the number, too, and in a file.
    #expect(try home.counts("externalId,firstName,lastName,phone\nfile,A,O,+0801-1\n") == [1, 0, 0, 0, 0])
    #expect(try optOuts("ext:file") == ["sms"])
    // Whoever gets the address later has it opted out as well.
    try home.run("member", "update", "ext:file", "--email", "fam@x.example").succeeded()
    #expect(try optOuts("ext:file") == ["email;sms"])
    let consents = try home.run("member", "show", "ext:again", "--json").data()["consents"] as? [String: Any]
    #expect((consents?["email"] as? [String: Any])?["state"] as? String == "out")
    #expect(consents?.keys.sorted() == ["email", "push", "sms"])
  }

  // MARK: Undo

  @Test func anImportIsTakenBackWhole() throws {
    let before = try home.run("member", "export").succeeded().stdout
    let id = try batch(
      """
      externalId,firstName,lastName,city,groups,tags,notes,emailOptOut
      7,Ana,Obi,Abuja,G1,t,n,x
      9,New,One,,G2,,,
      10,Other,One,,G2,,,x

      """, "--on-conflict", "update")
    #expect(try home.run("member", "export").stdout != before)
    try home.run("member", "undo-import", id).failed(2, saying: "--yes", "3 members")
    let tried = try home.run("member", "undo-import", id, "--dry-run", "--format", "jsonl").succeeded()
    #expect(try home.run("member", "export").stdout != before)
    let done = try home.run("member", "undo-import", id, "--yes", "--format", "jsonl").succeeded()
    #expect(tried.stdout == done.stdout)
    #expect(done.stdout.contains(#""deleted":2,"restored":1,"kept":[],"optOutsTakenBack":2"#))
    #expect(done.stderr.contains("2 opt-outs that the import had brought go with it"))
    #expect(try home.run("member", "export").stdout == before)
    #expect(try home.lines("group", "list", "--format", "count") == ["0"])
    try home.run("member", "undo-import", id, "--yes").failed(7, saying: "already")
  }

  @Test func anOptOutThatAnotherFileSaysAgainStays() throws {
    let file = """
      externalId,firstName,lastName,email,emailOptOut
      7,Ana,Obi,ana@example.org,x
      9,New,One,new@example.org,x
      10,Other,One,other@example.org,x

      """
    let first = try batch(file, "--on-conflict", "update")
    let second = try home.run(
      "member", "import", "-", "--match", "email", "--json",
      stdin: "email,emailOptOut\nana@example.org,x\nnew@example.org,x\n"
    ).succeeded().data()
    #expect(second["unchanged"] as? Int == 2)
    let done = try home.run("member", "undo-import", first, "--yes", "--format", "jsonl").succeeded()
    #expect(done.stdout.contains(#""deleted":2,"restored":1,"kept":[],"optOutsTakenBack":1"#))
    #expect(try optOuts("ext:7") == ["email"])
    // Who is gone has left it with the address.
    for name in ["new", "other"] {
      try home.run(
        "member", "add", "--first-name", "Who", "--last-name", "Ever", "--external-id", name, "--email",
        "\(name)@example.org"
      ).succeeded()
    }
    #expect(try optOuts("ext:new") == ["email"])
    #expect(try optOuts("ext:other") == [""])
    // The file that said it again can be taken back as well, and an opt-out is none the less kept.
    let batchID = try #require(second["batchId"] as? String)
    try home.run("member", "undo-import", batchID, "--yes").succeeded()
    #expect(try optOuts("ext:7") == ["email"])
    try home.run("check").succeeded()
  }

  private func consent(_ member: String, _ channel: String) throws -> [String?] {
    let consents = try home.run("member", "show", member, "--json").succeeded().data()["consents"]
    let one = (consents as? [String: Any])?[channel] as? [String: Any]
    return ["state", "reason", "source", "at"].map { one?[$0] as? String }
  }

  @Test func consentsAreAsTheyWere() throws {
    try home.run("member", "consent", "ext:7", "--channel", "email", "--opt-out", "--reason", "by phone")
      .succeeded()
    let before = try consent("ext:7", "email")
    #expect(before.prefix(3) == ["out", "by phone", "member consent"])
    let id = try batch(
      "externalId,firstName,lastName,emailOptOut,smsOptOut\n7,Ana,Obi,no,yes\n", "--on-conflict", "update",
      "--resubscribe")
    #expect(try consent("ext:7", "email").first == "in")
    #expect(try consent("ext:7", "sms").first == "out")
    try home.run("member", "undo-import", id, "-y").succeeded()
    #expect(try consent("ext:7", "email") == before)
    #expect(try consent("ext:7", "sms") == [nil, nil, nil, nil])
  }

  @Test func anOptOutThatOutlivedItsPersonIsKeptAgain() throws {
    func add(_ id: String) throws {
      try home.run(
        "member", "add", "--first-name", "Ana", "--last-name", "Obi", "--email", "fam@x.example",
        "--external-id", id
      ).succeeded()
      #expect(try optOuts("ext:\(id)") == ["email"])
    }
    func optIn(_ id: String, _ name: String) throws {
      let batch = try batch(
        "externalId,firstName,lastName,email,emailOptOut\n\(id),\(name),Obi,fam@x.example,no\n",
        "--on-conflict", "update", "--resubscribe")
      #expect(try optOuts("ext:\(id)") == [""])
      try home.run("member", "undo-import", batch, "-y").succeeded()
    }
    try home.run("member", "consent", "ext:7", "--channel", "email", "--opt-out").succeeded()
    try home.run("member", "delete", "ext:7").succeeded()
    // Somebody new, and somebody who is there.
    try optIn("new", "Ana")
    try add("second")
    try home.run("member", "consent", "ext:8", "--channel", "email", "--opt-out").succeeded()
    try optIn("8", "Ben")
    #expect(try optOuts("ext:8") == ["email"])
    try add("third")
  }

  @Test func groupsThatAreNeededSinceStay() throws {
    let id = try batch("externalId,firstName,lastName,groups\n9,New,One,Ruled;Named;Free\n")
    try home.run(
      "rule", "add", "Greet", "--trigger", "group_joined", "--group", "Ruled", "--action", "add_tag", "--tag",
      "x"
    ).succeeded()
    try home.run("group", "add", "Others", "--where", "not group = Named").succeeded()
    try home.run("member", "undo-import", id, "-y").succeeded()
    #expect(try home.lines("group", "list", "--fields", "name").sorted() == ["Named", "Others", "Ruled"])
  }

  @Test func aRowThatIsRefusedLeavesNoGroupBehind() throws {
    try home.run(
      "member", "add", "--first-name", "Dee", "--last-name", "Ox", "--email", "dee@x.example",
      "--external-id", "10"
    ).succeeded()
    try home.importing(
      "firstName,lastName,email,externalId,groups\nDee,Ox,dee@x.example,8,Fresh\n", "--match", "email",
      "--on-conflict", "update", "--skip-invalid"
    ).failed(11)
    #expect(try home.lines("group", "list", "--format", "count") == ["0"])
  }

  @Test(arguments: [
    ["member", "update", "ext:9", "--city", "X"], ["member", "tag", "ext:9", "--tag", "x"],
    ["member", "note", "ext:9", "hello"], ["member", "log", "ext:9", "visit"],
    ["group", "assign", "Choir", "ext:9"], ["member", "consent", "ext:9", "--channel", "sms", "--opt-out"],
  ])
  func whatWasChangedSinceIsLeftAlone(_ change: [String]) throws {
    try home.run("group", "add", "Choir").succeeded()
    let id = try batch("externalId,firstName,lastName\n9,New,One\n10,Other,One\n")
    try home.run(change).succeeded()
    let kept = try home.lines("member", "show", "ext:9", "--fields", "id")
    let outcome = try home.run("member", "undo-import", String(id.suffix(12)), "-y", "--json").failed(11)
    #expect(try outcome.data()["kept"] as? [String] == kept)
    #expect(try outcome.data()["deleted"] as? Int == 1)
    #expect(try outcome.error()["code"] as? String == "PARTIAL_FAILURE")
    try home.run("member", "show", "ext:9").succeeded()
    try home.run("member", "show", "ext:10").failed(6)
  }

  @Test func aLaterImportCountsAsAChange() throws {
    let first = try batch("externalId,firstName,lastName\n9,New,One\n")
    let second = try batch("externalId,firstName,lastName,city\n9,New,One,Jos\n", "--on-conflict", "update")
    try home.run("member", "undo-import", first, "-y", "-q", "--dry-run").failed(11)
    try home.run("member", "undo-import", second, "-y").succeeded()
    try home.run("member", "undo-import", first, "-y").succeeded()
    try home.run("member", "show", "ext:9").failed(6)
  }

  @Test func batchesAreNamedLikeOtherThings() throws {
    try home.run("member", "undo-import", "nope", "-y").failed(6, saying: "no import")
    _ = try batch("firstName\nX\n")
    try home.run("member", "undo-import", "01", "-y").failed(6)
  }
}
