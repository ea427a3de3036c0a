import Foundation
import TestSupport
import Testing

/// `rule run` and `rule execute` as cron and people call them.
@Suite struct RuleRunCommandTests {
  private let community: Community
  private var sandbox: Sandbox { community.sandbox }

  init() throws { community = try Community() }

  @Test func aReportInEachFormat() throws {
    let rule = try community.data(
      "rule", "add", "Welcome", "--trigger", "member_created", "--action", "add_tag", "--tag", "new")
    try community.run(
      "member", "add", "--first-name", "Cy", "--last-name", "Ba", "--email", "cy@example.org", "-q")
    let report = try community.rehearses("rule", "run")
    #expect(
      report["evaluated"] as? Int == 1 && report["fired"] as? Int == 1 && report["succeeded"] as? Int == 1)
    #expect(report["failed"] as? Int == 0 && report["skipped"] as? Int == 0)
    let effects = try #require(report["effects"] as? [[String: Any]])
    let effect = try #require(effects.first)
    #expect(Set(effect.keys) == ["ruleId", "memberId", "occurrence", "action", "status"])
    #expect(effect["ruleId"] as? String == rule["id"] as? String)
    #expect(effect["memberId"] as? String == (try community.id("cy@example.org")))
    #expect(effect["action"] as? String == "add_tag" && effect["status"] as? String == "success")
    let again = try community.data("rule", "run")
    #expect(again["evaluated"] as? Int == 0 && (again["effects"] as? [Any])?.isEmpty == true)
    let csv = try community.run("rule", "run", "--format", "csv")
    #expect(csv.lines.first == "section,key,period,value")
    #expect(try community.run("rule", "run", "--quiet").stdout == "")
  }

  /// The schema that such a rule adds to is read anew by each process, which trusts it with nothing.
  @Test(arguments: ["yearly", "once"])
  func datesOfOnesOwn(repetition: String) throws {
    try community.run(
      "rule", "add", "A day", "--trigger", "date", "--trigger-config",
      #"{"field":"custom.it's ä day","repeat":"\#(repetition)","offsetDays":1}"#, "--action", "add_tag",
      "--tag", "told",
      "-q")
    #expect(try community.run("member", "list", "--format", "count").stdout == "3\n")
    try community.run("member", "update", "ana@example.org", "--custom", "it's ä day=2031-05-15", "-q")
    try community.run("member", "update", "ben@example.org", "--custom", "other=2031-05-15", "-q")
    try community.run("rule", "run", "--as-of", "2031-05-15 12:00", "-q")
    #expect(try community.run("member", "list", "--tag", "told", "--format", "count").stdout == "0\n")
    try community.run("rule", "run", "--as-of", "2031-05-16 12:00", "-q")
    #expect(try community.run("member", "list", "--tag", "told", "--fields", "firstName").lines == ["Ana"])
  }

  @Test func importsAreSilentUnlessTheyAreNot() throws {
    try community.run(
      "rule", "add", "Hear", "--trigger", "member_created", "--action", "add_tag", "--tag", "new", "-q")
    try community.run(
      "rule", "add", "Tags", "--trigger", "tag_added", "--trigger-tag", "x", "--action", "add_note",
      "--action-config", #"{"note":"x"}"#, "-q")
    let people = "firstName,lastName,tags\nOle,Dahl,x\n"
    try community.run("member", "import", "-", "-q", stdin: people)
    #expect(try community.data("rule", "run")["evaluated"] as? Int == 0)
    try community.run(
      "member", "import", "-", "-q", "--trigger-rules", stdin: "firstName,lastName,tags\nPer,Dahl,x\n")
    #expect(try community.data("rule", "run")["succeeded"] as? Int == 2)
  }

  @Test func whatIsSentIsDelivered() throws {
    try community.run(
      "rule", "add", "Hello", "--trigger", "tag_added", "--trigger-tag", "vip", "--action", "send_message",
      "--action-config",
      #"{"subject":"Hello","content":"Dear {{firstName}}"}"#, "-q")
    try community.run("member", "tag", "ana@example.org", "--tag", "vip", "-q")
    #expect(try community.data("rule", "run", "--no-deliver")["succeeded"] as? Int == 1)
    #expect(
      try community.database.count("SELECT count(*) FROM message_recipients WHERE status = 'pending'") == 1)
    try community.run("rule", "run", "--quiet")
    let mails = try sandbox.mails()
    #expect(mails.count == 1)
    let mail = try #require(mails.first)
    #expect(mail.contains("Dear Ana") && mail.contains("Subject: Hello"))
    #expect(mail.contains("Auto-Submitted: auto-generated"))
  }

  @Test func failuresEndWithElevenAndTheReport() throws {
    try community.run(
      "rule", "add", "Born", "--trigger", "tag_added", "--action", "update_member", "--set",
      "dateOfBirth={{city}}", "-q")
    try community.run("member", "tag", "ana@example.org", "--tag", "vip", "-q")
    let outcome = try sandbox.run("rule", "run", "--quiet", "--json").failed(11)
    #expect(try outcome.data()["failed"] as? Int == 1)
    #expect(try outcome.error()["code"] as? String == "PARTIAL_FAILURE")
    #expect(try community.list("logs", "rule", "logs", "--status", "failure").count == 1)
    try community.run("rule", "run", "--quiet")
  }

  @Test func byHand() throws {
    try community.run(
      "rule", "add", "Note", "--trigger", "birthday", "--action", "add_note", "--action-config",
      #"{"note":"{{city}}"}"#,
      "--where", "city = Lagos", "--inactive", "-q")
    try community.refuses(2, "rule", "execute", "Note", "--no-input", saying: "2 members")
    // Not compared as a whole: the occurrence is the moment, and a second may pass between the two.
    let before = try community.database.digest()
    #expect(try community.data("rule", "execute", "Note", "--dry-run")["succeeded"] as? Int == 2)
    #expect(try community.database.digest() == before)
    #expect(try community.data("rule", "execute", "Note", "--yes")["succeeded"] as? Int == 2)
    let one = try community.data("rule", "execute", "Note", "--member", "ida@example.org")
    #expect(one["skipped"] as? Int == 1 && one["fired"] as? Int == 0)
    let two = try community.data(
      "rule", "execute", "Note", "--member", "ana@example.org", "--member", "ben@example.org", "--yes")
    #expect(two["succeeded"] as? Int == 2)
    try community.refuses(6, "rule", "execute", "Nothing")
    try community.refuses(6, "rule", "execute", "Note", "--member", "nobody@example.org")
    try community.forbids("member", [["rule", "run"], ["rule", "execute", "Note"]])
  }

  @Test func anotherTimeIsTheNowOfRules() throws {
    try community.run(
      "rule", "add", "Day", "--trigger", "birthday", "--action", "add_tag", "--tag", "party", "-q")
    let trial = try community.data("rule", "run", "--as-of", "+370d", "--dry-run")
    // Those of the last three days of that time alone, at most.
    #expect((trial["succeeded"] as? Int ?? 9) <= 1)
    #expect(try community.database.count("SELECT count(*) FROM rule_occurrences") == 0)
    try community.run(
      "rule", "add", "Later", "--trigger", "tag_added", "--delay", "120", "--action", "add_note",
      "--action-config",
      #"{"note":"x"}"#, "-q")
    try community.run("member", "tag", "ana@example.org", "--tag", "late", "-q")
    #expect(try community.data("rule", "run", "--rule", "Later", "--as-of", "+1h")["evaluated"] as? Int == 0)
    #expect(try community.data("rule", "run", "--rule", "Later", "--as-of", "+3h")["succeeded"] as? Int == 1)
    #expect(try community.data("rule", "run", "--rule", "Later", "--as-of", "+3h")["evaluated"] as? Int == 0)
  }
}

extension Sandbox {
  /// The mails that have been delivered into the Maildir beside the database.
  func mails() throws -> [String] {
    let folder = URL(fileURLWithPath: database).deletingLastPathComponent().appendingPathComponent(
      "outbox/new")
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      String(decoding: try Data(contentsOf: folder.appendingPathComponent($0)), as: UTF8.self)
    }
  }
}
