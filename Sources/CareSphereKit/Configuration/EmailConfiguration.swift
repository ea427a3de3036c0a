extension Configuration {
  /// How mail goes out.
  public struct Email: Equatable, Sendable {
    /// The sender; without one it is `caresphere@localhost`, which only the Maildir takes.
    public var from: Mailbox?
    /// Where answers go; nil is the sender.
    public var replyTo: Mailbox?
    /// The default sends nothing off this machine.
    public var transport = Transport.maildir
    /// Nil where there is no limit.
    public var rate: Rate?
    /// An https URL with `{{token}}` in it, or a `mailto:`; nil is the `mailto:` of `from`.
    public var unsubscribe: String?
    /// Counts where `transport` is `smtp`.
    public var smtp = SMTP()
    /// Counts where `transport` is `sendmail`.
    public var sendmail = Sendmail()
    /// Counts where `transport` is `maildir`; erasing looks for copies there in any case.
    public var maildir = Maildir()

    /// Which way mail goes.
    public enum Transport: String, CaseIterable, Sendable { case smtp, sendmail, maildir }
  }

  /// The section `email.smtp`.
  public struct SMTP: Equatable, Sendable {
    /// `smtp`, port 25 unless it says another, or `smtps`, port 465.
    public var server: ServerAddress?
    /// As it is written; see ``effectiveTLS``.
    public var tls: TLS?
    /// How many connections are used side by side.
    public var connections = 1
    /// A file of mode 0600.
    public var passwordFile: String?
    /// A program that prints the password.
    public var passwordCommand: [String]?

    /// Whether the connection has to be encrypted.
    public enum TLS: String, CaseIterable, Sendable { case required, optional, none }

    /// Required, unless something else is written or the server is on this machine, where it is optional.
    public var effectiveTLS: TLS { tls ?? (server?.isLoopback == true ? .optional : .required) }
  }

  /// The section `email.sendmail`.
  public struct Sendmail: Equatable, Sendable {
    /// A program that takes a mail on stdin, and recipients as arguments.
    public var command = ["/usr/sbin/sendmail", "-oi"]
  }

  /// The section `email.maildir`.
  public struct Maildir: Equatable, Sendable {
    /// Nil is `outbox` beside the database.
    public var path: String?
  }
}

extension Configuration.Email {
  mutating func read(_ section: ConfigurationSection) {
    from = section.parsed("from", Mailbox.init(parsing:))
    replyTo = section.parsed("replyTo", Mailbox.init(parsing:))
    transport = section.choice("transport", Transport.self) ?? transport
    rate = section.parsed("rate", Rate.init(parsing:))
    unsubscribe = section.parsed("unsubscribe", Self.unsubscribe)
    section.section("smtp") { smtp.read($0) }
    section.section("sendmail") { sendmail.command = $0.command("command") ?? sendmail.command }
    section.section("maildir") { maildir.path = $0.filePath("path") }
  }

  private static func unsubscribe(_ text: String) throws(ValueProblem) -> String {
    if text.hasPrefix("mailto:") {
      _ = try Mailbox(parsing: String(text.dropFirst("mailto:".count).prefix { $0 != "?" }))
      return text
    }
    let isWeb = text.hasPrefix("https://") && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard isWeb, text.contains("{{token}}") else {
      throw ValueProblem("must be an https URL with {{token}} in it, or a mailto:")
    }
    return text
  }
}

extension Configuration.SMTP {
  fileprivate mutating func read(_ section: ConfigurationSection) {
    server = section.parsed("url") { url throws(ValueProblem) in
      let server = try ServerAddress(parsing: url, ports: [("smtp", 25), ("smtps", 465)])
      guard server.target.isEmpty || server.target == "/" else {
        throw ValueProblem("ends with the host or its port")
      }
      return server
    }
    tls = section.choice("tls", TLS.self)
    connections = section.integer("connections", 1...100) ?? connections
    passwordFile = section.filePath("passwordFile")
    passwordCommand = section.command("passwordCommand")
    if passwordFile != nil, passwordCommand != nil {
      section.fail("passwordCommand", "stands beside passwordFile; give one of them")
    }
  }
}
