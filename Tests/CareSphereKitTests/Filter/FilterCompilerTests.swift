import CareSphereKit
import SQLiteStore
import TestSupport
import Testing

/// What filters take, on people of whom each case has some.
@Suite struct FilterCompilerTests {
  let fixture: FilterFixture

  init() throws {
    var fixture = try FilterFixture()
    try fixture.add(
      "Ana",
      [
        "email": "Ana@Example.org", "phone": "+234 801-234 (5678)", "date_of_birth": "2007-06-15",
        "gender": "female", "city": "Lagos", "member_status": "active", "tags": #"["Chor","Volunteer"]"#,
        "custom_fields": #"{"baptismDate":"2019-05-01","level":3,"odd name":"x","skills":["Organ","Flute"]}"#,
        "join_date": "2025-05-16", "created_at": "2025-01-01T23:59:59Z",
      ], groups: ["Youth"], optOuts: ["email"])
    try fixture.add(
      "Béla",
      [
        "last_name": "O'Neil-STRASSE", "email": "", "date_of_birth": "--05-15", "gender": "male",
        "city": "New York", "member_status": "inactive", "tags": #"["Überraschung","vol\"x"]"#,
        "custom_fields": #"{"baptismDate":"2021-05-01","level":12,"choir":true,"note":"10%"}"#,
        "join_date": "2025-05-15", "created_at": "2025-01-02T00:00:00Z", "external_id": "EXT-1",
      ], groups: ["Youth", "Choir"], optOuts: ["sms", "email"])
    try fixture.add(
      "Cem",
      [
        "last_name": "Straße", "phone": "0801 234 5678", "date_of_birth": "2007-06-16", "city": "LAGOS",
        "member_status": "pending", "custom_fields": #"{"level":"7","choir":false,"gone":null,"none":""}"#,
        "notes": "100%_sure", "created_at": "2025-06-15T11:00:00Z",
      ])
    fixture.dynamicGroups = [
      "Grown": "age >= 18", "Grown in Lagos": "group = Grown and city = Lagos",
      "Loop A": "city = x or group = \"Loop B\"", "Loop B": "not group = \"Loop A\"", "Broken": "statsu = x",
      "Nowhere": "group = Nobody",
    ]
    self.fixture = fixture
  }

  @Test(arguments: [
    ("status = ACTIVE", "Ana"), ("status != active", "Béla Cem"), ("status in (active, pending)", "Ana Cem"),
    ("gender = female", "Ana"), ("gender != female", "Béla Cem"), ("gender is empty", "Cem"),
    ("gender in (male, female)", "Ana Béla"), ("not gender in (male)", "Ana Cem"), ("status is empty", ""),
    ("city = lagos", "Ana Cem"), ("city in (LAGOS, 'new york')", "Ana Béla Cem"), ("city > lagos", "Béla"),
    ("city <= lagos", "Ana Cem"), ("lastName contains strasse", "Béla Cem"),
    ("lastName startsWith \"o'\"", "Béla"),
    ("lastName = STRASSE", "Cem"), ("firstName = béla", "Béla"), ("firstName = 'be\u{301}la'", "Béla"),
    ("firstName startsWith BÉ", "Béla"), ("city contains ''", "Ana Béla Cem"), ("externalId = ext-1", "Béla"),
    ("email = ana@EXAMPLE.org", "Ana"), ("email != ana@example.org", "Béla Cem"),
    ("email is empty", "Béla Cem"),
    ("email in (x@y.z, ANA@example.org)", "Ana"), ("email = ána@example.org", ""),
    ("not email is empty", "Ana"),
    ("email contains example", "Ana"), ("email not contains example", "Béla Cem"),
    ("notes contains '%'", "Cem"), ("notes contains \"0%_s\"", "Cem"), ("notes contains '_'", "Cem"),
    ("notes startsWith \"1%\"", ""), ("notes startsWith 100", "Cem"), ("id = Ana", ""), ("id = ana", ""),
    ("phone = '+234 8012345678'", "Ana"), ("phone = 2348012345678", "Ana"),
    ("phone contains '801 234'", "Ana Cem"),
    ("phone startsWith '(0801)'", "Cem"), ("phone in ('0801/2345678', 5)", "Cem"), ("phone is empty", "Béla"),
    ("phone != 08012345678", "Ana Béla"),
    ("tag = VOLUNTEER", "Ana"), ("tag = überraschung", "Béla"), ("tag = 'VOL\"x'", "Béla"),
    ("tag != volunteer", "Béla Cem"),
    ("tag in (chor, überraschung)", "Ana Béla"), ("tag contains rasch", "Béla"),
    ("tag startsWith vol", "Ana Béla"),
    ("tag is empty", "Cem"), ("tag is not empty", "Ana Béla"), ("tag = vol", ""), ("tag = '[]'", ""),
    ("tag = 'chor\",\"volunteer'", ""),
    ("group = Youth", "Ana Béla"), ("group != Youth", "Cem"), ("group in (Choir, Grown)", "Ana Béla"),
    ("group is empty", "Cem"), ("group = Grown", "Ana"), ("not group = Grown", "Béla Cem"),
    ("group = \"Grown in Lagos\"", "Ana"), ("optOut = email", "Ana Béla"), ("optOut in (sms, push)", "Béla"),
    ("optOut != email", "Cem"), ("optOut is empty", "Cem"), ("optOut = push", ""),
    ("age >= 18", "Ana"), ("not (age >= 18)", "Béla Cem"), ("age < 18", "Cem"), ("age = 17", "Cem"),
    ("age != 17", "Ana Béla"),
    ("age > 17", "Ana"), ("age <= 17", "Cem"), ("age in (17, 18)", "Ana Cem"), ("age is empty", "Béla"),
    ("age is not empty", "Ana Cem"), ("age >= 0", "Ana Cem"), ("age <= 9999", "Ana Cem"),
    ("age < 9999", "Ana Cem"),
    ("age > 9999", ""), ("age >= 3000", ""),
    ("dateOfBirth = 2007-06-15", "Ana"), ("dateOfBirth = --05-15", "Béla"),
    ("dateOfBirth < 2007-06-16", "Ana"),
    ("dateOfBirth >= 0001-01-01", "Ana Cem"), ("dateOfBirth != 2007-06-15", "Béla Cem"),
    ("dateOfBirth contains -05-", "Béla"), ("dateOfBirth startsWith 2007", "Ana Cem"),
    ("dateOfBirth is empty", ""),
    ("joinDate >= -30d", "Ana"), ("joinDate < -30d", "Béla"), ("joinDate = -30d", "Ana"),
    ("joinDate is empty", "Cem"),
    ("joinDate <= 2025-05-15", "Béla"), ("not joinDate <= 2025-05-15", "Ana Cem"),
    ("joinDate in (2025-05-15)", "Béla"),
    ("createdAt = 2025-01-01", "Ana"), ("createdAt <= 2025-01-01", "Ana"), ("createdAt < 2025-01-01", ""),
    ("createdAt > 2025-01-01", "Béla Cem"), ("createdAt >= 2025-01-02", "Béla Cem"),
    ("createdAt != 2025-01-02", "Ana Cem"),
    ("createdAt >= -1h", "Cem"), ("createdAt = 2025-01-01T23:59:59Z", "Ana"),
    ("createdAt > '2025-01-02 00:00'", "Cem"),
    ("createdAt in (2025-01-01, 2025-01-02)", "Ana Béla"), ("createdAt <= 9999-12-31", "Ana Béla Cem"),
    ("createdAt > 9999-12-31", ""), ("createdAt startsWith 2025-06", "Cem"),
    ("custom.level > 5", "Béla Cem"), ("custom.level = 12.0", "Béla"), ("custom.level = 7", "Cem"),
    ("custom.level < 1e1", "Ana Cem"), ("custom.level != 3", "Béla Cem"),
    ("custom.level startsWith 1", "Béla"),
    ("custom.level in (3, 7)", "Ana Cem"), ("custom.baptismDate < 2020-01-01", "Ana"),
    ("custom.baptismDate >= -10y", "Ana Béla"), ("custom.baptismDate >= '-10y'", "Ana Béla"),
    ("custom.baptismDate is empty", "Cem"), ("custom.choir = TRUE", "Béla"),
    ("custom.choir != true", "Ana Cem"),
    ("custom.\"odd name\" = X", "Ana"), ("custom.skills = organ", "Ana"),
    ("custom.skills contains lut", "Ana"),
    ("custom.skills = flu", ""), ("custom.gone is empty", "Ana Béla Cem"),
    ("custom.none is empty", "Ana Béla Cem"),
    ("custom.note contains '%'", "Béla"), ("custom.LEVEL = 3", ""), ("customFields is empty", ""),
    ("city = lagos and not status = active or tag is empty", "Cem"),
    ("city = lagos and (age < 18 or tag = chor)", "Ana Cem"),
  ])
  func filtersTakeWhomTheyMean(text: String, expected: String) throws {
    #expect(try fixture.names(where: text).joined(separator: " ") == expected)
    let all = Set(["Ana", "Béla", "Cem"])
    let others = try fixture.names(where: "not (\(text))")
    #expect(Set(others) == all.subtracting(expected.split(separator: " ").map(String.init)))
  }

  @Test func agesChangeOnTheBirthday() throws {
    for (now, zone, expected) in [
      ("2022-02-28T12:00:00Z", "UTC", 17), ("2022-03-01T00:00:00Z", "UTC", 18),
      ("2024-02-29T00:00:00Z", "UTC", 20),
      // It is 1 March in Auckland already, and still 28 February in Honolulu.
      ("2022-02-28T12:00:00Z", "Pacific/Auckland", 18), ("2022-03-01T09:00:00Z", "Pacific/Honolulu", 17),
    ] {
      let fixture = try FilterFixture(now: now, zone: try Zone(named: zone))
      try fixture.add("Leap", ["date_of_birth": "2004-02-29"])
      #expect(try fixture.names(where: "age = \(expected)") == ["Leap"], "\(now)")
      #expect(try fixture.names(where: "age > \(expected) or age < \(expected)") == [], "\(now)")
    }
  }

  @Test func daysAreThoseOfTheZone() throws {
    let fixture = try FilterFixture(zone: try Zone(named: "America/New_York"))
    try fixture.add("Early", ["created_at": "2025-03-09T04:59:59Z"])
    try fixture.add("First", ["created_at": "2025-03-09T05:00:00Z"])
    try fixture.add("Last", ["created_at": "2025-03-10T03:59:59Z"])
    try fixture.add("Late", ["created_at": "2025-03-10T04:00:00Z"])
    #expect(try fixture.names(where: "createdAt = 2025-03-09") == ["First", "Last"])
    #expect(try fixture.names(where: "createdAt <= 2025-03-09") == ["Early", "First", "Last"])
    #expect(try fixture.names(where: "createdAt > 2025-03-09") == ["Late"])
  }

  @Test(arguments: [
    ("group = Nobody", ErrorCode.validation, "column 9: there is no group “Nobody”"),
    ("group = Broken", .validation, "in the filter of group “Broken”: column 1: there is no field “statsu”"),
    (
      "group = Nowhere", .validation, "in the filter of group “Nowhere”: column 9: there is no group “Nobody”"
    ),
    ("age > 3 and group = \"Loop A\"", .conflict, "in a circle: “Loop A” → “Loop B” → “Loop A”"),
    ("joinDate > -999999999d", .validation, "column 12: -999999999d is outside the years"),
    ("createdAt < +9000y", .validation, "column 13: +9000y is outside"),
  ])
  func whatCannotBeCompiledIsTold(text: String, code: ErrorCode, message: String) throws {
    let error = try fixture.error(text)
    #expect(error.code == code)
    #expect(error.message.contains(message), "\(error.message)")
  }

  @Test func everyMissingGroupIsTold() throws {
    let error = try fixture.error("group = A or group in (B, Youth, C) or age = 3")
    guard case .fields(let problems) = error.details else {
      Issue.record("no details")
      return
    }
    #expect(problems.map(\.field) == ["column 9", "column 24"])
  }

  @Test func aGroupCannotReferToItself() throws {
    let filter = try Filter(parsing: "group = \"Loop A\"")
    let error = try #require(throws: CareError.self) {
      try fixture.compiler.compile(filter, ofGroup: "Loop B")
    }
    #expect(error.message.contains("“Loop B” → “Loop A” → “Loop B”"), "\(error.message)")
  }

  @Test func chainsOfThousandsRun() throws {
    let ands = (0..<5000).map { "age!=\($0 % 10)" }.joined(separator: " and ")
    #expect(try fixture.names(where: ands) == ["Ana", "Béla", "Cem"])
    let ors = (0..<4000).map { "city = c\($0)" }.joined(separator: " or ") + " or city = lagos"
    #expect(try fixture.names(where: ors) == ["Ana", "Cem"])
    let list = (0..<8000).map { "c\($0)" }.joined(separator: ",")
    #expect(try fixture.names(where: "city in (\(list), lagos)") == ["Ana", "Cem"])
    #expect(try fixture.names(where: "not tag in (\(list))") == ["Ana", "Béla", "Cem"])
  }

  @Test func whatIsNestedAsDeepAsItMayBeRuns() throws {
    for (open, close, depth) in [
      ("city = x or (age > 3 and (", "))", 20), ("(", " and age > 3) or city = x", 40),
      ("(city = x or ", ") and age > 3", 40), ("not (city = x or (age < 3 or not (", ")))", 13),
      ("(city = x or city = y) and age = 18 and (age = 18 and ", " or phone is empty and city = z)", 40),
    ] {
      let deep = String(repeating: open, count: depth) + "tag = chor" + String(repeating: close, count: depth)
      #expect(
        try fixture.names(where: deep.replacing("city = x or city = y", with: "city = lagos or city = y"))
          == ["Ana"], "\(open)")
      // In a statement as commands have them, some levels deeper.
      let fragment = try fixture.compiler.compile(Filter(parsing: deep))
      try fixture.database.query(
        """
        SELECT (SELECT count(*) FROM member_notes n WHERE n.member_id IN (
          SELECT m.id FROM members AS m WHERE m.id > '' AND \(fragment.sql)))
        """, fragment.arguments
      ) { _ in }
    }
  }

  @Test func groupsCannotGrowWithoutBounds() throws {
    var fixture = fixture
    for level in 1...31 {
      fixture.dynamicGroups["G\(level)"] =
        level == 31 ? "age > 3" : "group = G\(level + 1) or group = G\(level + 1)"
    }
    let error = try fixture.error("group = G1")
    #expect(error.message.contains("too large"))
    for level in 1...40 { fixture.dynamicGroups["G\(level)"] = "group = G\(level + 1)" }
    #expect(try fixture.error("group = G1").message.contains("too deep"))
    let tower =
      String(repeating: "not (city = x or (", count: 20) + "group = NEXT" + String(repeating: "))", count: 20)
    for level in 1...20 {
      fixture.dynamicGroups["G\(level)"] = tower.replacing("NEXT", with: "G\(level + 1)")
    }
    fixture.dynamicGroups["G21"] = "age > 3"
    #expect(try fixture.error("group = G1").message.contains("too deep"))
  }

  @Test func valuesNeverBecomeSQL() throws {
    let nasty = "x'; DROP TABLE members; --"
    for field in FilterField.names + ["custom.x", "custom.\"\(nasty)\""] {
      for test in ["= \"\(nasty)\"", "contains \"\(nasty)\"", "in (\"\(nasty)\")"] {
        guard let fragment = try? fixture.compiler.compile(Filter(parsing: "\(field) \(test)")) else {
          continue
        }
        #expect(!fragment.sql.contains("DROP"))
        #expect(try fixture.names(fragment) == [])
      }
    }
  }

  @Test(arguments: [
    ("email = ana@example.org", "members_email"), ("phone = 08012345678", "members_phone"),
    ("id = x", "sqlite_autoindex_members_1"), ("createdAt >= 2025-01-01", "members_created"),
    ("createdAt = 2025-01-01", "members_created"), ("status = active", "members_status"),
    ("group = Youth", "member_group_assignments_group"), ("email in (a@b.c, d@e.f)", "members_email"),
  ])
  func indexesAreUsed(text: String, index: String) throws {
    let fragment = try fixture.compiler.compile(Filter(parsing: text))
    var plan = ""
    try fixture.database.query(
      "EXPLAIN QUERY PLAN SELECT m.first_name FROM members AS m WHERE \(fragment.sql)", fragment.arguments
    ) { plan += ($0.text(3) ?? "") + "\n" }
    #expect(plan.contains(index), "\(plan)")
    #expect(!plan.contains("SCAN m"), "\(plan)")
  }
}
