import Foundation
import TestSupport
import Testing

/// `message track`: events in.
@Suite struct MessageTrackTests {
  @Test func eventsBecomeWhatPeopleSee() throws {
    let sent = try SentMessage()
    let report = try sent.track(
      sent.line("clicked", at: 30, url: "https://a.example/"), sent.line("delivered", at: 1), "",
      sent.line("delivered", at: 1, recipient: 1), sent.line("opened", at: 9, recipient: 1),
      sent.line("hard_bounced", at: 2, recipient: 2))
    #expect(report["events"] as? Int == 5 && report["applied"] as? Int == 5)
    #expect(try sent.counts() == "3 2 2 1 1")
    let people = try sent.community.list("recipients", "message", "recipients", "News")
    let states = people.compactMap { $0["status"] as? String }.sorted()
    #expect(states == ["clicked", "failed", "opened"])
    let figures = try sent.community.data("message", "analytics", "News")
    #expect(figures["totalClicked"] as? Int == 1 && figures["totalFailed"] as? Int == 1)
    let activities = try sent.community.list("activities", "member", "activities", "ana@example.org")
    #expect(
      Set(activities.compactMap { $0["activityType"] as? String }) == ["message_opened", "message_clicked"])
  }

  @Test func aMessageAndAnAddressAreEnough() throws {
    let sent = try SentMessage()
    let line =
      #"{"messageId":"\#(sent.message)","email":"ANA@example.ORG","event":"opened","at":"2025-11-13T09:15:00Z"}"#
    #expect(try sent.track(line)["applied"] as? Int == 1)
    #expect(try sent.counts() == "3 0 1 0 0")
  }

  @Test func badLinesAreListedAndTheOthersTaken() throws {
    let sent = try SentMessage()
    let unknown = "019a7c66-9d1c-7aaa-8bbb-0123456789ab"
    let lines = [
      sent.line("opened"), "no JSON", sent.line("opened").replacingOccurrences(of: "opened", with: "open"),
      #"{"recipientId":"\#(unknown)","event":"opened","at":"2025-11-13T09:15:00Z"}"#,
      sent.line("delivered", recipient: 1),
    ]
    let outcome = try sent.sandbox.run(
      "message", "track", "-", "--json", stdin: lines.joined(separator: "\n"))
    outcome.failed(11)
    let report = try outcome.data()
    #expect(report["rejected"] as? Int == 2 && report["unmatched"] as? Int == 1)
    #expect(report["applied"] as? Int == 2 && report["events"] as? Int == 5)
    let error = try outcome.error()
    #expect(error["code"] as? String == "PARTIAL_FAILURE")
    let details = try #require(error["details"] as? [[String: Any]])
    #expect(details.compactMap { $0["line"] as? Int } == [2, 3, 4])
    #expect(details.compactMap { $0["field"] as? String } == ["event", "recipientId"])
    #expect(try sent.counts() == "3 1 1 0 0")
    let again = try sent.sandbox.run("message", "track", "-", "-q", stdin: "{}")
    again.failed(11, saying: "line 1", "event")
  }

  @Test func aFileOfSomethingElseIsAsked() throws {
    let sent = try SentMessage()
    let wrong = try sent.sandbox.run("message", "track", "-", stdin: "name,city\nAda,Lagos\n")
    wrong.failed(11, saying: "nothing is taken", "--preset", "line 2")
    let some = try sent.sandbox.run("message", "track", "-", stdin: sent.line("opened") + "\nno JSON\n")
    some.failed(11, saying: "the others are taken", "counts once")
  }

  /// Who has the report on the screen is not told the same lines again below it.
  @Test func aPersonIsToldOnce() throws {
    let sent = try SentMessage()
    try sent.sandbox.write("events", "no JSON\n")
    let terminal = try sent.sandbox.terminal(["message", "track", "events"], columns: 120)
    #expect(terminal.finish() == .exited(11), "\(terminal)")
    #expect(terminal.text.components(separatedBy: "is no JSON").count == 2, "\(terminal)")
    let rows = "firstName,lastName,email\nAda,Obi,nowhere\n"
    try sent.sandbox.write("people.csv", rows)
    let importing = try sent.sandbox.terminal(
      ["member", "import", "people.csv", "--skip-invalid"], columns: 120)
    #expect(importing.finish() == .exited(11), "\(importing)")
    #expect(importing.text.components(separatedBy: "has no @").count == 2, "\(importing)")
    #expect(importing.text.contains("nothing is imported"), "\(importing)")
    let piped = try sent.sandbox.run("member", "import", "people.csv", "--skip-invalid")
    piped.failed(11, saying: "line 2", "has no @", "--rejects")
  }

  @Test func aDryRunSaysTheSameAndKeepsNothing() throws {
    let sent = try SentMessage()
    let file = try sent.sandbox.write(
      "events.jsonl",
      [sent.line("opened", id: "a"), sent.line("opened", id: "a"), sent.line("complained", recipient: 1)]
        .joined(separator: "\n"))
    let report = try sent.community.rehearses("message", "track", file)
    #expect(report["applied"] as? Int == 2 && report["duplicates"] as? Int == 1)
  }

  @Test func webhooksOfAService() throws {
    let sent = try SentMessage()
    let id = try #require(sent.recipients.first)
    func event(_ fields: String) -> String {
      #"{"email":"ana@example.org","timestamp":1763026200,"smtp-id":"<\#(id)@grace.example>",\#(fields)}"#
    }
    let bodies = """
      [\(event(#""event":"processed","sg_event_id":"1""#)),\(event(#""event":"delivered","sg_event_id":"2""#))]
      [
        \(event(#""event":"open","sg_event_id":"3""#)),
        {"email": "Ben@example.org", "timestamp": 1763026260, "event": "spamreport", "sg_event_id": "4"}
      ]
      """
    let report = try sent.community.data(
      "message", "track", "-", "--preset", "sendgrid", stdin: bodies)
    #expect(report["applied"] as? Int == 3 && report["ignored"] as? Int == 1)
    #expect(try sent.counts() == "3 1 1 0 0")
    let again = try sent.community.data(
      "message", "track", "-", "--preset", "sendgrid", stdin: bodies)
    #expect(again["duplicates"] as? Int == 3)
    #expect(try sent.database.value("SELECT source FROM suppressions") == "complaint")
  }

  /// CARESPHERE_TEST_EVENTS=1000000 is the size that is promised.
  @Test func aLargeFileTwiceGivesTheSameInLittleMemory() throws {
    let count = Effort.value("CARESPHERE_TEST_EVENTS", default: Effort.isRelease ? 20_000 : 3000)
    let sent = try SentMessage(try Community(Effort.people(max(10, count / 50))))
    var generator = SeededGenerator(seed: 5)
    let kinds = ["delivered", "delivered", "opened", "opened", "clicked", "soft_bounced"]
    let path = sent.sandbox.path("events.jsonl")
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try #require(FileHandle(forWritingAtPath: path))
    var chunk = ""
    for number in 0..<count {
      let kind = kinds.randomElement(using: &generator) ?? "opened"
      chunk += sent.line(
        kind, at: Int.random(in: 0..<3600, using: &generator),
        recipient: Int.random(in: 0..<sent.recipients.count, using: &generator),
        id: number.isMultiple(of: 3) ? "e\(number)" : nil,
        url: kind == "clicked" ? "https://a.example/\(number % 4)" : nil)
      chunk += "\n"
      if chunk.utf8.count > 1 << 20 || number == count - 1 {
        try file.write(contentsOf: Data(chunk.utf8))
        chunk = ""
      }
    }
    try file.close()
    sent.sandbox.timeout = 600
    let command = "ulimit -v 500000; caresphere message track events.jsonl --json"
    let first = try sent.sandbox.shell(command).succeeded().data()
    let (applied, duplicates) = (first["applied"] as? Int ?? 0, first["duplicates"] as? Int ?? 0)
    #expect(applied + duplicates == count && applied > count / 2)
    let (counts, digest) = (try sent.counts(), try sent.database.digest())
    let second = try sent.sandbox.shell(command).succeeded().data()
    #expect(second["duplicates"] as? Int == count && second["applied"] as? Int == 0)
    #expect(try sent.counts() == counts)
    #expect(try sent.database.digest() == digest)
    #expect(
      try sent.database.value("SELECT count(delivered_at) || count(opened_at) FROM message_recipients")
        == sent.database.value("SELECT delivered_count || opened_count FROM messages"))
    try sent.database.expectSound()
  }

  @Test func theRoles() throws {
    let sent = try SentMessage()
    try sent.community.forbids("member", [["message", "track", "-"], ["message", "bounce", "-"]])
    let flags = try sent.community.acting(as: "moderator")
    let outcome = try sent.sandbox.run(
      ["message", "track", "-"] + flags, stdin: Array(sent.line("opened").utf8))
    try outcome.succeeded()
    #expect(try sent.counts() == "3 0 1 0 0")
  }
}
