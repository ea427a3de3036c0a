import TestSupport
import Testing

/// `message bounce`: what a mail server's pipe hands over.
@Suite struct MessageBounceTests {
  private static func bounce(_ recipient: String, status: String = "5.1.1") -> String {
    """
    From MAILER-DAEMON Thu Nov 13 09:15:00 2025
    From: MAILER-DAEMON@grace.example
    Date: Thu, 13 Nov 2025 09:15:00 +0000
    Message-ID: <1@grace.example>
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary="b"

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; grace.example

    Final-Recipient: rfc822; ana@example.org
    Action: failed
    Status: \(status)
    Diagnostic-Code: smtp; 550 \(status) <ana@example.org>: no

    --b
    Content-Type: text/rfc822-headers

    X-CareSphere-Recipient: \(recipient)

    --b--
    """
  }

  @Test func aBadAddressIsSuppressedOnce() throws {
    let sent = try SentMessage()
    let mail = Self.bounce(sent.recipients[0])
    let report = try sent.community.data("message", "bounce", "-", stdin: mail)
    #expect(report["kind"] as? String == "delivery_status" && report["applied"] as? Int == 1)
    #expect(try sent.counts() == "3 0 0 0 1")
    let again = try sent.community.data(
      "message", "bounce", "-", stdin: mail.replacing("\n", with: "\r\n"))
    #expect(again["duplicates"] as? Int == 1)
    #expect(try sent.counts() == "3 0 0 0 1")
    let list = try sent.community.list("suppressions", "message", "suppressions")
    #expect(list.compactMap { $0["address"] as? String } == ["ana@example.org"])
  }

  @Test func anotherRefusalFailsThatMailOnly() throws {
    let sent = try SentMessage()
    try sent.community.run(
      "message", "bounce", "-", stdin: Self.bounce(sent.recipients[0], status: "5.7.1"))
    #expect(try sent.counts() == "3 0 0 0 1")
    #expect(try sent.community.list("suppressions", "message", "suppressions").isEmpty)
    #expect(
      try sent.database.value("SELECT error_message FROM message_recipients WHERE status = 'failed'")
        == "smtp; 550 5.7.1 <ana@example.org>: no")
  }

  @Test func aMailThatUnsubscribesOptsOut() throws {
    let sent = try SentMessage()
    let mail = "From: ana@example.org\nSubject: Unsubscribe \(sent.recipients[0].uppercased())\n\n"
    try sent.community.run("message", "bounce", "-", stdin: mail)
    #expect(
      try sent.database.rows("SELECT state, source FROM member_consents") == ["out|unsubscribe mail"])
  }

  @Test func whatIsNoBounceIsNoFailure() throws {
    let sent = try SentMessage()
    let before = try sent.database.digest()
    for mail in [
      "", "Hello", "From: ana@example.org\nSubject: Re: News\nAuto-Submitted: auto-replied\n\nI am away\n",
      Self.bounce("019a7c66-9d1c-7aaa-8bbb-0123456789ab"),
    ] {
      try sent.community.run("message", "bounce", "-", stdin: mail)
    }
    #expect(try sent.database.digest() == before)
    let file = try sent.sandbox.write("mail.eml", "Hello")
    let outcome = try sent.community.run("message", "bounce", file, "--quiet")
    #expect(outcome.output.isEmpty && outcome.errorOutput.isEmpty)
  }

  @Test func theMailServerTriesAgainWhileOthersWrite() throws {
    let sent = try SentMessage()
    try Requirement.tool("flock")
    try sent.sandbox.write("mail.eml", Self.bounce(sent.recipients[0]))
    let outcome = try sent.sandbox.shell(
      "flock '\(sent.sandbox.database).lock' caresphere message bounce - --lock-timeout 1s < mail.eml")
    outcome.failed(75, saying: "has been writing")
    let missing = try sent.sandbox.run(
      "message", "bounce", "-", "--db", sent.sandbox.path("none.db"), stdin: "Hello")
    missing.failed(75, saying: "no database")
    #expect(try sent.counts() == "3 0 0 0 0")
  }

  @Test func aFileThatIsNotThereIsTheUsersMistake() throws {
    try SentMessage().community.refuses(10, "message", "bounce", "none.eml", saying: "none.eml")
  }
}
