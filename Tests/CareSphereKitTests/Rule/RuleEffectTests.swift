import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// What actions do, and what becomes of those that can't be done.
@Suite struct RuleEffectTests {
  private let world: RuleWorld

  init() throws { world = try RuleWorld() }

  // MARK: Actions

  @Test func eachActionThatChangesSomebody() throws {
    let (choir, youth) = (try world.group("Choir"), try world.group("Youth"))
    try world.rule(.event(.memberCreated), does: .addTag, #"{"tag":"new"}"#)
    try world.rule(.event(.memberCreated), does: .removeTag, #"{"tag":"GUEST"}"#)
    try world.rule(.event(.memberCreated), does: .addToGroup, #"{"group":"\#(choir.id)"}"#)
    try world.rule(.event(.memberCreated), does: .removeFromGroup, #"{"group":"\#(youth.id)"}"#)
    try world.rule(
      .event(.memberCreated), does: .updateMember,
      #"{"set":{"city":"{{firstName}}ville","custom.seen":"{{today}}"}}"#
    )
    let id = try world.member(groups: [youth.id]) { $0.tags = ["guest", "tall"] }
    let report = try world.run()
    #expect(report.succeeded == 5 && report.failed == 0 && report.skipped == 0)
    let member = try world.find(id)
    #expect(member.tags == ["new", "tall"])
    #expect(member[.city] == "Bolaville")
    #expect(member[.customFields] == #"{"seen":"2026-01-01"}"#)
    #expect(try world.members().groups(of: id) == [choir.id])
    #expect(try world.count("audit_log WHERE entity = 'member' AND command = 'rule run'") == 5)
  }

  @Test func notesAndNotifications() throws {
    try world.rule(
      .event(.memberCreated), does: .addNote, #"{"note":"{{fullName}} <{{email}}>","noteType":"welcome"}"#)
    let rule = try world.rule(
      .event(.memberCreated), does: .notifyUser, #"{"user":"\#(world.actor.id)","note":"Call {{firstName}}"}"#
    )
    let id = try world.member()
    #expect(try world.run().succeeded == 2)
    #expect(try world.texts("SELECT note FROM member_notes") == ["Bola Obi <bola@example.org>"])
    #expect(try world.texts("SELECT note_type FROM member_notes") == ["welcome"])
    #expect(try world.texts("SELECT note FROM user_notifications WHERE member_id = '\(id)'") == ["Call Bola"])
    #expect(try world.texts("SELECT title FROM user_notifications") == [rule.name])
  }

  @Test func aScheduleTellsTheStaffOnceAndReachesEachMember() throws {
    try world.rule(
      .schedule, #"{"cron":"0 9 * * *"}"#, does: .notifyUser,
      #"{"user":"\#(world.actor.id)","note":"Monday {{firstName}}!"}"#)
    try world.rule(
      .schedule, #"{"cron":"0 9 * * *"}"#, does: .addTag, #"{"tag":"seen"}"#, where: "tag is empty")
    for name in ["A", "B", "C"] { try world.member(name) }
    try world.member("D") { $0.tags = ["x"] }
    try world.member("E") { $0.memberStatus = .archived }
    let report = try world.run(at: "2026-01-01 09:30")
    #expect(report.succeeded == 4 && report.skipped == 0)
    #expect(report.effects.filter { $0.memberID == nil }.map(\.action) == [.notifyUser])
    #expect(try world.texts("SELECT note FROM user_notifications") == ["Monday !"])
    #expect(try world.run().evaluated == 0)
  }

  // MARK: Messages

  @Test func whatOneRunSendsIsOneMessage() throws {
    let rule = try world.rule(
      .event(.memberCreated), does: .sendMessage, #"{"subject":"Hello","content":"Hi {{firstName}}"}"#)
    for name in ["A", "B"] { try world.member(name) { $0.email = "home@example.org" } }
    try world.member("C") { $0.email = nil }
    try world.member("D") { $0.optOuts = [.email] }
    let report = try world.run()
    #expect(report.succeeded == 2 && report.skipped == 2 && report.failed == 0)
    let message = try #require(
      try world.database.first("SELECT \(Message.columns) FROM messages", [], Message.init(row:)))
    #expect(message.values.isAutomatic && message.values.perMember && message.status == .sending)
    #expect(message.title.hasPrefix(rule.name))
    #expect(message.counts.recipients == 2 && message.counts.pending == 2 && message.counts.skipped == 2)
    #expect(
      try world.texts("SELECT error_message FROM message_recipients WHERE status = 'skipped' ORDER BY row_id")
        == ["no e-mail address", "opted out of email"])
    #expect(
      try world.log() == ["skipped: no e-mail address", "skipped: opted out of email"].sorted() + [
        "success", "success",
      ]
        || Set(try world.log()) == ["success", "skipped: no e-mail address", "skipped: opted out of email"])
    try world.member("E")
    #expect(try world.run().succeeded == 1)
    #expect(try world.count("messages") == 2)
  }

  @Test func whoComesRoundTwiceInARunGetsTwoMessages() throws {
    try world.rule(
      .date, #"{"field":"joinDate","repeat":{"everyDays":1,"times":9}}"#, does: .sendMessage,
      #"{"subject":"Day","content":"Hi"}"#)
    for name in ["A", "B"] { try world.member(name) { $0.joinDate = "2026-02-01" } }
    #expect(try world.run(at: "2026-02-03 00:00").succeeded == 6)
    #expect(try world.count("messages WHERE pending_count = 2") == 3)
    #expect(try world.count("message_recipients") == 6)
  }

  @Test func aTemplateIsSentAsItIsThen() throws {
    var values = TemplateValues(name: "Welcome", content: "Old")
    values.subject = "Hello"
    let template = try world.database.write {
      try TemplateStore(world.database, ids: world.ids, provenance: world.provenance()).add(values)
    }
    try world.rule(.event(.memberCreated), does: .sendMessage, #"{"templateId":"\#(template.id)"}"#)
    values.content = "New {{firstName}}"
    _ = try world.database.write {
      try TemplateStore(world.database, ids: world.ids, provenance: world.provenance()).update(
        template, to: values)
    }
    try world.member()
    #expect(try world.run().succeeded == 1)
    #expect(try world.texts("SELECT content FROM messages") == ["New {{firstName}}"])
    #expect(try world.count("templates WHERE usage_count = 1") == 1)
  }

  @Test func aTemplateThatHasBecomeWrongFailsForGood() throws {
    var values = TemplateValues(name: "Welcome", content: "Hi")
    values.subject = "Hello"
    let store = TemplateStore(world.database, ids: world.ids, provenance: world.provenance())
    let template = try world.database.write { try store.add(values) }
    try world.rule(.event(.memberCreated), does: .sendMessage, #"{"templateId":"\#(template.id)"}"#)
    values.content = "Hi {{firstNam}}"
    _ = try world.database.write { try store.update(template, to: values) }
    try world.member("A")
    try world.member("B")
    #expect(try world.run().failed == 2)
    #expect(try world.run().evaluated == 0)
    #expect(try world.count("messages") == 0)
    #expect(try world.log().allSatisfy { $0.contains("firstNam") })
  }

  // MARK: Failures

  @Test func aWrongValueFailsAloneAndForGood() throws {
    try world.rule(.event(.memberCreated), does: .updateMember, #"{"set":{"dateOfBirth":"{{city}}"}}"#)
    try world.member("A") { $0.city = "Lagos" }
    try world.member("B") { $0.city = "2000-01-01" }
    let report = try world.run()
    #expect(report.succeeded == 1 && report.failed == 1)
    #expect(try world.run().evaluated == 0)
    #expect(try world.texts("SELECT state FROM rule_occurrences ORDER BY row_id") == ["failed", "done"])
    #expect(try world.log().first?.contains("dateOfBirth") == true)
  }

  @Test func aTargetThatIsGoneFailsForGood() throws {
    let choir = try world.group("Choir")
    let rule = try world.rule(.event(.memberCreated), does: .addToGroup, #"{"group":"\#(choir.id)"}"#)
    try world.member()
    try world.database.write { try world.database.execute("DELETE FROM member_groups") }
    #expect(try world.run().failed == 1)
    #expect(try world.run().evaluated == 0)
    let current = try world.current(rule)
    #expect(current.runCount == 1 && current.failureCount == 1 && current.successCount == 0)
    #expect(current.lastRunAt == world.now.description)
  }

  @Test(arguments: [0, 1, 2]) func whatFailsIsTriedThreeTimes(mendedAfter: Int) throws {
    let rule = try world.rule(.event(.memberCreated))
    let id = try world.member()
    try world.database.executeScript(
      "CREATE TRIGGER broken BEFORE INSERT ON member_notes BEGIN SELECT RAISE(ABORT, 'no room'); END")
    for attempt in 1...3 {
      if attempt == mendedAfter + 1, mendedAfter > 0 {
        try world.database.executeScript("DROP TRIGGER broken")
      }
      let report = try world.run()
      let isMended = mendedAfter > 0 && attempt > mendedAfter
      #expect(report.failed == (isMended ? 0 : 1))
      #expect(report.effects.map(\.memberID) == (report.evaluated == 0 ? [] : [id]))
      if isMended { break }
    }
    #expect(try world.run().evaluated == 0)
    let failures = mendedAfter == 0 ? 3 : mendedAfter
    #expect(try world.count("automation_logs WHERE status = 'failure' AND member_id IS NOT NULL") == failures)
    #expect(try world.current(rule).failureCount == failures)
    #expect(try world.count("member_notes") == (mendedAfter == 0 ? 0 : 1))
  }

  // MARK: Chains

  @Test func aLoopEndsAfterFiveEffects() throws {
    try world.rule(
      .event(.memberUpdated), #"{"fields":["city"]}"#, does: .updateMember, #"{"set":{"city":"{{city}}x"}}"#)
    let id = try world.member { $0.city = "a" }
    try world.update(id) { $0.city = "b" }
    let report = try world.run()
    #expect(report.succeeded == 5 && report.skipped == 1)
    #expect(try world.find(id)[.city] == "bxxxxx")
    #expect(try world.log().last?.hasPrefix("skipped: stopped") == true)
    #expect(try world.run().evaluated == 0)
  }

  @Test func rulesFollowEachOtherInOneRun() throws {
    for step in 1...7 {
      try world.rule(.event(.tagAdded), #"{"tag":"t\#(step)"}"#, does: .addTag, #"{"tag":"t\#(step + 1)"}"#)
    }
    let id = try world.member()
    try world.tag(id, "t1")
    let report = try world.run()
    #expect(report.succeeded == 5 && report.skipped == 1)
    #expect(try world.find(id).tags == ["t1", "t2", "t3", "t4", "t5", "t6"])
  }

  @Test func aDelayCountsFromTheEffectThatLedToIt() throws {
    try world.rule(.birthday, does: .addTag, #"{"tag":"party"}"#)
    try world.rule(.event(.tagAdded), #"{"tag":"party","delay":60}"#)
    try world.member { $0.dateOfBirth = "1990-05-15" }
    #expect(try world.run(at: "2026-05-15 10:00").succeeded == 1)
    #expect(try world.run(at: "2026-05-15 10:59").evaluated == 0)
    #expect(try world.run(at: "2026-05-15 11:00").succeeded == 1)
  }

  @Test func rulesThatAnswerEachOthersMessagesComeToAnEnd() throws {
    try world.rule(.event(.messageFailed), does: .sendMessage, #"{"subject":"Again","content":"Hi"}"#)
    let id = try world.member()
    func fail(_ message: String) throws {
      try world.database.write {
        try RuleEvents(world.database, at: world.now.description)
          .emit(.messageFailed, member: id, message: message, at: world.now.description)
      }
    }
    try fail("first")
    for turn in 1...5 {
      #expect(try world.run().succeeded == 1, "\(turn)")
      try fail(try #require(try world.texts("SELECT id FROM messages ORDER BY id DESC").first))
    }
    let report = try world.run()
    #expect(report.succeeded == 0 && report.skipped == 1)
  }

  // MARK: The log

  @Test func theLogSaysWhyNothingHappened() throws {
    let rule = try world.rule(.event(.memberCreated), #"{"delay":60}"#, where: "city = Lagos")
    let gone = try world.member("A") { $0.city = "Lagos" }
    let archived = try world.member("B") { $0.city = "Lagos" }
    try world.member("C") { $0.city = "Abuja" }
    try world.run()
    let member = try world.find(gone)
    try world.database.write { try world.members().delete(member) }
    try world.update(archived) { $0.memberStatus = .archived }
    let report = try world.run(at: "2026-01-01 01:00")
    #expect(report.skipped == 3 && report.fired == 0)
    #expect(
      try world.log() == [
        "skipped: the member has been deleted", "skipped: the member is archived",
        "skipped: the conditions do not hold",
      ])
    #expect(try world.current(rule).runCount == 0)
  }

  @Test func whatWasMissedForTooLongIsSaidOnce() throws {
    try world.rule(.birthday)
    try world.rule(.schedule, #"{"cron":"@daily"}"#)
    try world.rule(.event(.memberCreated))
    try world.rule(.anniversary)
    for name in ["A", "B", "C"] { try world.member(name) { $0.dateOfBirth = "1990-01-02" } }
    let report = try world.run(at: "2026-01-10 12:00")
    #expect(report.succeeded == 3)  // The schedule, for each.
    #expect(report.skipped == 3)  // Birthdays, schedule and additions, each said once.
    #expect(
      try world.count("automation_logs WHERE status = 'skipped' AND error_message LIKE '%missed%'") == 3)
    #expect(try world.run(at: "2026-01-10 12:01").evaluated == 0)
  }

  @Test func anAttemptIsLoggedWithAllThatBelongsToIt() throws {
    let rule = try world.rule(.birthday)
    let id = try world.member { $0.dateOfBirth = "1990-05-15" }
    try world.run(at: "2026-05-15 10:00")
    var entries = 0
    try RuleLog(world.database).entries(.init()) { row in
      entries += 1
      #expect(
        row.text(1) == rule.id && row.text(3) == id && row.text(4) == "Bola Obi" && row.text(5) == "2026")
      #expect(row.text(6) == "success" && row.text(11) == "2026-05-15T10:00:00Z")
      #expect(
        row.text(7) == #"{"triggerType":"birthday","dueAt":"2026-05-15T00:00:00Z","date":"1990-05-15"}"#)
      #expect(row.text(8)?.contains("noteId") == true && row.optionalInteger(10) != nil)
    }
    #expect(entries == 1)
  }
}
