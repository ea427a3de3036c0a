import Foundation
import TestSupport
import Testing

/// A glance shows what waits, when the last backup was made, and whether mail could leave.
@Suite struct StatusTests {
  private func ways(_ outcome: Outcome) throws -> [String: [String: Any]] {
    try #require(try outcome.data()["transports"] as? [String: [String: Any]], "\(outcome)")
  }

  @Test func itTakesNoLoginAndShowsNobody() throws {
    let community = try Community()
    try community.run("user", "logout", "-q")
    let outcome = try community.sandbox.run("status", "--json").succeeded()
    let data = try outcome.data()
    #expect(data["ok"] as? Bool == true)
    #expect(data["lastBackup"] is NSNull)
    for secret in ["Souza", "ana@", "admin@"] { #expect(!outcome.stdout.contains(secret)) }
    let ways = try ways(outcome)
    #expect(Set(ways.keys) == ["email", "sms", "whatsapp", "push"])
    #expect((ways["email"]?["transport"] as? String)?.hasPrefix("maildir ") == true)
    #expect(ways["email"]?["reachable"] is NSNull)
  }

  @Test func whatHasWaitedForADayIsSaid() throws {
    let mailing = try Mailing(people: 3)
    try mailing.run("message", "send", Mailing.title, "--queue", "--yes", "-q").succeeded()
    let fresh = try mailing.data(0, "status")
    let due = try #require(fresh["due"] as? [String: Any])
    #expect(due["recipients"] as? Int == 3)
    #expect(due["overdue"] as? Bool == false)
    try mailing.database.change("UPDATE message_recipients SET next_attempt_at = '2020-01-01T00:00:00Z'")
    let late = try mailing.sandbox.run("status", "--json")
    late.failed(11, saying: "cron")
    let lateDue = try #require(try late.data()["due"] as? [String: Any])
    #expect(lateDue["oldest"] as? String == "2020-01-01T00:00:00Z")
    try mailing.run("message", "deliver", "-q").succeeded()
    try mailing.run("status").succeeded()
  }

  @Test func rulesThatNobodyRunsAreSaid() throws {
    let community = try Community()
    try community.run(
      "rule", "add", "Weekly", "--trigger", "schedule", "--cron", "0 8 * * *", "--action", "add_tag", "--tag",
      "x", "-q")
    try community.run("status")
    try community.database.change("UPDATE automation_rules SET judged_until = '2020-01-01T00:00:00Z'")
    let outcome = try community.sandbox.run("status", "--json").failed(11)
    let due = try #require(try outcome.data()["due"] as? [String: Any])
    #expect(due["rules"] as? Int == 1)
    #expect(due["oldest"] as? String == "2020-01-01T08:00:00Z")
    try community.run("rule", "run", "-q")
    try community.run("status")
  }

  /// Since when a rule is due is told of dates and of silence as well, also where that is not long ago.
  @Test func sinceWhenARuleIsDueIsSaid() throws {
    let community = try Community(
      """
      firstName,lastName,dateOfBirth,createdAt
      Ana,Souza,1990-05-15,2024-01-01T00:00:00Z
      Ida,Berg,--07-09,2024-01-01T00:00:00Z

      """)
    try community.run(
      "rule", "add", "Birthdays", "--trigger", "birthday", "--at", "09:30", "--action", "add_tag", "--tag",
      "x",
      "-q")
    try community.database.change("UPDATE automation_rules SET judged_until = '2025-05-01T00:00:00Z'")
    let late = try community.sandbox.run("status", "--json", "--as-of", "2025-07-10").failed(11)
    #expect((try late.data()["due"] as? [String: Any])?["oldest"] as? String == "2025-05-15T09:30:00Z")
    let fresh = try community.data("status", "--as-of", "2025-05-15 10:00")
    let due = try #require(fresh["due"] as? [String: Any])
    #expect(due["oldest"] as? String == "2025-05-15T09:30:00Z" && due["overdue"] as? Bool == false)
  }

  @Test func tokensThatEndAreSaid() throws {
    let community = try Community()
    func tokens() throws -> (figures: [String: Any], stderr: String) {
      let outcome = try community.sandbox.run("status", "--json").succeeded()
      return (try #require(try outcome.data()["tokens"] as? [String: Any]), outcome.stderr)
    }
    try community.run("user", "token", "far", "--role", "member", "--expires-in", "8d")
    #expect(try tokens().figures["expiring"] as? Int == 0 && tokens().stderr.isEmpty)
    try community.run("user", "token", "near", "--role", "member", "--expires-in", "6d")
    let near = try tokens()
    #expect(near.figures["expiring"] as? Int == 1 && near.figures["expired"] as? Int == 0)
    let end = try #require(near.figures["next"] as? String)
    #expect(near.stderr.contains("1 service token ends at \(end)"), "\(near.stderr)")
    #expect(!near.stderr.contains("near"), "a name is shown to anybody")
    try community.database.change(
      "UPDATE service_tokens SET expires_at = '2020-01-01T00:00:00Z' WHERE name = 'near'")
    let over = try tokens()
    #expect(over.figures["expired"] as? Int == 1 && over.figures["next"] is NSNull)
    #expect(over.stderr.contains("1 service token has ended"), "\(over.stderr)")
    #expect(try community.run("status", "-q").stderr.isEmpty)
  }

  /// A clock that ran ahead is no reason to be silent until it has caught up.
  @Test func whatAClockThatWasAheadHasLeftIsSaidAndBroughtBack() throws {
    let mailing = try Mailing(people: 3)
    try mailing.run("message", "send", Mailing.title, "--queue", "--yes", "-q").succeeded()
    try mailing.run(
      "rule", "add", "Weekly", "--trigger", "schedule", "--cron", "0 8 * * *", "--action", "add_tag", "--tag",
      "x", "-q"
    ).succeeded()
    try mailing.database.change(
      """
      UPDATE message_recipients SET next_attempt_at = '2199-01-01T00:00:00Z';
      UPDATE automation_rules SET judged_until = '2199-01-01T00:00:00Z'
      """)
    let outcome = try mailing.run("status", "--json").succeeded()
    #expect((try outcome.data()["due"] as? [String: Any])?["ahead"] as? Int == 4)
    #expect(outcome.stderr.contains("caresphere rule run"), "\(outcome.stderr)")
    try mailing.run("rule", "run", "-q").succeeded()
    try mailing.run("message", "deliver", "-q").succeeded()
    let after = try mailing.data(0, "status")
    #expect((after["due"] as? [String: Any])?["ahead"] as? Int == 0)
    #expect(
      try mailing.database.count("SELECT count(*) FROM message_recipients WHERE sent_at IS NOT NULL") == 3)
    #expect(
      try mailing.database.count("SELECT count(*) FROM automation_rules WHERE judged_until > '2198'") == 0)
  }

  /// They are missed only when it is too late; but copies may be made in other ways, so it is no failure.
  @Test func backupsThatHaveStoppedAreAWarning() throws {
    let community = try Community()
    func said() throws -> String { try community.run("status").stderr }
    #expect(try !said().contains("backup"))
    try community.database.change(
      "UPDATE settings SET value = '2020-01-01T00:00:00Z' WHERE key = 'created_at'")
    #expect(try said().contains("no backup has been made"))
    #expect(try community.run("status", "-q").stderr == "")
    try community.run("backup", "parish.db", "-q")
    #expect(try !said().contains("backup"))
    for time in ["2020-01-01T00:00:00Z", "2199-01-01T00:00:00Z"] {
      try community.database.change(
        "UPDATE settings SET value = json_set(value, '$.at', '\(time)') WHERE key = 'backup.last'")
      #expect(try said().contains("the last backup is of \(time)"))
    }
  }

  @Test func aServerThatAnswersIsReached() throws {
    let mailing = try Mailing(people: 1)
    let server = try TestServer("mail_server", in: mailing.sandbox)
    try mailing.mail(to: server.port)
    let open = try mailing.sandbox.run("status", "--probe", "--json").succeeded()
    #expect(try ways(open)["email"]?["reachable"] as? Bool == true)
    #expect(try server.mails().isEmpty)
    server.stop()
    let closed = try mailing.sandbox.run("status", "--probe", "--json")
    closed.failed(13)
    #expect(try ways(closed)["email"]?["reachable"] as? Bool == false)
    try mailing.run("status").succeeded()
  }

  @Test func aGatewayIsConnectedToAndAskedForNothing() throws {
    let mailing = try Mailing(people: 1, type: "sms")
    let server = try TestServer("gateway_server", in: mailing.sandbox)
    try mailing.text(to: server.port)
    let open = try mailing.sandbox.run("status", "--probe", "--json").succeeded()
    #expect(try ways(open)["sms"]?["reachable"] as? Bool == true)
    #expect(!open.stdout.contains("secret"))
    #expect(try server.requests().isEmpty)
    try mailing.sandbox.execute(["chmod", "644", mailing.sandbox.path("token")]).succeeded()
    let exposed = try mailing.sandbox.run("status", "--probe", "--json")
    exposed.failed(13, saying: "0644")
    server.stop()
  }

  @Test func programsAndFoldersAreLookedFor() throws {
    let mailing = try Mailing(people: 1)
    try mailing.configure(
      """
      { email: { from: "office@grace.example", transport: "sendmail", sendmail: { command: ["/no/such/sendmail"] } },
        sms: { transport: "command", command: ["sh"] } }
      """)
    let outcome = try mailing.sandbox.run("status", "--probe", "--json")
    outcome.failed(13)
    let ways = try ways(outcome)
    #expect(ways["email"]?["reachable"] as? Bool == false)
    #expect((ways["email"]?["problem"] as? String)?.contains("/no/such/sendmail") == true)
    #expect(ways["sms"]?["reachable"] as? Bool == true)
    try mailing.sandbox.write("file", "")
    try mailing.configure("{ email: { maildir: { path: \"\(mailing.sandbox.path("file/box"))\" } } }")
    try mailing.sandbox.run("status", "--probe").failed(13)
  }
}
