/// The headers by which mail services send the id of a recipient back with every event.
public enum ProviderHeaders {
  /// What the id is called.
  private static let parameter = "caresphere-recipient"
  /// The header that every mail of ours has, whoever carries it.
  public static let recipientHeader = "X-CareSphere-Recipient"

  /// The names under which the id may come back.
  static let parameterNames = [parameter, "caresphere_recipient", recipientHeader]

  /// The header that the service behind a mail server reads; nil for servers of other kinds. SendGrid
  /// (`X-SMTPAPI`), Mailgun (`X-Mailgun-Variables`), Postmark (`X-PM-Metadata-…`) and Amazon SES
  /// (`X-SES-MESSAGE-TAGS`) document theirs.
  /// - Parameters:
  ///   - recipientID: a UUID, which needs no escapes.
  ///   - host: the mail server's name.
  public static func header(recipientID: String, host: String) -> (name: String, value: String)? {
    let host = host.lowercased()
    func isOf(_ domain: String) -> Bool { host == domain || host.hasSuffix("." + domain) }
    if isOf("sendgrid.net") { return ("X-SMTPAPI", #"{"unique_args":{"\#(parameter)":"\#(recipientID)"}}"#) }
    if isOf("mailgun.org") { return ("X-Mailgun-Variables", #"{"\#(parameter)":"\#(recipientID)"}"#) }
    if isOf("postmarkapp.com") { return ("X-PM-Metadata-\(parameter)", recipientID) }
    if isOf("amazonaws.com") { return ("X-SES-MESSAGE-TAGS", "\(parameter)=\(recipientID)") }
    return nil
  }
}
