import TextFormats

/// What the configuration file says. Every key is optional; what is not there has the value that stands here.
public struct Configuration: Equatable, Sendable {
  /// The file that was read; nil where there was none.
  public var path: String?
  /// Section `organization`: whose people they are, and whose clock and country hold.
  public var organization = Organization()
  /// Section `email`: mail goes into a Maildir beside the database unless it says otherwise.
  public var email = Email()
  /// Section `sms`: without a transport in it no text can be sent.
  public var sms = Gateway()
  /// Section `whatsapp`: the keys of `sms`, and nothing is taken over from there.
  public var whatsapp = Gateway()
  /// Section `push`: without a transport in it no push note can be sent.
  public var push = Push()
  /// Section `delivery`: when what was put off is tried again, the same for every way out.
  public var delivery = Delivery()
  /// Section `rules`: how far back a run makes up for what was missed.
  public var rules = Rules()
  /// Section `backup`: what holds where `backup --dir` is told nothing else.
  public var backup = Backup()

  /// All defaults.
  public init() {}

  /// Who uses the program.
  public struct Organization: Equatable, Sendable {
    /// As templates, reports and codes by mail call it; nil leaves that place empty.
    public var name: String?
    /// A name of the IANA time zone database; that zone exists.
    public var timezone: String?
    /// Of Message-IDs, in small letters.
    public var domain: String?
    /// Two capital letters, ISO 3166-1: of phone numbers without a country.
    public var defaultCountry: String?
  }

  /// How often delivery is tried; times are in seconds.
  public struct Delivery: Equatable, Sendable {
    /// From the first attempt to the second; the wait then doubles each time.
    public var retryFirst = 300
    /// The longest wait between two attempts; below `retryFirst` it counts as that.
    public var retryMax = 14_400
    /// Since the first attempt; whoever is put off once more after that has failed.
    public var giveUpAfter = 432_000
    /// After how many soft bounces an address is suppressed.
    public var softBounceLimit = 3
  }

  /// The section `rules`.
  public struct Rules: Equatable, Sendable {
    /// How long ago an occurrence may have been missed and still fires, in seconds.
    public var catchUp = 259_200
  }

  /// The section `backup`.
  public struct Backup: Equatable, Sendable {
    /// How many backups `backup --dir` leaves.
    public var keep = 7
  }
}

extension Configuration {
  /// Reads the file that `path` names, else the first of the default places that exists.
  /// - Parameters:
  ///   - path: of `--config` or `CARESPHERE_CONFIG`; nil where neither is given.
  ///   - environment: its `XDG_CONFIG_HOME` and `HOME` say where to look, its `HOME` what `~/` means in the file.
  /// - Throws: `CareError`: `.io` where a file cannot be read, `.validation` with every problem where it is wrong
  public static func load(path: String?, environment: [String: String]) throws -> Configuration {
    guard let file = try ConfigurationFile.find(path: path, environment: environment) else {
      return Configuration()
    }
    return try Configuration(parsing: file.bytes, path: file.path, home: environment["HOME"])
  }

  /// Reads the text of a configuration.
  /// - Parameters:
  ///   - bytes: JSON5.
  ///   - path: where it is from; relative paths in it begin at its folder.
  ///   - home: what `~/` stands for.
  /// - Throws: `CareError(.validation)` with every problem; no value of the file is in it.
  public init(parsing bytes: [UInt8], path: String, home: String?) throws(CareError) {
    self.init()
    self.path = path
    let problems = ConfigurationProblems()
    let root = ConfigurationSection(
      try Self.object(bytes, path), path: "", problems: problems,
      paths: ConfigurationPaths(file: path, home: home))
    read(root)
    root.finish()
    if problems.all.isEmpty { return }
    throw CareError(
      .validation, "the configuration \(path) is wrong", details: .fields(problems.all))
  }

  private static func object(_ bytes: [UInt8], _ path: String) throws(CareError) -> JSONObject {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSON5Parser.parse(bytes)
    } catch {
      let problem = CareError.LineProblem(
        line: error.position.line, field: nil, message: "column \(error.position.column): \(error.message)")
      throw CareError(
        .validation, "the configuration \(path) is not valid JSON5", details: .lines([problem]))
    }
    guard case .object(let object) = value else {
      throw CareError(.validation, "the configuration \(path) is not an object: begin it with {")
    }
    return object
  }

  private mutating func read(_ root: ConfigurationSection) {
    root.section("organization") { organization.read($0) }
    root.section("email") { email.read($0) }
    root.section("sms") { sms.read($0) }
    root.section("whatsapp") { whatsapp.read($0) }
    root.section("push") { push.read($0) }
    root.section("delivery") { delivery.read($0) }
    root.section("rules") { rules.catchUp = $0.duration("catchUp") ?? rules.catchUp }
    root.section("backup") { backup.keep = $0.integer("keep", 1...100_000) ?? backup.keep }
  }
}

extension Configuration.Organization {
  fileprivate mutating func read(_ section: ConfigurationSection) {
    name = section.text("name")
    timezone = section.parsed("timezone") { name throws(ValueProblem) in
      do {
        return try Zone(named: name).name
      } catch {
        throw ValueProblem("is no time zone of the IANA database, such as Africa/Lagos or Europe/Berlin")
      }
    }
    domain = section.parsed("domain", ConfigurationText.domain)
    defaultCountry = section.parsed("defaultCountry", CountryCode.parse)
  }
}

extension Configuration.Delivery {
  fileprivate mutating func read(_ section: ConfigurationSection) {
    retryFirst = section.duration("retryFirst") ?? retryFirst
    retryMax = section.duration("retryMax") ?? retryMax
    giveUpAfter = section.duration("giveUpAfter") ?? giveUpAfter
    softBounceLimit = section.integer("softBounceLimit", 1...1000) ?? softBounceLimit
  }
}
