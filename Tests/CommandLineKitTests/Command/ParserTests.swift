import CommandLineKit
import Testing

@Suite struct ParserTests {
  private func run(_ line: String..., environment: [String: String] = [:]) throws -> ParsedArguments {
    guard case .run(let parsed) = try Sample.parser(environment).parse(line) else {
      throw UsageError("not a command to run: \(line)")
    }
    return parsed
  }

  private func error(_ line: [String], environment: [String: String] = [:]) -> UsageError? {
    do throws(UsageError) {
      _ = try Sample.parser(environment).parse(line)
      return nil
    } catch {
      return error
    }
  }

  @Test func globalFlagsStandAnywhere() throws {
    for line in [
      ["--db", "x", "-q", "item", "list"], ["item", "--db=x", "-q", "list"],
      ["item", "list", "-q", "--db", "x"],
    ] {
      guard case .run(let parsed) = try Sample.parser().parse(line) else {
        Issue.record("\(line)")
        continue
      }
      #expect(parsed.path == ["item", "list"])
      #expect(parsed.value("db") == "x")
      #expect(parsed.has("quiet"))
      #expect(!parsed.has("yes"))
    }
  }

  @Test(arguments: [
    ["-fjson"], ["-f", "json"], ["-f=json"], ["--format", "json"], ["--format=json"], ["--json"],
    ["-qyfjson"],
    ["-qyf", "json"], ["--json", "--format", "json"], ["-fjson", "--json"],
  ])
  func spellingsOfAFormat(_ flags: [String]) throws {
    guard case .run(let parsed) = try Sample.parser().parse(["item", "list"] + flags) else {
      Issue.record("does not run")
      return
    }
    #expect(parsed.value("format") == "json")
    #expect(Sample.parser().requestedFormat(["item", "lsit"] + flags) == .json)
  }

  @Test func valuesMayBeginWithADashOrBeEmpty() throws {
    #expect(try run("item", "list", "--since", "-30d").value("since") == "-30d")
    #expect(try run("item", "list", "--since", "--").value("since") == "--")
    #expect(try run("item", "list", "--since", "--help").value("since") == "--help")
    #expect(try run("item", "list", "--since=").value("since")?.isEmpty == true)
    #expect(try run("item", "list", "--since=a=b").value("since") == "a=b")
    #expect(try run("item", "list", "--since=\u{338}x").value("since") == "\u{338}x")
    #expect(try run("item", "list", "--since", "").value("since")?.isEmpty == true)
  }

  @Test func listFlagsAccumulate() throws {
    let parsed = try run("item", "add", "--tag", "a", "Bowl", "--tag=b", "-g", "x", "-gy")
    #expect(parsed.values("tag") == ["a", "b"])
    #expect(parsed.values("group") == ["x", "y"])
    #expect(parsed.argument("NAME") == "Bowl")
    #expect(try run("item", "list", "--status", " active, sold,").list("status") == ["active", "sold"])
  }

  @Test func doubleDashEndsFlags() throws {
    #expect(try run("item", "add", "--", "--tag").argument("NAME") == "--tag")
    #expect(try run("item", "show", "--", "-30d").argument("ITEM") == "-30d")
    #expect(try run("item", "add", "-").argument("NAME") == "-")
    #expect(try run("item", "add", "--", "--").argument("NAME") == "--")
    #expect(try run("item", "add", "").argument("NAME")?.isEmpty == true)
    #expect(try run("--", "item", "list").path == ["item", "list"])
  }

  @Test func argumentsAreSharedOut() throws {
    #expect(try run("item", "log", "1", "sale").argument("TEXT") == nil)
    #expect(try run("item", "log", "1", "sale", "to Ann").argument("TEXT") == "to Ann")
    let parsed = try run("item", "assign", "1", "2", "3", "Shelf")
    #expect(parsed.arguments("ITEM") == ["1", "2", "3"])
    #expect(parsed.argument("GROUP") == "Shelf")
  }

  @Test(arguments: [
    ("itme list", "shop has no command \"itme\"", "did you mean shop item?"),
    ("list", "shop has no command \"list\"", "did you mean shop item list?"),
    ("item lst", "shop item has no command \"lst\"", "did you mean shop item list?"),
    ("item", "shop item needs one of add, list, show, log, assign, export", nil),
    ("item list --statsu active", "unknown flag --statsu", "did you mean --status?"),
    ("item list --stat active", "unknown flag --stat", "did you mean --status?"),
    ("item list --zzzzzz", "unknown flag --zzzzzz", "the flags are listed by: shop item list --help"),
    ("item list -z", "unknown flag -z", "an argument that begins with - goes after --"),
    ("item show -30d", "unknown flag -3 in \"-30d\"", "an argument that begins with - goes after --"),
    ("item list --quiet=no", "--quiet takes no value", nil),
    ("item list --db", "--db needs a value: --db PATH", nil),
    ("item list -f", "-f needs a value: -f FORMAT", nil),
    ("item list --limit 0", "--limit takes a whole number of at least 1, not \"0\"", nil),
    ("item list --limit 1e3", "--limit takes a whole number of at least 1, not \"1e3\"", nil),
    ("item add x --price 9999999", "--price takes a whole number from 0 to 1000000, not \"9999999\"", nil),
    (
      "item list --limit 99999999999999999999",
      "--limit takes a whole number of at least 1, not \"99999999999999999999\"", nil
    ),
    (
      "item list --status active,slod", "--status takes one of active, sold, lost, not \"slod\"",
      "did you mean \"sold\"?"
    ),
    ("item list --status=", "--status takes one of active, sold, lost, not \"\"", nil),
    ("item list -q -q", "-q is given more than once", nil),
    ("item list -qq", "-q is given more than once", nil),
    ("item list --db a --db a", "--db is given more than once", nil),
    ("item list --json --json", "--json is given more than once", nil),
    ("item list --json -f csv", "-f contradicts --format json", nil),
    ("item list -f csv --json", "--json contradicts --format csv", nil),
    ("item show", "ITEM is missing", nil),
    ("item assign 1", "GROUP is missing", nil),
    ("item show 1 2", "unexpected argument \"2\"", nil),
    ("item log 1 slae", "TYPE takes one of sale, loss, not \"slae\"", "did you mean \"sale\"?"),
    ("completion", "SHELL is missing", nil),
    ("help item lsit", "shop item has no command \"lsit\"", "did you mean shop item list?"),
  ])
  func mistakes(_ line: String, _ message: String, _ hint: String?) {
    let found = error(line.split(separator: " ").map(String.init))
    #expect(found?.message == message)
    #expect(found?.hint == hint)
  }

  @Test func errorsKnowTheCommand() {
    #expect(error(["-q", "item", "list", "--x"])?.path == ["item", "list"])
    #expect(error(["itme"])?.path == [])
    #expect(error([""])?.message == "shop has no command \"\"")
  }

  @Test(
    arguments: [
      (["--help"], []), (["-h"], []), ([], []), (["item", "--help"], ["item"]),
      (["item", "list", "-qh"], ["item", "list"]),
      (["item", "list", "--nonsense", "--help", "x"], ["item", "list"]), (["help"], []),
      (["help", "item", "list"], ["item", "list"]), (["help", "--help"], ["help"]),
      (["--version", "--help"], []),
      (["nonsense", "-h"], []),
    ] as [([String], [String])])
  func helpWins(_ line: [String], _ path: [String]) throws {
    guard case .help(let found) = try Sample.parser().parse(line) else {
      Issue.record("no help for \(line)")
      return
    }
    #expect(found == path)
  }

  @Test(arguments: [["--version"], ["item", "--version"], ["item", "list", "--version", "--nonsense"]])
  func versionWins(_ line: [String]) throws {
    guard case .version = try Sample.parser(["SHOP_FORMAT": "bad"]).parse(line) else {
      Issue.record("no version for \(line)")
      return
    }
  }

  @Test func environmentStandsIn() throws {
    let environment = ["SHOP_DB": "e", "SHOP_FORMAT": "csv", "SHOP_NO_INPUT": "1"]
    let parsed = try run("item", "list", "--db", "c", environment: environment)
    #expect(parsed.value("db") == "c")
    #expect(parsed.value("format") == "csv")
    #expect(parsed.has("no-input"))
    #expect(try run("item", "list", "--json", environment: environment).value("format") == "json")
    for off in ["", "0", "false", "FALSE"] {
      #expect(try !run("item", "list", environment: ["SHOP_NO_INPUT": off]).has("no-input"))
    }
    #expect(try run("item", "list", environment: ["SHOP_FORMAT": ""]).value("format") == nil)
    let wrong = error(["item", "list"], environment: ["SHOP_FORMAT": "jsn"])
    #expect(wrong?.message.hasPrefix("the environment variable SHOP_FORMAT takes one of table, json") == true)
    #expect(wrong?.hint == "did you mean \"json\"?")
  }

  @Test func aCommandsOwnOptionReplacesTheGlobalOne() throws {
    #expect(try run("item", "export", "-fvcard").value("format") == "vcard")
    #expect(error(["item", "export", "-ftable"]) != nil)
    #expect(error(["item", "list", "-fvcard"]) != nil)
  }

  @Test func theFormatIsHeardInBrokenLines() {
    let parser = Sample.parser()
    #expect(parser.requestedFormat(["itme", "--bad", "--json"]) == .json)
    #expect(parser.requestedFormat(["item", "list", "--limit", "x", "-qfjsonl"]) == .jsonl)
    #expect(parser.requestedFormat(["item", "list", "--since", "--json"]) == nil)
    #expect(parser.requestedFormat(["item", "list", "--", "--json"]) == nil)
    #expect(parser.requestedFormat(["item", "list", "--format", "xml"]) == nil)
    #expect(Sample.parser(["SHOP_FORMAT": "json"]).requestedFormat(["itme"]) == .json)
    #expect(Sample.parser(["SHOP_FORMAT": "xml"]).requestedFormat(["itme"]) == nil)
  }

  @Test func nothingTypedTraps() {
    let pieces = [
      "", "-", "--", "---", "--=", "--=x", "-=", "-f", "-f=", "--format", "item", "list", "\u{FFFD}",
      "-\u{301}",
      "--\u{1F468}\u{200D}\u{1F469}", "-é", String(repeating: "-", count: 20_000),
      "--" + String(repeating: "x", count: 20_000), String(repeating: "é", count: 20_000), "-30d", "--tag",
      "add",
      "\u{0}", "--price", "9223372036854775808",
    ]
    var state: UInt64 = 42
    for _ in 0..<1_000 {
      var line: [String] = []
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        line.append(pieces[Int(state >> 33) % pieces.count])
      }
      _ = error(line)
      _ = Sample.parser().requestedFormat(line)
    }
    let many = Array(repeating: "x", count: 10_000)
    #expect(error(["item", "assign"] + many) == nil)
    #expect(error(many)?.message == "shop has no command \"x\"")
    #expect((error([String(repeating: "x", count: 1_000_000)])?.message.utf8.count ?? 0) < 200)
  }

  @Test func isFast() throws {
    let clock = ContinuousClock()
    let parser = Sample.parser()
    let line = ["-q", "item", "add", "Bowl", "--tag", "a", "--tag=b", "--price", "12", "--db", "x"]
    let time = try clock.measure { for _ in 0..<1_000 { _ = try parser.parse(line) } }
    #expect(time < .milliseconds(2_000), "a thousand parses, unoptimised")
  }
}
