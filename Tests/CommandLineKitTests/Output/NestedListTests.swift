import CommandLineKit
import TextFormats
import Testing

/// A record with a long list in it.
@Suite struct NestedListTests {
  private static let columns = [Column("id", .id), Column("name"), Column("size", .integer)]
  private static let record: JSONObject = JSONObject([("id", "a1"), ("name", "Box"), ("size", 2)])

  private func emit(
    _ format: OutputFormat, fields: [String]? = nil, items: [String] = ["x", "y\"\n"]
  ) throws -> String {
    let console = try TestConsole()
    let list = NestedList("items", columns: [Column("item"), Column("count", .integer)]) { writer in
      for (index, item) in items.enumerated() {
        try writer.beginRecord()
        try writer.text(item)
        try writer.integer(index)
        try writer.endRecord()
      }
    }
    try console.output(format) { $0.fields = fields }
      .emit(record: Self.record, columns: Self.columns, list: list)
    return console.output.text
  }

  private static let items = #""items":[{"item":"x","count":0},{"item":"y\"\n","count":1}]"#

  @Test func jsonHasTheListAtTheEnd() throws {
    let data = #"{"id":"a1","name":"Box","size":2,"# + Self.items + "}"
    #expect(try emit(.jsonl) == data + "\n")
    let document = try emit(.json)
    #expect(document.hasPrefix("{\"success\":true,\"data\":" + data + ",\"error\":null,\"metadata\":{"))
    #expect(try JSONParser.parse(document) != .null)
    #expect(try emit(.jsonl, items: []) == "{\"id\":\"a1\",\"name\":\"Box\",\"size\":2,\"items\":[]}\n")
  }

  @Test func fieldsChooseItsPlace() throws {
    #expect(try emit(.jsonl, fields: ["items", "name"]) == "{" + Self.items + ",\"name\":\"Box\"}\n")
    #expect(
      try emit(.jsonl, fields: ["size", "items", "name"]) == "{\"size\":2," + Self.items
        + ",\"name\":\"Box\"}\n")
    #expect(try emit(.jsonl, fields: ["items"]) == "{" + Self.items + "}\n")
    #expect(try emit(.jsonl, fields: ["name"]) == "{\"name\":\"Box\"}\n")
    #expect(throws: UsageError.self) { try emit(.jsonl, fields: ["item"]) }
  }

  @Test func otherFormatsLeaveItOut() throws {
    #expect(try emit(.csv) == "id,name,size\na1,Box,2\n")
    #expect(try emit(.ids) == "a1\n")
    #expect(try emit(.table) == "id    a1\nname  Box\nsize  2\n")
    #expect(throws: UsageError.self) { try emit(.csv, fields: ["items"]) }
  }
}
