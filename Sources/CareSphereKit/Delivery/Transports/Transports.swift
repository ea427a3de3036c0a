/// Which way messages of a type go out, as the configuration says.
public enum Transports {
  /// What is known of the way before anything is sent; nothing is connected or read yet.
  /// - Parameters:
  ///   - type: of the message; `in_app` ones go no way.
  ///   - configuration: says which transport, and its details.
  ///   - databasePath: beside that file is the Maildir that mail goes to where nothing else is said.
  ///   - environment: what programs are started with. `SSL_CERT_FILE` and `SSL_CERT_DIR` in it name the authorities
  ///     that certificates are checked against, `CARESPHERE_SERVER_TIMEOUT` how long the other side may take.
  ///   - patience: ends waits for the other side before their time.
  /// - Throws: `CareError`: `.unavailable` where no way is set up for the type, `.validation` with every key that is
  ///   missing where one is set up by half
  public static func plan(
    for type: MessageType, configuration: Configuration, databasePath: String, environment: [String: String],
    patience: Patience = Patience()
  ) throws -> TransportPlan {
    let planner = TransportPlanner(
      configuration: configuration, databasePath: databasePath, environment: environment,
      limits: TransportLimits(environment: environment, patience: patience))
    switch type {
    case .email: return try planner.email()
    case .sms: return try planner.gateway(configuration.sms, type: .sms, prefix: "")
    case .whatsapp: return try planner.gateway(configuration.whatsapp, type: .whatsapp, prefix: "whatsapp:")
    case .push: return try planner.push()
    case .inApp: throw CareError(.unavailable, "in_app messages are read in the inbox; nothing is sent")
    }
  }
}

extension Transports {
  /// The Maildir that mail goes to where nothing else is said: `outbox` beside the database, or as configured.
  static func maildirPath(_ configuration: Configuration, databasePath: String) -> String {
    if let path = configuration.email.maildir.path { return path }
    let folder = databasePath.lastIndex(of: "/").map { String(databasePath[...$0]) } ?? ""
    return folder + "outbox"
  }
}

/// Turns what the configuration says into ways out.
struct TransportPlanner {
  let configuration: Configuration
  let databasePath: String
  let environment: [String: String]
  let limits: TransportLimits

  private var trust: Curl.Trust { Curl.Trust(environment: environment) }

  /// - Throws: `CareError(.validation)` where a key is missing
  func email() throws(CareError) -> TransportPlan {
    switch configuration.email.transport {
    case .smtp: try smtp(configuration.email.smtp)
    case .sendmail: try sendmail(configuration.email.sendmail.command)
    case .maildir: maildir()
    }
  }

  private func smtp(_ smtp: Configuration.SMTP) throws(CareError) -> TransportPlan {
    let secret = smtp.passwordFile.map { Secret.Source.file($0) } ?? smtp.passwordCommand.map { .command($0) }
    var missing = Missing()
    missing.require("email.from", configuration.email.from)
    let address = missing.require("email.smtp.url", smtp.server)
    if let address {
      if address.user != nil, secret == nil {
        missing.add("email.smtp.passwordFile", "is missing, or passwordCommand, for the user of the url")
      }
      if address.user == nil, secret != nil {
        missing.add("email.smtp.url", "has no user, whom the password is for: smtp://USER@HOST")
      }
    }
    guard let address, missing.problems.isEmpty else { throw missing.error(configuration) }
    let server = SMTPTransport.Server(
      address: address, tls: smtp.effectiveTLS,
      secret: secret.map { Secret($0, environment: environment, limits: limits) })
    return TransportPlan(
      name: "smtp \(address.host):\(address.port)", connections: smtp.connections,
      rate: configuration.email.rate, isRepeatable: true
    ) { [trust, limits] in SMTPTransport(server, trust: trust, limits: limits) }
  }

  private func sendmail(_ command: [String]) throws(CareError) -> TransportPlan {
    var missing = Missing()
    missing.require("email.from", configuration.email.from)
    if !missing.problems.isEmpty { throw missing.error(configuration) }
    return TransportPlan(
      name: "sendmail \(command.first ?? "")", rate: configuration.email.rate, isRepeatable: true
    ) { [environment, limits] in SendmailTransport(command, environment: environment, limits: limits) }
  }

  private func maildir() -> TransportPlan {
    let path = Transports.maildirPath(configuration, databasePath: databasePath)
    return TransportPlan(name: "maildir \(path)", rate: configuration.email.rate, isRepeatable: true) {
      MaildirTransport(path: path)
    }
  }

  /// - Parameters:
  ///   - gateway: the section of the configuration that `type` names.
  ///   - prefix: what the service wants before numbers.
  /// - Throws: `CareError`: `.unavailable` where there is no such section, `.validation` where a key is missing
  func gateway(
    _ gateway: Configuration.Gateway, type: MessageType, prefix: String
  ) throws(CareError) -> TransportPlan {
    let section = type.rawValue
    guard let transport = gateway.transport else { throw none(type) }
    var missing = Missing()
    switch transport {
    case .command:
      let command = missing.require("\(section).command", gateway.command)
      guard let command else { throw missing.error(configuration) }
      return TransportPlan(
        name: "command \(command.first ?? "")", rate: gateway.rate, isRepeatable: false
      ) { [environment, limits] in CommandTransport(command, environment: environment, limits: limits) }
    case .http:
      missing.require("\(section).from", gateway.from)
      let address = missing.require("\(section).http.url", gateway.http.url)
      let account = missing.require("\(section).http.accountSid", gateway.http.accountSid)
      let file = missing.require("\(section).http.authTokenFile", gateway.http.authTokenFile)
      guard let address, let account, let file, missing.problems.isEmpty else {
        throw missing.error(configuration)
      }
      let service = GatewayTransport.Gateway(
        url: GatewayTransport.url(address, accountSid: account), accountSid: account,
        token: Secret(.file(file), environment: environment, limits: limits), prefix: prefix)
      return TransportPlan(
        name: "http \(address.host):\(address.port)", rate: gateway.rate, isRepeatable: false
      ) { [trust, limits] in GatewayTransport(service, trust: trust, limits: limits) }
    }
  }

  /// - Throws: `CareError`: `.unavailable` where nothing is set up, `.validation` where a key is missing
  func push() throws(CareError) -> TransportPlan {
    guard configuration.push.transport != nil else { throw none(.push) }
    var missing = Missing()
    let http = configuration.push.http
    let address = missing.require("push.http.url", http.url)
    guard let address, missing.problems.isEmpty else { throw missing.error(configuration) }
    return TransportPlan(name: "http \(address.host):\(address.port)", isRepeatable: false) {
      [trust, limits] in
      PushTransport(http, url: address.url, trust: trust, limits: limits)
    }
  }

  private func none(_ type: MessageType) -> CareError {
    CareError(
      .unavailable, "there is no way out for \(type.rawValue) messages",
      hint:
        "set \(type.rawValue).transport in \(configuration.path ?? "the configuration"); see caresphere-config(5)"
    )
  }
}

/// The keys that a way out lacks.
private struct Missing {
  var problems: [CareError.FieldProblem] = []

  mutating func add(_ key: String, _ reason: String) { problems.append(.init(key, reason)) }

  @discardableResult
  mutating func require<Value>(_ key: String, _ value: Value?) -> Value? {
    if value == nil { add(key, "is missing") }
    return value
  }

  func error(_ configuration: Configuration) -> CareError {
    let place = configuration.path ?? "the configuration"
    let all = problems.map { "\($0.field) \($0.reason)" }.joined(separator: "; ")
    return CareError(.validation, "\(place) lacks what sending needs: \(all)", details: .fields(problems))
  }
}
