import SQLiteStore
import TextFormats

/// An address that is not written to, whoever it belongs to.
public struct Suppression: Equatable, Sendable {
  /// Nil where it is known by its digest alone: of somebody who was deleted.
  public var address: String?
  /// Which way is closed; `sms` is WhatsApp, too.
  public var channel: Channel
  /// Why, in the words of whoever refused it.
  public var reason: String?
  /// What it follows from; see ``SuppressionSource`` for ours.
  public var source: String
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  public var at: String

  /// The columns that `init(row:)` reads, for a SELECT over `suppressions`.
  static let columns = "address, channel, reason, source, at"

  /// Reads the current row of a SELECT of `columns`.
  init(row: Statement) {
    address = row.text(0)
    channel = Channel(rawValue: row.string(1)) ?? .email
    reason = row.text(2)
    source = row.string(3)
    at = row.string(4)
  }

  /// The suppression as it is printed.
  public var json: JSONObject {
    JSONObject([
      ("address", .optional(address)), ("channel", .string(channel.rawValue)), ("reason", .optional(reason)),
      ("source", .string(source)), ("at", .string(at)),
    ])
  }

  /// Why somebody with this address is skipped, as `message_recipients.error_message` has it.
  public var skipReason: String { Self.skipReason(source) }

  /// Why somebody is skipped whose address is suppressed for what `source` says.
  static func skipReason(_ source: String) -> String {
    switch SuppressionSource(rawValue: source) {
    case .bounce, .softBounce: "the address is suppressed: it bounced"
    case .complaint: "the address is suppressed: its owner complained"
    case .optOut: "the address was opted out before"
    case nil: "the address is suppressed: \(source)"
    }
  }
}

/// What a suppression follows from: `suppressions.source`.
public enum SuppressionSource: String, Sendable {
  /// Mail to it came back, or a server refused it.
  case bounce
  /// Mail to it was put off or sent back again and again, though none for good.
  case softBounce = "soft-bounce"
  /// Its owner called a message of ours unwanted.
  case complaint
  /// Somebody who had it opted out, and was deleted since.
  case optOut = "opt-out"
}
