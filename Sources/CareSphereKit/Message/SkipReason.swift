/// Why somebody does not get a message: what `message_recipients.error_message` says of those who are skipped.
public enum SkipReason {
  public static let archived = "archived"
  public static let noEmail = "no e-mail address"
  public static let noPhone = "no phone number"
  /// Another recipient has the same address.
  public static let addressReached = "the address is reached already, through another recipient"

  /// - Parameter channel: what the person does not want to be written to on.
  public static func optedOut(_ channel: Channel) -> String { "opted out of \(channel.rawValue)" }
}
