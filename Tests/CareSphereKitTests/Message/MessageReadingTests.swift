import SQLiteStore
import TestSupport
import TextFormats
import Testing

@testable import CareSphereKit

/// What is told of messages: figures, costs, names of recipients.
@Suite struct MessageReadingTests {
  @Test(arguments: [
    (0, "0"), (1, "0.000001"), (500_000, "0.5"), (1_000_000, "1"), (12_345_678, "12.345678"),
    (-2_500_000, "-2.5"),
    (120_000_000, "120"), (Int.max, "9223372036854.775807"), (Int.min, "-9223372036854.775808"),
  ])
  func millionthsAreDecimal(amount: Int, text: String) {
    #expect(JSONValue.millionths(amount) == .number(text))
  }

  @Test(arguments: [
    (0, 0, "null"), (0, 3, "0.0"), (148, 150, "98.7"), (75, 150, "50.0"), (30, 150, "20.0"), (1, 3, "33.3"),
    (2, 3, "66.7"), (1, 8, "12.5"), (1, 800, "0.1"), (1, 2001, "0.0"), (1, 2000, "0.1"), (5, 5, "100.0"),
  ])
  func sharesHaveOneDecimal(count: Int, total: Int, text: String) {
    #expect(JSONWriter.string(.percentage(of: count, in: total)) == text)
  }

  @Test func fieldsAreColumns() throws {
    let fixture = try UserFixture()
    for field in MessageField.allCases {
      #expect(throws: Never.self) {
        try fixture.database.query("SELECT \(field.column) FROM messages") { _ in }
      }
    }
    for field in RecipientField.allCases {
      let sql =
        "SELECT \(field.sql), \(field.key) FROM message_recipients AS r JOIN members AS m ON m.id = r.member_id"
      #expect(throws: Never.self) { try fixture.database.query(sql) { _ in } }
    }
  }

  /// A million recipients are read in the order of an index, without being sorted or joined to whom nobody asked for.
  @Test func recipientsNeedNoSorting() throws {
    let fixture = try UserFixture()
    func plan(_ sql: String) throws -> String {
      var lines: [String] = []
      try fixture.database.query("EXPLAIN QUERY PLAN " + sql, [.text("x"), .int(-1), .int(0)]) {
        lines.append($0.string(3))
      }
      return lines.joined(separator: "\n")
    }
    for fields in [RecipientField.allCases, [.recipientEmail]] {
      // The few events of one recipient may well be sorted.
      let plan =
        try plan(RecipientReader(fixture.database, messageID: "x").sql(fields)).split(separator: "CORRELATED")
        .first ?? ""
      #expect(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "\(plan)")
      #expect(plan.contains("members") == fields.contains(.memberName))
    }
  }

  @Test func anAudienceIsNamed() throws {
    let fixture = try UserFixture()
    try fixture.database.write {
      try fixture.database.execute(
        """
        INSERT INTO members (id, first_name, last_name, name_key, created_at, updated_at)
        VALUES ('m1', 'Ana', '', '', '', ''), ('m2', '', 'Okoro', '', '', ''), ('m3', 'Ida', 'Berg', '', '', '')
        """)
    }
    var audience = Audience()
    #expect(try AudienceNames(audience, fixture.database).words == "")
    audience.members = ["m1", "m2", "m3", "gone"]
    audience.groups = ["old"]
    audience.expression = "city = Oslo"
    audience.isEverybody = true
    let names = try AudienceNames(audience, fixture.database)
    #expect(
      names.words
        == "group old; member Ana; member Okoro; member Ida Berg; member gone; where city = Oslo; all active members"
    )
    #expect(
      JSONWriter.string(names.json)
        == "{\"groups\":[{\"id\":\"old\",\"name\":null}],\"members\":[{\"id\":\"m1\",\"name\":\"Ana\"},"
        + "{\"id\":\"m2\",\"name\":\"Okoro\"},{\"id\":\"m3\",\"name\":\"Ida Berg\"},{\"id\":\"gone\",\"name\":null}],"
        + "\"where\":\"city = Oslo\",\"all\":true}")
  }
}
