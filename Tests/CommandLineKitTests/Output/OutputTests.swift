import CommandLineKit
import TextFormats
import Testing

@Suite struct OutputTests {
  static let columns = [
    Column("id", .id), Column("name"), Column("price", .integer), Column("sold", .boolean),
    Column("tags", .list),
    Column("extra", .json, shownInTable: false),
  ]
  static let records: [JSONObject] = [
    JSONObject([
      ("id", "01890a5d-ac96-774b-bcce-b302099a8057"), ("name", "Bowl, \"red\""), ("price", 1200),
      ("sold", true),
      ("tags", ["clay", "new"]), ("extra", ["size": 3]),
    ]),
    JSONObject([
      ("id", "01890a5d-ac96-774b-bcce-b302099a8058"), ("name", "a\tb\nc\\d"), ("price", -5), ("sold", false),
      ("tags", []),
    ]),
  ]

  private func list(
    _ format: OutputFormat?, terminal: Bool = false, width: Int = 40,
    environment: [String: String] = ["LANG": "en_US.UTF-8"], pagination: Pagination? = nil,
    _ change: (inout OutputOptions) -> Void = { _ in }
  ) throws -> String {
    let test = try TestConsole(terminal: terminal, width: width, environment: environment)
    try test.output(format, change).emit(
      list: "items", columns: Self.columns,
      dynamic: { $0.hasPrefix("extra.") ? Column($0, path: ["extra", "size"]) : nil },
      pagination: pagination, records: Self.records)
    return test.output.text
  }

  @Test func json() throws {
    let metadata = #""metadata":{"timestamp":"2025-11-13T10:30:00Z","requestId":"r1","version":"1.0.0""#
    let first =
      #"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","name":"Bowl, \"red\"","price":1200,"sold":true,"#
      + #""tags":["clay","new"],"extra":{"size":3}}"#
    let second =
      #"{"id":"01890a5d-ac96-774b-bcce-b302099a8058","name":"a\tb\nc\\d","price":-5,"sold":false,"tags":[],"extra":null}"#
    let body = #"{"success":true,"data":{"items":["# + "\n\(first),\n\(second)\n]},\"error\":null," + metadata
    #expect(try list(.json) == body + "}}\n")
    let paged = try list(.json, pagination: Pagination(page: 2, limit: 2, total: 5))
    #expect(
      paged == body
        + #","pagination":{"currentPage":2,"totalPages":3,"totalItems":5,"itemsPerPage":2,"hasNextPage":true,"hasPreviousPage":true}}}"#
        + "\n")
    #expect(try list(.jsonl) == first + "\n" + second + "\n")
    #expect(try list(.jsonl, terminal: true) == first + "\n" + second + "\n")
  }

  /// A format that nobody asked for must not send to a terminal what would control it; one that was asked for is the
  /// same everywhere.
  @Test func whatNobodyAskedForIsMadeVisible() throws {
    let records = [JSONObject([("name", "a\u{1B}[31m\u{202E}"), ("tags", ["x\u{7}", "y"])])]
    func csv(_ format: OutputFormat?, terminal: Bool) throws -> String {
      let test = try TestConsole(terminal: terminal)
      let output = test.output(format)
      output.defaultFormat = .csv
      try output.emit(list: "items", columns: [Column("name"), Column("tags", .list)], records: records)
      return test.output.text
    }
    let raw = "name,tags\na\u{1B}[31m\u{202E},x\u{7};y\n"
    #expect(try csv(nil, terminal: true) == "name,tags\na\\x1b[31m\\u{202E},x\\x07;y\n")
    #expect(try csv(nil, terminal: false) == raw)
    #expect(try csv(.csv, terminal: true) == raw)
  }

  @Test func anEmptyListIsADocument() throws {
    let test = try TestConsole()
    try test.output(.json).emit(list: "items", columns: Self.columns, records: [JSONObject]())
    #expect(test.output.text.hasPrefix(#"{"success":true,"data":{"items":[]},"error":null,"metadata":{"#))
  }

  @Test func csvAndTsv() throws {
    let header = "id,name,price,sold,tags,extra\n"
    let rows =
      "01890a5d-ac96-774b-bcce-b302099a8057,\"Bowl, \"\"red\"\"\",1200,true,clay;new,\"{\"\"size\"\":3}\"\n"
      + "01890a5d-ac96-774b-bcce-b302099a8058,\"a\tb\nc\\d\",-5,false,,\n"
    #expect(try list(.csv) == header + rows)
    #expect(try list(.csv) { $0.headers = false } == rows)
    #expect(try list(.csv) { $0.byteOrderMark = true } == "\u{FEFF}" + header + rows)
    #expect(
      try list(.tsv).hasSuffix("01890a5d-ac96-774b-bcce-b302099a8058\t\"a\tb\nc\\d\"\t-5\tfalse\t\t\n"))
    #expect(try list(.tsv).hasPrefix("id\tname\tprice"))
    #expect(
      try list(nil)
        == "01890a5d-ac96-774b-bcce-b302099a8057\tBowl, \"red\"\t1200\ttrue\tclay;new\t{\"size\":3}\n"
        + "01890a5d-ac96-774b-bcce-b302099a8058\ta\\tb\\nc\\\\d\t-5\tfalse\t\t\n")
  }

  @Test func idsAndCount() throws {
    let ids = "01890a5d-ac96-774b-bcce-b302099a8057\n01890a5d-ac96-774b-bcce-b302099a8058\n"
    #expect(try list(.ids) == ids)
    #expect(try list(.count) == "2\n")
    let test = try TestConsole()
    try test.output(.count).emit(list: "x", columns: Self.columns, count: { 7 }) { _ in
      Issue.record("rows made")
    }
    #expect(test.output.text == "7\n")
    #expect(throws: UsageError.self) {
      try test.output(.ids).emit(list: "x", columns: [Column("name")], records: Self.records)
    }
  }

  @Test func mistakesAreFoundBeforehandAndNameTheCommand() throws {
    let parsed = ParsedArguments(
      path: ["item", "list"], options: ["fields": ["nonsense"], "format": ["ids"]], positionals: [:])
    let test = try TestConsole()
    let output = Output(test.console, options: OutputOptions(parsed), envelope: TestConsole.envelope)
    let unknown = #expect(throws: UsageError.self) { try output.check(columns: Self.columns) }
    #expect(unknown?.path == ["item", "list"])
    let withoutIds = #expect(throws: UsageError.self) { try output.check(columns: [Column("nonsense")]) }
    #expect(withoutIds?.message == "there are no ids here")
  }

  @Test func fieldsAreChosenInTheirOrder() throws {
    #expect(try list(.csv) { $0.fields = ["price", "id"] }.hasPrefix("price,id\n1200,01890a5d"))
    #expect(
      try list(.jsonl) { $0.fields = ["extra.size", "price"] }.hasPrefix(#"{"extra.size":3,"price":1200}"#))
    #expect(try list(.table) { $0.fields = ["extra"] } == "extra\n{\"size\":3}\n\n")
    #expect(throws: UsageError("--fields has no \"prise\"", hint: Self.hint("did you mean \"price\"? "))) {
      try list(.csv) { $0.fields = ["prise"] }
    }
    #expect(throws: UsageError("--fields has no \"zzzz\"", hint: Self.hint(""))) {
      try list(.count) { $0.fields = ["zzzz"] }
    }
    #expect(throws: UsageError.self) { try list(.csv) { $0.fields = ["id", "id"] } }
    #expect(throws: UsageError.self) { try list(.csv) { $0.fields = [] } }
  }

  private static func hint(_ start: String) -> String {
    start + "the fields are id, name, price, sold, tags, extra"
  }

  @Test func tablesFitTheTerminal() throws {
    #expect(
      try list(nil, terminal: true, environment: ["LANG": "C.UTF-8", "NO_COLOR": "1"]) == """
        id        name     price  sold   tags
        099a8057  Bowl, …   1200  true   clay;n…
        099a8058  a\\tb⏎c…     -5  false

        """)
    #expect(
      try list(.table, terminal: true) == """
        id        name         price  sold   tags
        099a8057  Bowl, "red"   1200  true   clay;new
        099a8058  a\\tb⏎c\\d        -5  false

        """)
    #expect(try list(nil, terminal: true).hasPrefix("\u{1B}[1mid "))
    #expect(try list(.table, terminal: true) { $0.headers = false }.hasPrefix("099a8057"))
    #expect(try list(nil, terminal: true, environment: ["TERM": "dumb"]).contains("Bowl..."))
  }

  @Test func longTablesStreamIntoTheWidthsFound() throws {
    let test = try TestConsole(terminal: true, environment: ["TERM": "dumb"])
    try test.output().emit(list: "x", columns: [Column("name"), Column("n", .integer)]) { writer in
      for number in 0..<2_500 {
        try writer.beginRecord()
        try writer.text(number < 2_000 ? "row" : "a long name that comes late")
        try writer.integer(number)
        try writer.endRecord()
      }
      try writer.beginRecord()
      try writer.null()
      try writer.endRecord()
    }
    let lines = test.output.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2_503)
    #expect(lines[1] == "row     0")
    #expect(lines[2_001] == "a...  2000")
  }

  @Test func oneRecord() throws {
    func record(_ format: OutputFormat?, terminal: Bool = false, _ fields: [String]? = nil) throws -> String {
      let test = try TestConsole(
        terminal: terminal, width: 34, environment: ["NO_COLOR": "1", "LANG": "C.UTF-8"])
      try test.output(format) { $0.fields = fields }.emit(record: Self.records[0], columns: Self.columns)
      return test.output.text
    }
    #expect(
      try record(nil, terminal: true) == """
        id     01890a5d-ac96-774b-bcce-b30
               2099a8057
        name   Bowl, "red"
        price  1200
        sold   true
        tags   clay;new
        extra  {"size":3}

        """)
    #expect(try record(.json).hasPrefix(#"{"success":true,"data":{"id":"01890a5d-"#))
    #expect(try record(.json, ["price"]).hasPrefix(#"{"success":true,"data":{"price":1200},"error":null"#))
    #expect(try record(.jsonl, ["price", "sold"]) == "{\"price\":1200,\"sold\":true}\n")
    #expect(try record(.csv, ["price", "sold"]) == "price,sold\n1200,true\n")
    #expect(try record(nil, ["price", "sold"]) == "1200\ttrue\n")
    #expect(try record(.ids) == "01890a5d-ac96-774b-bcce-b302099a8057\n")
    #expect(try record(.count) == "1\n")
  }

  @Test func recordsMayComeFromBytes() throws {
    let test = try TestConsole()
    try test.output(.csv).emit(list: "x", columns: Self.columns) { writer in
      try writer.beginRecord()
      try writer.text("1")
      try writer.null()
      try writer.number("1.50")
      try writer.boolean(true)
      let tags = Array(#" [ "a\u00e9\ud83d\ude00" , "b\"\\\/\n" ] "#.utf8)
      try tags.withUnsafeBufferPointer { try writer.strings(json: $0) }
      try tags.withUnsafeBufferPointer { try writer.json($0) }
      try writer.endRecord()
    }
    #expect(
      test.output.text.hasSuffix(
        "\n1,,1.50,true,\"aé😀;b\"\"\\/\n\",\" [ \"\"a\\u00e9\\ud83d\\ude00\"\" , \"\"b\\\"\"\\\\\\/\\n\"\" ] \"\n"
      ))
  }

  private func escaped(_ text: String) -> String {
    text.map { $0 == "\\" ? "\\\\" : $0 == "\n" ? "\\n" : String($0) }.joined()
  }

  @Test func brokenListsAreShownAsTheyAre() throws {
    for broken in [
      "", "[", "[\"a\"", "[1]", "[\"a\",]", "{}", "[\"\\ud800\"]", "[\"\\x\"]", "[\"a\"]x", "[\"a\nb\"]",
      "[\"\\u12",
    ] {
      let test = try TestConsole()
      try test.output { $0.headers = false }.emit(list: "x", columns: [Column("a")]) { writer in
        try writer.beginRecord()
        try Array(broken.utf8).withUnsafeBufferPointer { try writer.strings(json: $0) }
        try writer.endRecord()
      }
      #expect(test.output.text == escaped(broken) + "\n")
    }
  }
}

extension TestConsole {
  fileprivate func output(_ change: (inout OutputOptions) -> Void) -> Output { output(nil, change) }
}
