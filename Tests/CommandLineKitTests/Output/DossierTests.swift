import CommandLineKit
import TextFormats
import Testing

/// A record with all that belongs to it.
@Suite struct DossierTests {
  private static let record = JSONObject([
    ("id", "a1"), ("tags", ["x", "y"]), ("size", ["width": 2, "depth": ["low": 1, "high": nil]]),
    (
      "notes",
      [
        ["text": "one\u{1B}[31m", "by": nil, "meta": ["page": 3]],
        ["text": "two", "by": "Ada", "meta": nil],
      ]
    ),
    ("none", []), ("name", "Box"),
  ])
  private static let columns = record.keys.map { Column($0, $0 == "id" ? .id : .json) }

  private func emit(_ format: OutputFormat, fields: [String]? = nil) throws -> String {
    let console = try TestConsole()
    try console.output(format) { $0.fields = fields }.emit(dossier: Self.record, columns: Self.columns)
    return console.output.text
  }

  @Test func aTableHasASectionForEachList() throws {
    #expect(
      try emit(.table) == """
        id    a1
        tags  x;y
        none
        name  Box

        size
        width       2
        depth.low   1
        depth.high

        notes (2)
        text       one\\x1b[31m
        meta.page  3

        text  two
        by    Ada

        """)
  }

  @Test func fieldsChooseSections() throws {
    #expect(try emit(.table, fields: ["size"]) == "size\nwidth       2\ndepth.low   1\ndepth.high\n")
    #expect(try emit(.table, fields: ["name", "none"]) == "name  Box\nnone\n")
    #expect(throws: UsageError.self) { try emit(.table, fields: ["box"]) }
  }

  @Test func otherFormatsHaveItAsAnyRecord() throws {
    #expect(try emit(.ids) == "a1\n")
    #expect(try emit(.jsonl, fields: ["none", "name"]) == "{\"none\":[],\"name\":\"Box\"}\n")
  }
}
