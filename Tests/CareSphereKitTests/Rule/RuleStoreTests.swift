import SQLiteStore
import Testing
import TextFormats

@testable import CareSphereKit

/// Rules as they are kept: from when on they act, what protects what they need, and the indexes they have made.
@Suite struct RuleStoreTests {
  private let fixture: RuleFixture
  private let later: Timestamp

  init() throws {
    fixture = try RuleFixture()
    later = try #require(fixture.clock.now.adding(seconds: 3600))
  }

  private static func body(_ name: String, trigger: String, _ config: String = "{}") -> String {
    #"{"name":"\#(name)","triggerType":"\#(trigger)","triggerConfig":\#(config),"actionType":"add_tag","actionConfig":{"tag":"x"}}"#
  }

  private func member() throws -> String {
    try fixture.database.write {
      try MemberStore(
        fixture.database, ids: fixture.ids, provenance: fixture.provenance(),
        events: .silent(fixture.database)
      ).add(MemberDraft())
    }
  }

  private func happen(_ member: String) throws {
    try fixture.database.write {
      try fixture.database.execute(
        "INSERT INTO rule_events (event, member_id, at) VALUES ('tag_added', ?, '2025-06-15T12:00:00Z')",
        [.text(member)])
    }
  }

  private func change(_ rule: Rule, _ body: String) throws -> Rule {
    try fixture.database.write {
      try fixture.store(at: later).update(rule, to: try fixture.values(body, over: rule.values))
    }
  }

  private func wait(_ rule: Rule, _ member: String, _ occurrence: String, _ state: String) throws {
    try fixture.database.write {
      try fixture.database.execute(
        """
        INSERT INTO rule_occurrences (rule_id, member_id, occurrence, state, due_at)
        VALUES (?, ?, ?, ?, '2025-06-15T12:00:00Z')
        """, [.text(rule.id), .text(member), .text(occurrence), .text(state)])
    }
  }

  private func occurrences() throws -> [String] {
    var found: [String] = []
    try fixture.database.query(
      "SELECT r.name, o.member_id, o.occurrence, o.state FROM rule_occurrences AS o "
        + "JOIN automation_rules AS r ON r.id = o.rule_id ORDER BY 1, 2, 3"
    ) { found.append((0...3).map($0.string).joined(separator: " ")) }
    return found
  }

  // MARK: Beginning

  @Test func aRuleActsOnWhatComesAfterIt() throws {
    let ada = try member()
    try happen(ada)
    try happen(ada)
    let rule = try fixture.add(Self.body("R", trigger: "tag_added"))
    #expect(rule.sinceEvent == 2 && rule.judgedUntil == fixture.clock.now)
    // Rows that are gone count: their numbers never come again.
    try fixture.database.write { try fixture.database.execute("DELETE FROM rule_events") }
    #expect(try fixture.add(Self.body("S", trigger: "tag_added")).sinceEvent == 2)
  }

  @Test(
    arguments: [
      (#"{"triggerConfig":{"tag":"y"}}"#, true), (#"{"triggerType":"member_created"}"#, true),
      (#"{"triggerConfig":{"delay":5}}"#, true), (#"{"name":"S"}"#, false),
      (#"{"actionConfig":{"tag":"z"}}"#, false),
      (#"{"conditions":{"city":"Lagos"}}"#, false), (#"{"isActive":false}"#, false),
      (#"{"isActive":true}"#, false),
      (#"{"description":"d"}"#, false), ("{}", false),
    ])
  func onlyAnotherTriggerBeginsAnew(body: String, begins: Bool) throws {
    let rule = try fixture.add(Self.body("R", trigger: "tag_added"))
    let ada = try member()
    try happen(ada)
    try wait(rule, ada, "1", "waiting")
    try wait(rule, ada, "0", "done")
    let changed = try change(rule, body)
    #expect(changed.sinceEvent == (begins ? 1 : 0))
    #expect(changed.judgedUntil == (begins ? later : fixture.clock.now))
    #expect(try occurrences().count == (begins ? 1 : 2))
    #expect(try RuleLog(fixture.database).count(RuleLog.Selection()) == (begins ? 1 : 0))
  }

  @Test func enablingBeginsAnewAndDisablingDoesNot() throws {
    let rule = try fixture.add(Self.body("R", trigger: "tag_added"))
    try happen(try member())
    let off = try fixture.database.write { try fixture.store(at: later).setActive(false, rule) }
    #expect(off.sinceEvent == 0 && off.judgedUntil == fixture.clock.now && !off.values.isActive)
    let on = try fixture.database.write { try fixture.store(at: later).setActive(true, off) }
    #expect(on.sinceEvent == 1 && on.judgedUntil == later && on.values.isActive)
    #expect(try RuleFinder(fixture.database).active().map(\.id) == [rule.id])
  }

  @Test func namesDifferInMoreThanCase() throws {
    let rule = try fixture.add(Self.body("R", trigger: "birthday"))
    #expect(throws: CareError.self) { try fixture.add(Self.body("r", trigger: "birthday")) }
    _ = try fixture.add(Self.body("S", trigger: "birthday"))
    #expect(throws: CareError.self) { try change(rule, #"{"name":"s"}"#) }
    #expect(try change(rule, #"{"name":"RR"}"#).name == "RR")
    #expect(try RuleFinder(fixture.database).resolve("rr").id == rule.id)
    #expect(try RuleFinder(fixture.database).resolve(String(rule.id.suffix(6))).id == rule.id)
    #expect(throws: CareError.self) { try RuleFinder(fixture.database).resolve("T") }
  }

  @Test func whatCannotBeReadIsTheFilesFault() throws {
    let rule = try fixture.add(Self.body("R", trigger: "birthday"))
    try fixture.database.execute("UPDATE automation_rules SET trigger_type = 'comet'")
    let error = #expect(throws: CareError.self) { try RuleFinder(fixture.database).find(id: rule.id) }
    #expect(error?.code == .database)
  }

  // MARK: Indexes

  private func indexes() throws -> [String] {
    var found: [String] = []
    try fixture.database.query(
      "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name GLOB 'rule_dates_*' ORDER BY sql"
    ) { found.append($0.string(0)) }
    return found
  }

  @Test func indexesAreMadeWhenARuleNeedsThem() throws {
    #expect(try indexes().isEmpty)
    let one = try fixture.add(Self.body("A", trigger: "birthday"))
    let two = try fixture.add(Self.body("B", trigger: "birthday", #"{"at":"09:00"}"#))
    #expect(try indexes().count == 1)
    let name = #"it's "x" \u0061;--"#
    _ = try fixture.add(Self.body("C", trigger: "date", #"{"field":"custom.it's ä--; day"}"#))
    _ = try fixture.add(Self.body("D", trigger: "tag_added"))
    #expect(try indexes().count == 2 && indexes().contains { $0.contains("it''s ä--; day") }, "\(name)")
    try fixture.database.write { try fixture.store().delete(one) }
    #expect(try indexes().count == 2)
    _ = try change(two, #"{"triggerType":"anniversary","triggerConfig":{"repeat":"once"}}"#)
    #expect(try indexes().contains { $0.hasSuffix("ON members(join_date)") } && indexes().count == 2)
  }

  @Test(
    arguments: [
      DateTrigger.Field.dateOfBirth, .joinDate, .createdAt, .updatedAt, .custom("it's"),
    ])
  func theirExpressionsFindDaysByTheIndex(field: DateTrigger.Field) throws {
    let name =
      switch field {
      case .dateOfBirth: "dateOfBirth"
      case .joinDate: "joinDate"
      case .createdAt: "createdAt"
      case .updatedAt: "updatedAt"
      case .custom(let name): "custom.\(name)"
      }
    for (rule, repetition) in [("Y", "yearly"), ("O", "once")] {
      _ = try fixture.add(
        Self.body(rule, trigger: "date", #"{"field":"\#(name)","repeat":"\#(repetition)"}"#))
    }
    try fixture.database.write {
      try fixture.database.execute(
        """
        INSERT INTO members (id, first_name, last_name, name_key, created_at, updated_at, date_of_birth, join_date,
          custom_fields) VALUES ('a', '', '', '', '2025-06-15T12:00:00Z', '2025-06-15T12:00:00Z', '1990-06-15',
          '2025-06-15', '{"it''s":"2025-06-15"}')
        """)
    }
    for expression in [RuleIndexes.monthDay(of: field, in: "m."), RuleIndexes.day(of: field, in: "m.")] {
      let sql = "SELECT m.id FROM members AS m WHERE \(expression) BETWEEN ? AND ?"
      var plan = ""
      try fixture.database.query("EXPLAIN QUERY PLAN " + sql, [.text("06-15"), .text("06-15")]) {
        plan += $0.string(3)
      }
      #expect(plan.contains("rule_dates_"), "\(plan)")
      let day =
        expression == RuleIndexes.monthDay(of: field, in: "m.")
        ? "06-15" : field == .dateOfBirth ? "1990-06-15" : "2025-06-15"
      #expect(
        try fixture.database.first(sql, [.text(day), .text(day)]) { $0.string(0) } == "a", "\(expression)")
    }
  }

  @Test(arguments: [("--05-15", "05-15"), ("1999-05-15", "05-15"), ("2025-05-15T10:00:00Z", "05-15")])
  func aCustomDayIsFoundHoweverItIsWritten(value: String, expected: String) throws {
    let sql = RuleIndexes.monthDay(of: .custom("d"), in: "m.")
    let found = try fixture.database.first(
      "SELECT \(sql) FROM (SELECT json_object('d', ?) AS custom_fields) AS m", [.text(value)]
    ) { $0.string(0) }
    #expect(found == expected)
  }

  // MARK: Merging and deleting people

  @Test func mergedPeopleHaveOneLedger() throws {
    let (keep, other) = (try member(), try member())
    let birthday = try fixture.add(Self.body("Birthday", trigger: "birthday"))
    let welcome = try fixture.add(Self.body("Welcome", trigger: "member_created"))
    let tagged = try fixture.add(Self.body("Tagged", trigger: "tag_added"))
    try wait(birthday, keep, "2025", "waiting")
    try wait(birthday, other, "2025", "done")
    try wait(birthday, other, "2024", "done")
    try wait(birthday, keep, "2023", "done")
    try wait(birthday, other, "2023", "failed")
    try wait(welcome, other, "1", "waiting")
    try wait(welcome, other, "0", "done")
    try wait(tagged, other, "7", "waiting")
    try happen(other)
    try fixture.database.write {
      let members = try MemberStore(
        fixture.database, ids: fixture.ids, provenance: fixture.provenance(),
        events: .silent(fixture.database))
      let (one, two) = (try members.first("m.id = ?", keep), try members.first("m.id = ?", other))
      _ = try MemberMerge(fixture.database, ids: fixture.ids, provenance: fixture.provenance())
        .merge([try #require(two)], into: try #require(one))
    }
    #expect(
      try occurrences() == [
        "Birthday \(keep) 2023 done", "Birthday \(keep) 2024 done", "Birthday \(keep) 2025 done",
        "Tagged \(keep) 7 waiting", "Welcome \(keep) 0 done",
      ])
    #expect(try fixture.database.first("SELECT member_id FROM rule_events") { $0.string(0) } == keep)
  }

  @Test func nothingIsLeftOfWhoIsDeleted() throws {
    let (ada, ben) = (try member(), try member())
    let rule = try fixture.add(Self.body("R", trigger: "tag_added"))
    let user = try UserStore(fixture.database, now: fixture.clock.now).resolve("ada@grace.example")
    for person in [ada, ben] {
      try happen(person)
      try wait(rule, person, "1", "done")
      try fixture.database.write {
        try RuleLog(fixture.database).append(
          RuleLogEntry(
            ruleID: rule.id, memberID: person, occurrence: "1", status: .success,
            executedAt: fixture.clock.now),
          ids: fixture.ids)
        try UserNotificationStore(fixture.database).append(
          to: user.id, from: rule, about: person, note: "n", at: fixture.clock.now.description,
          ids: fixture.ids)
      }
    }
    try fixture.database.write {
      let members = try MemberStore(
        fixture.database, ids: fixture.ids, provenance: fixture.provenance(),
        events: .silent(fixture.database))
      try members.delete(try #require(try members.first("m.id = ?", ada)))
    }
    // What has happened stays, so that the log can say why nothing came of it; erasing takes that, too.
    for table in ["rule_occurrences", "automation_logs", "user_notifications"] {
      let left = try fixture.database.first("SELECT group_concat(member_id) FROM \(table)") { $0.string(0) }
      #expect(left == ben, "\(table)")
    }
  }
}
