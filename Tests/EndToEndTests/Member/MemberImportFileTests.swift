import Foundation
import TestSupport
import Testing

/// What may be wrong with a file, what may not, and what is told of it.
@Suite struct MemberImportFileTests {
  private let home: LoggedIn

  init() throws { home = try LoggedIn() }

  @Test(arguments: [
    ("", "is empty"), ("firstName,lastName\na,\"b\n", "line 2: the quote"),
    ("firstName\na\0b\n", "line 2: NUL"), ("firstName,first_name\na,b\n", "both mean firstName"),
    ("firstName,firstName\na,b\n", "repeated, in columns 1 and 2"),
    ("firstName,lastNam\na,b\n", "did you mean lastName?"),
    ("firstName,Colour\na,b\n", "“Colour” is no field"),
    ("firstName,lastName\na\nb,c,d\n", "line 3: the row has 3 cells"),
    ("firstName,email\na,x\nb,y\n", "line 3, email"),
    ("firstName,city\n\(long(101)),\(long(101))\n", "line 2, city"),
    ("firstName,lastName,email\na,b,\n,,\n", "line 3: has neither"),
    ("firstName,joinDate\na,3/4/2020\n", "--date-order"), ("firstName,joinDate\na,2021-02-29\n", "no day"),
    ("firstName,id\na,17\n", "externalId"), ("name\nAna Obi\n", "a column each"),
  ])
  func refused(_ file: String, _ saying: String) throws {
    let before = try home.everything()
    let outcome = try home.importing(file)
    outcome.failed(3)
    #expect(outcome.stdout.isEmpty)
    let error = try outcome.error()
    let details = error["details"] as? [[String: Any]] ?? []
    let text = details.map { detail in
      let place = "line \(detail["line"] ?? "")" + ((detail["field"] as? String).map { ", " + $0 } ?? "")
      return "\(place): \(detail["message"] ?? "")"
    }
    #expect((text + ["\(error["message"] ?? "")"]).contains { $0.contains(saying) }, "\(outcome)")
    #expect(try home.everything() == before)
  }

  private static func long(_ count: Int) -> String { String(repeating: "n", count: count) }

  @Test func whatCannotBeRead() throws {
    try home.run("member", "import", "missing.csv").failed(10, saying: "missing.csv")
    try home.run("member", "import", "tmp").failed(10, saying: "directory")
    try home.run("member", "import", "-", "--input-format", "json", stdin: "{]").failed(3)
    #expect(try home.counts("firstName,lastName\n") == [0, 0, 0, 0, 0])
  }

  @Test func everyBadRowIsListedWithAllThatIsWrong() throws {
    let outcome = try home.importing("firstName,email,phone\n\"a\nb\",x,y\nc,,\nd,z,\n")
    let details = try #require(try outcome.failed(3).error()["details"] as? [[String: Any]])
    #expect(details.map { $0["line"] as? Int } == [2, 2, 5])
    #expect(details.map { $0["field"] as? String } == ["email", "phone", "email"])
    try home.importing("firstName,email\na,x\nb,y\nc,z\n", "--max-errors", "1").failed(3, saying: "line 3")
    try home.importing("firstName,email\na,x\nb,y\nc,z\n", "--max-errors", "1", "--skip-invalid").failed(3)
    #expect(try home.lines("member", "list", "--format", "count") == ["0"])
  }

  @Test func tenThousandColumns() throws {
    let names = (0..<10_000).map { "custom.c\($0)" }.joined(separator: ",")
    let cells = (0..<10_000).map(String.init).joined(separator: ",")
    #expect(try home.counts("firstName,\(names)\nA,\(cells)\n") == [1, 0, 0, 0, 0])
    #expect(try home.lines("member", "list", "--fields", "custom.c9999") == ["9999"])
    let unknown = (0..<10_000).map { "u\($0)" }.joined(separator: ",")
    try home.importing("firstName,\(unknown)\nA,\(cells)\n").failed(3, saying: "10000 headings")
  }

  @Test func rejectsCanBeMendedAndImported() throws {
    let file = "First Name;last_name;E-MAIL\nAna;Obi;ana@x.example\n\"Dan\nQ\";New;danx\n=F;'=x;bad\n"
    let outcome = try home.importing(file, "--skip-invalid", "--rejects", "bad.csv")
    outcome.failed(11)
    let report = try outcome.data()
    #expect(report["created"] as? Int == 1 && report["rejected"] as? Int == 2)
    #expect((report["errors"] as? [[String: Any]])?.map { $0["line"] as? Int } == [3, 5])
    #expect(try outcome.error()["code"] as? String == "PARTIAL_FAILURE")
    let rejects = try home.sandbox.read("bad.csv")
    #expect(rejects.hasPrefix("First Name,last_name,E-MAIL,line,reason\n\"Dan\nQ\",New,danx,3,"))
    let mended = rejects.replacingOccurrences(of: "danx", with: "d@x.example")
      .replacingOccurrences(of: ",bad,", with: ",f@x.example,")
    #expect(try home.counts(mended) == [2, 0, 0, 0, 0])
    #expect(try home.lines("member", "show", "f@x.example", "--fields", "firstName,lastName") == ["=F\t=x"])
    try home.importing(file, "--skip-invalid", "--rejects", "bad.csv").failed(7, saying: "bad.csv")
    // A file that is there stops even an import without bad rows, before it begins.
    try home.sandbox.write("good.csv", "firstName\nGood\n")
    let nightly = ["member", "import", "good.csv", "--skip-invalid", "--rejects", "bad.csv", "-q"]
    try home.run(nightly).failed(7, saying: "bad.csv exists already", "--force", "another file")
    try home.run(nightly + ["--force"]).succeeded()
    try home.importing(file, "--rejects", "new.csv").failed(2)
    try home.importing(file, "--skip-invalid", "--rejects", "dry.csv", "--dry-run").failed(11)
    #expect(!home.sandbox.exists("dry.csv"))
  }

  @Test func rejectedRecordsCanBeMendedToo() throws {
    try home.importing(
      "{\"firstName\":\"J\",\"email\":\"bad\",\"customFields\":{\"n\":1}}\n", "--skip-invalid", "--rejects",
      "bad.csv", name: "p.jsonl"
    ).failed(11)
    let mended = try home.sandbox.read("bad.csv").replacingOccurrences(of: "\"bad\"", with: "\"j@x.example\"")
    #expect(try home.counts(mended, name: "mended.csv") == [1, 0, 0, 0, 0])
    #expect(try home.lines("member", "show", "j@x.example", "--fields", "custom.n") == ["1"])
  }

  @Test func theReportOfAPartialFailureIsShownEvenToTheQuiet() throws {
    try home.sandbox.write("p.csv", "firstName,email\na,x\nb,\n")
    let outcome = try home.run("member", "import", "p.csv", "--skip-invalid", "-q")
    outcome.failed(11, saying: "1 of 2 rows")
    #expect(outcome.stdout.contains("created\t\t1"))
    #expect(try home.run("member", "import", "p.csv", "--max-errors", "9", "-q").failed(3).stdout.isEmpty)
    try home.sandbox.write("good.csv", "firstName\nc\n")
    let quiet = try home.run("member", "import", "good.csv", "-q").succeeded()
    #expect(quiet.stdout.isEmpty && quiet.stderr.isEmpty)
  }

  @Test(arguments: [
    ("firstName,lastName\nJos\u{E9},Z\n", String.Encoding.windowsCP1252, "windows-1252"),
    ("firstName;lastName\r\nJos\u{E9};\"a\r\nb\"\r\n", .utf8, "utf-8"),
    ("firstName\tlastName\nJos\u{E9}\tZ\n", .utf16, "utf-16"),
    ("\u{FEFF}firstName,lastName\nJos\u{E9},Z\n", .utf8, "utf-8"),
  ])
  func encodings(_ text: String, _ encoding: String.Encoding, _ name: String) throws {
    try home.sandbox.write("p.csv", bytes: Array(try #require(text.data(using: encoding))))
    let report = try home.run("member", "import", "p.csv", "--json").succeeded().data()
    #expect(report["encoding"] as? String == name && report["created"] as? Int == 1)
    #expect(try home.lines("member", "list", "--fields", "firstName") == ["José"])
  }

  @Test func aSettledEncodingMakesWrongBytesAnError() throws {
    try home.sandbox.write("p.csv", bytes: Array("firstName\nab\nc".utf8) + [0xE9, 0x0A])
    try home.run("member", "import", "p.csv", "--encoding", "utf-8").failed(3, saying: "line 3", "offset 14")
    try home.run("member", "import", "p.csv", "--dry-run").succeeded()
    try home.sandbox.write("q.csv", bytes: Array("firstName\nab\nc".utf8) + [0x81, 0x0A])
    try home.run("member", "import", "q.csv").failed(3, saying: "line 3")
  }

  @Test func unknownColumnsAreKeptOrLeftOut() throws {
    let file = "firstName,Shoe Size\nA,042\n"
    let ignored = try home.importing(file, "--unmapped", "ignore").succeeded()
    #expect(try ignored.data()["ignoredColumns"] as? [String] == ["Shoe Size"])
    #expect(
      try home.counts(file, "--unmapped", "custom", "--on-conflict", "update") == [0, 1, 0, 0, 0])
    #expect(
      try home.run("member", "list", "--fields", "custom.Shoe Size", "--format", "jsonl").stdout
        == "{\"custom.Shoe Size\":\"042\"}\n")
    #expect(try home.counts(file, "--map", "shoe_size=city", "--on-conflict", "update") == [0, 1, 0, 0, 0])
    for bad in ["shoe size", "x=city", "Shoe Size=cit", "=city"] {
      try home.importing(file, "--map", bad).failed(2)
    }
  }

  @Test func datesGoByTheOrderThatIsSaid() throws {
    let file = "firstName,joinDate\nA,3/4/2020\n"
    for (order, date) in [("dmy", "2020-04-03"), ("mdy", "2020-03-04")] {
      #expect(try home.counts(file, "--date-order", order, "--match", "none") == [1, 0, 0, 0, 0])
      #expect(try home.lines("member", "list", "--fields", "joinDate").contains(date))
    }
    try home.importing(file, "--date-order", "ymd").failed(3)
  }
}
