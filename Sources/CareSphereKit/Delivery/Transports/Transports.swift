/// Which way messages of a type go out, as the configuration says.
public enum Transports {
  /// What is known of the way before anything is sent; nothing is connected or read yet.
  /// - Parameters:
  ///   - type: of the message; `in_app` ones go no way.
  ///   - configuration: says which transport, and its details.
  ///   - databasePath: beside that file is the Maildir that mail goes to where nothing else is said.
  ///   - environment: what programs are started with; its `SSL_CERT_FILE` and `SSL_CERT_DIR` name the authorities
  ///     that certificates are checked against.
  /// - Throws: `CareError`: `.unavailable` where no way is set up for the type, `.validation` with every key that is
  ///   missing where one is set up by half
  public static func plan(
    for type: MessageType, configuration: Configuration, databasePath: String, environment: [String: String]
  ) throws -> TransportPlan {
    switch type {
    case .email:
      switch configuration.email.transport {
      case .maildir: return maildir(configuration.email.maildir, databasePath, configuration.email.rate)
      case .smtp, .sendmail: throw none(.email, configuration)
      }
    case .sms, .whatsapp, .push, .inApp: throw none(type, configuration)
    }
  }

  private static func maildir(
    _ maildir: Configuration.Maildir, _ databasePath: String, _ rate: Rate?
  ) -> TransportPlan {
    let folder = databasePath.lastIndex(of: "/").map { String(databasePath[...$0]) } ?? ""
    let path = maildir.path ?? folder + "outbox"
    return TransportPlan(name: "maildir \(path)", rate: rate, isRepeatable: true) {
      MaildirTransport(path: path)
    }
  }

  private static func none(_ type: MessageType, _ configuration: Configuration) -> CareError {
    CareError(
      .unavailable, "there is no way out for \(type.rawValue) messages",
      hint:
        "set \(type.rawValue).transport in \(configuration.path ?? "the configuration"); see caresphere-config(5)"
    )
  }
}
