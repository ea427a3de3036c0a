import Foundation
import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct ProgramTransportTests {
  let fixture: TransportFixture

  init() throws { fixture = try TransportFixture() }

  private func sendmail(_ script: String, name: String = "sendmail") throws -> any Transport {
    let program = try fixture.program(name, script)
    return try fixture.transport(
      """
      { email: { from: "office@grace.example", transport: "sendmail",
        sendmail: { command: ["\(program)", "-oi"] } } }
      """)
  }

  private func command(_ words: String) throws -> any Transport {
    try fixture.transport(
      #"{ sms: { transport: "command", from: "+15551230000", command: [\#(words)] } }"#, for: .sms)
  }

  @Test func givesSendmailWhatItExpects() throws {
    let transport = try sendmail(#"printf '%s\n' "$@" > arguments; cat > mail"#.replacingFolder(fixture))
    let mail = Outgoing.mail(to: "-oQ/tmp@example.org", body: "a\r\n.\r\nb")
    transport.deliver(mail).expect("accepted")
    #expect(
      try fixture.sandbox.read("arguments") == "-oi\n-f\noffice@grace.example\n--\n-oQ/tmp@example.org\n")
    let text = String(decoding: mail.content, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    #expect(try fixture.sandbox.read("mail") == text)
  }

  @Test(arguments: [
    (0, "accepted"), (1, "refused"), (64, "refused"), (65, "refused"), (67, "hard bounce"), (68, "deferred"),
    (69, "refused"), (71, "unavailable"), (74, "unavailable"), (75, "deferred"), (77, "unavailable"),
    (78, "unavailable"), (127, "refused"),
  ])
  func understandsExitStatuses(status: Int, kind: String) throws {
    let outcome = try sendmail("cat > /dev/null; echo >&2; echo 'why: é' >&2; echo more >&2; exit \(status)")
      .deliver(.mail())
    outcome.expect(kind, saying: status == 0 ? "" : "ended with status \(status): why: é")
  }

  @Test func drainsAProgramThatSaysMuchAndReadsNothing() throws {
    let transport = try sendmail(
      "exec 0<&-; yes complaint | head -c 3000000 >&2; yes | head -c 3000000; exit 75")
    transport.deliver(.mail(body: String(repeating: "x", count: 900_000))).expect(
      "deferred", saying: "complaint")
  }

  @Test func endsAProgramThatDoesNotEnd() throws {
    let start = ContinuousClock.now
    try sendmail("sleep 60").deliver(.mail()).expect("deferred", saying: "did not end in time")
    try sendmail("exec >&- 2>&-; sleep 60").deliver(.mail()).expect("deferred", saying: "did not end in time")
    let program = try fixture.program("slow", "sleep 60")
    try command(#""\#(program)""#).deliver(.text("Hi")).expect("uncertain", saying: "did not end in time")
    #expect(start.duration(to: .now) < .seconds(30))
  }

  @Test func tellsOfASignalAndOfAMissingProgram() throws {
    try sendmail("kill -SEGV $$").deliver(.mail()).expect("deferred", saying: "ended by signal 11")
    let program = try fixture.program("killed", "kill -KILL $$")
    try command(#""\#(program)""#).deliver(.text("Hi")).expect("uncertain", saying: "signal 9")
    try command(#""/nowhere/gammu""#).deliver(.text("Hi"))
      .expect("unavailable", saying: "/nowhere/gammu cannot be started: No such file or directory")
  }

  @Test func givesCommandsTheNumbers() throws {
    let script =
      #"printf '%s\n' "$@" "$CARESPHERE_TO" "$CARESPHERE_FROM" "$CARESPHERE_RECIPIENT" > said; cat >> said"#
    let program = try fixture.program("sms", script.replacingFolder(fixture))
    let numbers = "+4915112345678\n+15551230000\n019a8c00-0000-7000-8000-00000000000a\nGrüße {to} $(id)"
    let text = Outgoing.text("Grüße {to} $(id)")
    try command(#""\#(program)", "TEXT""#).deliver(text).expect("accepted")
    #expect(try fixture.sandbox.read("said") == "TEXT\n+4915112345678\n" + numbers)
    try command(#""\#(program)", "--to={to}", "--from", "{from}", "$(id); *""#).deliver(text).expect(
      "accepted")
    #expect(
      try fixture.sandbox.read("said") == "--to=+4915112345678\n--from\n+15551230000\n$(id); *\n" + numbers)
  }
}

extension String {
  /// A script that writes its files into the sandbox.
  fileprivate func replacingFolder(_ fixture: TransportFixture) -> String {
    "cd '\(fixture.sandbox.path)'\n" + self
  }
}
