import CommandLineKit
import TextFormats
import Testing

@Suite struct ReportTests {
  static let report = Report(
    JSONObject([
      ("rows", 12), ("encoding", "utf-8"), ("mobile", nil), ("status", ["active": 8, "sold": 4]),
      (
        "trends",
        [
          "sales": ["value": 3, "change": .number("1.5"), "changeType": "increase"],
          "loss": ["value": 0, "change": nil],
        ]
      ),
      (
        "growth",
        [
          ["period": "2025-01", "joined": 1, "left": 0], ["period": "2025-02", "joined": 3, "left": 1],
          ["period": "2025-03", "joined": 2, "left": 1],
        ]
      ),
      ("links", [["url": "https://a.example", "clicks": 2]]),
      ("errors", [["field": "email", "message": "is empty"]]), ("ignored", ["a", "b"]), ("none", []),
    ]))

  private func emit(_ format: OutputFormat, _ fields: [String]? = nil) throws -> String {
    let test = try TestConsole()
    try test.output(format) { $0.fields = fields }.emit(report: Self.report)
    return test.output.text
  }

  @Test func isOneFigureALine() throws {
    #expect(
      try emit(.csv) == """
        section,key,period,value
        summary,rows,,12
        summary,encoding,,utf-8
        summary,mobile,,
        status,active,,8
        status,sold,,4
        trends,sales.value,,3
        trends,sales.change,,1.5
        trends,sales.changeType,,increase
        trends,loss.value,,0
        trends,loss.change,,
        growth,joined,2025-01,1
        growth,left,2025-01,0
        growth,joined,2025-02,3
        growth,left,2025-02,1
        growth,joined,2025-03,2
        growth,left,2025-03,1
        links,https://a.example.clicks,,2
        errors,1.field,,email
        errors,1.message,,is empty
        ignored,1,,a
        ignored,2,,b

        """)
    #expect(
      try emit(.tsv, ["ignored", "rows"])
        == "section\tkey\tperiod\tvalue\nignored\t1\t\ta\nignored\t2\t\tb\nsummary\trows\t\t12\n")
  }

  @Test func isTheDataInJSON() throws {
    #expect(
      try emit(.json).hasPrefix(#"{"success":true,"data":{"rows":12,"encoding":"utf-8","mobile":null,"#))
    #expect(try emit(.jsonl, ["rows"]) == "{\"rows\":12}\n")
  }

  @Test func isReadable() throws {
    #expect(
      try emit(.table) == """
        rows      12
        encoding  utf-8
        mobile

        status
        active  8  ██████████████████████████████
        sold    4  ███████████████

        trends
               value  change  changeType
        sales      3     1.5  increase
        loss       0

        growth
        period   joined  left
        2025-01       1     0
        2025-02       3     1
        2025-03       2     1
        joined  ▁█▄
        left  ▁██

        links
        url                clicks
        https://a.example       2

        errors
        field  message
        email  is empty

        ignored
        a
        b

        none
        (none)

        """)
  }

  @Test func innerObjectsAreFlattened() throws {
    let test = try TestConsole()
    let report = Report(JSONObject([("counts", ["all": 3, "by": ["a": ["b": 1]], "none": [:]])]))
    try test.output(.table).emit(report: report)
    #expect(test.output.text == "counts\nall     3\nby.a.b  1\nnone    {}\n")
  }

  @Test(arguments: [OutputFormat.ids, .count])
  func hasNoIdsAndNoCount(_ format: OutputFormat) throws {
    #expect(throws: UsageError.self) { try emit(format) }
    let test = try TestConsole()
    #expect(throws: UsageError.self) { try test.output(format).checkReport() }
  }

  @Test func unknownFieldsAreAnsweredWithTheList() throws {
    #expect(throws: UsageError.self) { try emit(.json, ["nonsense"]) }
    let test = try TestConsole()
    #expect(throws: UsageError.self) {
      try test.output(.json) { $0.fields = ["x"] }.checkReport(keys: ["rows"])
    }
  }
}
