/// What a run did, or would do.
public struct DeliveryReport: Equatable, Sendable {
  /// How many recipients ended in which way.
  public struct Counts: Equatable, Sendable {
    /// Taken by the way out, be it a server, a program or a folder; of in-app messages, delivered.
    public var sent = 0
    /// Given up, be it refused, too late or put off for too long; only `message retry` tries them again.
    public var failed = 0
    /// Refused for now; they wait for another attempt.
    public var deferred = 0
    /// Never to be written to, for a reason such as an opt-out.
    public var skipped = 0
    /// They may have got it; only `message retry --held` writes to them again.
    public var held = 0

    /// Nobody yet.
    public init() {}

    /// Who is dealt with as soon as a message is begun: the skipped, and of an in-app message everybody.
    public init(begun message: Message) {
      skipped = message.counts.skipped
      if message.type == .inApp { sent = message.counts.sent }
    }

    /// How many recipients were dealt with.
    public var total: Int { sent + failed + deferred + skipped + held }

    /// Counts one more.
    /// - Parameter status: what the recipient's row says now.
    mutating func add(_ status: RecipientStatus) {
      switch status {
      case .sent, .delivered, .opened, .clicked: sent += 1
      case .failed: failed += 1
      case .pending: deferred += 1
      case .skipped: skipped += 1
      case .held: held += 1
      }
    }
  }

  /// One message of the run.
  public struct MessageResult: Equatable, Sendable {
    /// The message's id.
    public var id: String
    /// What people know it by; several messages may have the same.
    public var title: String
    /// As it is after the run.
    public var status: MessageStatus
    /// What this run did; nothing of earlier ones.
    public var counts: Counts
    /// How many of its recipients still wait.
    public var remaining: Int
    /// Why it could not be begun, or was too late.
    public var problem: String?

    /// A message of a run as it is now.
    public init(
      id: String, title: String, status: MessageStatus, counts: Counts = Counts(), remaining: Int = 0,
      problem: String? = nil
    ) {
      self.id = id
      self.title = title
      self.status = status
      self.counts = counts
      self.remaining = remaining
      self.problem = problem
    }
  }

  /// Somebody who was given up.
  public struct Failure: Equatable, Sendable {
    /// The address, or the member's id where there is none.
    public var recipient: String
    /// In the words of the server, or ours.
    public var reason: String
  }

  /// How it ended.
  public enum Ending: Equatable, Sendable {
    /// Nothing was due any more.
    case complete
    /// `--max-time` was over.
    case timeOver
    /// A signal came.
    case interrupted
  }

  /// Those that could not be begun first, then the others in the order in which they were taken up.
  public var messages: [MessageResult] = []
  /// Some of those who were given up, to be named.
  public var failures: [Failure] = []
  /// Ways that could not be used, each once for every message that needed it.
  public var unavailable: [CareError] = []
  /// Why no more was handed out.
  public var ending = Ending.complete
  /// How many were in the hands of a server that did not answer when the run had to end.
  public var unanswered = 0

  /// How many failures are kept to be named.
  static let namedFailures = 20

  /// A run that has done nothing yet.
  public init() {}

  /// Of a message that is begun, but not delivered yet.
  public init(begun message: Message) {
    messages = [
      MessageResult(
        id: message.id, title: message.title, status: message.status, counts: Counts(begun: message),
        remaining: message.counts.pending)
    ]
  }

  /// The report with those who were dealt with when the message was begun.
  public func adding(begun message: Message) -> DeliveryReport {
    var report = self
    for index in messages.indices where messages[index].id == message.id {
      report.messages[index].counts.skipped += message.counts.skipped
    }
    return report
  }

  /// The figures of all messages together.
  public var counts: Counts {
    messages.reduce(into: Counts()) { sum, message in
      sum.sent += message.counts.sent
      sum.failed += message.counts.failed
      sum.deferred += message.counts.deferred
      sum.skipped += message.counts.skipped
      sum.held += message.counts.held
    }
  }

  /// How many recipients of these messages still wait.
  public var remaining: Int { messages.reduce(0) { $0 + $1.remaining } }

  /// The messages that could not be begun or were too late.
  public var problems: [MessageResult] { messages.filter { $0.problem != nil } }
}
