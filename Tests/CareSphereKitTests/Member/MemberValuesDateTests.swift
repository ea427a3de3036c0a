import CareSphereKit
import Testing

@Suite struct MemberValuesDateTests {
  @Test(arguments: [
    ("1990-05-15", "1990-05-15"), (" 1990-5-15", "1990-05-15"), ("1990/05/15", "1990-05-15"),
    ("1990. 5. 15.", "1990-05-15"), ("19900515", "1990-05-15"), ("13/11/2020", "2020-11-13"),
    ("11/13/2020", "2020-11-13"), ("13.11.2020", "2020-11-13"), ("05/05/1990", "1990-05-05"),
    ("Nov 13, 2020", "2020-11-13"), ("13 November 2020", "2020-11-13"), ("13-Nov-2020", "2020-11-13"),
    ("13th of November, 2020", "2020-11-13"), ("Fri, 13 Nov 2020", "2020-11-13"),
    ("2020 Nov 13", "2020-11-13"),
    ("1 Sept. 1990", "1990-09-01"), ("March 3rd 2001", "2001-03-03"), ("1990-05-15T00:00:00Z", "1990-05-15"),
    ("1990-05-15T23:59:59.123+02:00", "1990-05-15"), ("1990-05-15 00:00:00", "1990-05-15"),
    ("5/15/1990 12:00:00 AM", "1990-05-15"), ("5/15/1990, 12:00\u{202F}AM", "1990-05-15"),
    ("19900515T000000Z", "1990-05-15"), ("2000-02-29", "2000-02-29"), ("2025-11-13", "2025-11-13"),
    ("--05-15", "--05-15"), (" --05-15", "--05-15"), ("--0515", "--05-15"), ("--5-15", "--05-15"),
    ("05-15", "--05-15"), ("15/05", "--05-15"), ("5/15", "--05-15"), ("15 May", "--05-15"),
    ("May 15", "--05-15"),
    ("--02-29", "--02-29"), ("1604-05-15", "--05-15"), ("1885-05-15", "--05-15"), ("5/15/1885", "--05-15"),
    ("1604-02-29", "--02-29"), ("1885-02-29", "--02-29"),
  ])
  func birthdaysAreRead(_ raw: String, _ stored: String) throws {
    #expect(try fileValues().dateOfBirth(raw) == stored)
    #expect(try fileValues().dateOfBirth(stored) == stored)
  }

  @Test(arguments: [
    ("03/04/2020", "2020-04-03", "2020-03-04"), ("1.2.1990", "1990-02-01", "1990-01-02"),
    ("3-4-2020 10:00", "2020-04-03", "2020-03-04"), ("03/04", "--04-03", "--03-04"),
    ("03-04", "--04-03", "--03-04"),
  ])
  func ambiguousDatesNameTheFlag(_ raw: String, _ dayFirst: String, _ monthFirst: String) throws {
    #expect(
      reason { _ = try fileValues().dateOfBirth(raw) }
        == "“\(raw)” could be \(dayFirst) or \(monthFirst): say which with --date-order dmy or mdy")
    #expect(
      reason { _ = try typedValues().dateOfBirth(raw) }
        == "“\(raw)” could be \(dayFirst) or \(monthFirst): write it like that")
    #expect(try fileValues(.dmy).dateOfBirth(raw) == dayFirst)
    #expect(try fileValues(.mdy).dateOfBirth(raw) == monthFirst)
  }

  @Test func theOrderHoldsForEveryDateInFigures() throws {
    #expect(try fileValues(.dmy).dateOfBirth("13/11/2020") == "2020-11-13")
    #expect(try fileValues(.mdy).dateOfBirth("11/13/2020") == "2020-11-13")
    for order in DateOrder.allCases {
      #expect(try fileValues(order).dateOfBirth("2020/03/04") == "2020-03-04")
      #expect(try fileValues(order).dateOfBirth("4 March 2020") == "2020-03-04")
    }
    #expect(try fileValues(.ymd).dateOfBirth("03/04") == "--03-04")
    for (order, raw) in [
      (DateOrder.dmy, "11/13/2020"), (.mdy, "13/11/2020"), (.ymd, "13/11/2020"), (.ymd, "03/04/2020"),
    ] {
      #expect(
        reason { _ = try fileValues(order).dateOfBirth(raw) }
          == "“\(raw)” is not written in the order that --date-order \(order.rawValue) says; YYYY-MM-DD always is "
          + "read, and --MM-DD of a birthday without its year"
      )
    }
  }

  @Test(arguments: [
    ("13/11/25", "“13/11/25” has a year of two digits: write all four"),
    ("3/4/90", "“3/4/90” has a year of two digits: write all four"),
    ("13 Nov 90", "“13 Nov 90” has a year of two digits: write all four"),
    ("2025-11-14", "“2025-11-14” is in the future"),
    ("2030", "“2030” lacks its month: write it as YYYY-MM-DD"),
    ("1990-05", "“1990-05” lacks its day: write it as YYYY-MM-DD"),
    ("May 1990", "“May 1990” lacks its day: write it as YYYY-MM-DD"),
    ("--05", "“--05” lacks its day: write it as YYYY-MM-DD"),
    ("---15", "“---15” lacks its month: write it as YYYY-MM-DD"),
    ("31/02/2020", "“31/02/2020” is no day of the calendar"),
    ("2019-02-29", "“2019-02-29” is no day of the calendar"),
    ("13/13/2020", "“13/13/2020” is no day of the calendar"),
    ("2020-00-00", "“2020-00-00” is no day of the calendar"),
    ("--02-30", "“--02-30” is no day of the calendar"),
    ("0000-05-15", "“0000-05-15” is no day of the calendar"),
    ("33000", "“33000” is a spreadsheet's number of a day: format its column as a date, YYYY-MM-DD"),
    ("soon", "“soon” is no date: write it as YYYY-MM-DD"),
    ("1990-05/15", "“1990-05/15” is no date: write it as YYYY-MM-DD"),
    ("1,2,1990", "“1,2,1990” is no date: write it as YYYY-MM-DD"),
    ("-30d", "“-30d” is no date: write it as YYYY-MM-DD"),
    ("१९९०-०५-१५", "“१९९०-०५-१५” is no date: write it as YYYY-MM-DD"),
    ("1990-05-15 noon:", "“1990-05-15 noon:” is no date: write it as YYYY-MM-DD"),
    ("12:30", "“12:30” is no date: write it as YYYY-MM-DD"), (":", "“:” is no date: write it as YYYY-MM-DD"),
    ("-", "“-” is no date: write it as YYYY-MM-DD"), ("--", "“--” is no date: write it as YYYY-MM-DD"),
  ])
  func otherBirthdaysAreNot(_ raw: String, _ expected: String) throws {
    #expect(reason { _ = try fileValues().dateOfBirth(raw) } == expected)
  }

  @Test(arguments: ["0/0/00", "0000-00-00", "00/00/0000", " 0/0/0000 ", "", " "])
  func zerosAreNoDate(_ raw: String) throws {
    #expect(try fileValues().dateOfBirth(raw) == nil)
    #expect(try fileValues().date(raw) == nil)
  }

  @Test func datesNeedTheirYear() throws {
    #expect(try fileValues().date("13/11/2030") == "2030-11-13")
    #expect(try fileValues().date("1885-05-15") == "1885-05-15")
    #expect(
      reason { _ = try fileValues().date("--05-15") } == "“--05-15” lacks its year: write it as YYYY-MM-DD")
  }

  /// Nothing that a file can hold brings the reader down.
  @Test func anyTextIsReadOrRefused() throws {
    var generator = SeededText(seed: 11)
    let values = try fileValues()
    for _ in 0..<20_000 {
      let text = generator.text(of: "0123456789/-. ,:TZnovmarst+\u{A0}é", upTo: 14)
      let stored = try? values.dateOfBirth(text)
      if let stored { #expect(try values.dateOfBirth(stored) == stored, "\(text)") }
    }
  }

  @Test(arguments: [
    ("2025-11-13T10:30:00Z", "2025-11-13T10:30:00Z"), ("2025-11-13T10:30:00.5+02:00", "2025-11-13T08:30:00Z"),
    ("2025-11-13 10:30", "2025-11-13T09:30:00Z"), ("2025-11-13 10:30:45", "2025-11-13T09:30:45Z"),
    ("2025-11-13T10:30:45", "2025-11-13T09:30:45Z"), ("2025-11-13", "2025-11-12T23:00:00Z"),
  ])
  func timesAreOfTheOrganizationsZone(_ raw: String, _ stored: String) throws {
    #expect(try typedValues(Zone(named: "Africa/Lagos")).timestamp(raw) == stored)
  }

  @Test func relativeTimesAreNoMoments() throws {
    #expect(
      reason { _ = try fileValues().timestamp("-30d") }
        == "“-30d” is no time: write it as 2025-11-13T10:30:00Z")
  }
}
