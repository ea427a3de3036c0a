import Foundation
import TestSupport
import Testing

/// What would be sent, before it is.
@Suite struct MessagePreviewTests {
  private static let placeholder = "00000000-0000-7000-8000-000000000000"
  private let community: Community

  init() throws { community = try Community() }

  private func add(_ title: String, _ content: String, _ flags: String...) throws {
    try community.sandbox.run(["message", "add", "--title", title, "--content", content, "-q"] + flags)
      .succeeded()
  }

  @Test func theWholeMailIsPrinted() throws {
    try add(
      "News", "<p>Hi {{firstName}} &amp; all</p>", "--subject", "For {{firstName}}", "--body-format", "html")
    let mail = try community.run("message", "preview", "news", "--member", "ben@example.org").stdout
    let lines = mail.components(separatedBy: "\r\n")
    for line in [
      "From: caresphere@localhost", "To: Ben Okoro <ben@example.org>", "Subject: For Ben",
      "MIME-Version: 1.0",
      "Message-ID: <\(Self.placeholder)@localhost>", "X-CareSphere-Recipient: \(Self.placeholder)",
      "List-Unsubscribe: <mailto:caresphere@localhost?subject=unsubscribe%20\(Self.placeholder)>",
      "Content-Type: text/plain; charset=utf-8", "Hi Ben & all", "<p>Hi Ben &amp; all</p>",
    ] {
      #expect(lines.contains(line), "\(line) is not in \(mail)")
    }
    #expect(!mail.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
    let sample = try community.run("message", "preview", "news").stdout
    #expect(sample.contains("Subject: For Ada\r\n"))
  }

  @Test func inJSONThePartsAreDecoded() throws {
    try add("News", "# Grüße, {{firstName}}\n", "--subject", "Grüße, {{city}}", "--body-format", "markdown")
    let data = try community.data("message", "preview", "news", "--member", "ext:1")
    #expect(Set(data.keys) == ["subject", "text", "html", "headers"])
    #expect(data["subject"] as? String == "Grüße, Lagos")
    #expect(data["text"] as? String == "Grüße, Ana\n==========\n")
    #expect((data["html"] as? String)?.contains("<h1>Grüße, Ana</h1>") == true)
    let headers = try #require(data["headers"] as? [String: String])
    #expect(headers["Subject"] == "Grüße, Lagos" && headers["To"] == "Ana Souza <ana@example.org>")
  }

  @Test func aTextIsTheTextAndItsParts() throws {
    try add("Note", "Hi {{firstName}}", "--type", "sms")
    #expect(try community.run("message", "preview", "note").stdout == "Hi Ada")
    let data = try community.data("message", "preview", "note")
    #expect(data["segments"] as? Int == 1 && data["text"] as? String == "Hi Ada")
    try community.refuses(3, "message", "preview", "note", "--member", "ext:2", saying: "phone")
  }

  @Test func whatSendingWouldRefuseIsRefused() throws {
    try add("Bad", "Hi\n {{frstName}}")
    try community.refuses(3, "message", "preview", "bad", saying: "line 2, column 2")
    try community.refuses(6, "message", "preview", "nothing")
    try add("Good", "Hi")
    try community.refuses(6, "message", "preview", "good", "--member", "nobody@example.org")
  }

  @Test func aSentMessageIsShownAsItWent() throws {
    try add("News", "Hi", "--to-member", "ext:1")
    try community.run("message", "send", "news", "--queue", "-y")
    let id = try community.database.value("SELECT id FROM message_recipients")
    #expect(
      try community.run("message", "preview", "news", "--member", "ext:1").stdout.contains(
        "<\(id)@localhost>"))
  }

  @Test func aTerminalGetsNothingThatControlsIt() throws {
    try community.run("member", "update", "ext:2", "--city", "\u{1B}[2J\u{202E}Lagos")
    try add("News", "In {{city}}", "--type", "in_app")
    let terminal = try community.sandbox.terminal(["message", "preview", "news", "--member", "ext:2"])
    #expect(terminal.finish() == .exited(0), "\(terminal)")
    #expect(terminal.text.contains("Lagos") && !terminal.text.contains("\u{1B}[2J"), "\(terminal)")
    let piped = try community.run("message", "preview", "news", "--member", "ext:2")
    #expect(piped.stdout == "In \u{1B}[2J\u{202E}Lagos")
  }
}
