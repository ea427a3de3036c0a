/// Why somebody does not get a message: what `message_recipients.error_message` says of those who are skipped.
public enum SkipReason {
  /// The member is archived.
  public static let archived = "archived"
  /// An e-mail to somebody without an address.
  public static let noEmail = "no e-mail address"
  /// A text to somebody without a number.
  public static let noPhone = "no phone number"
  /// Another recipient has the same address.
  public static let addressReached = "the address is reached already, through another recipient"

  /// - Parameter channel: what the person does not want to be written to on.
  public static func optedOut(_ channel: Channel) -> String { "opted out of \(channel.rawValue)" }
}
