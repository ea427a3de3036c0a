import SQLiteStore

/// The results of a run: those that are still to be written down, and the report of those that are.
final class DeliveryLog {
  var report = DeliveryReport()
  private let database: Database
  private let marks: DeliveryMarks
  private var unwritten: [DeliveryMarks.Mark] = []
  private var messages: [String: Message] = [:]
  private var order: [String] = []
  private var counts: [String: DeliveryReport.Counts] = [:]
  /// How many recipients are dealt with and written down.
  private(set) var count = 0

  init(_ database: Database, marks: DeliveryMarks) {
    self.database = database
    self.marks = marks
  }

  /// Takes up a message whose recipients are to be counted.
  func follow(_ message: Message) {
    if messages.updateValue(message, forKey: message.id) == nil { order.append(message.id) }
  }

  /// Takes up a message that this run has begun.
  func follow(begun message: Message) {
    follow(message)
    counts[message.id] = .init(begun: message)
  }

  /// Notes that a way out is given up.
  func close(_ name: String, _ reason: String) {
    report.unavailable.append(CareError(.unavailable, "\(name) cannot be reached: \(reason)"))
  }

  /// How many results are still to be written down.
  var waiting: Int { unwritten.count }

  func add(_ recipient: ClaimedRecipient, _ result: RecipientResult) {
    unwritten.append(.init(recipient: recipient, result: result))
  }

  /// Writes down what has come in, in one transaction. It is done however long others write and whatever signals
  /// come, for all this has happened already; and a killed process does not lose it, but no disk is waited for.
  /// - Parameters:
  ///   - now: the real time.
  ///   - judgedAt: the time by which somebody is given up, where that is another.
  func write(now: Timestamp, judgedAt: Timestamp? = nil) throws {
    guard !unwritten.isEmpty else { return }
    let written = try database.uninterrupted {
      try database.relaxed {
        try database.write(patience: 3_600_000) {
          try marks.write(unwritten, messages: messages, now: now, judgedAt: judgedAt ?? now)
        }
      }
    }
    unwritten.removeAll(keepingCapacity: true)
    for one in written {
      count += 1
      counts[one.messageID, default: .init()].add(one.status)
      if let failure = one.failure, report.failures.count < DeliveryReport.namedFailures {
        report.failures.append(failure)
      }
    }
  }

  /// The report, with the messages as they are now.
  func finished(queue: DeliveryQueue) throws -> DeliveryReport {
    try database.uninterrupted {
      for id in order {
        guard let message = try MessageFinder(database).find(id: id) else { continue }
        report.messages.append(
          .init(
            id: id, title: message.title, status: message.status, counts: counts[id] ?? .init(),
            remaining: message.counts.pending))
      }
    }
    return report
  }

  /// The error that ended the run, with what a person has to know of what was sent.
  func explained(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError, [.full, .io, .readOnly].contains(error.kind) else {
      return error
    }
    var message = "the delivery stopped, for the database cannot be written to: \(error.message); "
    message += "\(count) recipients are done and recorded"
    if !unwritten.isEmpty {
      message += ", \(unwritten.count) may have been written to without that being recorded"
    }
    return CareError(
      .database, message,
      hint: "make room, then go on with: caresphere message deliver; nobody who is recorded gets it again")
  }
}
