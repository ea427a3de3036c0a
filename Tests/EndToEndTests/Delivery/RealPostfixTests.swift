import Foundation
import TestSupport
import Testing

/// A Postfix of the test's own takes our mail, delivers what it can, and sends back what it cannot.
@Suite struct RealPostfixTests {
  @Test(.timeLimit(.minutes(30))) func whatItDeliversIsWhatWasMeantAndWhatItReturnsIsUnderstood() throws {
    try Requirement.tool("postfix")
    let postfix = try OwnPostfix()
    defer { postfix.stop() }
    // Not every machine lets a test have a mail server; one that is installed but cannot run says nothing of us.
    guard postfix.isRunning else { try Test.cancel("a Postfix of its own does not start here") }
    let mailing = try Mailing(people: 0)
    let file = "firstName,lastName,email\nZoë,Ọlá,ok@example.org\nNo,Body,nobody@example.org\n"
    try mailing.sandbox.run("member", "import", "-", "-q", stdin: file).succeeded()
    try mailing.mail(to: postfix.port)
    try mailing.add(
      "Feast", "<p>Dear {{fullName}}</p>\n.\n<p>.dot</p>", ["--body-format", "html", "--subject", "Grüße 🎉"])
    try mailing.run("message", "send", "Feast", "--yes", "-q").succeeded()
    #expect(try mailing.states() == ["sent 2"])

    let mail = try #require(try postfix.mails(to: "ok").first)
    #expect(mail.contains("X-CareSphere-Recipient: "))
    let python = try Requirement.python()
    let script =
      "import email,sys;from email import policy;m=email.message_from_file(sys.stdin,policy=policy.default);"
      + "print(m['To'],m['Subject'],m.get_body(('html',)).get_content(),sep='|')"
    let read = try mailing.sandbox.execute([python, "-c", script], stdin: Array(mail.utf8)).succeeded()
    #expect(
      read.stdout.hasPrefix("Zoë Ọlá <ok@example.org>|Grüße 🎉|<p>Dear Zoë Ọlá</p>\n.\n<p>.dot</p>"), "\(read)"
    )

    let notice = try #require(try postfix.mails(to: "office").first)
    for _ in 1...2 {
      try mailing.sandbox.run("message", "bounce", "-", "-q", stdin: notice).succeeded()
      #expect(try mailing.states() == ["failed 1", "sent 1"])
    }
    #expect(
      try mailing.database.rows("SELECT address, source FROM suppressions") == ["nobody@example.org|bounce"])
  }
}

/// Postfix with a configuration, a queue and mailboxes in a folder of its own; it knows `ok` and `office`.
private final class OwnPostfix {
  let port: Int
  private(set) var isRunning: Bool
  private let folder: String

  init() throws {
    // Not in the sandbox, which the users that Postfix runs as could not enter.
    folder = NSTemporaryDirectory() + "postfix-\(UUID().uuidString.prefix(8))"
    port = try FreePort.find()
    let files = FileManager.default
    for name in ["etc", "queue", "data", "mail"] {
      try files.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    chmod(folder, 0o755)
    if let user = getpwnam("postfix") { chown(folder + "/data", user.pointee.pw_uid, 0) }
    if let user = getpwnam("nobody") { chown(folder + "/mail", user.pointee.pw_uid, user.pointee.pw_gid) }
    try Self.main(folder).write(toFile: folder + "/etc/main.cf", atomically: true, encoding: .utf8)
    try Self.services(port).write(toFile: folder + "/etc/master.cf", atomically: true, encoding: .utf8)
    isRunning = false
    isRunning = control("start") == 0 && waits { FreePort.answers(port) }
  }

  func stop() {
    _ = control("stop")
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The mails of a mailbox, after waiting for the first one.
  func mails(to box: String) throws -> [String] {
    let new = "\(folder)/mail/\(box)/new"
    func names() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: new)) ?? [] }
    _ = waits { !names().isEmpty }
    return try names().map { try String(contentsOfFile: "\(new)/\($0)", encoding: .utf8) }
  }

  private func waits(_ condition: () -> Bool) -> Bool {
    for _ in 0..<600 {
      if condition() { return true }
      usleep(100_000)
    }
    return false
  }

  private func control(_ action: String) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/sbin/postfix")
    process.arguments = ["-c", folder + "/etc", action]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }

  private static func main(_ folder: String) -> String {
    """
    compatibility_level = 3.6
    config_directory = \(folder)/etc
    queue_directory = \(folder)/queue
    data_directory = \(folder)/data
    command_directory = /usr/sbin
    daemon_directory = /usr/lib/postfix/sbin
    meta_directory = /etc/postfix
    shlib_directory = /usr/lib/postfix
    mail_owner = postfix
    setgid_group = postdrop
    myhostname = mx.test.example
    mydestination =
    alias_maps =
    inet_interfaces = 127.0.0.1
    inet_protocols = ipv4
    mynetworks = 127.0.0.0/8
    maillog_file = \(folder)/maillog
    maillog_file_prefixes = \(folder)
    virtual_mailbox_domains = example.org, grace.example
    virtual_mailbox_base = \(folder)/mail
    virtual_mailbox_maps = inline:{ ok@example.org=ok/ office@grace.example=office/ }
    virtual_uid_maps = static:65534
    virtual_gid_maps = static:65534
    smtpd_reject_unlisted_recipient = no
    smtpd_recipient_restrictions = permit_mynetworks, reject

    """
  }

  private static func services(_ port: Int) -> String {
    """
    127.0.0.1:\(port) inet n - n - - smtpd
    pickup unix n - n 60 1 pickup
    cleanup unix n - n - 0 cleanup
    qmgr unix n - n 300 1 qmgr
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    verify unix - - n - 1 verify
    proxymap unix - - n - - proxymap
    smtp unix - - n - - smtp
    error unix - - n - - error
    retry unix - - n - - error
    virtual unix - n n - - virtual
    anvil unix - - n - 1 anvil
    postlog unix-dgram n - n - 1 postlogd

    """
  }
}
