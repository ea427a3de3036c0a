import Testing

@testable import CareSphereKit

/// The single fields of cron expressions, as crontab(5) has them.
@Suite struct CronFieldTests {
  private static func numbers(_ text: String, _ kind: CronField.Kind) throws -> [Int] {
    let field = try CronField(parsing: text, kind)
    return kind.range.filter(field.contains)
  }

  @Test(
    arguments: [
      ("*", CronField.Kind.month, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("7", .minute, [7]), ("07", .minute, [7]), ("0-3", .hour, [0, 1, 2, 3]),
      ("1,2,5,9", .hour, [1, 2, 5, 9]),
      ("0-4,8-12", .hour, [0, 1, 2, 3, 4, 8, 9, 10, 11, 12]), ("0-23/5", .hour, [0, 5, 10, 15, 20]),
      ("*/15", .minute, [0, 15, 30, 45]), ("3-59/15", .minute, [3, 18, 33, 48]), ("*/20", .day, [1, 21]),
      ("*/31", .day, [1]), ("5-5", .day, [5]), ("10-14/4,13", .day, [10, 13, 14]), ("*/12", .month, [1]),
      ("jan", .month, [1]), ("DEC", .month, [12]), ("Feb-Apr", .month, [2, 3, 4]),
      ("jan,jul", .month, [1, 7]),
      ("mar-oct/3", .month, [3, 6, 9]), ("sun", .weekday, [0]), ("Mon-Fri", .weekday, [1, 2, 3, 4, 5]),
    ])
  func aFieldHasTheseNumbers(text: String, kind: CronField.Kind, expected: [Int]) throws {
    #expect(try Self.numbers(text, kind) == expected)
  }

  @Test(
    arguments: [
      ("0", [0]), ("7", [0]), ("0,7", [0]), ("5-7", [0, 5, 6]), ("fri-sun", [0, 5, 6]), ("sat-7", [0, 6]),
      ("0-7", [0, 1, 2, 3, 4, 5, 6]), ("*", [0, 1, 2, 3, 4, 5, 6]), ("*/2", [0, 2, 4, 6]),
      ("1-7/3", [0, 1, 4]),
      ("sun-tue", [0, 1, 2]), ("mon,WED", [1, 3]),
    ])
  func sundayIsBoth0And7(text: String, expected: [Int]) throws {
    let field = try CronField(parsing: text, .weekday)
    #expect((0...6).filter(field.contains) == expected)
  }

  @Test(
    arguments: [
      ("", CronField.Kind.minute), ("60", .minute), ("-1", .minute), ("1-", .minute), ("-", .minute),
      ("5-3", .minute), ("1,,2", .minute), (",", .minute), ("1-2-3", .minute), ("*/0", .minute),
      ("*/", .minute),
      ("*/60", .minute), ("5/15", .minute), ("1.5", .minute), ("+5", .minute), ("٥", .minute), ("a", .minute),
      ("001", .minute), ("**", .minute), ("*-5", .minute), ("1;2", .minute), ("24", .hour), ("0", .day),
      ("32", .day), ("L", .day), ("0", .month), ("13", .month), ("january", .month), ("mon", .month),
      ("8", .weekday), ("monday", .weekday), ("jan", .weekday), ("sat-fri", .weekday), ("5#2", .weekday),
      ("18446744073709551616", .minute), ("?", .day),
    ])
  func whatIsNoneIsRefusedWithTheFieldNamed(text: String, kind: CronField.Kind) {
    let error = #expect(throws: ValueProblem.self) { try CronField(parsing: text, kind) }
    #expect(error?.reason.contains("as its \(kind.name)") == true, "\(String(describing: error))")
  }

  @Test func whatBeginsWithAStarIsKnown() throws {
    #expect(try CronField(parsing: "*/2", .day).beginsWithStar)
    #expect(try CronField(parsing: "*", .day).beginsWithStar)
    #expect(try !CronField(parsing: "1-31", .day).beginsWithStar)
    #expect(try !CronField(parsing: "1,*", .day).beginsWithStar)
  }
}
