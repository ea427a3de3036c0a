import TextFormats

/// Addresses as envelopes and headers have them: what stands before the @ as it is (RFC 6531 where it is not ASCII),
/// the domain in ASCII (RFC 5891).
enum MailAddress {
  /// Who writes where nobody is configured.
  static let defaultSender = Mailbox(address: "caresphere@localhost")

  private static let checks = MemberValues(clock: Clock(zone: .utc))

  /// The sender, its address as it leaves.
  /// - Throws: `CareError(.validation)` for a domain that has no ASCII form.
  static func sender(_ email: Configuration.Email) throws(CareError) -> Mailbox {
    try configured(email.from ?? defaultSender, "email.from")
  }

  /// A mailbox of the configuration, its address as it leaves.
  static func configured(_ mailbox: Mailbox, _ key: String) throws(CareError) -> Mailbox {
    do throws(ValueProblem) {
      return Mailbox(name: mailbox.name, address: try wire(mailbox.address))
    } catch {
      throw CareError(
        .validation, "the configuration's \(key) is no address", details: .fields([.init(key, error.reason)]))
    }
  }

  /// Somebody who is written to, the address as it leaves.
  /// - Throws: `CareError(.validation)` for what is no address.
  static func recipient(_ mailbox: Mailbox) throws(CareError) -> Mailbox {
    do throws(ValueProblem) {
      return Mailbox(name: mailbox.name, address: try wire(mailbox.address))
    } catch {
      throw CareError(.validation, error.reason)
    }
  }

  /// An address as it leaves.
  /// - Throws: `ValueProblem` for what is no address: white space, control characters and line breaks are in none.
  static func wire(_ address: String) throws(ValueProblem) -> String {
    guard let checked = try checks.email(address), checked.utf8.count == address.utf8.count else {
      throw ValueProblem("“\(VisibleText.of(String(address.prefix(100))))” is no e-mail address")
    }
    if checked.utf8.allSatisfy({ $0 < 0x80 }) { return checked }
    let (local, domain) = parts(checked)
    return "\(local)@\(try InternationalDomain.ascii(domain))"
  }

  /// What stands before and behind the @.
  static func parts(_ address: String) -> (local: Substring, domain: Substring) {
    guard let at = address.lastIndex(of: "@") else { return (address[...], "") }
    return (address[..<at], address[address.index(after: at)...])
  }

  /// The domain of Message-IDs: the organization's, else the sender's.
  static func messageIDDomain(_ own: String?, from address: String) throws(CareError) -> String {
    guard let own else { return String(parts(address).domain) }
    do throws(ValueProblem) {
      return try InternationalDomain.ascii(own)
    } catch {
      throw CareError(
        .validation, "the configuration's organization.domain cannot be used",
        details: .fields([.init("organization.domain", error.reason)]))
    }
  }
}
