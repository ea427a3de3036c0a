import CRuntime
import CareSphereKit
import CommandLineKit
import SQLiteStore

/// What the verbs have in common that let rules act: signals, delivery, the report, and how it ends.
struct RuleWork {
  /// The keys of the report.
  static let keys = ["evaluated", "fired", "succeeded", "failed", "skipped", "effects"]

  let run: RuleRun
  private let context: Context

  init(_ context: Context) throws {
    self.context = context
    run = try RuleRun(
      try context.database(), ids: context.ids, actor: try context.actor(),
      provenance: try context.provenance(), configuration: try context.configuration(),
      clock: try context.clock())
    run.tell = context.console.step
  }

  /// Lets rules act; a signal ends that between two transactions.
  /// - Throws: `Interruption`; what `body` throws
  func perform(_ body: () throws -> RuleReport) throws -> RuleReport {
    caresphere_signals_hold(1)
    defer { caresphere_signals_hold(0) }
    do {
      return try body()
    } catch let error as DatabaseError where error.kind == .interrupted {
      throw Interruption(
        "interrupted; what was done is kept, and the rest waits", hint: "go on with: caresphere rule run")
    }
  }

  /// Delivers, shows what was done, and says what went wrong.
  /// - Throws: `CareError(.partialFailure)` where effects failed; how a delivery ends that did not go well
  func conclude(_ report: RuleReport, delivers: Bool = false) throws {
    let delivery = try MessageDelivery(context)
    let delivered = delivers ? try delivery.deliver(seconds: nil) : nil
    try context.emitResult(always: report.failed > 0) {
      try context.output.emit(report: Report(report.json))
    }
    if report.unnamed > 0 {
      context.console.notice("\(report.unnamed) more are not named; all are listed by: caresphere rule logs")
    }
    // That it was stopped matters more than what failed before.
    if let delivered, report.failed == 0 || delivered.ending == .interrupted { try delivery.check(delivered) }
    guard report.failed > 0 else { return }
    throw CareError(
      .partialFailure,
      "\(report.failed) of \(report.fired) \(report.fired == 1 ? "effect" : "effects") failed",
      hint: "see why with: caresphere rule logs --status failure")
  }
}
