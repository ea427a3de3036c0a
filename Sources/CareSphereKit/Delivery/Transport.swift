/// One message for one person, ready to leave.
public struct Outgoing: Equatable, Sendable {
  /// The id of the recipient: what a gateway is given so that it does the same thing once.
  public var recipientID: String
  /// The envelope's sender: an address, or a number as the gateway knows it.
  public var sender: String
  /// An address, or a number in E.164; of a push note the member's id.
  public var recipient: String
  /// A mail as RFC 5322 has it, with CRLF line ends; a text in UTF-8; the body of a push request.
  public var content: [UInt8]

  /// A message for one person.
  public init(recipientID: String, sender: String, recipient: String, content: [UInt8]) {
    self.recipientID = recipientID
    self.sender = sender
    self.recipient = recipient
    self.content = content
  }
}

/// What became of one attempt to hand a message over. Texts are the server's words where it had any.
public enum DeliveryOutcome: Equatable, Sendable {
  /// The server has taken it; its name for it, where it has one.
  case accepted(providerID: String?)
  /// Refused for now: 4xx of SMTP, exit status 75 of a program, 429 or 503 of a gateway.
  case deferred(String)
  /// Refused for good.
  /// - Parameter isHardBounce: whether the address itself is the reason (5.1.x of RFC 3463).
  case refused(String, isHardBounce: Bool)
  /// It may have been taken, and asking again could reach the person twice.
  case uncertain(String)
  /// Nobody can be served now: no connection, no login, no program. The message itself was not judged.
  case unavailable(String)
}

/// One way out, used by one thread at a time: it keeps its connection from one message to the next.
public protocol Transport: AnyObject {
  /// Hands one message over and waits until the other side has answered. Never throws: whatever happens is an outcome.
  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome

  /// Tries the way as far as that can be done without sending anything: connects, encrypts, logs in.
  /// - Returns: nil where it is open, else why not
  func probe() -> String?
}

extension Transport {
  /// Open, as far as can be told without sending anything.
  public func probe() -> String? { nil }
}

/// What is known of a way out before it is used.
public struct TransportPlan: Sendable {
  /// How it is called in reports: `smtp mail.grace.example:587`, `maildir /…/outbox`.
  public var name: String
  /// How many connections are used side by side, at least 1.
  public var connections = 1
  /// Nil where there is no limit.
  public var rate: Rate?
  /// Whether an attempt of which nothing is known can be made again: mail carries the same Message-ID, an SMS costs
  /// and disturbs twice.
  public var isRepeatable: Bool
  /// Makes one connection; called on the thread that uses it.
  public var connect: @Sendable () -> any Transport

  /// A way out.
  /// - Parameters:
  ///   - connections: at least 1.
  ///   - rate: nil where there is no limit.
  ///   - connect: called on the thread that uses the connection.
  public init(
    name: String, connections: Int = 1, rate: Rate? = nil, isRepeatable: Bool,
    connect: @escaping @Sendable () -> any Transport
  ) {
    self.name = name
    self.connections = connections
    self.rate = rate
    self.isRepeatable = isRepeatable
    self.connect = connect
  }
}
