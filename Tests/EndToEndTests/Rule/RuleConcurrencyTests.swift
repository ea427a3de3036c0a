import Foundation
import TestSupport
import Testing

/// Each occurrence once in ledger, log and mail, whatever cron does and whenever power fails.
@Suite struct RuleConcurrencyTests {
  private static let people = 120

  /// A community in which everybody has just been added, two rules wait to write to them and to note it.
  private func prepare() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.run(
      "rule", "add", "Mail", "--trigger", "member_created", "--action", "send_message", "--action-config",
      #"{"subject":"Hello","content":"Dear {{firstName}}"}"#, "-q"
    ).succeeded()
    try sandbox.run(
      "rule", "add", "Tag", "--trigger", "member_created", "--action", "add_tag", "--tag", "new", "-q"
    ).succeeded()
    try sandbox.run(
      "rule", "add", "Note", "--trigger", "tag_added", "--trigger-tag", "new", "--action", "add_note",
      "--action-config",
      #"{"note":"new"}"#, "-q"
    ).succeeded()
    try sandbox.run(
      ["member", "import", "-", "-q", "--trigger-rules"], stdin: Array(Effort.people(Self.people).utf8)
    ).succeeded()
    return sandbox
  }

  private func expectEachOnce(_ sandbox: Sandbox, mails isExact: Bool) throws {
    let shell = try SQLiteShell(sandbox)
    let all = 3 * Self.people
    #expect(try shell.count("SELECT count(*) FROM rule_occurrences WHERE state = 'done'") == all)
    #expect(try shell.count("SELECT count(*) FROM rule_occurrences") == all)
    #expect(try shell.count("SELECT count(*) FROM automation_logs WHERE status = 'success'") == all)
    #expect(
      try shell.count(
        "SELECT count(*) FROM (SELECT DISTINCT rule_id, member_id, occurrence FROM automation_logs)") == all)
    #expect(try shell.count("SELECT count(*) FROM member_notes") == Self.people)
    #expect(try shell.count("SELECT count(DISTINCT member_id) FROM message_recipients") == Self.people)
    #expect(try shell.count("SELECT count(*) FROM message_recipients") == Self.people)
    #expect(
      try shell.rows(
        "SELECT name, run_count, success_count, failure_count FROM automation_rules ORDER BY name")
        == ["Mail", "Note", "Tag"].map { "\($0)|\(Self.people)|\(Self.people)|0" })
    let recipients = try sandbox.mails().compactMap { mail in
      mail.split(whereSeparator: \.isNewline).first { $0.hasPrefix("X-CareSphere-Recipient:") }
    }
    #expect(Set(recipients).count == Self.people)
    if isExact { #expect(recipients.count == Self.people) }
    try shell.expectSound()
  }

  @Test(.timeLimit(.minutes(30))) func eightRunsAtOnce() throws {
    let sandbox = try prepare()
    let runs = try (0..<8).map { try sandbox.spawn(["rule", "run"], name: "run\($0)") }
    for run in runs { #expect(run.wait(seconds: 300) == .exited(0)) }
    try sandbox.run("rule", "run", "--quiet").succeeded()
    try expectEachOnce(sandbox, mails: true)
  }

  @Test(.timeLimit(.minutes(30))) func killedAtAnyMoment() throws {
    let sandbox = try prepare()
    var generator = SeededGenerator(seed: UInt64(Effort.value("CARESPHERE_TEST_SEED", default: 1)))
    for _ in 0..<Effort.value("CARESPHERE_TEST_RULE_KILLS", default: 12) {
      let run = try sandbox.spawn(["rule", "run", "--quiet"])
      usleep(UInt32.random(in: 0...250_000, using: &generator))
      run.kill(SIGKILL)
      run.wait()
      try SQLiteShell(sandbox).expectSound()
    }
    try sandbox.run("rule", "run", "--quiet").succeeded()
    // A mail that was being handed over may be there twice, under the same name.
    try expectEachOnce(sandbox, mails: false)
  }
}
