import CRuntime
import CareSphereKit
import CommandLineKit
import Glibc
import TextFormats

/// Delivering as all verbs do it that deliver: the way out, the lock, the bar, the report, and how it ends.
struct MessageDelivery {
  /// The keys of the report.
  static let keys = ["sent", "failed", "deferred", "skipped", "held", "remaining", "messages"]

  private let context: Context
  private let configuration: Configuration
  private let clock: Clock
  private let patience = Patience()

  init(_ context: Context) throws {
    self.context = context
    configuration = try context.configuration()
    clock = try context.clock()
  }

  /// The way of a type of message.
  func plan(_ type: MessageType) throws -> TransportPlan {
    try Transports.plan(
      for: type, configuration: configuration, databasePath: context.database().path,
      environment: context.environment, patience: patience)
  }

  /// As `plan`, and says so where mail stays on this machine: that may not be what was meant.
  private func planAloud(_ type: MessageType) throws -> TransportPlan {
    let plan = try plan(type)
    if type == .email, configuration.email.transport == .maildir {
      context.console.notice(
        "mail is put into a folder, \(plan.name); to let it go out, see caresphere-config(5)")
    }
    return plan
  }

  /// Begins a draft or scheduled message. Call it within `Context.write`.
  func begin(_ message: Message) throws -> Message {
    try MessageQueueing(
      try context.database(), ids: context.ids, provenance: try context.provenance(),
      configuration: configuration, clock: clock
    ).begin(message)
  }

  // MARK: Delivering

  /// Delivers one message, by whichever process: while another one delivers, this one waits for it.
  /// - Returns: what this process or the other one has made of it
  func deliver(_ message: Message) throws -> DeliveryReport {
    caresphere_signals_hold(1)
    defer { caresphere_signals_hold(0) }
    let (lock, hasWaited) = try waitForLock(message)
    var report = DeliveryReport()
    if let lock {
      report = try run(message.id, nil, lock, label: "Sending", total: message.counts.pending)
    }
    if hasWaited, let after = try MessageFinder(try context.database()).find(id: message.id) {
      report.messages = [.init(after, since: message)]
    }
    return report
  }

  /// Delivers all that is due; nil while another process does.
  func deliver(seconds: Int?) throws -> DeliveryReport? {
    caresphere_signals_hold(1)
    defer { caresphere_signals_hold(0) }
    guard let lock = try RunLock.acquire(databasePath: try context.database().path) else { return nil }
    return try run(nil, seconds, lock, label: "Delivering", total: nil)
  }

  private func run(
    _ message: String?, _ seconds: Int?, _ lock: RunLock, label: String, total: Int?
  ) throws -> DeliveryReport {
    var options = DeliveryRun.Options()
    options.message = message
    options.maximumSeconds = seconds
    options.patience = patience
    let run = DeliveryRun(
      try context.database(), options: options, ids: context.ids, provenance: try context.provenance(),
      configuration: configuration, clock: clock, plans: planAloud)
    let bar = ProgressBar(context.console, label: label, total: total)
    run.progress = bar.update
    defer { bar.wipe() }
    return try withExtendedLifetime(lock) { try run.run() }
  }

  /// Does all the work but the sending. Call it within `Context.write` of a dry run.
  func rehearse(_ message: Message?) throws -> DeliveryReport {
    try DeliveryRehearsal(
      try context.database(), ids: context.ids, provenance: try context.provenance(),
      configuration: configuration, clock: clock, plans: plan
    ).run(message: message?.id)
  }

  // MARK: While another process delivers

  /// - Returns: no lock where another process has delivered the message
  private func waitForLock(_ message: Message) throws -> (lock: RunLock?, hasWaited: Bool) {
    let database = try context.database()
    if let lock = try RunLock.acquire(databasePath: database.path) { return (lock, false) }
    context.console.notice("another run is delivering; “\(message.title)” waits for it, or is taken along")
    while try DeliveryForecast(database).isDue(message, at: .now()) {
      if let lock = try RunLock.acquire(databasePath: database.path) { return (lock, true) }
      usleep(200_000)
      if caresphere_signals_received() != 0 {
        throw Interruption(
          "interrupted; “\(message.title)” is queued, and nothing of it is lost", hint: Self.goOn)
      }
    }
    return (nil, true)
  }

  // MARK: The result

  /// Shows what a run did, and says what went wrong.
  /// - Parameter head: what stands before the figures.
  /// - Throws: `Interruption`; `CareError`: `.unavailable` where a way out could not be used, `.partialFailure` where
  ///   recipients were given up
  func conclude(_ report: DeliveryReport, head: JSONObject = JSONObject()) throws {
    let failed = report.counts.failed + report.problems.count
    // While a server is away its messages wait by themselves, which the error says; who is held waits for somebody.
    let needsSomebody =
      failed > 0 || report.ending == .interrupted || !report.unavailable.isEmpty && report.counts.held > 0
    try context.emitResult(always: needsSomebody) {
      try context.output.emit(
        report: Report(
          JSONObject(head.members.map { ($0.key, $0.value) } + report.json.members.map { ($0.key, $0.value) })
        ))
    }
    try check(report)
  }

  /// Says how a run ended that did not go well.
  /// - Throws: as `conclude`
  func check(_ report: DeliveryReport) throws {
    let failed = report.counts.failed + report.problems.count
    let waiting = "\(report.remaining) \(report.remaining == 1 ? "recipient waits" : "recipients wait")"
    if report.ending == .interrupted {
      var message = "interrupted; \(report.counts.sent) sent by this run, \(waiting)"
      if report.unanswered > 0 { message += ", of \(report.unanswered) the server had not answered" }
      throw Interruption(message, hint: Self.goOn)
    }
    if let error = report.unavailable.first {
      throw CareError(
        .unavailable, "\(error.message); \(waiting), and nothing is lost", hint: error.hint ?? Self.goOn)
    }
    if failed > 0 {
      throw CareError(
        .partialFailure,
        "\(failed) of \(report.counts.total + report.problems.count) could not be sent",
        hint:
          "see whom it is about with: caresphere message recipients MESSAGE --status failed; when it is mended, try "
          + "again with: caresphere message retry MESSAGE; addresses that bounced are let go of before that, with: "
          + "caresphere message unsuppress ADDRESS",
        details: .fields(
          report.problems.map { .init($0.title, $0.problem ?? "") }
            + report.failures.map { .init($0.recipient, $0.reason) }))
    }
    if report.ending == .timeOver, report.remaining > 0 {
      context.console.notice("the time is over; \(waiting) for the next run")
    }
  }

  private static let goOn = "go on with: caresphere message deliver"
}

extension DeliveryReport {
  /// As it is printed.
  var json: JSONObject {
    JSONObject([
      ("sent", .integer(counts.sent)), ("failed", .integer(counts.failed)),
      ("deferred", .integer(counts.deferred)), ("skipped", .integer(counts.skipped)),
      ("held", .integer(counts.held)), ("remaining", .integer(remaining)),
      ("messages", .array(messages.map(\.json))),
    ])
  }
}

extension DeliveryReport.MessageResult {
  fileprivate var json: JSONValue {
    .object(
      JSONObject([
        ("id", .string(id)), ("title", .string(title)), ("status", .string(status.rawValue)),
        ("sent", .integer(counts.sent)), ("failed", .integer(counts.failed)),
        ("deferred", .integer(counts.deferred)), ("skipped", .integer(counts.skipped)),
        ("held", .integer(counts.held)), ("remaining", .integer(remaining)), ("error", .optional(problem)),
      ]))
  }

  /// What has happened to a message between two looks at it.
  fileprivate init(_ after: Message, since before: Message) {
    var counts = DeliveryReport.Counts()
    counts.sent = max(0, after.counts.sent - before.counts.sent)
    counts.failed = max(0, after.counts.failed - before.counts.failed)
    counts.skipped = max(0, after.counts.skipped - before.counts.skipped)
    counts.held = max(0, after.counts.held - before.counts.held)
    counts.deferred = after.counts.pending
    self.init(
      id: after.id, title: after.title, status: after.status, counts: counts, remaining: after.counts.pending)
  }
}
