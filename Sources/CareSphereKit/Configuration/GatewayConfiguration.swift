extension Configuration {
  /// How texts go out, by SMS or WhatsApp.
  public struct Gateway: Equatable, Sendable {
    /// Nil where nothing is set up.
    public var transport: Transport?
    /// The number or name they come from, as the gateway knows it.
    public var from: String?
    /// Nil where there is no limit.
    public var rate: Rate?
    /// In millionths of `currency`.
    public var costPerSegment: Int?
    /// Three capital letters, ISO 4217.
    public var currency: String?
    /// Counts where `transport` is `http`, which needs all of it and `from`.
    public var http = HTTP()
    /// A program that takes a text on stdin.
    public var command: [String]?

    /// Which way texts go.
    public enum Transport: String, CaseIterable, Sendable { case http, command }

    /// A web service shaped like Twilio's.
    public struct HTTP: Equatable, Sendable {
      /// The service, `http` or `https`; unless it ends with `/Messages.json`, Twilio's path is added.
      public var url: ServerAddress?
      /// Who logs in; also a part of the path that is added to `url`.
      public var accountSid: String?
      /// A file of mode 0600.
      public var authTokenFile: String?
    }
  }

  /// How push notes go out.
  public struct Push: Equatable, Sendable {
    /// Nil where nothing is set up.
    public var transport: Transport?
    /// Counts where `transport` is `http`, which needs the `url`.
    public var http = HTTP()

    /// Which way push notes go.
    public enum Transport: String, CaseIterable, Sendable { case http }

    /// The web service that push notes are posted to.
    public struct HTTP: Equatable, Sendable {
      /// Where each note is posted to, `http` or `https`, as it stands.
      public var url: ServerAddress?
      /// Names and values, in their order.
      public var headers: [Header] = []
      /// A Mustache template.
      public var body: String?
    }

    /// A header of each request.
    public struct Header: Equatable, Sendable {
      /// A token of RFC 9110, as the file has it; a `Content-Type` takes the place of that of JSON.
      public var name: String
      /// One line; it may be a secret, such as a bearer token, and is in no error.
      public var value: String
    }
  }
}

extension Configuration.Gateway {
  mutating func read(_ section: ConfigurationSection) {
    transport = section.choice("transport", Transport.self)
    from = section.text("from")
    rate = section.parsed("rate", Rate.init(parsing:))
    costPerSegment = section.millionths("costPerSegment")
    currency = section.parsed("currency", ConfigurationText.currency)
    section.section("http") { section in
      http.url = section.parsed("url", ServerAddress.web)
      http.accountSid = section.text("accountSid")
      http.authTokenFile = section.filePath("authTokenFile")
    }
    command = section.command("command")
  }
}

extension Configuration.Push {
  mutating func read(_ section: ConfigurationSection) {
    transport = section.choice("transport", Transport.self)
    section.section("http") { section in
      http.url = section.parsed("url", ServerAddress.web)
      http.headers = section.texts("headers").map { Header(name: $0.key, value: $0.value) }
      for header in http.headers where !header.name.utf8.allSatisfy(Self.isToken) {
        section.fail("headers", "has a name that is none of HTTP")
      }
      http.body = section.text("body", isMultiline: true)
    }
  }

  /// `tchar` of RFC 9110, section 5.6.2.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

extension ServerAddress {
  /// The address of a web service.
  fileprivate static func web(_ url: String) throws(ValueProblem) -> ServerAddress {
    let server = try ServerAddress(parsing: url, ports: [("https", 443), ("http", 80)])
    if server.user != nil { throw ValueProblem("has a user in it, which belongs in a key of its own") }
    return server
  }
}
